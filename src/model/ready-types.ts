import { builtIn, type ReadyType } from './built-in.ts';
import { compiledValidator } from './compiled-validator.ts';
import type { Config } from './config.ts';
import { type DocumentType, type DocumentTypes, documentType } from './document-type.ts';
import { packageFile } from './package-files.ts';

/** Where a type of a preset is defined, for messages. */
export const presetSource = (preset: string): string => `preset ${preset}`;

/** A document type of what the build has read. */
export function readyType(
  { name, schema, template, validator }: ReadyType,
  source: string,
  board: string,
): DocumentType {
  return documentType(name, source, schema, template, compiledValidator(validator), board);
}

/**
 * The document types in force where they are those of one preset, which the build has read and checked.
 *
 * @returns undefined where something has to be read
 */
export function readyTypes({ preset: presets, types }: Config): DocumentTypes | undefined {
  const [preset = '', ...more] = presets;
  const known = builtIn()?.presets ?? {};
  const ready = Object.hasOwn(known, preset) ? known[preset] : undefined;
  if (!ready || more.length > 0 || Object.keys(types).length > 0) return undefined;
  return new Map(
    ready.map((type) => [
      type.name,
      readyType(type, presetSource(preset), packageFile('templates', preset, `${type.name}.board.json`)),
    ]),
  );
}
