import { type IdText, parseIdText } from './id.ts';
import type { Whole } from './whole.ts';

/** `x-document.relations.<field>` of a document type; see schemas/x-document.schema.json. */
export interface RelationSpec {
  readonly to: readonly string[];
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly in?: readonly string[] | undefined;
  readonly reverse?: string | undefined;
  readonly acyclic?: boolean | undefined;
  readonly origin?:
    | {
        readonly anyOf: readonly string[];
        readonly fields?: readonly string[];
        readonly in?: readonly string[];
      }
    | undefined;
  readonly 'target-status'?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** A relation with all its keys. */
export function wholeRelation(spec: RelationSpec): Whole<RelationSpec> {
  const { to, min, max, in: statuses, reverse, acyclic, origin, 'target-status': targets } = spec;
  return { to, min, max, in: statuses, reverse, acyclic, origin, 'target-status': targets };
}

/** What `to` calls a pull request, an outside issue or an address. */
export const EXTERNAL = 'external';
/** What `to` calls a file of the repository. */
export const PATH = 'path';

/** What the text of a reference can be. */
export type ReferenceKind =
  | { readonly kind: 'id'; readonly id: IdText }
  | { readonly kind: 'external' | 'path' | 'unknown'; readonly id: undefined };

const withoutId = (kind: 'external' | 'path' | 'unknown'): ReferenceKind => ({ kind, id: undefined });

const ADDRESS = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/\S+$/;

/** Whether a text is an address such as `https://example.com/a,b`. */
export function isAddress(text: string): boolean {
  return ADDRESS.test(text);
}

/**
 * What a reference means by its form alone: `ADR-015` an id (of whatever type), `PR-12`, `#123`, `owner/name#123` and
 * addresses external, what has a slash or a file ending a path.
 *
 * @param externalPrefixes prefixes of ids outside the repository, upper case
 */
export function classifyReference(text: string, externalPrefixes: readonly string[]): ReferenceKind {
  // What is written like an id is nothing else, and most references are ids.
  const id = parseIdText(text);
  if (id) return externalPrefixes.includes(id.prefix) ? withoutId('external') : { kind: 'id', id };
  if (/^(?:[\w.-]+\/[\w.-]+)?#[0-9]+$/.test(text) || isAddress(text)) return withoutId('external');
  if (/\//.test(text) || /\.[A-Za-z0-9]{1,8}$/.test(text)) return withoutId('path');
  return withoutId('unknown');
}
