import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { environment, type Outcome, PROJECT, Repository, temporaryFolder } from '../helpers/repository.ts';

function bench(script: string, ...args: string[]): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(PROJECT, 'bench', script), ...args], {
    env: environment(),
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}

interface Planted {
  readonly path: string;
  readonly rule: string;
  readonly line: number;
}

describe('the corpora of the benchmark', () => {
  it.each([['plain'], ['rich']])('the %s one conforms but for its planted defects, all of which are found', (style) => {
    const repository = new Repository();
    const made = bench('corpus.mjs', '2200', repository.folder, ...(style === 'rich' ? ['--rich'] : []));
    expect([made.code, made.stderr]).toEqual([0, '']);
    const { planted } = JSON.parse(repository.read('manifest.json')) as { planted: Planted[] };
    const { stdout } = repository.run(['lint', '--format', 'json=report.json']);
    expect(stdout).toBe('');
    const { findings } = JSON.parse(repository.read('report.json')) as {
      findings: { file: string; line: number; rule: string }[];
    };
    expect(findings.map(({ file, line, rule }) => `${file}:${line} ${rule}`).sort()).toEqual(
      planted.map(({ path, line, rule }) => `${path}:${line} ${rule}`).sort(),
    );
    expect(new Set(planted.map(({ rule }) => rule)).size).toBeGreaterThan(15);
  });
});

const row = (command: string, ratio: object | null): object => ({ command, runs: 1, cpu: 1, wall: 1, peak: 1, ratio });

describe('bench/compare.mjs', () => {
  const scaleRows = (ratio: object): object[] => [
    row('planproof, 2,000 documents', null),
    row('planproof, 1 document', ratio),
  ];
  /** Results in which planproof takes so many times what the other takes. */
  const compare = (ratio: object, committed: object, ...args: string[]): Outcome =>
    compareWith(row('rumdl', ratio), committed, ...args);
  function compareWith(other: object, committed: object, ...args: string[]): Outcome {
    const folder = temporaryFolder();
    const [results, ratios] = [join(folder, 'results.json'), join(folder, 'ratios.json')];
    const rows = [row('planproof lint', null), other];
    writeFileSync(results, JSON.stringify({ races: [{ corpus: 'plain', documents: 10, case: 'whole', rows }] }));
    writeFileSync(ratios, JSON.stringify(committed));
    return bench('compare.mjs', '--results', results, '--ratios', ratios, ...args);
  }
  const TITLE = 'plain/10/whole: planproof lint / rumdl';

  it('passes what is not above the committed ratio times the tolerance', () => {
    expect(compare({ cpu: 0.64, wall: 9, peak: 2 }, { [TITLE]: { cpu: 0.5, peak: 2 } })).toEqual({
      code: 0,
      stdout: '1 ratios, none above 1.3 times the committed one\n',
      stderr: '',
    });
  });

  it('fails on a ratio above it, and on one that was not measured', () => {
    const committed = { [TITLE]: { cpu: 0.5, peak: 2 }, 'plain/10/whole: planproof lint / gone': { cpu: 1 } };
    expect(compare({ cpu: 0.66, wall: 0.1, peak: null }, committed)).toEqual({
      code: 1,
      stdout: [
        `${TITLE}: cpu 0.66, expected at most 0.5 × 1.3\n`,
        `${TITLE}: peak was not measured\n`,
        'plain/10/whole: planproof lint / gone: cpu was not measured\n',
      ].join(''),
      stderr: '',
    });
    expect(compare({ cpu: 0.66, wall: 0.1, peak: 2 }, { [TITLE]: { cpu: 0.5 } }, '--tolerance', '1.4').code).toBe(0);
  });

  it('leaves out what a fast machine does too soon to measure', () => {
    const soon = { ...row('rumdl', { cpu: 9, wall: 9, peak: 2 }), cpu: 0.009 };
    expect(compareWith(soon, { [TITLE]: { cpu: 0.5, peak: 2 } }).code).toBe(0);
    expect(compareWith(soon, { [TITLE]: { cpu: 0.5, peak: 1 } }).stdout).toContain(': peak 2, expected');
    expect(compareWith({ ...soon, cpu: 0.011 }, { [TITLE]: { cpu: 0.5 } }).stdout).toContain(': cpu 9, expected');
  });

  it('no ratios are no pass', () => {
    expect(compare({ cpu: 1, wall: 1, peak: 1 }, {})).toEqual({
      code: 2,
      stdout: '',
      stderr: 'bench: bench/ratios.json holds nothing to compare with\n',
    });
  });

  it('takes new ratios for the committed ones, without those that not everybody can measure', () => {
    const folder = temporaryFolder();
    const [results, ratios] = [join(folder, 'results.json'), join(folder, 'ratios.json')];
    const ratio = { cpu: 0.5, wall: 1, peak: 2 };
    const races = [
      { corpus: 'plain', documents: 10, case: 'staged, no cache', rows: [row('planproof', null), row('rumdl', ratio)] },
      { corpus: 'plain', documents: 2000, case: 'scale', rows: scaleRows(ratio) },
      {
        corpus: 'madr',
        documents: 30,
        case: 'whole',
        rows: [row('planproof', null), row('node -e 0', ratio), { ...row('madr-lint', ratio), isOptional: true }],
      },
    ];
    writeFileSync(results, JSON.stringify({ races }));
    const files = ['--results', results, '--ratios', ratios];
    expect(bench('compare.mjs', ...files, '--write').stdout).toBe('3 ratios written\n');
    expect(Object.keys(JSON.parse(readFileSync(ratios, 'utf8')) as object)).toEqual([
      'plain/10/staged, no cache: planproof / rumdl',
      'plain/2000/scale: planproof, 2,000 documents / planproof, 1 document',
      'madr/30/whole: planproof / node -e 0',
    ]);
    expect(bench('compare.mjs', ...files).stdout).toBe('3 ratios, none above 1.3 times the committed one\n');
    expect(bench('compare.mjs', ...files, '--options').stdout).toBe('--counts 10 --scale 1,2000 --madr 30\n');
  });

  it('the workflow measures the sizes of the committed ratios, which are those of both corpora', () => {
    const { stdout } = bench('compare.mjs', '--options');
    expect(stdout).toMatch(/^--counts \d+(?:,\d+)* --scale \d+(?:,\d+)* --madr \d+\n$/);
    const titles = Object.keys(JSON.parse(readFileSync(join(PROJECT, 'bench', 'ratios.json'), 'utf8')) as object);
    expect(new Set(titles.map((title) => title.split('/')[0]))).toEqual(new Set(['plain', 'rich', 'madr']));
    const workflow = readFileSync(join(PROJECT, '.github', 'workflows', 'bench.yml'), 'utf8');
    expect(workflow).toContain('npm run bench -- $(node bench/compare.mjs --options)\n');
  });
});

describe('bench/page.mjs', () => {
  const PLACES = '# Page\n\n<!-- bar -->\n<!-- /bar -->\n\n<!-- figures -->\n\nold\n\n<!-- /figures -->\n';
  const ratio = (cpu: number, peak: number): object => ({ cpu, wall: 1, peak });

  /** The page after it was filled from results. */
  function page(races: readonly object[], before = PLACES): { readonly text: string; readonly outcome: Outcome } {
    const folder = temporaryFolder();
    const [results, path] = [join(folder, 'results.json'), join(folder, 'page.md')];
    writeFileSync(results, JSON.stringify({ about: 'A machine.', notes: ['A note.'], races }));
    writeFileSync(path, before);
    const outcome = bench('page.mjs', '--results', results, '--page', path);
    return { text: readFileSync(path, 'utf8'), outcome };
  }

  /** One line of the bar by its case and what it is compared with. */
  const line = (text: string, start: string): string => text.split('\n').find((one) => one.startsWith(start)) ?? '';

  const staged = (corpus: string, empty: object): object => ({
    corpus,
    documents: 10_000,
    case: 'staged',
    rows: [row('node -e 0', empty), row('planproof lint --staged', null), row('rumdl', ratio(0.91, 1))],
  });

  it('says of each line of the bar whether it is met, not met or not measured', () => {
    const { text } = page([staged('plain', ratio(1.6, 1.71)), staged('rich', ratio(2.4, 1.5))]);
    expect(line(text, '| 1 staged document, warm | CPU | node')).toBe(
      '| 1 staged document, warm | CPU | node -e 0 | ≤ 2.4 | ≤ 1.6 | 1.60, goal met | 2.40, must met |',
    );
    expect(line(text, '| 1 staged document, warm | peak memory | node')).toBe(
      '| 1 staged document, warm | peak memory | node -e 0 | ≤ 1.7 | ≤ 1.5 | 1.71, **must not met** | 1.50, goal met |',
    );
    expect(line(text, '| 1 staged document, warm | CPU | rumdl')).toContain('| 0.910, **must not met** | 0.910,');
    expect(line(text, '| 1 staged document, warm | CPU | remark')).toContain('| not measured | not measured |');
  });

  it('shows every line of the bar, whatever was measured', () => {
    const bar = JSON.parse(readFileSync(join(PROJECT, 'bench', 'bar.json'), 'utf8')) as object[];
    const [filled] = page([]).text.split('<!-- /bar -->');
    expect(filled?.split('not measured | not measured |').length).toBe(bar.length + 1);
  });

  it('counts neither another size nor another command of planproof', () => {
    const other = { corpus: 'plain', documents: 10_000, case: 'whole', rows: [row('planproof x', null)] };
    const smaller = { ...staged('plain', ratio(1, 1)), documents: 1000 };
    const [filled] = page([other, smaller]).text.split('<!-- /bar -->');
    expect(filled).not.toContain('met |');
  });

  it('puts the figures of each race below it, with the least and the greatest ratio', () => {
    const race = {
      corpus: 'plain',
      documents: 1,
      case: 'staged, no cache',
      rows: [
        { command: 'planproof', runs: 7, cpu: 1, wall: 2, peak: 2 ** 20, ratio: null, ratioSpread: null },
        {
          command: 'other',
          runs: 3,
          cpu: 0.5,
          wall: null,
          peak: 2 ** 21,
          ratio: { cpu: 2, wall: null, peak: 0.5 },
          ratioSpread: { cpu: [1.5, 2.5], wall: null, peak: null },
        },
      ],
    };
    const { text } = page([race]);
    expect(text).toContain(
      'A machine.\n\nA note.\n\n### One staged document, no cache yet, 1 document, plain corpus\n',
    );
    expect(text).toContain('\n| planproof | 7 | 1.000 | 2.000 | 1 |  |  |  |  |\n');
    expect(text).toContain('\n| other | 3 | 0.500 | – | 2 | 2.00 | 1.50–2.50 | – | 0.50 |\n');
    expect(text).not.toContain('\nold\n');
  });

  it('leaves a page without places alone', () => {
    const { text, outcome } = page([], '# Page\n');
    expect([text, outcome.code]).toEqual(['# Page\n', 1]);
    expect(outcome.stderr).toContain('the page has no place for the bar');
  });
});

describe('a change in a corpus', () => {
  it('is new to every cache each time, leaves the findings alone and is taken back', () => {
    const folder = temporaryFolder();
    const script = `
      const { writeCorpus } = await import(process.argv[1] + '/corpus.mjs');
      const { Change } = await import(process.argv[1] + '/lib/state.mjs');
      const { readFileSync } = await import('node:fs');
      const manifest = writeCorpus(100, process.argv[2], { git: true });
      const change = new Change(process.argv[2], manifest);
      const text = () => readFileSync(process.argv[2] + '/' + change.path, 'utf8');
      const before = text();
      const texts = [before];
      for (let round = 0; round < 3; round += 1) {
        change.stage();
        texts.push(text());
      }
      change.undo();
      console.log(JSON.stringify([new Set(texts).size, text() === before]));
    `;
    const made = spawnSync(process.execPath, ['--input-type=module', '-e', script, join(PROJECT, 'bench'), folder], {
      env: environment(),
      encoding: 'utf8',
    });
    expect([made.stderr, made.stdout]).toEqual(['', '[4,true]\n']);
    const status = spawnSync('git', ['status', '--porcelain'], { cwd: folder, env: environment(), encoding: 'utf8' });
    expect(status.stdout).toBe('');
  });
});
