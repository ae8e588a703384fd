import { isUtf8 } from 'node:buffer';
import { asBuffer } from '../model/bytes.ts';
import type { DocumentProblem } from '../model/facts.ts';
import type { Unreadable } from '../sources/source.ts';

const kilobytes = (bytes: number): string => `${Math.ceil(bytes / 1000)} kB`;

/**
 * Why bytes are no text that could be judged; undefined where they are.
 *
 * @param limit greatest size in bytes
 */
export function textProblem(bytes: Uint8Array | Unreadable, limit: number): DocumentProblem | undefined {
  if ('unreadable' in bytes) return { kind: 'unreadable', message: bytes.unreadable };
  if (bytes.length > limit) {
    const message = `Document of ${kilobytes(bytes.length)}, expected at most ${kilobytes(limit)} (limits.documentBytes in the config)`;
    return { kind: 'limit', message };
  }
  if (asBuffer(bytes).indexOf(0) >= 0)
    return { kind: 'unreadable', message: 'Unexpected NUL byte, expected text: this looks like a binary file' };
  if (!isUtf8(bytes)) return { kind: 'unreadable', message: 'Unexpected bytes, expected UTF-8 text' };
  return undefined;
}

/** The text of bytes that have no problem, without byte order mark. */
export function decoded(bytes: Uint8Array): string {
  const text = asBuffer(bytes).toString('utf8');
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/**
 * Bytes to text without byte order mark, or to why there is none.
 *
 * @param limit greatest size in bytes
 */
export function readText(bytes: Uint8Array | Unreadable, limit: number): string | DocumentProblem {
  return textProblem(bytes, limit) ?? decoded(bytes as Uint8Array);
}
