import { posix } from 'node:path';
import type { Board } from '../model/board.ts';
import type { Document } from '../model/document.ts';
import type { Edit } from '../model/edit.ts';
import { referencesOf } from '../model/reference.ts';
import type { SourceText } from '../model/source-text.ts';
import type { DocumentSet } from '../pipeline/document-set.ts';
import { namedBy } from './board-edits.ts';
import { replaceWord } from './reference-edits.ts';

/** Paths before and after, relative to the top of the repository. */
export type Moves = ReadonlyMap<string, string>;

/** A path as it is written, leading to where the file is now; undefined where it leads to none that moves. */
function moved(written: string, { path, root }: Document, moves: Moves): string | undefined {
  const bases = ['', posix.dirname(path), ...(root ? [root] : [])];
  const base = bases.find((folder) => moves.has(posix.join(folder, written)));
  const goal = base === undefined ? undefined : moves.get(posix.join(base, written));
  if (goal === undefined) return undefined;
  return posix.dirname(goal) === posix.dirname(posix.join(base as string, written))
    ? written.slice(0, written.lastIndexOf('/') + 1) + posix.basename(goal)
    : posix.relative(base as string, goal);
}

const PATH = /[^\s`,;:<>()"']+\.md(?![\w-])/g;

/** Paths in directives, such as that of a file which has to exist. */
function directiveEdits(document: Document, moves: Moves, source: SourceText): Edit[] {
  return document.facts.directives.flatMap(({ place }) => {
    const start = source.lines.offset(place.line, place.column);
    return [...source.at(place).matchAll(PATH)].flatMap(({ index, 0: written }) => {
      const goal = moved(written, document, moves);
      return goal === undefined ? [] : [source.replace(start + index, start + index + written.length, goal)];
    });
  });
}

/** Lets the paths in relation fields and directives of a document follow files that move. */
export function pathEdits(
  document: Document,
  moves: Moves,
  { workspace }: DocumentSet,
  sourceOf: (document: Document) => SourceText,
): Edit[] {
  const references = referencesOf(document, workspace.types, workspace.config).filter(({ kind }) => kind === 'path');
  const inFields = references.flatMap(({ text, place }) => {
    const goal = moved(text, document, moves);
    return goal === undefined ? [] : replaceWord(sourceOf(document), place, text, goal, document.path);
  });
  const inDirectives = document.facts.directives.some(({ text }) => text.includes('.md'));
  return inDirectives ? [...inFields, ...directiveEdits(document, moves, sourceOf(document))] : inFields;
}

/** Lets the paths on a board follow files that move. */
export function boardPathEdits(board: Board, moves: Moves, sourceOf: (board: Board) => SourceText): Edit[] {
  return board.items.flatMap(namedBy).flatMap(({ text, place }) => {
    const goal = moves.get(text);
    return goal === undefined ? [] : [sourceOf(board).edit(place, JSON.stringify(goal))];
  });
}
