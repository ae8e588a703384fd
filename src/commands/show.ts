import { renderDocument } from '../generator/render.ts';
import { EXIT, type Io } from '../io.ts';
import type { Document } from '../model/document.ts';
import { type DocumentType, keysOf, propertySchema } from '../model/document-type.ts';
import { canonicalId } from '../model/id.ts';
import { referencesOf } from '../model/reference.ts';
import { didYouMean, oneOf } from '../model/suggest.ts';
import { UserError } from '../model/user-error.ts';
import type { DocumentSet } from '../pipeline/document-set.ts';
import { openWorkspace } from '../pipeline/workspace.ts';
import { clean } from '../reporters/clean.ts';
import { findDocument, readSet } from './find.ts';
import { surroundingsOf } from './surroundings.ts';

/** Options of `planproof show`. */
export interface ShowOptions {
  readonly template?: string;
  readonly json?: boolean;
}

/** The form of a new document: keys with their defaults, sections with their guidance. */
function form(type: DocumentType): string {
  const id = type.id && canonicalId(type.id, '0').replaceAll('0', 'X');
  const own: Record<string, unknown> = { id, title: '{{title}}', date: 'YYYY-MM-DD', status: type.lifecycle?.initial };
  const fields = new Map<string, unknown>();
  for (const key of keysOf(type)) {
    const property = propertySchema(type, key);
    const fallback = type.schema.required?.includes(key) ? (property?.type === 'array' ? [] : `{{${key}}}`) : undefined;
    const value =
      property?.const ?? property?.default ?? (type.schema.required?.includes(key) ? own[key] : undefined) ?? fallback;
    if (value !== undefined) fields.set(key, value);
  }
  return renderDocument({ type, heading: id === undefined ? '{{title}}' : `${id} - {{title}}`, fields, related: [] });
}

async function showTemplate(name: string, options: ShowOptions, io: Io): Promise<number> {
  const { types } = await openWorkspace(surroundingsOf(io));
  const type = types.get(name);
  if (!type)
    throw new UserError(
      `Unknown document type \`${name}\`${didYouMean(name, types.keys())}`,
      `The types are ${oneOf([...types.keys()])}.`,
    );
  const sections = type.template.sections.map(({ name: section, aliases, checklist, minItems, mayBeEmpty }) => ({
    name: section,
    aliases,
    checklist,
    minItems,
    mayBeEmpty,
  }));
  io.stdout.write(
    options.json
      ? `${JSON.stringify({ type: name, folder: type.folder, schema: type.schema, sections, template: form(type) }, null, 2)}\n`
      : form(type),
  );
  return EXIT.clean;
}

/** What `planproof show --json` prints. */
interface Shown {
  readonly id: string | null;
  readonly type: string | null;
  readonly path: string;
  readonly frontmatter: Readonly<Record<string, unknown>> | null;
  readonly sections: readonly { name: string; line: number; filled: boolean; boxes: number; ticked: number }[];
  readonly references: readonly { field: string; to: string; path: string | null }[];
  readonly referencedBy: readonly { field: string; from: string; path: string }[];
}

function referencesTo(document: Document, { workspace, index }: DocumentSet): Shown['referencedBy'] {
  return index.documents.flatMap((other) =>
    referencesOf(other, workspace.types, workspace.config)
      .filter(({ id }) => id !== undefined && id.key === document.id?.key && other !== document)
      .map(({ field }) => ({ field, from: other.id?.canonical ?? other.path, path: other.path })),
  );
}

function describeDocument(document: Document, set: DocumentSet): Shown {
  const { workspace, index } = set;
  const { sections, boxes, frontmatter } = document.facts;
  return {
    id: document.id?.canonical ?? null,
    type: document.type?.name ?? null,
    path: document.path,
    frontmatter: frontmatter?.data ?? null,
    sections: sections.map(({ heading, filled }, at) => {
      const own = boxes.filter((box) => box.section === at);
      const ticked = own.filter((box) => box.ticked).length;
      return { name: heading.text, line: heading.place.line, filled, boxes: own.length, ticked };
    }),
    references: referencesOf(document, workspace.types, workspace.config).map(({ field, text, id }) => ({
      field,
      to: id?.canonical ?? text,
      path: (id && index.find(id.key)?.path) ?? null,
    })),
    referencedBy: referencesTo(document, set),
  };
}

const headed = (heading: string, lines: readonly string[]): string[] => (lines.length === 0 ? [] : [heading, ...lines]);

function print({ id, path, frontmatter, sections, references, referencedBy }: Shown): string {
  const shown = Object.entries(frontmatter ?? {}).filter(([key]) => key !== 'id' && key !== 'type');
  const lines = [
    id === null ? path : `${id}  ${path}`,
    ...shown.map(([key, value]) => `  ${key}: ${Array.isArray(value) ? value.join(', ') || '-' : String(value)}`),
    'Sections',
    ...sections.map(({ name, line, filled, boxes, ticked }) => {
      const state = [filled ? '' : ', empty', boxes > 0 ? `, ${ticked} of ${boxes} ticked` : ''].join('');
      return `  ${name} (line ${line})${state}`;
    }),
    ...headed(
      'Names',
      references.map(({ to, field, path: target }) => `  ${to} (${field})${target === null ? '' : `  ${target}`}`),
    ),
    ...headed(
      'Named by',
      referencedBy.map(({ from, field }) => `  ${from} (${field})`),
    ),
  ];
  return `${lines.map(clean).join('\n')}\n`;
}

/** Shows a document or a template. @returns the exit code */
export async function showCommand(id: string | undefined, options: ShowOptions, io: Io): Promise<number> {
  if (options.template !== undefined) {
    if (id !== undefined) throw new UserError('Both an id and --template', 'Give one of them.');
    return showTemplate(options.template, options, io);
  }
  if (id === undefined)
    throw new UserError('Missing id', 'Write planproof show <id>, or planproof show --template <type>.');
  const set = await readSet(io);
  const shown = describeDocument(findDocument(id, set, io.cwd), set);
  io.stdout.write(options.json ? `${JSON.stringify(shown, null, 2)}\n` : print(shown));
  return EXIT.clean;
}
