import { readStructured } from '../model/structured-file.ts';
import { yamlData } from './yaml-insert.ts';

/** Whether a file is JSON by its name, with or without comments. */
export const isJson = (file: string): boolean => /\.jsonc?$/.test(file);

/** What a config in JSON or YAML holds; undefined when it cannot be read. */
export function dataOf(file: string, text: string): unknown {
  if (!isJson(file)) return yamlData(text);
  const { data, errors } = readStructured('config.jsonc', text);
  return errors.length > 0 ? undefined : data;
}

/** The value at some keys, as far as there is one. */
export function valueAt(data: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined),
    data,
  );
}
