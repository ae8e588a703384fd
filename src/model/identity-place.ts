import type { Facts } from './facts.ts';
import { entryAt } from './frontmatter.ts';
import { FILE_START, type Place } from './place.ts';

/** Where a finding about the file's name or folder stands: at the id, else at the start of the file. */
export function identityPlace(facts: Facts): Place {
  return entryAt(facts.frontmatter, '/id')?.value ?? FILE_START;
}
