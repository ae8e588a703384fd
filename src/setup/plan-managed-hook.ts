import { applyEdits } from '../model/edit.ts';
import { changeJson, type JsonChange } from '../model/json-edit.ts';
import type { SourceText } from '../model/source-text.ts';
import type { HookManager } from './hook-manager.ts';
import { COMMIT, MERGE, PRE_COMMIT_INSTALL, WHY } from './hook-names.ts';
import { names } from './hook-script.ts';
import { hookCommand, type Project, programCommand, quoted } from './project.ts';
import { byHand, command, emptyText, fileStep, note, type Step } from './step.ts';
import { dataOf, isJson, valueAt } from './structured.ts';
import { readTextFile } from './text-file.ts';
import { insertYaml } from './yaml-insert.ts';

/** What a manager's config needs. */
interface Need {
  readonly file: string;
  readonly why: string;
  /** The text with planproof in it, the same where it is there; undefined where it cannot be put there safely. */
  change(source: SourceText): string | undefined;
  /** The same for people. */
  readonly snippet: string;
  readonly after: Step;
}

function plan({ source }: Project, { file, why, change, snippet, after }: Need): Step[] {
  const text = readTextFile(source, file) ?? emptyText('');
  const changed = change(text);
  if (changed === text.text) return [note(`${file} runs planproof`)];
  if (changed === undefined) return [byHand(`${file} cannot be extended safely: put this into it`, snippet)];
  return [...fileStep(source, file, changed, why), after];
}

function changedJson(source: SourceText, change: JsonChange): string {
  const bytes = applyEdits(source.bytes, changeJson(source, [change]));
  return Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
}

const HOOKS = [COMMIT, MERGE];

/** Changes a text for one hook after the other; undefined as soon as one cannot be set. */
function forEachHook(
  source: SourceText,
  change: (source: SourceText, hook: string) => string | undefined,
): string | undefined {
  let now: string | undefined = source.text;
  for (const hook of HOOKS) now = now === undefined ? undefined : change(emptyText(now), hook);
  return now;
}

/** A job at the end of the hook's list where it has one, else one of its commands. */
function withLefthook(file: string, source: SourceText, hook: string, run: string): string | undefined {
  const data = dataOf(file, source.text);
  if (names(JSON.stringify(valueAt(data, hook) ?? ''), 'planproof')) return source.text;
  const hasJobs = Array.isArray(valueAt(data, hook, 'jobs'));
  const job = { name: 'planproof', run };
  if (!isJson(file)) {
    return hasJobs
      ? insertYaml(source.text, { path: [hook, 'jobs'] }, job)
      : insertYaml(source.text, { path: [hook, 'commands'], key: 'planproof' }, { run });
  }
  if (data === undefined) return undefined;
  if (hasJobs) return changedJson(source, { path: [hook, 'jobs', -1], value: job, insert: true });
  return changedJson(source, { path: [hook, 'commands', 'planproof'], value: { run } });
}

/** What it takes for lefthook to run planproof. */
export function planLefthook(project: Project, { file = 'lefthook.yml' }: HookManager): Step[] {
  const run = hookCommand(project);
  const program = project.manifest?.dependencies.has('lefthook') ? programCommand(project, 'lefthook') : 'lefthook';
  const change = (source: SourceText): string | undefined => {
    if (file.endsWith('.toml')) return names(source.text, 'planproof') ? source.text : undefined;
    return forEachHook(source, (text, hook) => withLefthook(file, text, hook, run));
  };
  return plan(project, {
    file,
    why: 'every commit and merge is judged; from lefthook 1.10.2 on commits that only delete files too',
    change,
    snippet: HOOKS.map((hook) => `${hook}:\n  commands:\n    planproof:\n      run: ${run}`).join('\n'),
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
    why: WHY[COMMIT] as string,
    change: ({ text }) => (names(text, 'planproof') ? text : insertYaml(text, { path: ['repos'] }, entry)),
    snippet: `repos:\n  - repo: local\n    hooks:\n${lines.join('\n')}`,
    after: command(PRE_COMMIT_INSTALL, 'lets git start pre-commit for commits and merges, once in every clone'),
  });
}

/** What it takes for simple-git-hooks to run planproof. */
export function planSimpleGitHooks(project: Project, { file = 'package.json' }: HookManager): Step[] {
  const run = hookCommand(project);
  const name = 'simple-git-hooks';
  const lead = file === project.manifest?.path ? [name] : [];
  const withHook = (source: SourceText, hook: string): string | undefined => {
    const data = dataOf(file, source.text);
    const now = valueAt(data, ...lead, hook);
    if (data === undefined || (now !== undefined && typeof now !== 'string')) return undefined;
    if (now !== undefined && names(now, 'planproof')) return source.text;
    return changedJson(source, { path: [...lead, hook], value: now === undefined ? run : `${now} && ${run}` });
  };
  const change = (source: SourceText): string | undefined => {
    if (isJson(file)) return forEachHook(source, withHook);
    return names(source.text, 'planproof') ? source.text : undefined;
  };
  return plan(project, {
    file,
    why: 'every commit and merge is judged, also commits that only delete files',
    change,
    snippet: HOOKS.map((hook) => `"${hook}": ${JSON.stringify(run)}`).join(',\n'),
    after: command(programCommand(project, name), 'writes the hook, once in every clone'),
  });
}
