import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { pid } from 'node:process';
import { LINE_FEED } from '../model/bytes.ts';
import { type ReadAt, readPiece } from '../sources/paged-bytes.ts';
import { Base } from './base-file.ts';
import { type Changes, noChanges } from './changes-file.ts';
import { type BaseContent, encodeBase } from './encode-base.ts';
import { Ledger } from './ledger.ts';
import { checksum, Damaged, readParts } from './sections.ts';

/** Which state a ledger is of: the files as they lie in the folders, or those of the git index. */
export type LedgerKind = 'worktree' | 'staged';

const NAMES = ['base', 'changes', 'missed'] as const;

const fileOf = (folder: string, kind: LedgerKind, name: (typeof NAMES)[number]): string =>
  join(folder, `${kind}.${name}`);

/** Reads parts of an open file. */
function readerOf(file: number): ReadAt {
  const { size } = fstatSync(file);
  return (offset, length, into) => {
    const isInside = offset >= 0 && length >= 0 && offset + length <= size;
    const bytes = isInside ? readPiece(file, offset, length, into) : undefined;
    if (!bytes) throw new Damaged();
    return bytes;
  };
}

const open = new FinalizationRegistry<number>((file) => closeSync(file));

/** Opens a base, of which parts are read as long as somebody needs it. */
function openBase(name: string): Base {
  const file = openSync(name, 'r');
  try {
    const base = new Base(readerOf(file));
    open.register(base, file);
    return base;
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

function readChanges(file: string, base: Base): Changes {
  const none = noChanges(base.notes);
  try {
    const text = readFileSync(file);
    const end = text.indexOf(LINE_FEED);
    if (text.toString('latin1', 0, end) !== String(checksum(text.subarray(end + 1)))) return none;
    const changes = JSON.parse(text.toString('utf8', end + 1)) as Changes;
    return changes.base === base.notes.stamp ? changes : none;
  } catch {
    return none;
  }
}

/** Even `force` stumbles over a file where a folder should be. */
function removeIfAny(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // There is none, or it stays.
  }
}

/** A file of its own until it is whole, then under its name. A cache that cannot be written is no failure. */
function writeWhole(file: string, parts: readonly Uint8Array[]): boolean {
  const temporary = `${file}.${pid}.tmp`;
  try {
    const handle = openSync(temporary, 'w');
    try {
      for (const part of parts) for (let at = 0; at < part.length; ) at += writeSync(handle, part, at);
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, file);
    return true;
  } catch {
    removeIfAny(temporary);
    return false;
  }
}

/** The base of a cache, whatever it was made with; undefined where there is none that can be read. */
export function readBase(folder: string, kind: LedgerKind): Base | undefined {
  try {
    return openBase(fileOf(folder, kind, 'base'));
  } catch {
    return undefined;
  }
}

/**
 * What lies in a cache, whatever it was made with.
 *
 * @throws Damaged, or what reading throws
 */
export function readLedger(folder: string, kind: LedgerKind): Ledger {
  const base = openBase(fileOf(folder, kind, 'base'));
  return new Ledger(base, readChanges(fileOf(folder, kind, 'changes'), base));
}

/** The cache of one worktree, for one kind of state. */
export class Store {
  readonly #folder: string;
  readonly #kind: LedgerKind;
  readonly #identity: string;
  readonly #base: Base | undefined;
  /** Where the base lies. */
  readonly #origin: string;

  /**
   * @param base what `readBase` has given
   * @param identity what verdicts are made with: those made with something else are not read
   * @param origin the folder of the base, which may be that of another worktree
   */
  constructor(folder: string, kind: LedgerKind, base: Base | undefined, identity: string, origin: string = folder) {
    this.#base = base;
    this.#origin = origin;
    this.#folder = folder;
    this.#kind = kind;
    this.#identity = identity;
  }

  /** What is remembered; undefined where there is nothing of use: none yet, damaged, or made with something else. */
  load(): Ledger | undefined {
    try {
      const base = this.#base;
      if (base?.notes.identity !== this.#identity) return undefined;
      const ledger = new Ledger(base, readChanges(fileOf(this.#origin, this.#kind, 'changes'), base));
      return ledger.index === undefined ? undefined : ledger;
    } catch {
      return undefined;
    }
  }

  /** Whether a ledger is only that of another worktree: what is learnt of this one goes into a base of its own. */
  isBorrowed({ base }: Ledger): boolean {
    return this.#origin !== this.#folder && base === this.#base;
  }

  /** Whether a run has found nothing of use here before. */
  get wasMissed(): boolean {
    return existsSync(fileOf(this.#folder, this.#kind, 'missed'));
  }

  /** Notes that a run has found nothing of use, so that the next one learns. */
  noteMissed(): void {
    try {
      mkdirSync(this.#folder, { recursive: true });
      writeWhole(fileOf(this.#folder, this.#kind, 'missed'), []);
    } catch {
      // Read-only: nobody will learn.
    }
  }

  /** Remembers all verdicts on a state. */
  saveBase(
    content: Omit<BaseContent, 'notes'> & { readonly notes: Omit<BaseContent['notes'], 'identity' | 'stamp'> },
  ): Ledger {
    const stamp = `${Date.now()}-${pid}`;
    const parts = encodeBase({ ...content, notes: { ...content.notes, identity: this.#identity, stamp } });
    try {
      mkdirSync(this.#folder, { recursive: true });
      if (writeWhole(fileOf(this.#folder, this.#kind, 'base'), parts))
        for (const name of ['changes', 'missed'] as const)
          rmSync(fileOf(this.#folder, this.#kind, name), { force: true });
    } catch {
      // Read-only: the next run starts anew.
    }
    const base = new Base(readParts(parts));
    return new Ledger(base, noChanges(base.notes));
  }

  /** Remembers what has changed since the base. */
  saveChanges(changes: Changes): void {
    const text = Buffer.from(JSON.stringify(changes));
    writeWhole(fileOf(this.#folder, this.#kind, 'changes'), [Buffer.from(`${checksum(text)}\n`), text]);
  }
}
