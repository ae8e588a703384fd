import { applyEdits, type JSONPath, modify } from 'jsonc-parser';
import type { Edit } from './edit.ts';
import type { SourceText } from './source-text.ts';

/** The indentation of a JSON text, as its first indented line has it. */
function indentationOf(text: string): { tabSize: number; insertSpaces: boolean } {
  const lead = /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
  return lead.startsWith('\t') ? { tabSize: 1, insertSpaces: false } : { tabSize: lead.length, insertSpaces: true };
}

/** A change to a JSON text: the value at a path, or undefined to take it out; `insert` puts it into a list, at -1 as the last. */
export interface JsonChange {
  readonly path: JSONPath;
  readonly value: unknown;
  readonly insert?: boolean;
}

/** Changes a JSON text; order of keys, indentation, comments, unknown keys, line ends and the final line end stay. */
export function changeJson(source: SourceText, changes: readonly JsonChange[]): Edit[] {
  const formattingOptions = { ...indentationOf(source.text), eol: source.lineEndAt(0) };
  const changed = changes.reduce((now, { path, value, insert = false }) => {
    return applyEdits(now, modify(now, path, value, { formattingOptions, isArrayInsertion: insert }));
  }, source.text);
  return source.editsTo(changed);
}
