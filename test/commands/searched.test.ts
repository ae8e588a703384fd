import { chmodSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gitGrep } from '../../src/sources/git.ts';
import { adr, plan } from '../helpers/documents.ts';
import { GitLog } from '../helpers/history.ts';
import { PROJECT, Repository, temporaryFolder } from '../helpers/repository.ts';

const ADR = 'dev_ops/adrs/ADR-001-count-in-memory.md';
const PLAN = 'dev_ops/plans/PLAN-001-rate-limit.md';
const OTHER = 'dev_ops/plans/PLAN-002-other.md';
const BROKEN = 'dev_ops/plans/a\nb/PLAN-001-rate-limit.md';
const CACHE = '.git/planproof/cache';

/** A plan that rests on a decision, beside one that does not. */
function committed(path = PLAN): Repository {
  const repository = new Repository({
    [ADR]: adr(),
    [path]: plan({ related: '[ADR-001]' }),
    [OTHER]: plan({ id: 'PLAN-002' }),
  });
  repository.commit();
  return repository;
}

const loseDecision = (repository: Repository): string => repository.git('rm', '-q', ADR);

/** What a change brought in, and the git commands that told it. */
function judged(
  repository: Repository,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): { findings: string[]; isSearched: boolean } {
  const log = new GitLog(temporaryFolder());
  const { stdout, stderr } = repository.run(['lint', ...args, '--format', 'json'], {
    env: { ...log.environment, ...env },
  });
  expect(stderr).toBe('');
  const { findings } = JSON.parse(stdout) as {
    findings: { file: string; line: number; rule: string; cause: { file: string } | null }[];
  };
  return {
    findings: findings.map(({ file, line, rule, cause }) => `${file}:${line} ${rule} <- ${cause?.file}`),
    isSearched: log.take().calls.some((call) => call.startsWith('grep ')),
  };
}

const CHANGES = [
  ['--staged', '--no-cache'],
  ['--base', 'HEAD'],
];

const canSearch = gitGrep(PROJECT, ['planproof'], ['docs'], process.env) !== undefined;

describe.skipIf(process.platform === 'win32' || !canSearch)('a change of which nothing is remembered', () => {
  it.each(CHANGES)('is judged by the documents that git finds: %s %s', (...args) => {
    const repository = committed();
    loseDecision(repository);
    expect(judged(repository, args)).toMatchObject({
      findings: [`${PLAN}:7 relation-exists <- ${ADR}`],
      isSearched: true,
    });
  });

  it.each(CHANGES)('is judged by all documents where git cannot search so: %s %s', (...args) => {
    const repository = committed();
    loseDecision(repository);
    const log = new GitLog(temporaryFolder());
    const folder = temporaryFolder();
    const without = join(folder, 'git');
    const refusal = 'fatal: cannot use Perl-compatible regexes when not compiled with USE_LIBPCRE';
    writeFileSync(
      without,
      `#!/bin/sh\ncase "$*" in *" grep "*) echo '${refusal}' >&2; exit 128;; esac\nPATH='${log.environment['PATH']}' exec git "$@"\n`,
    );
    chmodSync(without, 0o755);
    expect(judged(repository, args, { PATH: `${folder}:${process.env['PATH']}` })).toMatchObject({
      findings: [`${PLAN}:7 relation-exists <- ${ADR}`],
    });
  });

  it.each<[string, (repository: Repository) => unknown]>([
    ['is otherwise in the folders', (repository) => repository.write({ [PLAN]: plan() })],
    ['is not in the folders', (repository) => repository.remove(PLAN)],
    [
      'is otherwise, which git is not to see',
      (repository) => {
        repository.git('update-index', '--assume-unchanged', PLAN);
        repository.write({ [PLAN]: plan() });
      },
    ],
    [
      'is not checked out',
      (repository) => {
        repository.git('update-index', '--skip-worktree', PLAN);
        repository.remove(PLAN);
      },
    ],
    [
      'has other line ends in the folders',
      (repository) => {
        repository.git('config', 'core.autocrlf', 'true');
        repository.remove(PLAN);
        repository.git('checkout', '-q', '--', PLAN);
        expect(repository.read(PLAN)).toContain('related_docs: [ADR-001]\r\n');
      },
    ],
    [
      'has another encoding in the folders',
      (repository) => {
        const attributes = join(temporaryFolder(), 'attributes');
        writeFileSync(attributes, 'PLAN-*.md working-tree-encoding=UTF-16LE\n');
        repository.git('config', 'core.attributesFile', attributes);
        repository.remove(PLAN);
        repository.git('checkout', '-q', '--', PLAN);
        expect(repository.read(PLAN)).toContain('A\0D\0R\0-\0');
      },
    ],
  ])('concerns a document that %s', (_, change) => {
    const repository = committed();
    change(repository);
    loseDecision(repository);
    expect(judged(repository, ['--staged', '--no-cache'])).toMatchObject({
      findings: [`${PLAN}:7 relation-exists <- ${ADR}`],
      isSearched: true,
    });
  });

  it.each(CHANGES)('concerns a document with a line break in its path: %s %s', (...args) => {
    const repository = committed(BROKEN);
    loseDecision(repository);
    const { findings } = judged(repository, args);
    expect(findings).toContain(`${BROKEN}:7 relation-exists <- ${ADR}`);
  });

  it.each(CHANGES)('is silent about older findings, and of what it does not concern: %s %s', (...args) => {
    const repository = new Repository({ [PLAN]: plan({ related: '[ADR-001]' }), [OTHER]: plan({ id: 'PLAN-002' }) });
    repository.commit();
    repository.write({ [OTHER]: plan({ id: 'PLAN-002', title: 'Another', related: '[PLAN-001]' }) });
    repository.git('add', '-A');
    expect(judged(repository, args)).toMatchObject({ findings: [], isSearched: true });
  });
});

describe.skipIf(!canSearch)('the first change in a clone of many documents', () => {
  const ids = Array.from({ length: 510 }, (_, nth) => `PLAN-${String(nth + 10).padStart(3, '0')}`);

  it('is judged without remembering all; the second is remembered, and all say the same', () => {
    const repository = committed();
    repository.write(Object.fromEntries(ids.map((id) => [`dev_ops/plans/${id}-p.md`, plan({ id })])));
    repository.commit();
    loseDecision(repository);
    const run = (...more: string[]): unknown => repository.run(['lint', '--staged', '--format', 'json', ...more]);
    const first = run('--no-cache');
    const held = (): string[] => readdirSync(join(repository.folder, CACHE));
    expect(run()).toEqual(first);
    expect(held()).toEqual(['staged.missed']);
    expect(repository.run(['cache', 'stats']).stdout).toBe(`${CACHE}: Nothing is remembered yet\n`);
    for (let nth = 0; nth < 2; nth += 1) {
      expect(run()).toEqual(first);
      expect([held().includes('staged.base'), held().includes('staged.missed')]).toEqual([true, false]);
    }
  });
});
