import { rmSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { addArtifact, changedBoard } from '../generator/board.ts';
import { checkFields, fieldsOf, settings } from '../generator/fields.ts';
import { nextNumber } from '../generator/number.ts';
import { RELATED, resolveRelated, resolveTask, TASK } from '../generator/references.ts';
import { renderDocument } from '../generator/render.ts';
import { workflowBodies } from '../generator/workflow-bodies.ts';
import { type Replacement, replaceFiles, writeNewFile } from '../generator/write.ts';
import { EXIT, type Io } from '../io.ts';
import type { DocumentType } from '../model/document-type.ts';
import { canonicalId } from '../model/id.ts';
import { slugify } from '../model/slug.ts';
import { didYouMean, oneOf } from '../model/suggest.ts';
import { UserError } from '../model/user-error.ts';
import type { DocumentSet } from '../pipeline/document-set.ts';
import type { Workspace } from '../pipeline/workspace.ts';
import { ask, askMissing } from './ask.ts';
import { readSet } from './find.ts';
import { type TaskCreateOptions, taskCreateCommand } from './task.ts';

/** Options of `planproof create`. */
export interface CreateOptions {
  readonly title?: string;
  readonly related?: readonly string[];
  readonly task?: string;
  readonly set?: readonly string[];
  readonly today?: string;
  readonly json?: boolean;
}

async function chooseType(name: string | undefined, { types }: Workspace, io: Io): Promise<DocumentType> {
  const names = [...types.keys()];
  const wanted = name ?? (await ask.choice(io, 'Which document type?', names));
  if (wanted === undefined) {
    throw new UserError('Missing document type', `Write planproof create <type>: ${oneOf(names, '')}.`);
  }
  const type = types.get(wanted);
  if (type) return type;
  throw new UserError(
    `Unknown document type \`${wanted}\`${didYouMean(wanted, names)}`,
    `The types are ${oneOf(names)}.`,
  );
}

/** One line without control characters. */
function oneLine(title: string): string {
  const line = title.replace(/\s+/g, ' ').trim();
  if (line === '') throw new UserError('Empty title', 'Give it with --title "…".');
  if (/\p{Cc}/u.test(line)) throw new UserError('The title holds control characters');
  if (line.includes('<!--')) throw new UserError('The title holds a comment (`<!--`), which its heading would hide');
  return line.normalize('NFC');
}

interface Place {
  /** Undefined for a type without ids. */
  readonly id: string | undefined;
  /** Relative to the top. */
  readonly path: string;
}

function placeFor(type: DocumentType, title: string, { workspace, index }: DocumentSet): Place {
  const id = type.id && canonicalId(type.id, nextNumber(type, index));
  const slug = slugify(title) || type.name;
  const folder = [workspace.roots[0] as string, type.folder].filter((part) => part !== '').join('/');
  return { id, path: `${folder}/${id === undefined ? slug : `${id}-${slug}`}.md` };
}

const split = (values: readonly string[]): string[] =>
  values
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter((value) => value !== '');

async function titleOf(
  options: CreateOptions,
  given: ReadonlyMap<string, unknown>,
  type: DocumentType,
  io: Io,
): Promise<string> {
  const title = options.title ?? (given.get('title') as string | undefined) ?? (await ask.text(io, 'Title?'));
  if (title === undefined) throw new UserError('Missing title', `Write planproof create ${type.name} --title "…".`);
  return oneLine(title);
}

/** Writes a document and, if it belongs to a task, the board: both or neither. */
function writeBoth(file: string, text: string, shown: string, board: Replacement | undefined): void {
  writeNewFile(file, text, shown);
  if (!board) return;
  try {
    replaceFiles([board]);
  } catch (error) {
    rmSync(file);
    throw error;
  }
}

/** Writes a new document of a type and prints its path. @returns the exit code */
export async function createCommand(typeName: string | undefined, options: CreateOptions, io: Io): Promise<number> {
  const set = await readSet(io);
  const type = await chooseType(typeName, set.workspace, io);
  // What lives on a board is put there.
  if (type.board !== undefined) return taskCreateCommand(taskOptions(options), io);
  const given = settings(options.set ?? [], type);
  const title = await titleOf(options, given, type, io);
  const { id, path } = placeFor(type, title, set);
  const related = resolveRelated(split(options.related ?? []), type, set, path);
  const ids = related.map((item) => item.text);
  if (type.relations.has(RELATED)) given.set(RELATED, ids);
  const item = options.task === undefined ? undefined : resolveTask(options.task, type, set);
  if (item) given.set(TASK, item.id.text);
  const fields = fieldsOf(type, { id, title, date: options.today ?? io.today }, given);
  await askMissing(io, type, fields);
  checkFields(type, fields);
  const heading = id === undefined ? title : `${id} - ${title}`;
  const text = renderDocument({ type, heading, fields, related, bodies: workflowBodies(type, set) });
  const board = item && id ? changedBoard(item, [addArtifact(item, id, 'output', set)], io.now, set) : undefined;
  const file = join(set.workspace.top, path);
  const shown = relative(io.cwd, file).split(sep).join('/');
  writeBoth(file, text, shown, board);
  io.stdout.write(options.json ? `${JSON.stringify({ id: id ?? null, type: type.name, path })}\n` : `${shown}\n`);
  return EXIT.clean;
}

/** `create task` is `task create`; what a task does not have is refused. */
function taskOptions({ title, set, json, related, task }: CreateOptions): TaskCreateOptions {
  if (related || task)
    throw new UserError('A task takes neither --related nor --task', 'planproof link connects it to documents.');
  const given = Object.fromEntries(
    (set ?? []).map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
  const unknown = Object.keys(given).find((key) => !TASK_KEYS.includes(key));
  if (unknown !== undefined)
    throw new UserError(
      `Unknown key \`${unknown}\` (--set)${didYouMean(unknown, TASK_KEYS)}`,
      `A task takes ${oneOf(TASK_KEYS)}.`,
    );
  return { ...given, ...(title === undefined ? {} : { title }), ...(json === undefined ? {} : { json }) };
}

const TASK_KEYS = ['title', 'description', 'priority'];
