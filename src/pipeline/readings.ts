import { asBuffer } from '../model/bytes.ts';
import { type Document, describe, type Reading } from '../model/document.ts';
import { type DocumentProblem, type Facts, noFacts } from '../model/facts.ts';
import { type Frontmatter, plainClosing, readFrontmatter } from '../model/frontmatter.ts';
import { LineTable } from '../model/place.ts';
import { Recent } from '../model/recent.ts';
import type { Unreadable } from '../sources/source.ts';
import { locate } from './locate.ts';
import { parse } from './parse.ts';
import { decoded, readText, textProblem } from './read.ts';
import type { Workspace } from './workspace.ts';

/** Rules speak of one document after the other, and of a few that it names. */
const KEPT_FACTS = 4;
const KEPT_HEADS = 16;
/** So many bytes of documents whose facts nobody has asked for yet are held; the others are read again then. */
const HELD_BYTES = 64 * 2 ** 20;
/** Frontmatter mostly ends in front of this many bytes; where it does not, so many times as many are looked at. */
const FIRST_PART = 512;
const NEXT_PART = 8;
/** The line that closes frontmatter, and what ends it. */
const CLOSING = /[\r\n]---[ \t]*(?:\r\n|\r|\n)/;

/** Where what closes frontmatter ends, in a text that begins with its fence. */
function closeOf(text: string): number | undefined {
  const plain = plainClosing(text);
  if (plain !== undefined) return plain + '\n---\n'.length;
  const closing = CLOSING.exec(text.slice(3));
  return closing ? 3 + closing.index + closing[0].length : undefined;
}

const DASH = 0x2d;

/** The part of a text in which its frontmatter stands; the whole where nothing closes it. */
function headOf(bytes: Uint8Array): string {
  const buffer = asBuffer(bytes);
  const start = buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf ? 3 : 0;
  for (let at = start; at < start + 3; at += 1) if (buffer[at] !== DASH) return '';
  for (let end = FIRST_PART; ; end *= NEXT_PART) {
    const close = closeOf(buffer.toString('latin1', start, end));
    // A carriage return at the end of a part may be half of a line end.
    if (close !== undefined && (start + close < end || end >= buffer.length))
      return buffer.toString('utf8', start, start + close);
    if (end >= buffer.length) return buffer.toString('utf8', start);
  }
}

/** What no parser may see is no frontmatter. */
function frontmatterIn(head: string): Frontmatter | undefined {
  const frontmatter = readFrontmatter(head, new LineTable(head));
  return frontmatter?.problems.some(({ kind }) => kind === 'size') ? undefined : frontmatter;
}

/** A failure of ours on one document is a finding of that document, and the others go on. */
function parsed(text: string, { parser }: Workspace): Facts {
  try {
    return parse(text, parser);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return noFacts({ kind: 'unreadable', message: `planproof failed to read this document: ${reason}` });
  }
}

/** The facts of a file's bytes. */
export function factsIn(bytes: Uint8Array | Unreadable, workspace: Workspace): Facts {
  const text = readText(bytes, workspace.config.limits.documentBytes);
  return typeof text === 'string' ? parsed(text, workspace) : noFacts(text);
}

/** As much of a document as its index needs. */
export interface Head {
  /** The part of the text in which the frontmatter stands. */
  readonly head?: string;
  /** Why the bytes are no text that could be judged. */
  readonly problem?: DocumentProblem;
}

/** The head of a text that was taken in, which holds its bytes until they are parsed. An object of a class: there are thousands. */
class TakenHead implements Head {
  readonly head: string;
  bytes: Uint8Array | undefined;

  constructor(head: string, bytes: Uint8Array | undefined) {
    this.head = head;
    this.bytes = bytes;
  }
}

const GONE = { kind: 'unreadable', message: 'The file went away while it was read' } as const;

/** A text among many, as an object of a class: there are thousands. */
class HeldReading implements Reading {
  readonly #readings: Readings;
  readonly #path: string;
  readonly #head: Head;

  constructor(readings: Readings, path: string, head: Head) {
    this.#readings = readings;
    this.#path = path;
    this.#head = head;
  }

  get frontmatter(): Frontmatter | undefined {
    return this.#readings.frontmatterOf(this.#path, this.#head);
  }

  get facts(): Facts {
    return this.#readings.factsOf(this.#path, this.#head);
  }
}

/**
 * The texts of many documents. What their frontmatter says is held as text; a body is parsed when somebody asks for its
 * facts, and only the last ones are kept: a large set takes little more memory than its frontmatter.
 */
export class Readings {
  readonly #workspace: Workspace;
  readonly #limit: number;
  readonly #facts = new Recent<string, Facts>(KEPT_FACTS);
  readonly #heads = new Recent<string, Frontmatter | undefined>(KEPT_HEADS);
  #heldBytes = 0;

  /** @param limit how many bytes are held, so that files that have been read need not be read again to be parsed */
  constructor(workspace: Workspace, limit: number = HELD_BYTES) {
    this.#workspace = workspace;
    this.#limit = limit;
  }

  /** Takes in a file that has just been read. */
  take(bytes: Uint8Array | Unreadable): Head {
    const problem = textProblem(bytes, this.#workspace.config.limits.documentBytes);
    if (problem) return { problem };
    return new TakenHead(headOf(bytes as Uint8Array), this.#held(bytes as Uint8Array));
  }

  /** The text of a file of which the head is known. */
  of(path: string, head: Head): Reading {
    if (head.problem) return { frontmatter: undefined, facts: noFacts(head.problem) };
    return new HeldReading(this, path, head);
  }

  /** The document at a path, by its head. */
  document(path: string, head: Head): Document {
    const { types } = this.#workspace;
    return describe(path, locate(path, this.#workspace), this.of(path, head), types);
  }

  frontmatterOf(path: string, { head = '' }: Head): Frontmatter | undefined {
    return this.#heads.get(path, () => frontmatterIn(head));
  }

  /** The facts of a file that was taken in, or of which the head is known. */
  factsOf(path: string, head: Head): Facts {
    return this.#facts.get(path, () => this.#read(path, head));
  }

  /** Bytes that are held; undefined where there are too many already. */
  #held(bytes: Uint8Array): Uint8Array | undefined {
    if (this.#heldBytes + bytes.length > this.#limit) return undefined;
    this.#heldBytes += bytes.length;
    return bytes;
  }

  /** The bytes of a text that are held, and are not from then on. */
  #letGo(head: Head): Uint8Array | undefined {
    if (!(head instanceof TakenHead) || !head.bytes) return undefined;
    const { bytes } = head;
    head.bytes = undefined;
    this.#heldBytes -= bytes.length;
    return bytes;
  }

  #parse(path: string, head: Head): Facts {
    const held = this.#letGo(head);
    if (held) return parsed(decoded(held), this.#workspace);
    const bytes = this.#workspace.source.read(path);
    return bytes === undefined ? noFacts(GONE) : factsIn(bytes, this.#workspace);
  }

  #read(path: string, head: Head): Facts {
    const facts = this.#parse(path, head);
    // One frontmatter, whoever asks: what is worked out of it is remembered by it.
    if (!facts.problem) this.#heads.put(path, facts.frontmatter);
    return facts;
  }
}
