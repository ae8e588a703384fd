import { plainPath } from '../model/plain-path.ts';
import type { Source, Unreadable } from './source.ts';

/** Contents that stand over those of a source, by path; undefined where a file is gone. */
export type Contents = ReadonlyMap<string, Uint8Array | undefined>;

const isIn = (path: string, folder: string): boolean => folder === '' || path.startsWith(`${folder}/`);

/** A source with some files as they would be after a change; nothing is written. */
export function overlay(base: Source, contents: Contents): Source {
  const there = [...contents].flatMap(([path, bytes]) => (bytes === undefined ? [] : [path]));
  return {
    ...base,
    list: (folders) => {
      const added = there.filter((path) => folders.some((folder) => isIn(path, folder)));
      const kept = base.list(folders).filter((path) => !contents.has(path));
      return [...kept, ...added].sort();
    },
    read: (path) => (contents.has(path) ? contents.get(path) : base.read(path)),
    exists: (path) => {
      const inside = plainPath(path);
      if (contents.has(inside)) return contents.get(inside) !== undefined;
      return base.exists(path) || there.some((file) => isIn(file, inside));
    },
  };
}

/** A source that answers twice the same, and asks once: several judgements of one moment. */
export function remembering(base: Source): Source {
  const files = new Map<string, Uint8Array | Unreadable | undefined>();
  const lists = new Map<string, string[]>();
  const known = new Map<string, boolean>();
  const commits = new Map<string, boolean | undefined>();
  const once = <T>(answers: Map<string, T>, question: string, ask: () => T): T => {
    if (!answers.has(question)) answers.set(question, ask());
    return answers.get(question) as T;
  };
  return {
    list: (folders) => once(lists, folders.join('\0'), () => base.list(folders)),
    read: (path) => once(files, path, () => base.read(path)),
    exists: (path) => once(known, path, () => base.exists(path)),
    isLinked: base.isLinked,
    isLeftOut: base.isLeftOut,
    hasCommit: (hash) => once(commits, hash, () => base.hasCommit(hash)),
  };
}
