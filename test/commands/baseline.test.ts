import { describe, expect, it } from 'vitest';
import { adr, plan } from '../helpers/documents.ts';
import { type Files, Repository } from '../helpers/repository.ts';

const FILE = '.planproof-baseline.json';
const A = 'dev_ops/plans/PLAN-001-rate-limit.md';
const B = 'dev_ops/plans/PLAN-002-keys.md';

/** An old plan with an unknown reference, two placeholders and a section that is missing. */
function oldPlan(parts: { id?: string; related?: string; goal?: string; extra?: string; title?: string } = {}): string {
  const { related = 'ADR-115, ', goal = 'Clients of TBD are limited by TBD.', ...rest } = parts;
  const text = plan({ ...rest, related: `[${related}"#12"]`, status: 'Active' });
  return text
    .replace('Clients get at most 100 answers a minute.', goal)
    .replace(/## Verification[\s\S]*?(?=## Related)/, '');
}

/** A repository with findings, its first commit made. */
function oldRepository(files: Files = {}): Repository {
  const repository = new Repository({ [A]: oldPlan(), [B]: oldPlan({ id: 'PLAN-002', title: 'Keys' }), ...files });
  repository.commit();
  return repository;
}

function adopted(files: Files = {}): Repository {
  const repository = oldRepository(files);
  const { code, stderr } = repository.run(['baseline']);
  expect([code, stderr]).toEqual([0, '']);
  repository.commit('take up planproof');
  return repository;
}

/** `line rule message`, of each finding. */
function shown(repository: Repository, ...args: string[]): string[] {
  return repository.report(args).map(({ file, line, rule, message }) => `${file}:${line} ${rule} ${message}`);
}

const SIX_ENTRIES = `{
  "version": 1,
  "findings": [
    { "document": "PLAN-001", "rule": "placeholder", "subject": "TBD", "count": 2 },
    { "document": "PLAN-001", "rule": "relation-exists", "subject": "related_docs ADR-115" },
    { "document": "PLAN-001", "rule": "required-sections", "subject": "Verification" },
    { "document": "PLAN-002", "rule": "placeholder", "subject": "TBD", "count": 2 },
    { "document": "PLAN-002", "rule": "relation-exists", "subject": "related_docs ADR-115" },
    { "document": "PLAN-002", "rule": "required-sections", "subject": "Verification" }
  ]
}
`;

describe('taking up planproof in an old repository', () => {
  it('the baseline holds all findings, sorted, one entry a line, and the next run is clean', () => {
    const repository = oldRepository();
    expect(repository.run(['lint']).code).toBe(1);
    const before = repository.report().length;
    expect(repository.run(['baseline', '--dry-run'])).toEqual({
      code: 0,
      stdout: `${FILE}: 8 findings in 6 entries (dry run: nothing written)\n`,
      stderr: '',
    });
    expect(repository.has(FILE)).toBe(false);
    expect(repository.run(['baseline'])).toEqual({ code: 0, stdout: `${FILE}: 8 findings in 6 entries\n`, stderr: '' });
    expect(repository.read(FILE)).toBe(SIX_ENTRIES);
    expect(repository.run([])).toEqual({
      code: 0,
      stdout: `No findings in 2 documents, 8 known findings in ${FILE}.\n`,
      stderr: '',
    });
    const { stdout } = repository.run(['--format', 'json']);
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      summary: { documents: 2, findings: 0, errors: 0, warnings: 0, fixable: 0, known: before },
      findings: [],
    });
    expect(repository.report(['--no-baseline'])).toHaveLength(before);
    expect(repository.run(['--no-baseline']).stdout).toMatch(/\n8 errors in 2 documents\. /);
    expect(repository.git('status', '--porcelain')).toBe(`?? ${FILE}\n`);
  });

  it('a new finding fails, also one more of a known kind', () => {
    const repository = adopted();
    repository.write({ [A]: oldPlan({ goal: 'Clients of TBD are limited by TBD, or by TBD.' }) });
    expect(shown(repository)).toEqual([
      `${A}:14 placeholder Unexpected placeholder \`TBD\`, expected what it stands for`,
    ]);
    const { code, stdout } = repository.run([]);
    expect([code, stdout.trim().split('\n').at(-1)]).toEqual([
      1,
      `1 error in 2 documents, 8 known findings in ${FILE}. planproof explain <rule> tells more.`,
    ]);
  });

  it('a violation that takes the place of another of the same rule is seen', () => {
    const repository = adopted();
    repository.write({ [A]: oldPlan({ related: 'ADR-116, ' }) });
    expect(shown(repository)).toEqual([
      `${FILE}:5 baseline-outdated Unexpected entry: there is no \`relation-exists\` of \`related_docs ADR-115\` in PLAN-001 any more`,
      `${A}:7 relation-exists Unknown document \`ADR-116\`, expected an existing adr, backlog, bug, plan, research or task`,
    ]);
    expect(repository.run([]).code).toBe(1);
  });

  it('moved lines, another file name and another title change nothing', () => {
    const repository = adopted();
    repository.remove(A);
    repository.write({
      'dev_ops/plans/PLAN-001-other-name.md': oldPlan({
        title: 'Other name',
        extra: 'tags: [api]\n',
        goal: 'A new line.\n\nClients of TBD are\nlimited by TBD.',
      }),
    });
    expect(shown(repository)).toEqual([]);
  });

  it('what is mended is said, and pruned; nothing else goes', () => {
    const repository = adopted();
    repository.write({ [A]: oldPlan({ related: '', goal: 'Clients of TBD are limited.' }) });
    const outdated = [
      `${FILE}:4 baseline-outdated Unexpected count 2: there is \`placeholder\` of \`TBD\` in PLAN-001 only once now`,
      `${FILE}:5 baseline-outdated Unexpected entry: there is no \`relation-exists\` of \`related_docs ADR-115\` in PLAN-001 any more`,
    ];
    expect(shown(repository).filter((one) => one.startsWith(FILE))).toEqual(outdated);
    expect(repository.run(['--max-warnings', '0', '--quiet']).code).toBe(1);
    const { stdout } = repository.run(['baseline', '--prune', '--dry-run', '--json']);
    expect(JSON.parse(stdout)).toEqual({ file: FILE, written: false, entries: 5, findings: 6, removed: 2 });
    expect(repository.read(FILE)).toBe(SIX_ENTRIES);
    expect(repository.run(['baseline', '--prune'])).toEqual({
      code: 0,
      stdout: `${FILE}: 2 findings taken out, 6 findings in 5 entries left\n`,
      stderr: '',
    });
    const lines = SIX_ENTRIES.split('\n');
    expect(repository.read(FILE)).toBe(
      [...lines.slice(0, 3), lines[3]?.replace(', "count": 2', ''), ...lines.slice(5)].join('\n'),
    );
    expect(shown(repository).filter((one) => one.startsWith(FILE))).toEqual([]);
    expect(repository.run(['baseline', '--prune']).stdout).toBe(
      `${FILE}: nothing to take out, 6 findings in 5 entries still occur\n`,
    );
  });

  it('the last one that goes leaves an empty baseline, which lets nothing in', () => {
    const repository = adopted({ [B]: plan({ id: 'PLAN-002', title: 'Keys' }) });
    repository.write({ [A]: plan() });
    expect(repository.run(['baseline', '--prune']).stdout).toBe(
      `${FILE}: 4 findings taken out, nothing is left: it may be deleted\n`,
    );
    expect(repository.read(FILE)).toBe('{\n  "version": 1,\n  "findings": []\n}\n');
    expect(repository.run([]).stdout).toBe('No findings in 2 documents.\n');
    expect(repository.run(['baseline']).code).toBe(2);
  });

  it('paths on the command line: known findings stay silent, and nobody asks what the others need', () => {
    const repository = adopted();
    repository.write({ [A]: oldPlan({ related: '' }) });
    expect(shown(repository, B)).toEqual([]);
    expect(shown(repository, A).filter((one) => one.startsWith(FILE))).toEqual([]);
    const args = ['lint', '--stdin', '--stdin-filename', A];
    expect(repository.run(args, { input: oldPlan() }).stdout).toBe(
      `No findings in 1 document, 4 known findings in ${FILE}.\n`,
    );
  });

  it('it lies beside the config, and paths in it are from the top', () => {
    const repository = new Repository({
      'docs/planproof.config.json': '{}',
      'docs/dev_ops/plans/PLAN-001-rate-limit.md': oldPlan(),
      'docs/dev_ops/kanban/board.json': '{"version": 1, "items": [{"id": "x"}]}',
    });
    expect(repository.run(['baseline'], { cwd: 'docs/dev_ops' }).stdout).toMatch(/^docs\/\.planproof-baseline\.json: /);
    expect(repository.read(`docs/${FILE}`)).toContain(
      '{ "document": "docs/dev_ops/kanban/board.json", "rule": "board-schema"',
    );
    expect(repository.run([], { cwd: 'docs' }).code).toBe(0);
  });

  it('works outside git', () => {
    const repository = new Repository({ [A]: oldPlan() }, { git: false });
    expect(repository.run(['baseline']).stdout).toBe(`${FILE}: 4 findings in 3 entries\n`);
    expect(repository.run([]).code).toBe(0);
    expect(repository.run(['--base', 'main'])).toMatchObject({ code: 2, stdout: '' });
  });

  it('without findings there is nothing to write', () => {
    const repository = new Repository({ [A]: plan() });
    expect(repository.run(['baseline'])).toEqual({
      code: 0,
      stdout: 'No findings, so no baseline is needed.\n',
      stderr: '',
    });
    expect(repository.has(FILE)).toBe(false);
    expect(repository.run(['baseline', '--prune'])).toEqual({
      code: 2,
      stdout: '',
      stderr: `planproof: There is no ${FILE}\n  planproof baseline writes one.\n`,
    });
  });

  it('there is one only once', () => {
    const repository = adopted();
    repository.write({ [A]: oldPlan({ related: 'ADR-115, ADR-116, ' }) });
    expect(repository.run(['baseline'])).toEqual({
      code: 2,
      stdout: '',
      stderr: `planproof: ${FILE} exists already, and a baseline only shrinks\n  planproof baseline --prune takes out what no longer occurs.\n`,
    });
    expect(repository.read(FILE)).toBe(SIX_ENTRIES);
  });

  it('what leaves a document unjudged is never known', () => {
    const repository = new Repository({
      [A]: oldPlan(),
      [B]: Buffer.from([0x2d, 0xff, 0x0a]),
      'dev_ops/plans/PLAN-003-x.md': plan({ id: 'PLAN-003', title: 'X', body: '<!-- planproof: nonsense -->\n' }),
    });
    const { code, stderr } = repository.run(['baseline']);
    expect([code, stderr]).toEqual([
      0,
      'planproof: 2 findings cannot be in a baseline: planproof lint shows what was not judged.\n',
    ]);
    expect(repository.read(FILE)).not.toContain('unreadable-document');
    expect(repository.report().map(({ rule }) => rule)).toEqual(['unreadable-document', 'unknown-directive']);
  });

  it('a document that was renumbered keeps its entries, and so do references to it', () => {
    const rejected = (id: string, extra = ''): string =>
      adr(id).replace('status: Accepted\n', `status: Rejected\n${extra}`);
    const repository = adopted({
      'dev_ops/adrs/ADR-001-count-in-memory.md': rejected('ADR-001'),
      [B]: oldPlan({ id: 'PLAN-002', title: 'Keys', related: 'ADR-001, ' }),
    });
    expect(repository.read(FILE)).toContain('"rule": "relation-status", "subject": "related_docs ADR-001"');
    repository.remove(A);
    repository.remove('dev_ops/adrs/ADR-001-count-in-memory.md');
    repository.write({
      'dev_ops/plans/PLAN-007-rate-limit.md': oldPlan({ id: 'PLAN-007', extra: 'formerly: [PLAN-001]\n' }),
      'dev_ops/adrs/ADR-005-count-in-memory.md': rejected('ADR-005', 'formerly: [ADR-001]\n'),
      [B]: oldPlan({ id: 'PLAN-002', title: 'Keys', related: 'ADR-005, ' }),
    });
    expect(shown(repository)).toEqual([]);
    expect(repository.run(['baseline', '--prune']).stdout).toMatch(/nothing to take out/);
  });
});

describe('lint --base', () => {
  const branched = (): Repository => {
    const repository = adopted();
    repository.git('checkout', '-q', '-b', 'feature');
    return repository;
  };
  const grownBy = (repository: Repository, ...args: string[]): string[] =>
    shown(repository, '--base', 'main', ...args).filter((one) => one.includes('baseline-grown'));

  it('a branch that deletes the baseline and writes it anew fails', () => {
    const repository = branched();
    repository.write({ [A]: oldPlan({ related: 'ADR-115, ADR-116, ', goal: 'TBD, TBD, TBD' }) });
    repository.remove(FILE);
    expect(repository.run(['baseline']).code).toBe(0);
    expect(repository.run([]).code).toBe(0);
    const grown = [
      `${FILE}:4 baseline-grown Unexpected count 3, expected at most 2: so often has the baseline of \`main\` \`placeholder\` of \`TBD\` in PLAN-001`,
      `${FILE}:6 baseline-grown Unexpected entry: the baseline of \`main\` has no \`relation-exists\` of \`related_docs ADR-116\` in PLAN-001`,
    ];
    expect(grownBy(repository)).toEqual(grown);
    expect(grownBy(repository, '--no-baseline')).toEqual(grown);
    expect(grownBy(repository, B)).toEqual(grown);
    expect(repository.run(['--base', 'main']).code).toBe(1);
    repository.commit();
    expect(grownBy(repository)).toEqual(grown);
  });

  it('a baseline that is the same or smaller holds, in whatever order and layout', () => {
    const repository = branched();
    expect(grownBy(repository)).toEqual([]);
    const data = JSON.parse(SIX_ENTRIES) as { version: 1; findings: unknown[] };
    repository.write({ [FILE]: JSON.stringify({ findings: data.findings.toReversed(), version: 1 }) });
    expect(shown(repository, '--base', 'main')).toEqual([]);
    repository.write({ [FILE]: JSON.stringify({ ...data, findings: data.findings.slice(3) }) });
    expect(grownBy(repository)).toEqual([]);
    repository.remove(FILE);
    expect(grownBy(repository)).toEqual([]);
  });

  it('compares with the commit at which the branch began, not with what was pruned since', () => {
    const repository = branched();
    repository.git('checkout', '-q', 'main');
    repository.write({ [A]: plan() });
    repository.run(['baseline', '--prune']);
    repository.commit('mend');
    repository.git('checkout', '-q', 'feature');
    expect(shown(repository, '--base', 'main')).toEqual([]);
    repository.git('merge', '-q', 'main');
    expect(repository.read(FILE)).not.toContain('PLAN-001');
    expect(shown(repository, '--base', 'main')).toEqual([]);
  });

  it('where there was none, the first one may come; an empty one lets none in', () => {
    const repository = oldRepository();
    repository.git('checkout', '-q', '-b', 'feature');
    repository.run(['baseline']);
    repository.commit();
    expect(repository.run(['--base', 'main']).code).toBe(0);
    repository.git('checkout', '-q', 'main');
    repository.write({ [FILE]: '{ "version": 1, "findings": [] }\n' });
    repository.commit();
    repository.git('checkout', '-q', '-b', 'late');
    repository.write({ [FILE]: SIX_ENTRIES });
    expect(grownBy(repository)).toHaveLength(6);
  });

  it('a baseline that moves with its config is still compared', () => {
    const repository = branched();
    repository.git('mv', FILE, 'dev_ops/planproof.config.json');
    repository.write({
      'dev_ops/planproof.config.json': '{ "roots": ["."] }',
      [`dev_ops/${FILE}`]: SIX_ENTRIES.replace('"count": 2', '"count": 3'),
    });
    const { stdout } = repository.run(['lint', '--format', 'json', '--base', 'main'], { cwd: 'dev_ops' });
    const { findings } = JSON.parse(stdout) as { findings: { file: string; line: number; rule: string }[] };
    expect(findings.filter(({ rule }) => rule === 'baseline-grown').map(({ file, line }) => `${file}:${line}`)).toEqual(
      [`dev_ops/${FILE}:4`],
    );
  });

  it('an entry follows its document that was renumbered, and grows by nothing else', () => {
    const repository = branched();
    repository.remove(A);
    repository.write({
      'dev_ops/plans/PLAN-007-rate-limit.md': oldPlan({ id: 'PLAN-007', extra: 'formerly: [PLAN-001]\n' }),
      [FILE]: SIX_ENTRIES.replaceAll('PLAN-001', 'PLAN-007'),
    });
    expect(shown(repository, '--base', 'main')).toEqual([]);
    repository.write({ [FILE]: SIX_ENTRIES.replaceAll('PLAN-001', 'PLAN-008') });
    expect(grownBy(repository)).toHaveLength(3);
  });

  it('the rule cannot be lowered, and is no directive of its own', () => {
    const repository = branched();
    repository.write({ 'planproof.config.json': '{ "rules": { "baseline-grown": "off" } }' });
    expect(repository.run([])).toMatchObject({
      code: 2,
      stderr:
        'planproof: planproof.config.json:1: The rule `baseline-grown` cannot be set to `off`: it keeps a run from passing silently\n',
    });
    repository.write({ 'planproof.config.json': '{ "rules": { "baseline-outdated": "error" } }', [A]: plan() });
    expect(repository.report().map(({ rule, severity }) => `${rule} ${severity}`)).toEqual(
      Array.from({ length: 3 }, () => 'baseline-outdated error'),
    );
  });

  it('an unknown base, and a clone that is too shallow, are said with the command that helps', () => {
    const repository = branched();
    expect(repository.run(['--base', 'origin/none'])).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'planproof: Unknown commit `origin/none`, expected a branch, a tag or a hash\n  git branch --all lists what there is.\n',
    });
    repository.write({ [A]: plan() });
    repository.commit();
    const clone = (folder: string, ...options: string[]): void => {
      const from = `file://${repository.folder}`;
      repository.git('clone', '-q', '--depth', '1', '-b', 'feature', ...options, from, folder);
    };
    clone('single');
    expect(repository.run(['--base', 'origin/main'], { cwd: 'single' })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('git fetch origin main:refs/remotes/origin/main fetches it.'),
    });
    clone('shallow', '--no-single-branch');
    expect(repository.run(['--base', 'origin/main'], { cwd: 'shallow' })).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'planproof: Unknown common ancestor of `origin/main` and `HEAD`: this clone is shallow\n  git fetch --deepen=100, or --unshallow, fetches older commits.\n',
    });
    repository.git('checkout', '-q', '--orphan', 'other');
    repository.git('commit', '-q', '--no-verify', '-m', 'other');
    expect(repository.run(['--base', 'main']).stderr).toBe(
      'planproof: `main` and HEAD have no common ancestor\n  Name the branch that this one began on: --base origin/main.\n',
    );
  });
});

describe('branches that prune', () => {
  it('merge where they took out entries that are not neighbours', () => {
    const repository = adopted();
    repository.git('checkout', '-q', '-b', 'one');
    repository.write({ [A]: oldPlan({ goal: 'Clients are limited.' }) });
    repository.run(['baseline', '--prune']);
    repository.commit('one');
    repository.git('checkout', '-q', '-b', 'two', 'main');
    repository.write({ [B]: oldPlan({ id: 'PLAN-002', title: 'Keys', related: '' }) });
    repository.run(['baseline', '--prune']);
    repository.commit('two');
    repository.git('merge', '-q', '--no-edit', 'one');
    expect(shown(repository, '--base', 'main').filter((one) => one.includes('baseline'))).toEqual([]);
    expect(repository.read(FILE).split('\n')).toHaveLength(SIX_ENTRIES.split('\n').length - 2);
  });

  it('what is kept of a conflict is refused until it is solved', () => {
    const repository = adopted();
    repository.write({ [FILE]: SIX_ENTRIES.replace('  "findings"', '<<<<<<< HEAD\n  "findings"') });
    expect(repository.run([])).toMatchObject({ code: 2, stdout: '' });
    expect(repository.run([]).stderr).toMatch(/^planproof: \.planproof-baseline\.json:3:1: Unreadable JSON: /);
  });

  it('pruning keeps line ends, byte order mark and $schema', () => {
    const repository = adopted();
    const schema = '  "$schema": "./node_modules/planproof/schemas/baseline.schema.json",\n';
    const text = `\ufeff${SIX_ENTRIES.replace('{\n', `{\n${schema}`).replaceAll('\n', '\r\n')}`;
    repository.write({ [FILE]: text, [A]: oldPlan({ related: '' }) });
    expect(repository.run(['baseline', '--prune']).code).toBe(0);
    const gone = /.*"PLAN-001", "rule": "relation-exists".*\r\n/;
    expect(repository.read(FILE)).toBe(text.replace(gone, ''));
  });
});

describe('a baseline that nobody wrote', () => {
  const entry = '{ "document": "PLAN-001", "rule": "placeholder", "subject": "TBD" }';
  const wrap = (...entries: string[]): string => `{ "version": 1, "findings": [\n${entries.join(',\n')}\n] }\n`;
  const cases: [string, string | Uint8Array, string][] = [
    ['nothing', '', `${FILE}:1:1: Unreadable JSON: ValueExpected`],
    ['no JSON', 'findings:\n', `${FILE}:1:1: Unreadable JSON: InvalidSymbol`],
    ['a comment', wrap(`// mine\n${entry}`), `${FILE}:2:1: Unreadable JSON: InvalidCommentToken`],
    ['a list', '[]', `${FILE}:1:1: Unexpected list for the whole, expected a mapping`],
    ['another version', '{ "version": 2, "findings": [] }', `${FILE}:1:14: Unexpected version \`2\`, expected \`1\``],
    ['no findings', '{ "version": 1 }', `${FILE}:1:1: Missing key \`findings\``],
    [
      'an unknown key',
      wrap(entry.replace('subject', 'subjct')),
      `${FILE}:2:50: Unknown key \`subjct\`: did you mean \`subject\`?`,
    ],
    ['a line', wrap(entry.replace('}', ', "line": 3 }')), `${FILE}:2:69: Unknown key \`line\``],
    [
      'no count',
      wrap(entry.replace('}', ', "count": 0 }')),
      `${FILE}:2:78: Unexpected \`findings.0.count\` \`0\`, expected at least 1`,
    ],
    [
      'half of one',
      wrap(entry.replace('}', ', "count": 1.5 }')),
      `${FILE}:2:78: Unexpected \`1.5\` for \`findings.0.count\`, expected a whole number`,
    ],
    [
      'an entry twice',
      wrap(entry, entry),
      `${FILE}:3:1: Unexpected second entry for this, expected each once: line 2 has it`,
    ],
    [
      'an unknown rule',
      wrap(entry.replace('placeholder', 'placeholdr')),
      `${FILE}:2:1: Unknown rule \`placeholdr\`: did you mean \`placeholder\`?`,
    ],
    [
      'a firm rule',
      wrap(entry.replace('placeholder', 'internal-error')),
      `${FILE}:2:1: Unexpected rule \`internal-error\`: it keeps a run from passing silently`,
    ],
    [
      'a rule about baselines',
      wrap(entry.replace('placeholder', 'baseline-outdated')),
      `${FILE}:2:1: Unexpected rule \`baseline-outdated\`: it keeps a run from passing silently`,
    ],
    ['no UTF-8', Uint8Array.from([0x7b, 0xff]), `${FILE}: Unexpected bytes, expected UTF-8 text`],
    ['too much', ' '.repeat(20_000_001), `${FILE}: Unexpected size of 21 MB, expected at most 20 MB`],
    ['too deep', '['.repeat(200_000), `${FILE}: Unexpected nesting, expected a list of entries`],
  ];

  it.each(cases)('%s', (_what, content, message) => {
    const repository = new Repository({ [A]: oldPlan(), [FILE]: content });
    const { code, stdout, stderr } = repository.run([]);
    expect([code, stdout, stderr.split('\n')[0]]).toEqual([2, '', `planproof: ${message}`]);
  });

  it('a link is not followed', () => {
    const repository = new Repository({ [A]: oldPlan(), 'elsewhere.json': SIX_ENTRIES });
    repository.link('elsewhere.json', FILE);
    const expected = {
      code: 2,
      stdout: '',
      stderr: `planproof: ${FILE}: Unexpected symbolic link, expected a regular file: planproof follows none\n`,
    };
    expect(repository.run([])).toEqual(expected);
    expect(repository.run(['baseline', '--prune'])).toEqual(expected);
    repository.remove('elsewhere.json');
    expect(repository.run(['baseline'])).toEqual(expected);
  });

  it('a folder in its place is none', () => {
    const repository = new Repository({ [A]: oldPlan(), [`${FILE}/x`]: '' });
    expect(repository.run([])).toMatchObject({
      code: 2,
      stderr: `planproof: ${FILE}: Unexpected folder, expected a regular file\n`,
    });
  });

  it('with a byte order mark and other line ends it is one', () => {
    const repository = new Repository({
      [A]: oldPlan(),
      [B]: oldPlan({ id: 'PLAN-002', title: 'Keys' }),
      [FILE]: `\ufeff${SIX_ENTRIES.replaceAll('\n', '\r')}`,
    });
    expect(repository.run([]).code).toBe(0);
  });
});
