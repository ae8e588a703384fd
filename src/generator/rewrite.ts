import { type Document, describe, readAs } from '../model/document.ts';
import { applyEdits, type Edit } from '../model/edit.ts';
import type { Place } from '../model/place.ts';
import { type LeftLink, type Replacement, relink } from '../model/relink.ts';
import { SourceText } from '../model/source-text.ts';
import { type DocumentSet, sourceText } from '../pipeline/document-set.ts';
import { locate } from '../pipeline/locate.ts';
import { parse } from '../pipeline/parse.ts';
import type { FileChange } from '../writing/change.ts';
import { anchorReplacements, changedAnchors, type NewAnchors } from './anchor-edits.ts';
import { boardPathEdits, type Moves, pathEdits } from './path-edits.ts';

/** What is to become of documents and boards; whatever leads to them follows. */
export interface Draft {
  /** By the path that the file has now. */
  readonly edits: ReadonlyMap<string, readonly Edit[]>;
  readonly moves: Moves;
}

/** What has to be written, and the links that could not follow. */
export interface Rewritten {
  readonly changes: readonly FileChange[];
  readonly left: readonly LeftLink[];
}

type SourceOf = (file: { readonly path: string }) => SourceText;

/** Reads each file of a set once, when it is asked for. */
export function sourcesOf(set: DocumentSet): SourceOf {
  const known = new Map<string, SourceText>();
  return (file) => {
    const source = known.get(file.path) ?? sourceText(file, set);
    known.set(file.path, source);
    return source;
  };
}

/** A document with edits made to it, as it would be read. */
export function editedDocument(
  document: Document,
  edits: readonly Edit[],
  { workspace }: DocumentSet,
  source: SourceText,
): Document {
  const facts = parse(new SourceText(applyEdits(source.bytes, edits)).text, workspace.parser);
  return describe(document.path, locate(document.path, workspace), readAs(facts), workspace.types, document.type);
}

/** Edits, each once: two ways may lead to one. */
export function distinct(edits: readonly Edit[]): Edit[] {
  return [...new Map(edits.map((edit) => [`${edit.start} ${edit.end} ${edit.text}`, edit])).values()];
}

function anchorsAfter({ edits }: Draft, set: DocumentSet, sourceOf: SourceOf): NewAnchors {
  const anchors = new Map<string, ReadonlyMap<string, string>>();
  for (const document of set.index.documents) {
    const own = edits.get(document.path) ?? [];
    if (own.length === 0) continue;
    const after = editedDocument(document, own, set, sourceOf(document));
    const changed = changedAnchors(document.facts, after.facts);
    if (changed.size > 0) anchors.set(document.path, changed);
  }
  return anchors;
}

const begins = (a: Place, b: Place): boolean => a.endLine === b.endLine && a.endColumn === b.endColumn;

/** A link may get both another path and another anchor: the address is replaced once. */
function joined(paths: readonly Replacement[], anchors: readonly Replacement[]): Replacement[] {
  const both = paths.map((one) => {
    const anchor = anchors.find(({ place }) => begins(place, one.place));
    return anchor ? { ...one, text: one.text.replace(/#.*$/s, () => `#${anchor.text}`) } : one;
  });
  return [...both, ...anchors.filter(({ place }) => !paths.some((one) => begins(one.place, place)))];
}

interface Rewriting {
  readonly from: string;
  readonly to: string;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/** The changes of files; one may take the path that another leaves. */
function fileChanges(files: readonly Rewriting[]): FileChange[] {
  const leaving = new Map(files.filter(({ from, to }) => from !== to).map((file) => [file.from, file]));
  const arriving = new Set(files.map(({ to }) => to));
  const gone = [...leaving.values()].filter(({ from }) => !arriving.has(from));
  return [
    ...files.map(({ from, to, before, after }): FileChange => {
      if (from === to) return { path: to, before, after };
      const occupant = leaving.get(to);
      return occupant
        ? { path: to, before: occupant.before, after }
        : { path: to, before: undefined, after, modeOf: from };
    }),
    ...gone.map(({ from, before }): FileChange => ({ path: from, before, after: undefined })),
  ];
}

/** Carries out a draft: the edits, and whatever links, paths and anchors have to follow them. Nothing is written. */
export function rewrite(draft: Draft, set: DocumentSet, sourceOf: SourceOf = sourcesOf(set)): Rewritten {
  const { documents, boards } = set.index;
  const anchors = anchorsAfter(draft, set, sourceOf);
  const { replacements, left } = relink(documents, draft.moves, sourceOf);
  const editsOf = new Map<string, Edit[]>();
  for (const document of documents) {
    const links = joined(replacements.get(document.path) ?? [], anchorReplacements(document, anchors, sourceOf));
    editsOf.set(document.path, [
      ...pathEdits(document, draft.moves, set, sourceOf),
      ...links.map(({ place, text }) => sourceOf(document).edit(place, text)),
    ]);
  }
  for (const board of boards) editsOf.set(board.path, boardPathEdits(board, draft.moves, sourceOf));
  const files = [...editsOf].flatMap(([from, following]): Rewriting[] => {
    const to = draft.moves.get(from) ?? from;
    const edits = distinct([...(draft.edits.get(from) ?? []), ...following]);
    if (edits.length === 0 && to === from) return [];
    const { bytes } = sourceOf({ path: from });
    const after = applyEdits(bytes, edits);
    return to === from && Buffer.compare(after, bytes) === 0 ? [] : [{ from, to, before: bytes, after }];
  });
  return { changes: fileChanges(files), left };
}
