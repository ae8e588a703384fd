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

describe('bench/compare.mjs', () => {
  const row = (command: string, ratio: object | null): object => ({ command, cpu: 1, ratio });
  /** Results in which planproof takes so many times what the other takes. */
  function compare(ratio: object, committed: object, ...args: string[]): Outcome {
    const folder = temporaryFolder();
    const [results, ratios] = [join(folder, 'results.json'), join(folder, 'ratios.json')];
    const rows = [row('planproof lint', null), row('rumdl', ratio)];
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

  it('no ratios are no pass', () => {
    expect(compare({ cpu: 1, wall: 1, peak: 1 }, {})).toEqual({
      code: 2,
      stdout: '',
      stderr: 'bench: bench/ratios.json holds nothing to compare with\n',
    });
  });

  it('the workflow measures the sizes of the committed ratios, which are those of both corpora', () => {
    const { stdout } = bench('compare.mjs', '--counts');
    expect(stdout).toMatch(/^\d+(?:,\d+)*\n$/);
    const titles = Object.keys(JSON.parse(readFileSync(join(PROJECT, 'bench', 'ratios.json'), 'utf8')) as object);
    expect(new Set(titles.map((title) => title.split('/')[0]))).toEqual(new Set(['plain', 'rich']));
  });
});
