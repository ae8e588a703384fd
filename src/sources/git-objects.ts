import { asBuffer, LINE_FEED } from '../model/bytes.ts';
import { UserError } from '../model/user-error.ts';
import { git } from './git.ts';

/** What git has under a name. */
export interface GitObject {
  /** Hexadecimal: 40 digits, or 64 in a repository that uses SHA-256. */
  readonly hash: string;
  readonly type: 'blob' | 'tree' | 'commit' | 'tag';
  /** In bytes. */
  readonly size: number;
}

const HEADER = /^([0-9a-f]{40}|[0-9a-f]{64}) (blob|tree|commit|tag) ([0-9]+)$/;

function parseHeader(line: string): GitObject | undefined {
  const match = HEADER.exec(line);
  if (!match) return undefined;
  return { hash: match[1] as string, type: match[2] as GitObject['type'], size: Number(match[3]) };
}

/**
 * What names stand for, in their order; undefined where git has nothing. It takes one process, whatever their number, and no name is
 * ever taken for an option: they come to git on its standard input.
 *
 * @param names hashes, refs, or `<commit>:<path>`
 */
export function describeObjects(
  top: string,
  names: readonly string[],
  environment: NodeJS.ProcessEnv,
): (GitObject | undefined)[] {
  // A line break would make two names of one, and shift all answers behind it.
  const asked = names.filter((name) => !/[\n\r]/.test(name));
  if (asked.length === 0) return names.map(() => undefined);
  const output = git(top, ['cat-file', '--batch-check'], environment, `${asked.join('\n')}\n`);
  const answers = output.toString('utf8').split('\n').map(parseHeader);
  let next = 0;
  return names.map((name) => (/[\n\r]/.test(name) ? undefined : answers[next++]));
}

/** What is read at once, in bytes; a larger object comes alone. */
const CHUNK_BYTES = 16 * 2 ** 20;
/** Larger objects than this are not read at all. */
export const MAX_OBJECT_BYTES: number = 2 ** 29;

/** How many of the objects, the first at least, are read at once. */
export function fitting(objects: readonly GitObject[]): number {
  let bytes = 0;
  const end = objects.findIndex(({ size }, at) => {
    bytes += size;
    return at > 0 && bytes > CHUNK_BYTES;
  });
  return end < 0 ? objects.length : end;
}

function* readChunk(
  top: string,
  chunk: readonly GitObject[],
  environment: NodeJS.ProcessEnv,
): Generator<[string, Uint8Array]> {
  const input = `${chunk.map(({ hash }) => hash).join('\n')}\n`;
  const output = git(top, ['cat-file', '--batch'], environment, input);
  let at = 0;
  for (const { hash, size } of chunk) {
    const lineEnd = output.indexOf(LINE_FEED, at);
    const header = parseHeader(output.toString('latin1', at, Math.max(at, lineEnd)));
    const start = lineEnd + 1;
    if (header?.hash !== hash || header.size !== size || output.length < start + size)
      throw new UserError(`git cannot read the object ${hash}`, 'git fsck shows what is damaged.');
    at = start + size + 1;
    yield [hash, output.subarray(start, start + size)];
  }
}

/**
 * The contents of objects, chunk by chunk, so that never more than some 16 MB are in memory, and a process reads some
 * thousands of documents.
 *
 * @throws UserError when one of them is missing or damaged
 */
export function* readObjects(
  top: string,
  objects: readonly GitObject[],
  environment: NodeJS.ProcessEnv,
): Generator<[hash: string, bytes: Uint8Array]> {
  for (let rest = objects; rest.length > 0; ) {
    const count = fitting(rest);
    yield* readChunk(top, rest.slice(0, count), environment);
    rest = rest.slice(count);
  }
}

/** What a tree, that is a folder, holds under one name. */
export interface TreeEntry {
  /** Octal, as git writes it: `100644`, `40000`. */
  readonly mode: string;
  /** Bytes that are no UTF-8 are replaced. */
  readonly name: string;
  readonly hash: string;
}

/** Whether an entry of a tree is a folder, a link, or the commit of a submodule; else it is a file. */
export const MODE = { folder: '40000', link: '120000', submodule: '160000' } as const;

/**
 * Reads a tree object.
 *
 * @param hash its own hash: those in it have the same length
 */
export function parseTree(bytes: Uint8Array, hash: string): TreeEntry[] {
  const buffer = asBuffer(bytes);
  const hashBytes = hash.length / 2;
  const entries: TreeEntry[] = [];
  for (let at = 0; at < buffer.length; ) {
    const space = buffer.indexOf(0x20, at);
    const zero = buffer.indexOf(0, space);
    const end = zero + 1 + hashBytes;
    if (space < 0 || zero < 0 || end > buffer.length)
      throw new UserError(`git has a damaged tree ${hash}`, 'git fsck shows what is damaged.');
    entries.push({
      mode: buffer.toString('latin1', at, space),
      name: buffer.toString('utf8', space + 1, zero),
      hash: buffer.toString('hex', zero + 1, end),
    });
    at = end;
  }
  return entries;
}
