import { readFileSync } from 'node:fs';
import { baseName, readId } from '../model/document.ts';
import type { DocumentType, DocumentTypes } from '../model/document-type.ts';
import { isReadable, readFrontmatter } from '../model/frontmatter.ts';
import { idOfFileName } from '../model/id.ts';
import { packageFile } from '../model/package-files.ts';
import { LineTable } from '../model/place.ts';
import { readText } from '../pipeline/read.ts';
import type { Source } from '../sources/source.ts';
import { folderOf } from './text-file.ts';

/** A file that is a document by its frontmatter, wherever it lies. */
export interface SeenDocument {
  /** Relative to the folder of the config. */
  readonly path: string;
  readonly type: DocumentType;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Files that look like documents of a type, and carry no id. */
export interface LooksLike {
  readonly folder: string;
  readonly type: string;
  readonly count: number;
}

/** What lies in a repository before planproof comes to it. */
export interface Survey {
  readonly documents: readonly SeenDocument[];
  readonly bare: readonly LooksLike[];
}

/** More files than these are not looked into: a guess may take a moment, no longer. */
const MAX_FILES = 5_000;

/** Folders that hold other people's files. */
const FOREIGN = /(?:^|\/)(?:node_modules|vendor|third_party|\.git)\//;

/** The frontmatter of a file; undefined when it has none that can be read. */
function frontmatterOf(source: Source, path: string, limit: number): Readonly<Record<string, unknown>> | undefined {
  const bytes = source.read(path);
  const text = bytes && readText(bytes, limit);
  if (typeof text !== 'string') return undefined;
  const frontmatter = readFrontmatter(text, new LineTable(text));
  return isReadable(frontmatter) ? frontmatter.data : undefined;
}

/** The type that the id in the frontmatter or in the file name tells; for types without ids, their marker. */
function typeOf(path: string, data: Readonly<Record<string, unknown>>, types: DocumentTypes): DocumentType | undefined {
  const texts = [data['id'], idOfFileName(baseName(path))].filter((text): text is string => typeof text === 'string');
  const [id] = texts.flatMap((text) => readId(text, types) ?? []);
  if (id) return id.type;
  return [...types.values()].find(({ marker }) => marker !== undefined && typeof data[marker] === 'string');
}

function usualFolders(): ReadonlyMap<string, string> {
  const byType = JSON.parse(readFileSync(packageFile('schemas', 'usual-folders.json'), 'utf8')) as Record<
    string,
    string[]
  >;
  return new Map(Object.entries(byType).flatMap(([type, folders]) => folders.map((folder) => [folder, type] as const)));
}

/** Looks through the Markdown files below the folder of the config. */
export function survey(source: Source, base: string, types: DocumentTypes, limit: number): Survey {
  const lead = base === '' ? '' : `${base}/`;
  const files = source.list([base]).filter((path) => path.endsWith('.md') && !FOREIGN.test(path));
  const usual = usualFolders();
  const documents: SeenDocument[] = [];
  const bare = new Map<string, { type: string; count: number }>();
  for (const path of files.slice(0, MAX_FILES)) {
    const own = path.slice(lead.length);
    const data = frontmatterOf(source, path, limit);
    const type = data && typeOf(path, data, types);
    const folder = folderOf(own);
    const likely = usual.get(baseName(folder).toLowerCase());
    if (type) documents.push({ path: own, type, data });
    else if (likely !== undefined && types.has(likely) && /^(?:[A-Za-z]+-)?[0-9]{2,}/.test(baseName(own)))
      bare.set(folder, { type: likely, count: (bare.get(folder)?.count ?? 0) + 1 });
  }
  return { documents, bare: [...bare].map(([folder, seen]) => ({ folder, ...seen })) };
}
