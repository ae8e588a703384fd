import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { EXIT, type Io, notifier } from '../io.ts';
import { type Document, type DocumentIndex, readId, stringField } from '../model/document.ts';
import { type DocumentType, keysOf, propertySchema } from '../model/document-type.ts';
import { canonicalId, parseIdText } from '../model/id.ts';
import { type RelatedItem, renderDocument } from '../model/new-document.ts';
import { classifyReference, EXTERNAL } from '../model/relation.ts';
import { explainErrors } from '../model/schema-errors.ts';
import { slugify } from '../model/slug.ts';
import { didYouMean, oneOf } from '../model/suggest.ts';
import { UserError } from '../model/user-error.ts';
import { type DocumentSet, readDocuments } from '../pipeline/lint.ts';
import { workflowBodies } from '../pipeline/workflow-bodies.ts';
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

/** The relation that `--related` fills, and the one that `--task` fills. */
const RELATED = 'related_docs';
const TASK = 'task';
/** Values that create settles by itself. */
const SETTLED = ['id', 'type', 'status', RELATED];

async function chooseType(name: string | undefined, { types }: Workspace, io: Io): Promise<DocumentType> {
  const creatable = [...types.values()].filter((type) => type.id !== undefined && type.board === undefined);
  const names = creatable.map((type) => type.name);
  const wanted = name ?? (await ask.choice(io, 'Which document type?', names));
  if (wanted === undefined)
    throw new UserError('Missing document type', `Write planproof create <type>: ${oneOf(names, '')}.`);
  const type = types.get(wanted);
  if (type && creatable.includes(type)) return type;
  if (type?.board !== undefined) {
    throw new UserError(
      `A ${wanted} lives on the board (${type.board}), which planproof does not write yet`,
      `Documents of the types ${oneOf(names)} can be created.`,
    );
  }
  if (type)
    throw new UserError(
      `A ${wanted} has no id and is written by hand`,
      `planproof show --template ${wanted} prints its form.`,
    );
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
  return line.normalize('NFC');
}

/** The next free number of a type, over everything the index knows. */
function nextId(type: DocumentType, index: DocumentIndex): string {
  let last = 0n;
  for (const { id, fileId } of index.documents) {
    for (const own of [id, fileId]) {
      if (own?.type !== type) continue;
      const number = BigInt(parseIdText(own.canonical)?.number ?? 0);
      if (number > last) last = number;
    }
  }
  return canonicalId(type.id as NonNullable<DocumentType['id']>, String(last + 1n));
}

interface Place {
  /** Relative to the top. */
  readonly path: string;
  readonly id: string;
}

/** A reference as it will be written, and where it leads. */
function resolveRelated(text: string, type: DocumentType, set: DocumentSet, from: string): RelatedItem {
  const { types, config } = set.workspace;
  const allowed = type.relations.get(RELATED)?.to ?? [];
  const id = readId(text, types);
  if (!id) {
    const isExternal = classifyReference(text, config.externalPrefixes).kind === 'external';
    if (isExternal && allowed.includes(EXTERNAL)) return { text, link: undefined, title: undefined };
    throw new UserError(
      `Unexpected reference \`${text}\` (--related), expected an id such as ADR-015, "#123" or an address`,
      `Known ids: ${known(set.index)}.`,
    );
  }
  if (!allowed.includes(id.type.name)) {
    throw new UserError(
      `A ${type.name} cannot name the ${id.type.name} \`${text}\` in \`${RELATED}\``,
      `Allowed are ${oneOf(allowed, '')}.`,
    );
  }
  const target = set.index.find(id.key);
  if (!target && id.type.board === undefined)
    throw new UserError(
      `Unknown document \`${text}\` (--related)${didYouMean(id.canonical, set.index.ids())}`,
      `Known ids: ${known(set.index)}.`,
    );
  if (!target) return { text: id.canonical, link: undefined, title: undefined };
  return { text: id.canonical, link: linkTo(target, from), title: stringField(target.facts, 'title') };
}

function known(index: DocumentIndex): string {
  const ids = index.ids();
  return ids.length > 12 ? `${ids.slice(0, 12).join(', ')} and ${ids.length - 12} more` : ids.join(', ') || 'none';
}

const linkTo = (target: Document, from: string): string => relative(dirname(from), target.path).split(sep).join('/');

function resolveTask(text: string, type: DocumentType, { types }: Workspace): string {
  const allowed = type.relations.get(TASK)?.to;
  if (!allowed) throw new UserError(`A ${type.name} has no parent task (--task)`);
  const id = readId(text, types);
  if (id && allowed.includes(id.type.name)) return id.canonical;
  throw new UserError(
    `Unexpected task \`${text}\` (--task), expected an id such as ${allowed.flatMap((name) => types.get(name)?.id ?? []).map((format) => canonicalId(format, '1'))[0]}`,
  );
}

/** `--set` values, read as the schema wants them: lists by commas, numbers and booleans by their look. */
function settings(pairs: readonly string[], type: DocumentType): Map<string, unknown> {
  const values = new Map<string, unknown>();
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    const key = pair.slice(0, at).trim();
    if (at < 1) throw new UserError(`Unexpected \`--set ${pair}\`, expected --set key=value`);
    if (SETTLED.includes(key))
      throw new UserError(
        `\`${key}\` cannot be set: create settles it by itself`,
        key === RELATED ? 'Use --related.' : undefined,
      );
    const property = propertySchema(type, key);
    if (!property)
      throw new UserError(
        `Unknown key \`${key}\` (--set)${didYouMean(key, keysOf(type))}`,
        `A ${type.name} has ${oneOf(keysOf(type))}.`,
      );
    values.set(key, typed(pair.slice(at + 1), property.type));
  }
  return values;
}

function typed(text: string, kind: string | readonly string[] | undefined): unknown {
  const kinds = [kind ?? 'string'].flat();
  if (kinds.includes('array'))
    return text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
  if ((kinds.includes('integer') || kinds.includes('number')) && /^-?[0-9]+(?:\.[0-9]+)?$/.test(text))
    return Number(text);
  if (kinds.includes('boolean') && /^(?:true|false)$/.test(text)) return text === 'true';
  return text;
}

/** Everything in the frontmatter, in no particular order. */
function fieldsOf(
  type: DocumentType,
  own: { id: string; title: string; date: string },
  given: ReadonlyMap<string, unknown>,
): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  for (const key of keysOf(type)) {
    const property = propertySchema(type, key);
    const value = property?.const ?? property?.default;
    if (value !== undefined) fields.set(key, value);
  }
  fields.set('id', own.id).set('title', own.title);
  if (propertySchema(type, 'type')) fields.set('type', type.name);
  if (propertySchema(type, 'date')) fields.set('date', own.date);
  if (type.lifecycle?.initial !== undefined && propertySchema(type, 'status'))
    fields.set('status', type.lifecycle.initial);
  for (const [key, value] of given) fields.set(key, value);
  return fields;
}

/** The generator keeps the schema, or writes nothing. */
function checkFields(type: DocumentType, fields: ReadonlyMap<string, unknown>): void {
  const data = Object.fromEntries(fields);
  const [mistake] = explainErrors(type.validate(data), data, keysOf(type));
  if (!mistake) return;
  const help = mistake.missing === undefined ? undefined : `Add --set ${mistake.missing}=….`;
  throw new UserError(`${mistake.message} of a ${type.name}`, help);
}

/** Writes a file that must not exist yet, whole or not at all. */
function writeNew(path: string, text: string, shown: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: 'wx' });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw new UserError(`${shown} exists already, nothing written`);
    throw new UserError(`Cannot write ${shown}: ${message}`);
  }
}

const split = (values: readonly string[]): string[] =>
  [...new Set(values.flatMap((value) => value.split(',')).map((value) => value.trim()))].filter(
    (value) => value !== '',
  );

/** Writes a new document of a type and prints its path. @returns the exit code */
export async function createCommand(typeName: string | undefined, options: CreateOptions, io: Io): Promise<number> {
  const set = await readDocuments({ cwd: io.cwd, environment: io.environment, notify: notifier(io) });
  const { workspace } = set;
  const type = await chooseType(typeName, workspace, io);
  const given = settings(options.set ?? [], type);
  const wantedTitle = options.title ?? (given.get('title') as string | undefined) ?? (await ask.text(io, 'Title?'));
  if (wantedTitle === undefined)
    throw new UserError('Missing title', `Write planproof create ${type.name} --title "…".`);
  const title = oneLine(wantedTitle);
  const place = placeFor(type, title, set);
  const related = split(options.related ?? []).map((text) => resolveRelated(text, type, set, place.path));
  if (type.relations.has(RELATED)) given.set(RELATED, [...new Set(related.map((item) => item.text))]);
  else if (related.length > 0) throw new UserError(`A ${type.name} has no \`${RELATED}\` (--related)`);
  if (options.task !== undefined) given.set(TASK, resolveTask(options.task, type, workspace));
  const fields = fieldsOf(type, { id: place.id, title, date: options.today ?? io.today }, given);
  await askMissing(io, type, fields);
  checkFields(type, fields);
  const text = renderDocument({
    type,
    heading: `${place.id} - ${title}`,
    fields,
    related: unique(related),
    bodies: workflowBodies(type, set),
  });
  const file = join(workspace.top, place.path);
  const shown = relative(io.cwd, file).split(sep).join('/');
  writeNew(file, text, shown);
  io.stdout.write(
    options.json ? `${JSON.stringify({ id: place.id, type: type.name, path: place.path })}\n` : `${shown}\n`,
  );
  return EXIT.clean;
}

const unique = (items: readonly RelatedItem[]): RelatedItem[] =>
  items.filter((item, at) => items.findIndex((other) => other.text === item.text) === at);

function placeFor(type: DocumentType, title: string, { workspace, index }: DocumentSet): Place {
  const id = nextId(type, index);
  const root = workspace.roots[0] as string;
  const folder = root === '' ? type.folder : `${root}/${type.folder}`;
  return { id, path: `${folder}/${id}-${slugify(title) || type.name}.md` };
}
