import { createHash } from 'node:crypto';
import { asBuffer } from '../model/bytes.ts';
import type { DocumentId } from '../model/document.ts';
import type { DocumentType } from '../model/document-type.ts';
import { parseIdText } from '../model/id.ts';
import { UserError } from '../model/user-error.ts';
import { boardPlaces, type DocumentSet } from '../pipeline/document-set.ts';
import { describeObjects, type GitObject, MAX_OBJECT_BYTES, MODE, readObjects } from '../sources/git-objects.ts';
import type { TrackedFile } from '../sources/git-trees.ts';
import { readRegular } from '../sources/regular-file.ts';
import { type Elsewhere, elsewhere } from './elsewhere.ts';
import { idsInBoard, idsInDocument, idsOf } from './ids-in.ts';

/** No file can be named with more digits, so no document can take a number next to such a one. */
const MAX_DIGITS = 200;

/** What git would call these bytes, if they were a file of its. */
function hashOf(bytes: Uint8Array, algorithm: 'sha1' | 'sha256'): string {
  return createHash(algorithm).update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** Gathers ids from wherever they stand; the same content is read once. */
class Gatherer {
  readonly #set: DocumentSet;
  readonly #add: (id: DocumentId | undefined) => void;
  readonly #boards: ReadonlySet<string>;
  readonly #environment: NodeJS.ProcessEnv;

  constructor(set: DocumentSet, environment: NodeJS.ProcessEnv, add: (id: DocumentId | undefined) => void) {
    this.#set = set;
    this.#environment = environment;
    this.#add = add;
    this.#boards = new Set(boardPlaces(set.workspace).map(({ path }) => path));
  }

  fromSet(): void {
    const { index, workspace } = this.#set;
    for (const document of index.documents) idsOf(document, workspace.types).forEach(this.#add);
    for (const board of index.boards) for (const { id } of board.items) this.#add(id.id);
  }

  fromElsewhere({ tracked, files }: Elsewhere): void {
    for (const path of new Set([...tracked, ...files].map(({ path }) => path))) this.#read(path, undefined);
    const algorithm = tracked.some(({ hash }) => hash.length === 64) ? 'sha256' : 'sha1';
    const seen = tracked.length + files.length === 0 ? new Set<string>() : this.#hashes(algorithm);
    for (const { path, file } of files) {
      const bytes = readRegular(file);
      if (!(bytes instanceof Uint8Array)) continue;
      const hash = hashOf(bytes, algorithm);
      if (!seen.has(hash)) this.#read(path, bytes);
      seen.add(hash);
    }
    this.#fromBlobs(tracked.filter(({ mode, hash }) => mode !== MODE.link && !seen.has(hash)));
  }

  #read(path: string, bytes: Uint8Array | undefined): void {
    const { workspace } = this.#set;
    if (!this.#boards.has(path)) idsInDocument(path, bytes, workspace).forEach(this.#add);
    else if (bytes) idsInBoard(bytes, workspace.types).forEach(this.#add);
  }

  /** What the documents here hold needs no second look elsewhere, also where git has turned their line ends. */
  #hashes(algorithm: 'sha1' | 'sha256'): Set<string> {
    const { index, workspace } = this.#set;
    const hashes = new Set<string>();
    for (const { path } of [...index.documents, ...index.boards]) {
      const bytes = workspace.source.read(path);
      if (!(bytes instanceof Uint8Array)) continue;
      hashes.add(hashOf(bytes, algorithm));
      const text = asBuffer(bytes).toString('latin1');
      if (text.includes('\r\n')) hashes.add(hashOf(Buffer.from(text.replaceAll('\r\n', '\n'), 'latin1'), algorithm));
    }
    return hashes;
  }

  #fromBlobs(files: readonly TrackedFile[]): void {
    const paths = new Map<string, string>();
    for (const { hash, path } of files) if (!paths.has(hash) || this.#boards.has(path)) paths.set(hash, path);
    const { top } = this.#set.workspace;
    const hashes = [...paths.keys()];
    const objects = describeObjects(top, hashes, this.#environment).map((object, at): GitObject => {
      if (object?.type === 'blob') return object;
      throw new UserError(`${paths.get(hashes[at] as string)} is missing or damaged`, 'git fsck shows what is wrong.');
    });
    const readable = objects.filter(({ size }) => size <= MAX_OBJECT_BYTES);
    for (const [hash, bytes] of readObjects(top, readable, this.#environment)) this.#read(paths.get(hash) ?? '', bytes);
  }
}

/**
 * The numbers of a type that are taken anywhere in the clone: in the working tree and the git index, at the tip of every
 * local and remote-tracking branch, at the HEAD, in the index and among the files of every worktree. An id counts in the
 * frontmatter (`id`, `formerly`), in a file name, and on a board. Outside git only what lies in the folders counts.
 *
 * @throws UserError when git cannot tell, since a number given twice costs more than an error
 */
export function takenNumbers(type: DocumentType, set: DocumentSet, environment: NodeJS.ProcessEnv): Set<bigint> {
  const numbers = new Set<bigint>();
  const gatherer = new Gatherer(set, environment, (id) => {
    const number = id?.type === type ? parseIdText(id.canonical)?.number : undefined;
    if (number !== undefined && number.length <= MAX_DIGITS) numbers.add(BigInt(number));
  });
  gatherer.fromSet();
  if (!set.workspace.hasGit) return numbers;
  try {
    gatherer.fromElsewhere(elsewhere(set.workspace, environment));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`Cannot tell which numbers are taken: ${error.message}`, error.help);
  }
  return numbers;
}
