import type { Project } from './project.ts';
import { below, readTextFile } from './text-file.ts';

const RC = ['', '.json', '.yaml', '.yml', '.mjs', '.mts', '.js', '.ts', '.cjs', '.cts'].map(
  (end) => `.lintstagedrc${end}`,
);
const CONFIG = ['mjs', 'mts', 'js', 'ts', 'cjs', 'cts'].map((end) => `lint-staged.config.${end}`);
const FILES: ReadonlySet<string> = new Set([...RC, ...CONFIG]);
const KEY = 'lint-staged';

/** How a repository uses lint-staged. */
export interface LintStaged {
  readonly isInstalled: boolean;
  /** Files that configure it anywhere in the repository, relative to the top. */
  readonly configs: readonly string[];
  /** One of them that has planproof run. */
  readonly own: string | undefined;
}

/** Looks for lint-staged and its configs. Nothing of them is executed: those in JavaScript are read as text. */
export function findLintStaged({ source, manifest }: Project): LintStaged {
  const files = source.list(['']).filter((path) => FILES.has(path.slice(path.lastIndexOf('/') + 1)));
  const names = (path: string): boolean => readTextFile(source, path)?.text.includes('planproof') ?? false;
  const inManifest = manifest?.data[KEY];
  const ownKey = inManifest !== undefined && JSON.stringify(inManifest).includes('planproof');
  const manifestFile = manifest && inManifest !== undefined ? [manifest.path] : [];
  return {
    isInstalled: manifest?.dependencies.has(KEY) ?? false,
    configs: [...files, ...manifestFile],
    own: files.find(names) ?? (ownKey ? manifest?.path : undefined),
  };
}

/** Whether a command line of lint-staged hands on deletions. */
export function letsDeletionsThrough(script: string): boolean {
  const filter = /--diff-filter[= ]["']?([A-Za-z]+)/.exec(script)?.[1];
  // A lower case letter takes that kind of change out of all.
  return filter !== undefined && (filter.includes('D') || !/[A-Z]/.test(filter)) && !filter.includes('d');
}

/** The file that init writes: one task for the whole commit, whatever it touches. */
export function lintStagedConfig(folder: string, program: string): { path: string; text: string } {
  const text = `// One task for the whole commit, whatever it touches: planproof judges the set of documents, not single files.
export default { '*': () => ${JSON.stringify(program).replaceAll("'", "\\'").replace(/^"|"$/g, "'")} };
`;
  return { path: below(folder, 'lint-staged.config.mjs'), text };
}
