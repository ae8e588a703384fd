import { join, relative, sep } from 'node:path';
import { checkFields, fieldsOf, settings } from '../generator/fields.ts';
import { nextId } from '../generator/number.ts';
import { RELATED, resolveRelated, resolveTask, TASK } from '../generator/references.ts';
import { renderDocument } from '../generator/render.ts';
import { workflowBodies } from '../generator/workflow-bodies.ts';
import { writeNewFile } from '../generator/write.ts';
import { EXIT, type Io, notifier } from '../io.ts';
import type { DocumentType } from '../model/document-type.ts';
import { slugify } from '../model/slug.ts';
import { didYouMean, oneOf } from '../model/suggest.ts';
import { UserError } from '../model/user-error.ts';
import { type DocumentSet, readDocuments } from '../pipeline/document-set.ts';
import type { Workspace } from '../pipeline/workspace.ts';
import { ask, askMissing } from './ask.ts';

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
  const creatable = [...types.values()].filter((type) => type.board === undefined);
  const names = creatable.map((type) => type.name);
  const wanted = name ?? (await ask.choice(io, 'Which document type?', names));
  if (wanted === undefined) {
    throw new UserError('Missing document type', `Write planproof create <type>: ${oneOf(names, '')}.`);
  }
  const type = types.get(wanted);
  if (type && creatable.includes(type)) return type;
  if (type) {
    const message = `Documents of the type \`${wanted}\` live on the board (${type.board}), which planproof does not write yet`;
    throw new UserError(message, `It can create ${oneOf(names)}.`);
  }
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
  const id = type.id && nextId(type, type.id, index);
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

/** Writes a new document of a type and prints its path. @returns the exit code */
export async function createCommand(typeName: string | undefined, options: CreateOptions, io: Io): Promise<number> {
  const set = await readDocuments({ cwd: io.cwd, environment: io.environment, notify: notifier(io) });
  const { workspace } = set;
  const type = await chooseType(typeName, workspace, io);
  const given = settings(options.set ?? [], type);
  const title = await titleOf(options, given, type, io);
  const { id, path } = placeFor(type, title, set);
  const related = resolveRelated(split(options.related ?? []), type, set, path);
  if (type.relations.has(RELATED))
    given.set(
      RELATED,
      related.map((item) => item.text),
    );
  if (options.task !== undefined) given.set(TASK, resolveTask(options.task, type, workspace));
  const fields = fieldsOf(type, { id, title, date: options.today ?? io.today }, given);
  await askMissing(io, type, fields);
  checkFields(type, fields);
  const heading = id === undefined ? title : `${id} - ${title}`;
  const file = join(workspace.top, path);
  const shown = relative(io.cwd, file).split(sep).join('/');
  writeNewFile(file, renderDocument({ type, heading, fields, related, bodies: workflowBodies(type, set) }), shown);
  io.stdout.write(options.json ? `${JSON.stringify({ id: id ?? null, type: type.name, path })}\n` : `${shown}\n`);
  return EXIT.clean;
}
