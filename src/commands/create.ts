import { join } from 'node:path';
import { addArtifact, changedBoard } from '../generator/board.ts';
import { checkFields, fieldsOf, settings } from '../generator/fields.ts';
import { nextNumber } from '../generator/number.ts';
import { RELATED, resolveRelated, resolveTask, TASK } from '../generator/references.ts';
import { renderDocument } from '../generator/render.ts';
import { takenNumbers } from '../generator/taken.ts';
import { workflowBodies } from '../generator/workflow-bodies.ts';
import { EXIT, type Io } from '../io.ts';
import type { DocumentType } from '../model/document-type.ts';
import { canonicalId } from '../model/id.ts';
import { pathFrom } from '../model/slashes.ts';
import { slugify } from '../model/slug.ts';
import { didYouMean, oneOf } from '../model/suggest.ts';
import { UserError } from '../model/user-error.ts';
import type { DocumentSet } from '../pipeline/document-set.ts';
import { openWorkspace, type Workspace } from '../pipeline/workspace.ts';
import { created } from '../writing/change.ts';
import { writeChanges } from '../writing/write-changes.ts';
import { ask, askMissing } from './ask.ts';
import { changing } from './find.ts';
import { surroundingsOf } from './surroundings.ts';
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

/**
 * A title as it is written: one line.
 *
 * @throws UserError when it is empty, or holds control characters or a comment
 */
export function oneLine(title: string): string {
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

function placeFor(type: DocumentType, title: string, set: DocumentSet, environment: NodeJS.ProcessEnv): Place {
  const id = type.id && canonicalId(type.id, nextNumber(takenNumbers(type, set, environment)));
  const slug = slugify(title) || type.name;
  const folder = [set.workspace.roots[0] as string, type.folder].filter((part) => part !== '').join('/');
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

/** Everything that a person had to say about a new document. */
interface Answers {
  readonly typeName: string;
  readonly title: string;
  /** Frontmatter values by key. */
  readonly given: ReadonlyMap<string, unknown>;
}

/** Asks for what the schema requires and nobody gave; ids and relations are not asked for. */
async function complete(
  type: DocumentType,
  title: string,
  date: string,
  given: ReadonlyMap<string, unknown>,
  io: Io,
): Promise<Map<string, unknown>> {
  const relations = type.relations.has(RELATED) ? [[RELATED, []] as const] : [];
  const fields = fieldsOf(type, { id: type.id && '', title, date }, new Map([...relations, ...given]));
  const before = new Set(fields.keys());
  await askMissing(io, type, fields);
  return new Map([...given, ...[...fields].filter(([key]) => !before.has(key))]);
}

/** The next free id and the document under it. @returns the exit code */
function writeDocument(set: DocumentSet, { typeName, title, given }: Answers, options: CreateOptions, io: Io): number {
  const { types, top } = set.workspace;
  const type = types.get(typeName) as DocumentType;
  const values = new Map(given);
  const { id, path } = placeFor(type, title, set, io.environment);
  const related = resolveRelated(split(options.related ?? []), type, set, path);
  if (type.relations.has(RELATED))
    values.set(
      RELATED,
      related.map(({ text }) => text),
    );
  const item = options.task === undefined ? undefined : resolveTask(options.task, type, set);
  if (item) values.set(TASK, item.id.text);
  const fields = fieldsOf(type, { id, title, date: options.today ?? io.today }, values);
  checkFields(type, fields);
  const heading = id === undefined ? title : `${id} - ${title}`;
  const text = renderDocument({ type, heading, fields, related, bodies: workflowBodies(type, set) });
  const board = item && id ? [changedBoard(item, [addArtifact(item, id, 'output', set)], io.now, set)] : [];
  writeChanges(top, [created(path, text), ...board]);
  const shown = pathFrom(io.cwd, join(top, path));
  io.stdout.write(options.json ? `${JSON.stringify({ id: id ?? null, type: type.name, path })}\n` : `${shown}\n`);
  return EXIT.clean;
}

/** Writes a new document of a type and prints its path. @returns the exit code */
export async function createCommand(typeName: string | undefined, options: CreateOptions, io: Io): Promise<number> {
  // Nobody else should wait for what a person types: questions come before the lock.
  const workspace = await openWorkspace(surroundingsOf(io));
  const type = await chooseType(typeName, workspace, io);
  // What lives on a board is put there.
  if (type.board !== undefined) return taskCreateCommand(taskOptions(options), io);
  const values = settings(options.set ?? [], type);
  const title = await titleOf(options, values, type, io);
  const given = await complete(type, title, options.today ?? io.today, values, io);
  return changing(io, (set) => writeDocument(set, { typeName: type.name, title, given }, options, io));
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
