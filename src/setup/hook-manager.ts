import type { HookManagerName } from './choices.ts';
import { type HooksFolder, hooksFolder } from './hooks-folder.ts';
import type { Project } from './project.ts';
import { below, firstOf, folderOf } from './text-file.ts';

/** A hook manager that a repository uses, and the file that says what it runs. */
export interface HookManager {
  readonly name: HookManagerName;
  /** Relative to the top; it may be missing. For `git` undefined where the hooks lie outside the worktree. */
  readonly file: string | undefined;
  /** What told that it is used. */
  readonly sign: string;
}

const LEFTHOOK = ['', '.', '.config/'].flatMap((lead) =>
  ['yml', 'yaml', 'json', 'jsonc', 'toml'].map((end) => `${lead}lefthook.${end}`),
);
const SIMPLE = ['.simple-git-hooks', 'simple-git-hooks'].flatMap((name) =>
  ['json', 'js', 'cjs', 'mjs'].map((end) => `${name}.${end}`),
);

const HUSKY_INNER = /(?:^|\/)_$/;

/** The folder of husky's hooks: beside the one that git is pointed to, or where it lies by default. */
function huskyFolder(
  { source, manifest }: Project,
  { inside }: HooksFolder,
): { folder: string; sign: string } | undefined {
  if (inside !== undefined && HUSKY_INNER.test(inside)) return { folder: folderOf(inside), sign: 'core.hooksPath' };
  const folders = [...new Set([below(manifest?.folder ?? '', '.husky'), '.husky'])];
  const there = firstOf(source, folders);
  if (there !== undefined) return { folder: there, sign: `${there}/` };
  return manifest?.dependencies.has('husky') ? { folder: folders[0] as string, sign: manifest.path } : undefined;
}

function simpleGitHooks({ source, manifest }: Project): HookManager | undefined {
  const name = 'simple-git-hooks';
  if (manifest?.data[name] !== undefined) return { name, file: manifest.path, sign: manifest.path };
  const folder = manifest?.folder ?? '';
  const file = firstOf(
    source,
    SIMPLE.map((one) => below(folder, one)),
  );
  if (file !== undefined) return { name, file, sign: file };
  return manifest?.dependencies.has(name) ? { name, file: manifest.path, sign: manifest.path } : undefined;
}

/** The hook without a manager: in the folder that git is pointed to, if that lies in the worktree. */
function plainHook({ inside, setting }: HooksFolder): HookManager {
  const file = inside === undefined || HUSKY_INNER.test(inside) ? undefined : `${inside}/pre-commit`;
  return { name: 'git', file, sign: setting === undefined ? 'no hook manager' : 'core.hooksPath' };
}

/** All hook managers found, the one in force first; at the end the hook of git itself. */
export function findHookManagers(project: Project, folder: HooksFolder): HookManager[] {
  const { source } = project;
  const husky = huskyFolder(project, folder);
  const lefthook = firstOf(source, LEFTHOOK);
  const preCommit = firstOf(source, ['.pre-commit-config.yaml']);
  const simple = simpleGitHooks(project);
  const plain = plainHook(folder);
  const found: HookManager[] = [
    ...(husky ? [{ name: 'husky' as const, file: `${husky.folder}/pre-commit`, sign: husky.sign }] : []),
    ...(lefthook === undefined ? [] : [{ name: 'lefthook' as const, file: lefthook, sign: lefthook }]),
    ...(preCommit === undefined ? [] : [{ name: 'pre-commit' as const, file: preCommit, sign: preCommit }]),
    ...(simple ? [simple] : []),
  ];
  // A folder in the worktree that git is pointed to is in force, whatever else lies around.
  return plain.file === undefined ? [...found, plain] : [plain, ...found];
}

/** A manager by name as it would be set up where the repository does not use it yet. */
export function newManager(name: HookManagerName, project: Project): HookManager {
  const sign = '--hook';
  const folder = project.manifest?.folder ?? '';
  const files: Readonly<Record<HookManagerName, string | undefined>> = {
    husky: below(folder, '.husky/pre-commit'),
    lefthook: 'lefthook.yml',
    'pre-commit': '.pre-commit-config.yaml',
    'simple-git-hooks': project.manifest?.path,
    git: plainHook(hooksFolder(project.top, project.environment)).file,
    none: undefined,
  };
  return { name, file: files[name], sign };
}
