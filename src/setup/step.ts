import { SourceText } from '../model/source-text.ts';
import type { Source } from '../sources/source.ts';
import type { FileChange } from '../writing/change.ts';
import { readTextFile } from './text-file.ts';

/** One file that init writes or changes. */
export interface FileStep {
  readonly kind: 'file';
  readonly change: FileChange;
  readonly why: string;
  /** git runs a hook only when it may be executed. */
  readonly executable?: boolean;
}

/** A setting of this clone. */
export interface SettingStep {
  readonly kind: 'setting';
  readonly key: string;
  readonly value: string;
  readonly why: string;
}

/** Something that init found or decided, for people. */
export interface NoteStep {
  readonly kind: 'note';
  readonly text: string;
}

/** Something that init cannot do safely: what to put where. */
export interface ByHandStep {
  readonly kind: 'by hand';
  readonly why: string;
  readonly text: string;
}

/** A command to be run afterwards; init runs none itself. */
export interface CommandStep {
  readonly kind: 'command';
  readonly command: string;
  readonly why: string;
}

/** A part of what init has to say. */
export type Step = FileStep | SettingStep | NoteStep | ByHandStep | CommandStep;

export const note = (text: string): NoteStep => ({ kind: 'note', text });
export const byHand = (why: string, text: string): ByHandStep => ({ kind: 'by hand', why, text });
export const command = (text: string, why: string): CommandStep => ({ kind: 'command', command: text, why });

/** The step that makes a file hold a text; none where it does already. Byte order mark and all else that is equal stay. */
export function fileStep(
  source: Source,
  path: string,
  text: string,
  why: string,
  options: { readonly executable?: boolean } = {},
): FileStep[] {
  const before = readTextFile(source, path);
  if (before?.text === text) return [];
  const mark = before !== undefined && before.bytes.length !== Buffer.byteLength(before.text) ? '\uFEFF' : '';
  const after = Buffer.from(mark + text, 'utf8');
  return [{ kind: 'file', change: { path, before: before?.bytes, after }, why, ...options }];
}

/** A new text file's content, to be edited. */
export function emptyText(text: string): SourceText {
  return new SourceText(Buffer.from(text, 'utf8'));
}
