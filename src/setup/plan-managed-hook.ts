import { applyEdits } from '../model/edit.ts';
import { changeJson, type JsonChange } from '../model/json-edit.ts';
import type { SourceText } from '../model/source-text.ts';
import { readStructured } from '../model/structured-file.ts';
import type { HookManager } from './hook-manager.ts';
import { names } from './hook-script.ts';
import { hookCommand, type Project, programCommand, quoted } from './project.ts';
import { byHand, command, emptyText, fileStep, note, type Step } from './step.ts';
import { readTextFile } from './text-file.ts';
import { insertYaml, yamlData } from './yaml-insert.ts';

/** What a manager's config needs. */
interface Need {
  readonly file: string;
  readonly why: string;
  /** The part of the text that says what runs. */
  runs?(source: SourceText): string;
  /** The text with planproof in it; undefined where it cannot be put there safely. */
  change(source: SourceText): string | undefined;
  /** The same for people. */
  readonly snippet: string;
  readonly after: Step;
}

function plan({ source }: Project, { file, why, runs, change, snippet, after }: Need): Step[] {
  const text = readTextFile(source, file) ?? emptyText('');
  if (names(runs?.(text) ?? text.text, 'planproof')) return [note(`${file} runs planproof`)];
  const changed = change(text);
  if (changed === undefined) return [byHand(`${file} cannot be extended safely: put this into it`, snippet)];
  return [...fileStep(source, file, changed, why), after];
}

const isJson = (file: string): boolean => /\.jsonc?$/.test(file);

/** What a config holds; undefined when it cannot be read. */
function dataOf(file: string, text: string): unknown {
  if (!isJson(file)) return yamlData(text);
  const { data, errors } = readStructured('config.jsonc', text);
  return errors.length > 0 ? undefined : data;
}

/** The value at some keys, as far as there is one. */
function valueAt(data: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined),
    data,
  );
}

function changedJson(source: SourceText, change: JsonChange): string {
  const bytes = applyEdits(source.bytes, changeJson(source, [change]));
  return Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
}

const HOOK = 'pre-commit';

/** A job at the end of the hook's list where it has one, else one of its commands. */
function withLefthook(file: string, source: SourceText, run: string): string | undefined {
  const data = dataOf(file, source.text);
  const hasJobs = Array.isArray(valueAt(data, HOOK, 'jobs'));
  const job = { name: 'planproof', run };
  if (!isJson(file)) {
    if (file.endsWith('.toml')) return undefined;
    return hasJobs
      ? insertYaml(source.text, { path: [HOOK, 'jobs'] }, job)
      : insertYaml(source.text, { path: [HOOK, 'commands'], key: 'planproof' }, { run });
  }
  if (data === undefined) return undefined;
  if (hasJobs) return changedJson(source, { path: [HOOK, 'jobs', -1], value: job, insert: true });
  return changedJson(source, { path: [HOOK, 'commands', 'planproof'], value: { run } });
}

/** What it takes for lefthook to run planproof. */
export function planLefthook(project: Project, { file = 'lefthook.yml' }: HookManager): Step[] {
  const run = hookCommand(project);
  const program = project.manifest?.dependencies.has('lefthook') ? programCommand(project, 'lefthook') : 'lefthook';
  return plan(project, {
    file,
    why: 'every commit is judged; from lefthook 1.10.2 on those that only delete files too',
    change: (source) => withLefthook(file, source, run),
    snippet: `${HOOK}:\n  commands:\n    planproof:\n      run: ${run}`,
    after: command(`${program} install`, 'lets git start lefthook, once in every clone'),
  });
}

/** What it takes for pre-commit to run planproof. */
export function planPreCommit(project: Project, { file = '.pre-commit-config.yaml' }: HookManager): Step[] {
  const line = hookCommand(project);
  const hook = {
    id: 'planproof',
    name: 'planproof',
    // No shell reads this line.
    entry: line.includes('&&') ? `sh -c ${quoted(line)}` : line,
    language: 'system',
    always_run: true,
    pass_filenames: false,
  };
  const entry = { repo: 'local', hooks: [hook] };
  const lines = Object.entries(hook).map(
    ([key, value], index) => `${index === 0 ? '      - ' : '        '}${key}: ${value}`,
  );
  return plan(project, {
    file,
    why: 'every commit is judged, those that only delete files too',
    change: ({ text }) => insertYaml(text, { path: ['repos'] }, entry),
    snippet: `repos:\n  - repo: local\n    hooks:\n${lines.join('\n')}`,
    after: command('pre-commit install', 'lets git start pre-commit, once in every clone'),
  });
}

/** What it takes for simple-git-hooks to run planproof. */
export function planSimpleGitHooks(project: Project, { file = 'package.json' }: HookManager): Step[] {
  const run = hookCommand(project);
  const name = 'simple-git-hooks';
  const path = file === project.manifest?.path ? [name, HOOK] : [HOOK];
  const change = (source: SourceText): string | undefined => {
    const data = isJson(file) ? dataOf(file, source.text) : undefined;
    if (data === undefined) return undefined;
    const now = valueAt(data, ...path);
    if (now !== undefined && typeof now !== 'string') return undefined;
    return changedJson(source, { path, value: now === undefined ? run : `${now} && ${run}` });
  };
  return plan(project, {
    file,
    why: 'every commit is judged, those that only delete files too',
    // package.json names planproof among what it depends on, too.
    runs: ({ text }) => (isJson(file) ? String(valueAt(dataOf(file, text), ...path) ?? '') : text),
    change,
    snippet: `"${HOOK}": ${JSON.stringify(run)}`,
    after: command(programCommand(project, name), 'writes the hook, once in every clone'),
  });
}
