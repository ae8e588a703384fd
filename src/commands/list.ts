import { EXIT, type Io, notifier } from '../io.ts';
import { type Document, ownId, readId, stringField } from '../model/document.ts';
import { referencesOf } from '../model/reference.ts';
import { didYouMean, oneOf } from '../model/suggest.ts';
import { UserError } from '../model/user-error.ts';
import type { DocumentSet } from '../pipeline/document-set.ts';
import { clean } from '../reporters/clean.ts';
import { readSet } from './find.ts';

/** Options of `planproof list`. */
export interface ListOptions {
  readonly type?: string;
  readonly status?: string;
  readonly related?: string;
  readonly json?: boolean;
}

interface Row {
  readonly id: string | null;
  readonly type: string | null;
  readonly status: string | null;
  readonly title: string | null;
  readonly path: string;
}

function rowOf(document: Document): Row {
  const { facts, path, status = null } = document;
  const title = stringField(facts, 'title') ?? facts.headings.find((heading) => heading.depth === 1)?.text ?? null;
  return {
    id: ownId(document)?.canonical ?? null,
    type: document.type?.name ?? null,
    status,
    title,
    path,
  };
}

/** A filter that can never match is a mistake, not an empty list. */
function checkFilters({ type, status }: ListOptions, { workspace: { types } }: DocumentSet): void {
  if (type !== undefined && !types.has(type))
    throw new UserError(
      `Unknown document type \`${type}\`${didYouMean(type, types.keys())}`,
      `The types are ${oneOf([...types.keys()])}.`,
    );
  const some = [...types.values()].filter((own) => type === undefined || own.name === type);
  const statuses = new Set(some.flatMap((own) => (own.schema.properties?.['status']?.enum ?? []).map(String)));
  if (status !== undefined && statuses.size > 0 && !statuses.has(status)) {
    throw new UserError(
      `Unknown status \`${status}\`${didYouMean(status, statuses)}`,
      `The statuses are ${oneOf([...statuses])}.`,
    );
  }
}

function filter(options: ListOptions, set: DocumentSet): Document[] {
  const { workspace, index } = set;
  const target = options.related === undefined ? undefined : readId(options.related, workspace.types);
  if (options.related !== undefined && !target)
    throw new UserError(
      `Unexpected id \`${options.related}\` (--related), expected one such as ${index.ids()[0] ?? 'PLAN-001'}`,
    );
  const names = (document: Document): boolean =>
    referencesOf(document, workspace.types, workspace.config).some(({ id }) => id?.key === target?.key);
  return index.documents.filter(
    (document) =>
      (options.type === undefined || document.type?.name === options.type) &&
      (options.status === undefined || document.status === options.status) &&
      (target === undefined || names(document)),
  );
}

function table(rows: readonly Row[]): string {
  const cells = rows.map((row) =>
    [row.id ?? '-', row.type ?? '-', row.status ?? '-', row.title ?? row.path].map(clean),
  );
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((row) => (row[column] as string).length)));
  return cells
    .map(
      (row) =>
        `${row
          .slice(0, 3)
          .map((cell, column) => cell.padEnd(widths[column] as number))
          .join('  ')}  ${row[3]}\n`,
    )
    .join('');
}

/** Lists documents. @returns the exit code */
export async function listCommand(options: ListOptions, io: Io): Promise<number> {
  const set = await readSet(io);
  checkFilters(options, set);
  const rows = filter(options, set).map(rowOf);
  if (options.json) io.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
  else if (rows.length > 0) io.stdout.write(table(rows));
  else
    notifier(io)(
      set.index.documents.length === 0
        ? 'No documents here yet: planproof create plan --title "…" writes the first one.'
        : 'No document fits.',
    );
  return EXIT.clean;
}
