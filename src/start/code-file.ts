import {
  closeSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { arch, execPath, pid, version } from 'node:process';

/** The build puts its hash here. */
declare const PLANPROOF_BUILD_ID: string | undefined;

/**
 * A file of what the engine has made of parts of the program: compiled code. The engine checks little of it: what is damaged may
 * end the process, or keep it from ending. So the file holds all of it twice, and what is not twice the same is not used: bytes
 * are compared without a loop of ours, as a checksum would be.
 *
 * Layout of each half: the length of the header in 16 digits, the header as JSON, the code of each part, all at multiples of
 * eight bytes.
 */

const PREFIX = 16;
const ALIGNMENT = 8;
const STEP = 65_536;

type Place = readonly [offset: number, length: number, state: string];

interface Header {
  readonly maker: string;
  readonly runs: number;
  readonly parts: Readonly<Record<string, Place>>;
}

/** The code of a part, and the state of the file that it was made of. */
export interface Code {
  readonly bytes: Buffer;
  readonly state: string;
}

/** A file as it is, in a word. */
export function stateOf({ size, mtimeMs }: Stats): string {
  return `${size} ${mtimeMs}`;
}

/** So many kinds of runs keep code. */
const KINDS = 16;
/** Versions of Node that take turns keep files of their own. */
const ENGINE = `${version}-${arch}`;

/** The name of the file of a kind of run: what others call would burden its start. */
export function codeFileName(kind: readonly string[]): string {
  return `${ENGINE}-${kind.join('-').replaceAll('---', '-').slice(0, 60)}`;
}

/** What a run is writing. */
const UNFINISHED = '.tmp';
/** In milliseconds: nobody writes for so long, so its run was killed. */
const ABANDONED = 3_600_000;

/** Removes what runs have left that were killed. */
function sweep(folder: string, names: readonly string[]): void {
  for (const name of names) {
    const file = join(folder, name);
    // It may be finished, or gone, by now.
    const state = name.endsWith(UNFINISHED) ? statSync(file, { throwIfNoEntry: false }) : undefined;
    if (state && Date.now() - state.mtimeMs > ABANDONED) rmSync(file, { force: true });
  }
}

/** Removes the oldest files of other kinds of runs where a new one would be one too many: nobody is kept out for good. */
function makeRoom(file: string, names: readonly string[]): void {
  const others = names.filter(
    (name) => name.startsWith(ENGINE) && !name.endsWith(UNFINISHED) && name !== basename(file),
  );
  const dated = others.map((name) => {
    const path = join(dirname(file), name);
    return { path, time: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 };
  });
  const oldest = dated.sort((a, b) => a.time - b.time).slice(0, Math.max(0, others.length + 1 - KINDS));
  for (const { path } of oldest) rmSync(path, { force: true });
}

/** Code is of use to the same program in the same engine. */
function maker(): string {
  // Not by src/model/build-id.ts: that is in a part which is to be loaded with its code.
  const build = typeof PLANPROOF_BUILD_ID === 'undefined' ? 'none' : PLANPROOF_BUILD_ID;
  return [build, version, arch, execPath, stateOf(statSync(execPath))].join(' ');
}

const aligned = (length: number): number => Math.ceil(length / ALIGNMENT) * ALIGNMENT;

/** What earlier runs have left. */
export class CodeFile {
  /** How many runs these were. */
  readonly runs: number;
  readonly #descriptor: number;
  readonly #half: number;
  readonly #parts: Header['parts'];
  readonly #start: number;
  /** Takes what the second half has: one piece of memory for all, since the first touch of each costs most. */
  readonly #other = Buffer.allocUnsafeSlow(STEP);

  /** @throws where there is no such file, or none for this program and engine */
  constructor(file: string) {
    this.#descriptor = openSync(file, 'r');
    try {
      this.#half = fstatSync(this.#descriptor).size / 2;
      const length = Number(this.#bytes(0, PREFIX)?.toString('latin1'));
      const header = JSON.parse(String(this.#bytes(PREFIX, length))) as Header;
      if (header.maker !== maker()) throw new Error('of another program');
      this.runs = header.runs;
      this.#parts = header.parts;
      this.#start = PREFIX + length;
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Bytes that both halves have; undefined when they differ, or there are fewer. */
  #bytes(from: number, length: number): Buffer | undefined {
    if (!(length >= 0 && from + length <= this.#half)) return undefined;
    const bytes = Buffer.allocUnsafeSlow(length);
    const other = this.#other;
    if (readSync(this.#descriptor, bytes, 0, length, from) !== length) return undefined;
    for (let at = 0; at < length; at += STEP) {
      const count = Math.min(STEP, length - at);
      if (readSync(this.#descriptor, other, 0, count, this.#half + from + at) !== count) return undefined;
      if (other.compare(bytes, at, at + count, 0, count) !== 0) return undefined;
    }
    return bytes;
  }

  /** Names of the parts that there is code of. */
  names(): string[] {
    return Object.keys(this.#parts);
  }

  /** The code of a part; undefined where there is none that can be used. */
  code(name: string): Code | undefined {
    const place = this.#parts[name];
    if (!place) return undefined;
    const [offset, length, state] = place;
    try {
      const bytes = this.#bytes(this.#start + offset, length);
      return bytes && { bytes, state };
    } catch {
      return undefined;
    }
  }

  /** Some systems do not let go of a name whose file is open. */
  close(): void {
    closeSync(this.#descriptor);
  }
}

function half(runs: number, codes: ReadonlyMap<string, Code>): Buffer {
  let offset = 0;
  const parts: Record<string, Place> = {};
  const pieces = [...codes].flatMap(([name, { bytes, state }]) => {
    parts[name] = [offset, bytes.length, state];
    offset += aligned(bytes.length);
    return [bytes, Buffer.alloc(aligned(bytes.length) - bytes.length)];
  });
  const text = Buffer.from(JSON.stringify({ maker: maker(), runs, parts } satisfies Header));
  const header = Buffer.concat([text, Buffer.alloc(aligned(text.length) - text.length, ' ')]);
  return Buffer.concat([Buffer.from(String(header.length).padStart(PREFIX)), header, ...pieces]);
}

function writeTwice(descriptor: number, bytes: Buffer): void {
  for (const one of [bytes, bytes])
    for (let at = 0; at < one.length; ) at += writeSync(descriptor, one, at, one.length - at);
  // A file that lost its end in a crash could still be twice the same.
  fsyncSync(descriptor);
}

/**
 * Leaves code for later runs.
 *
 * @param codes is asked only where the file can be written
 * @throws what the file system throws
 */
export function writeCode(file: string, runs: number, codes: () => ReadonlyMap<string, Code>): void {
  const own = `${file}.${pid}${UNFINISHED}`;
  const folder = dirname(file);
  mkdirSync(folder, { recursive: true });
  const names = readdirSync(folder);
  sweep(folder, names);
  makeRoom(file, names);
  const descriptor = openSync(own, 'wx');
  try {
    try {
      writeTwice(descriptor, half(runs, codes()));
    } finally {
      closeSync(descriptor);
    }
    renameSync(own, file);
  } catch (error) {
    rmSync(own, { force: true });
    throw error;
  }
}
