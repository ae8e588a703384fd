import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getBuiltinModule } from 'node:process';
import type { GitDirectory } from './git-directory.ts';

const HASH = /^[0-9a-f]{40}$/;
const MOST_REFS = 16 * 2 ** 20;

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function packedRef(common: string, ref: string): string | undefined {
  const packed = textOf(join(common, 'packed-refs'));
  if (packed === undefined || packed.length > MOST_REFS) return undefined;
  const at = packed.indexOf(` ${ref}\n`);
  return at < 40 ? undefined : packed.slice(at - 40, at);
}

/**
 * The commit that HEAD names, read from git's files.
 *
 * @returns undefined before the first commit, and wherever only git itself can tell
 */
export function headCommit({ own, common }: GitDirectory): string | undefined {
  const head = textOf(join(own, 'HEAD'))?.trim();
  const ref = head?.startsWith('ref: refs/heads/') ? head.slice('ref: '.length) : undefined;
  const hash = ref === undefined ? head : (textOf(join(common, ref))?.trim() ?? packedRef(common, ref));
  return hash !== undefined && HASH.test(hash) ? hash : undefined;
}

/**
 * The tree of a commit that git keeps as a file of its own, as it does with a new one.
 *
 * @returns undefined where only git itself can tell
 */
export function treeOfNewCommit({ common }: GitDirectory, commit: string): string | undefined {
  // What a commit is may be replaced by another one.
  if (existsSync(join(common, 'refs', 'replace')) || existsSync(join(common, 'info', 'grafts'))) return undefined;
  try {
    const bytes = readFileSync(join(common, 'objects', commit.slice(0, 2), commit.slice(2)));
    const text = getBuiltinModule('node:zlib').inflateSync(bytes).toString('latin1', 0, 200);
    return /^commit \d+\0tree ([0-9a-f]{40})\n/.exec(text)?.[1];
  } catch {
    return undefined;
  }
}
