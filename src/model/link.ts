import type { Facts } from './facts.ts';
import { joined } from './plain-path.ts';
import { remembering } from './remember.ts';
import { splitOnce } from './split-once.ts';

/** What the address of a link means. */
export type LinkTarget =
  | { readonly kind: 'machine' }
  | { readonly kind: 'address' }
  | { readonly kind: 'empty' }
  | {
      readonly kind: 'path';
      /** Relative to the top of the repository; the document's own path for a bare anchor. */
      readonly path: string;
      readonly anchor: string | undefined;
    };

/** Works on one machine only: a file address, a drive, a home folder. */
const MACHINE_LOCAL = /^(?:[Ff][Ii][Ll][Ee]:|~[\\/]|[A-Za-z]:[\\/]|\/(?:home|Users|root|tmp|var|private|mnt)\/)/;
const ADDRESS = /^(?:[A-Za-z][A-Za-z0-9+.-]*:|\/\/)/;

/** Text without percent signs; as it is where they stand for nothing. */
function decoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Reads the address of a link in a document; a leading slash means the top of the repository, as on GitHub. */
export function readLink(url: string, from: string): LinkTarget {
  // What most links have none of is in each that is neither; the patterns take a while to be made.
  if (url.includes(':') || url.startsWith('/') || url.startsWith('~')) {
    if (MACHINE_LOCAL.test(url)) return { kind: 'machine' };
    if (ADDRESS.test(url)) return { kind: 'address' };
  }
  const [before, anchor] = splitOnce(url, '#');
  const written = decoded(before.includes('?') ? before.replace(/\?.*$/, '') : before);
  if (written === '' && anchor === undefined) return { kind: 'empty' };
  const base = from.slice(0, from.lastIndexOf('/') + 1);
  const path = written === '' ? from : written.startsWith('/') ? joined('', written.slice(1)) : joined(base, written);
  return { kind: 'path', path, anchor: anchor === undefined ? undefined : decoded(anchor) };
}

/** The anchor that GitHub gives a heading: lower case, spaces to hyphens, most other signs left out. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
}

/** Leads to the top of every page. */
const TOP = 'top';

/** Every anchor of a document; asked once a link, found once. */
export const anchorsOf: (facts: Facts) => ReadonlySet<string> = remembering(findAnchors);

/** The anchors of a document's headings, in their order; numbered where they repeat. */
export function headingAnchors({ headings }: Pick<Facts, 'headings'>): string[] {
  const seen = new Map<string, number>();
  return headings.map(({ text }) => {
    const anchor = anchorOf(text);
    const count = seen.get(anchor) ?? 0;
    seen.set(anchor, count + 1);
    return count === 0 ? anchor : `${anchor}-${count}`;
  });
}

/** Its headings and the ids in its HTML. */
function findAnchors(facts: Facts): ReadonlySet<string> {
  return new Set([TOP, ...facts.htmlIds, ...facts.innerHeadings.map(anchorOf), ...headingAnchors(facts)]);
}
