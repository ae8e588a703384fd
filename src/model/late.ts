import { createRequire } from 'node:module';
import { buildId } from './build-id.ts';

/**
 * Loads a part of the bundle at once, when it is first needed: most runs do without.
 *
 * @param part the name of an entry of the bundle: a package, so that it is found from the sources too
 */
export function late<T>(part: string): T {
  if (buildId() !== undefined) return require(`./${part}.cjs`) as T;
  return createRequire(import.meta.url)(part) as T;
}
