import { readFileSync } from 'node:fs';
import type { Finding } from './finding.ts';
import { packageFile } from './package-files.ts';
import type { Place } from './place.ts';
import { explainErrors } from './schema-errors.ts';
import { readStructured, type StructuredFile } from './structured-file.ts';
import { UserError } from './user-error.ts';
import { validatorOf } from './validator.ts';

/** Name of the file; it lies in the folder of the config. */
export const BASELINE_FILE = '.planproof-baseline.json';

/** What makes a finding the same one again: never its line, and the file only where there is no id. */
export interface BaselineKey {
  /** Id of the document, canonical; the path of one without an id. */
  readonly document: string;
  readonly rule: string;
  readonly subject: string;
}

/** Findings that are known and kept silent. */
export interface BaselineEntry extends BaselineKey {
  /** How many of them there are. */
  readonly count: number;
}

/** A baseline as it was read. */
export interface Baseline {
  readonly entries: readonly BaselineEntry[];
  /** Where an entry stands, by its index. */
  placeOf(at: number): Place;
}

/** The key of a finding. */
export function baselineKey({ id, file, rule, subject }: Finding): BaselineKey {
  return { document: id ?? file, rule, subject };
}

/** Two keys are the same if this is. */
export function keyText({ document, rule, subject }: BaselineKey): string {
  return JSON.stringify([document, rule, subject]);
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The entries that hold findings: sorted, each key once. */
export function entriesOf(findings: readonly Finding[]): BaselineEntry[] {
  const entries = new Map<string, BaselineEntry>();
  for (const finding of findings) {
    const key = baselineKey(finding);
    const count = (entries.get(keyText(key))?.count ?? 0) + 1;
    entries.set(keyText(key), { ...key, count });
  }
  return sorted([...entries.values()]);
}

/** In the order of the file, which depends on nothing but the keys. */
function sorted(entries: readonly BaselineEntry[]): BaselineEntry[] {
  return [...entries].sort(
    (a, b) => order(a.document, b.document) || order(a.rule, b.rule) || order(a.subject, b.subject),
  );
}

/** How many findings entries hold. */
export function countOf(entries: readonly { readonly count: number }[]): number {
  return entries.reduce((sum, { count }) => sum + count, 0);
}

/** The text of a baseline: sorted, one entry a line, so that branches that take out different ones merge. */
export function baselineText(entries: readonly BaselineEntry[], schema?: string): string {
  const lines = sorted(entries).map(({ document, rule, subject, count }) => {
    const parts = Object.entries({ document, rule, subject, ...(count > 1 ? { count } : {}) });
    return `    { ${parts.map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`).join(', ')} }`;
  });
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  const address = schema === undefined ? '' : `  "$schema": ${JSON.stringify(schema)},\n`;
  return `{\n${address}  "version": 1,\n  "findings": ${list}\n}\n`;
}

function fail(name: string, { line, column }: Place, message: string): never {
  throw new UserError(
    `${name}:${line}:${column}: ${message}`,
    'planproof baseline writes this file; entries may be taken out by hand, and none added.',
  );
}

/** A text that nests thousands of levels deep exhausts the stack of the parser. */
function structured(name: string, text: string): StructuredFile {
  try {
    return readStructured(BASELINE_FILE, text);
  } catch (error) {
    if (error instanceof RangeError) throw new UserError(`${name}: Unexpected nesting, expected a list of entries`);
    throw error;
  }
}

const KEYS = ['version', 'findings', 'document', 'rule', 'subject', 'count'];

interface BaselineData {
  readonly $schema?: string;
  readonly findings: readonly (BaselineKey & { readonly count?: number })[];
}

function checkUnique(name: string, { entries, placeOf }: Baseline): void {
  const seen = new Map<string, number>();
  for (const [at, entry] of entries.entries()) {
    const first = seen.get(keyText(entry));
    if (first !== undefined)
      fail(
        name,
        placeOf(at),
        `Unexpected second entry for this, expected each once: line ${placeOf(first).line} has it`,
      );
    seen.set(keyText(entry), at);
  }
}

/**
 * Reads a baseline.
 *
 * @param name what messages call the file
 * @param text without byte order mark
 * @throws UserError with the position when it is not what `planproof baseline` writes
 */
export async function readBaseline(name: string, text: string): Promise<Baseline & { readonly schema?: string }> {
  const file = structured(name, text);
  const [error] = file.errors;
  if (error) fail(name, error.place, error.message);
  const schemaText = readFileSync(packageFile('schemas', 'baseline.schema.json'), 'utf8');
  const validate = await validatorOf(schemaText, 'baseline.schema.json');
  const mistakes = explainErrors(validate(file.data), file.data, KEYS);
  // A misspelt key is missing too: where it stands says more.
  const mistake = mistakes.find(({ key }) => key !== undefined) ?? mistakes[0];
  if (mistake) {
    const pointer = `${mistake.pointer}${mistake.key === undefined ? '' : `/${mistake.key}`}`;
    fail(name, mistake.key === undefined ? file.valueAt(pointer) : file.keyAt(pointer), mistake.message);
  }
  const data = file.data as BaselineData;
  const entries = data.findings.map(({ count = 1, ...key }) => ({ ...key, count }));
  const baseline = { entries, placeOf: (at: number): Place => file.valueAt(`/findings/${at}`) };
  checkUnique(name, baseline);
  return data.$schema === undefined ? baseline : { ...baseline, schema: data.$schema };
}
