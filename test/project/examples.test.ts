import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import { lint } from '../../src/pipeline/lint.ts';
import { commandError } from '../../src/program.ts';
import { environment, PROJECT } from '../helpers/repository.ts';

interface Defect {
  readonly rule: string;
  readonly file: string;
  readonly line: number;
  readonly rename?: string;
}

const lintFolder = (folder: string) =>
  lint(
    { paths: [], today: '2026-06-30' },
    { cwd: join(PROJECT, folder), environment: environment(), notify: () => {} },
  );

describe('the bundled example', () => {
  it('holds, with documents of every type', async () => {
    const { documents, findings } = await lintFolder('examples');
    expect(findings).toEqual([]);
    expect(documents).toBeGreaterThanOrEqual(15);
  });

  it('with a dozen defects gives exactly those, each by its rule on its line', async () => {
    const { defects } = JSON.parse(readFileSync(join(PROJECT, 'examples', 'defects.json'), 'utf8')) as {
      defects: Defect[];
    };
    const { findings } = await lintFolder('examples/broken');
    const expected = defects.map(({ rule, file, rename, line }) => `examples/broken/${rename ?? file}:${line} ${rule}`);
    expect(findings.map((f) => `${f.file}:${f.line} ${f.rule}`).sort()).toEqual(expected.sort());
    expect(new Set(defects.map((defect) => defect.rule)).size).toBeGreaterThanOrEqual(12);
  });
});

describe('the seed, the text the project comes from', () => {
  const surroundings = { cwd: PROJECT, environment: environment(), notify: () => {} };
  const seed = 'test/fixtures/seed/create_plan.md';
  const found = (findings: readonly Finding[]): string[] =>
    findings.map((f) => `${f.line}:${f.column}-${f.endLine}:${f.endColumn} ${f.severity} ${f.rule} ${f.message}`);
  const three = [
    '20:20-20:27 error workflow-relations Unexpected kind `RES-XXX`, expected `RESEARCH-XXX`',
    '28:5-28:69 error workflow-template Unexpected machine-local link `file:///home/nunoc/projects/dev_ops/templates/plan.md`, expected a path inside the repository',
    '46:35-46:42 warning relation-alias Unexpected form `RES-008`, expected `RESEARCH-008`',
  ];

  it('is known as a workflow and shows exactly three findings', async () => {
    const { findings } = await lint({ paths: [seed], today: '2026-06-30', commandError }, surroundings);
    expect(found(findings)).toEqual(three);
  });

  it('the same from standard input, in a folder of workflows or without a name', async () => {
    const bytes = readFileSync(join(PROJECT, seed));
    for (const path of ['dev_ops/workflows/create_plan.md', '<stdin>']) {
      const { findings } = await lint(
        { paths: [], given: { path, bytes }, today: '2026-06-30', commandError },
        surroundings,
      );
      expect(found(findings)).toEqual(three);
    }
  });

  it('the canonical workflow derived from it is clean', async () => {
    const path = 'templates/devops/workflows/create_plan.md';
    expect((await lint({ paths: [path], today: '2026-06-30' }, surroundings)).findings).toEqual([]);
  });
});
