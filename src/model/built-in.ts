import { readFileSync } from 'node:fs';
import { buildId } from './build-id.ts';
import type { FrontmatterSchema, XDocument } from './document-type.ts';
import { packageFile } from './package-files.ts';
import type { Rule } from './rule.ts';
import type { Template } from './template.ts';

/** A document type that comes with the package, read and checked. */
export interface ReadyType {
  readonly name: string;
  readonly schema: FrontmatterSchema & { readonly 'x-document': XDocument };
  readonly template: Template;
  /** Under which the validator of its schema is filed. */
  readonly validator: string;
}

/** What the build has read of schemas/, templates/ and the rules, so that no run has to. */
export interface BuiltIn {
  /** The defaults of the config, as its schema has them. */
  readonly defaults: Readonly<Record<string, unknown>>;
  /** Under which the validators of the config and of boards are filed. */
  readonly validators: { readonly config: string; readonly board: string };
  readonly presets: Readonly<Record<string, readonly ReadyType[]>>;
  /** All rules, as far as the config speaks of them. */
  readonly rules: readonly Pick<Rule, 'id' | 'area' | 'severity'>[];
}

/** Where the build puts it, in dist/. */
export const BUILT_IN_FILE = 'built-in.json';

let known: BuiltIn | undefined;

/** @returns undefined when planproof runs from its sources, where schemas and templates may change */
export function builtIn(): BuiltIn | undefined {
  if (buildId() === undefined) return undefined;
  known ??= JSON.parse(readFileSync(packageFile('dist', BUILT_IN_FILE), 'utf8')) as BuiltIn;
  return known;
}
