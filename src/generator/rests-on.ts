import { allItems, isDone } from '../model/board.ts';
import { type Document, ownId } from '../model/document.ts';
import { isFinished, isGivenUp } from '../model/lifecycle.ts';
import { currentKey, type Reference, referencesOf } from '../model/reference.ts';
import { PATH } from '../model/relation.ts';
import type { DocumentSet } from '../pipeline/document-set.ts';

/** Work that rests on a document and goes on. */
export interface Resting {
  readonly id: string;
  readonly status: string;
  readonly path: string;
}

/** A relation that can hold files tells what came of a document, not what it rests on. */
const isGround = ({ relation }: Reference): boolean => !relation.to.includes(PATH);

/** The documents and tasks that rest on one and are neither finished nor given up. */
export function restingOn(ground: Document, except: readonly Document[], { index, workspace }: DocumentSet): Resting[] {
  const key = ownId(ground)?.key;
  const documents = index.documents.flatMap((document): Resting[] => {
    const { type, status, path } = document;
    if (document === ground || except.includes(document) || status === undefined) return [];
    if (isFinished(type?.lifecycle, status) || isGivenUp(type?.lifecycle, status)) return [];
    const rests = referencesOf(document, workspace.types, workspace.config).some(
      (reference) => isGround(reference) && reference.id && currentKey(reference.id, index) === key,
    );
    return rests ? [{ id: ownId(document)?.canonical ?? path, status, path }] : [];
  });
  const items = allItems(index.boards).flatMap((item): Resting[] => {
    const needs = [...item.inputs, ...item.prerequisites.artifacts].some(
      ({ id }) => id && currentKey(id, index) === key,
    );
    return needs && !isDone(item) ? [{ id: item.id.text, status: item.status.text, path: item.board.path }] : [];
  });
  return [...documents, ...items];
}
