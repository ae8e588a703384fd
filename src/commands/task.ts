import { readFileSync } from 'node:fs';
import { changedBoard, emptyBoard, itemPath } from '../generator/board.ts';
import { nextNumber } from '../generator/number.ts';
import { takenNumbers } from '../generator/taken.ts';
import { EXIT, type Io, notifier } from '../io.ts';
import { allItems, type BoardItem } from '../model/board.ts';
import type { DocumentType } from '../model/document-type.ts';
import { canonicalId } from '../model/id.ts';
import { changeJson, type JsonChange } from '../model/json-edit.ts';
import { isFinished, nextStatuses } from '../model/lifecycle.ts';
import { packageFile } from '../model/package-files.ts';
import { SourceText } from '../model/source-text.ts';
import { didYouMean, oneOf } from '../model/suggest.ts';
import { confirmable, missingCriteria, missingPrerequisites, takeable } from '../model/task.ts';
import { UserError } from '../model/user-error.ts';
import { type DocumentSet, sourceText } from '../pipeline/document-set.ts';
import { clean } from '../reporters/clean.ts';
import { edited } from '../writing/change.ts';
import { writeChanges } from '../writing/write-changes.ts';
import { ask } from './ask.ts';
import { changing, findItem, readSet } from './find.ts';

/** Options of `planproof task create`. */
export interface TaskCreateOptions {
  readonly title?: string;
  readonly description?: string;
  readonly priority?: string;
  readonly json?: boolean;
}

type BoardType = DocumentType & { readonly board: string };

/** The type whose items live on a board. */
function boardType({ workspace }: DocumentSet): BoardType {
  for (const type of workspace.types.values()) if (type.board !== undefined && type.id) return type as BoardType;
  throw new UserError('No document type here has a board', 'Add x-document.board to one: see docs/document-types.md.');
}

/** The priorities, the most urgent first: the schema of boards lists them so. */
function priorities(): string[] {
  const schema = JSON.parse(readFileSync(packageFile('schemas', 'board.schema.json'), 'utf8'));
  return schema.$defs.item.properties.priority.enum;
}

function describeItem(item: BoardItem, set: DocumentSet): Record<string, unknown> {
  return {
    id: item.id.text,
    title: item.title,
    status: item.status.text,
    priority: item.priority ?? null,
    owner: item.owner ?? null,
    updatedAt: item.updatedAt ?? null,
    inputs: item.inputs.map(({ text }) => text),
    outputs: item.outputs.map(({ text }) => text),
    missingPrerequisites: missingPrerequisites(item, set.index),
    missingCriteria: missingCriteria(item, set.index),
  };
}

const line = (item: BoardItem): string =>
  clean(
    `${item.id.text}  ${item.status.text.padEnd(11)}  ${(item.priority ?? '-').padEnd(6)}  ${item.title}${item.owner ? `  (${item.owner})` : ''}`,
  );

/** Prints the items of the board. @returns the exit code */
export async function taskListCommand(
  options: { readonly status?: string; readonly json?: boolean },
  io: Io,
): Promise<number> {
  const set = await readSet(io);
  const known = (boardType(set).schema.properties?.['status']?.enum ?? []).map(String);
  if (options.status !== undefined && !known.includes(options.status)) {
    throw new UserError(
      `Unknown status \`${options.status}\`${didYouMean(options.status, known)}`,
      `The statuses are ${oneOf(known)}.`,
    );
  }
  const items = allItems(set.index.boards).filter(
    (item) => options.status === undefined || item.status.text === options.status,
  );
  if (options.json)
    io.stdout.write(
      `${JSON.stringify(
        items.map((item) => describeItem(item, set)),
        null,
        2,
      )}\n`,
    );
  else if (items.length > 0) io.stdout.write(items.map((item) => `${line(item)}\n`).join(''));
  else notifier(io)('No task fits.');
  return EXIT.clean;
}

/** Prints the item that should be taken next. @returns the exit code; 1 when there is none */
export async function taskPickCommand(options: { readonly json?: boolean }, io: Io): Promise<number> {
  const set = await readSet(io);
  const [best] = takeable(allItems(set.index.boards), set.index, priorities());
  if (!best) {
    notifier(io)('No task can be taken: each is claimed, or waits for something.');
    return EXIT.findings;
  }
  io.stdout.write(options.json ? `${JSON.stringify(describeItem(best, set), null, 2)}\n` : `${line(best)}\n`);
  return EXIT.clean;
}

/** Says why something cannot be done now. @returns the exit code */
function refuse(what: string, reasons: readonly string[], io: Io): number {
  io.stdout.write(`${what}\n${reasons.map((reason) => `  ${clean(reason)}\n`).join('')}`);
  return EXIT.findings;
}

function write(item: BoardItem, changes: readonly JsonChange[], set: DocumentSet, io: Io): void {
  writeChanges(set.workspace.top, [changedBoard(item, changes, io.now, set)]);
}

/** Takes a task: refused while its prerequisites are not met. @returns the exit code */
export function taskClaimCommand(id: string, options: { readonly owner?: string }, io: Io): Promise<number> {
  return changing(io, (set) => claim(set, id, options, io));
}

function claim(set: DocumentSet, id: string, options: { readonly owner?: string }, io: Io): number {
  const item = findItem(id, set);
  const { lifecycle } = item.board.type;
  const [claimed] = nextStatuses(lifecycle, lifecycle?.initial);
  const name = item.id.text;
  if (claimed === undefined || !nextStatuses(lifecycle, item.status.text).includes(claimed)) {
    return refuse(
      `${name} cannot be claimed`,
      [`it is ${item.status.text}${item.owner ? `, owner ${item.owner}` : ''}`],
      io,
    );
  }
  const missing = missingPrerequisites(item, set.index);
  if (missing.length > 0) return refuse(`${name} cannot be claimed`, missing, io);
  const owner = options.owner === undefined ? [] : [{ path: itemPath(item, 'owner'), value: options.owner }];
  write(item, [{ path: itemPath(item, 'status'), value: claimed }, ...owner], set, io);
  io.stdout.write(`${name}  ${item.status.text} → ${claimed}\n`);
  return EXIT.clean;
}

/** Notes that something was confirmed for a task. @returns the exit code */
export function taskConfirmCommand(
  id: string,
  what: string,
  options: { readonly today?: string },
  io: Io,
): Promise<number> {
  return changing(io, (set) => confirm(set, id, what, options.today ?? io.today, io));
}

function confirm(set: DocumentSet, id: string, what: string, day: string, io: Io): number {
  const item = findItem(id, set);
  const known = confirmable(item);
  if (!known.includes(what)) {
    const help = known.length === 0 ? 'It asks for nothing.' : `It asks for ${oneOf(known)}.`;
    throw new UserError(`${item.id.text} does not ask for \`${what}\`${didYouMean(what, known)}`, help);
  }
  write(item, [{ path: itemPath(item, 'confirmed', what), value: day }], set, io);
  io.stdout.write(`${item.id.text}  ${what} confirmed ${day}\n`);
  return EXIT.clean;
}

/** Says that a task is done: refused while its criteria are not met. @returns the exit code */
export function taskDoneCommand(id: string, io: Io): Promise<number> {
  return changing(io, (set) => finish(set, id, io));
}

function finish(set: DocumentSet, id: string, io: Io): number {
  const item = findItem(id, set);
  const { lifecycle } = item.board.type;
  const next = nextStatuses(lifecycle, item.status.text).find((status) => isFinished(lifecycle, status));
  if (next === undefined) return refuse(`${item.id.text} cannot be done`, [`it is ${item.status.text}`], io);
  const missing = [...missingPrerequisites(item, set.index), ...missingCriteria(item, set.index)];
  if (missing.length > 0) return refuse(`${item.id.text} is not done`, missing, io);
  write(item, [{ path: itemPath(item, 'status'), value: next }], set, io);
  io.stdout.write(`${item.id.text}  ${item.status.text} → ${next}\n`);
  return EXIT.clean;
}

/** The board to write to, made from its template when there is none. */
function boardFile(type: BoardType, set: DocumentSet): { path: string; source: SourceText; exists: boolean } {
  const [board] = set.index.boards;
  if (board?.mistakes[0])
    throw new UserError(`${board.path}: ${board.mistakes[0].message}`, 'planproof lint says where.');
  if (board) return { path: board.path, source: sourceText(board, set), exists: true };
  const path = [set.workspace.roots[0] as string, type.board].filter((part) => part !== '').join('/');
  return { path, source: new SourceText(Buffer.from(emptyBoard(type.boardTemplate ?? ''))), exists: false };
}

/** Puts a new task on the board. @returns the exit code */
export async function taskCreateCommand(options: TaskCreateOptions, io: Io): Promise<number> {
  const title = options.title ?? (await ask.text(io, 'Title?'));
  if (title === undefined || title.trim() === '')
    throw new UserError('Missing title', 'Write planproof task create --title "…".');
  const known = priorities();
  const priority = options.priority ?? known[Math.floor(known.length / 2)];
  if (priority === undefined || !known.includes(priority)) {
    throw new UserError(
      `Unknown priority \`${priority}\`${didYouMean(`${priority}`, known)}`,
      `The priorities are ${oneOf(known)}.`,
    );
  }
  return changing(io, (set) => addTask(set, { ...options, title, priority }, io));
}

function addTask(
  set: DocumentSet,
  { title, description = '', priority, json }: TaskCreateOptions & { readonly title: string },
  io: Io,
): number {
  const type = boardType(set);
  const number = nextNumber(takenNumbers(type, set, io.environment));
  const id = canonicalId(type.id as NonNullable<DocumentType['id']>, number);
  const item = {
    id,
    title: title.replace(/\s+/g, ' ').trim(),
    description,
    status: type.lifecycle?.initial,
    priority,
    agentReady: false,
    prerequisites: { tasks: [], artifacts: [], approvals: [] },
    completion_criteria: { artifacts: [], tests: false, review: false },
    artifacts: [],
    updatedAt: io.now,
  };
  const { path, source, exists } = boardFile(type, set);
  const change = edited(path, source, changeJson(source, [{ path: ['items', -1], value: item, insert: true }]));
  writeChanges(set.workspace.top, [exists ? change : { ...change, before: undefined }]);
  io.stdout.write(json ? `${JSON.stringify({ id, type: type.name, path })}\n` : `${id}\n`);
  return EXIT.clean;
}
