import { existsSync, readFileSync } from 'node:fs';
import type { BoardItem } from '../model/board.ts';
import type { Document } from '../model/document.ts';
import { removeKey, setValue } from '../model/frontmatter-edit.ts';
import { changeJson, type JsonChange } from '../model/json-edit.ts';
import { taskReferences } from '../model/reference.ts';
import { UserError } from '../model/user-error.ts';
import { type DocumentSet, sourceText } from '../pipeline/document-set.ts';
import { edited, type FileChange } from '../writing/change.ts';
import { TASK } from './references.ts';

/** How an artifact relates to an item. */
export type ArtifactRelation = 'input' | 'output';

/** Path of a value inside an item, for JSON edits. */
export function itemPath(item: BoardItem, ...more: (string | number)[]): (string | number)[] {
  return ['items', Number(item.pointer.split('/').at(-1)), ...more];
}

/** The board of an item with changes; the item counts as changed now. */
export function changedBoard(
  item: BoardItem,
  changes: readonly JsonChange[],
  now: string,
  set: DocumentSet,
): FileChange {
  const source = sourceText(item.board, set);
  const stamped = [...changes, { path: itemPath(item, 'updatedAt'), value: now }];
  return edited(item.board.path, source, changeJson(source, stamped));
}

/** How many artifacts an item has in the file. */
function artifactCount(item: BoardItem, set: DocumentSet): number {
  const board = JSON.parse(sourceText(item.board, set).text);
  return board.items[itemPath(item)[1] as number].artifacts?.length ?? 0;
}

function listed(item: BoardItem, document: Document, relation: ArtifactRelation): boolean {
  const artifacts = relation === 'output' ? item.outputs : item.inputs;
  return artifacts.some(({ id }) => id?.key === document.id?.key);
}

/** The change that puts a document on an item; none when it is there. */
export function addArtifact(item: BoardItem, id: string, relation: ArtifactRelation, set: DocumentSet): JsonChange {
  const value = { id, relation };
  return artifactCount(item, set) === 0
    ? { path: itemPath(item, 'artifacts'), value: [value] }
    : { path: itemPath(item, 'artifacts', -1), value, insert: true };
}

function ownTasks(document: Document, { workspace }: DocumentSet): string[] {
  return taskReferences(document, workspace.types, workspace.config).flatMap(({ id }) => id?.canonical ?? []);
}

/** The document with its task set; undefined when nothing changes. */
function documentWithTask(item: BoardItem, document: Document, set: DocumentSet): FileChange | undefined {
  const tasks = ownTasks(document, set);
  if (tasks.includes(item.id.text)) return undefined;
  if (!document.type?.relations.has(TASK))
    throw new UserError(`Documents of the type \`${document.type?.name}\` have no \`${TASK}\``);
  if (tasks.length > 0) {
    throw new UserError(
      `${document.id?.canonical} belongs to ${tasks.join(', ')}`,
      `planproof unlink ${tasks[0]} ${document.id?.canonical} comes first.`,
    );
  }
  const source = sourceText(document, set);
  const edits = setValue(source, TASK, item.id.text);
  if (edits === undefined)
    throw new UserError(`The frontmatter of ${document.path} cannot be read`, 'planproof lint says where.');
  return edited(document.path, source, edits);
}

/** What has to be written to link a document and an item on both sides; nothing when they are linked. */
export function linkChanges(
  item: BoardItem,
  document: Document,
  relation: ArtifactRelation,
  now: string,
  set: DocumentSet,
): FileChange[] {
  const id = document.id?.canonical;
  if (id === undefined) throw new UserError(`${document.path} has no id, so no task can list it`);
  const onDocument = relation === 'output' ? documentWithTask(item, document, set) : undefined;
  const onBoard = listed(item, document, relation)
    ? []
    : [changedBoard(item, [addArtifact(item, id, relation, set)], now, set)];
  return [...(onDocument ? [onDocument] : []), ...onBoard];
}

/** What has to be written to take the link off both sides; nothing when there is none. */
export function unlinkChanges(item: BoardItem, document: Document, now: string, set: DocumentSet): FileChange[] {
  const keys = [...item.inputs, ...item.outputs].filter(({ id }) => id !== undefined && id.key === document.id?.key);
  // From the last to the first, so that the positions of the others stay.
  const positions = keys.map(({ pointer }) => Number(pointer.split('/').at(-2))).sort((a, b) => b - a);
  const changes = positions.map((at) => ({ path: itemPath(item, 'artifacts', at), value: undefined }));
  const onBoard = changes.length === 0 ? [] : [changedBoard(item, changes, now, set)];
  if (!ownTasks(document, set).includes(item.id.text)) return onBoard;
  const source = sourceText(document, set);
  return [edited(document.path, source, removeKey(source, TASK)), ...onBoard];
}

/** The text of a board that has no item yet. */
export function emptyBoard(template: string): string {
  return existsSync(template)
    ? readFileSync(template, 'utf8')
    : `${JSON.stringify({ version: 1, items: [] }, null, 2)}\n`;
}
