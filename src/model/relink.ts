import { posix } from 'node:path';
import type { Document } from './document.ts';
import type { Link } from './facts.ts';
import { readLink } from './link.ts';
import { findDestination, writeDestination } from './link-destination.ts';
import type { Place } from './place.ts';
import type { SourceText } from './source-text.ts';

/** Other text at a place of a document. */
export interface Replacement {
  readonly place: Place;
  readonly text: string;
}

/** A link that ought to follow a document and stays as it is: its address cannot be told from the text around it. */
export interface LeftLink {
  readonly path: string;
  readonly place: Place;
  readonly url: string;
}

/** What becomes of links when documents move. */
export interface Relinked {
  /** By the path that a document has before the moves; none overlap. */
  readonly replacements: ReadonlyMap<string, readonly Replacement[]>;
  readonly left: readonly LeftLink[];
}

/** Paths before and after, relative to the top of the repository. */
type Moves = ReadonlyMap<string, string>;

/** A whole path, or a name behind a way that stays as it is written. */
type NewPath = { readonly path: string } | { readonly name: string };

const { dirname } = posix;

/** The way from a document to a path; a slash at the end stays. */
function wayTo(path: string, from: string): string {
  const way = posix.relative(`/${dirname(from)}`, `/${path}`);
  return `${way === '' ? '.' : way}${path.endsWith('/') ? '/' : ''}`;
}

/** What a link has to say after the moves; undefined where it leads nowhere else. */
function newPathOf(url: string, from: string, moves: Moves): NewPath | undefined {
  const target = readLink(url, from);
  if (target.kind !== 'path' || /^[?#]/.test(url) || target.path.startsWith('../')) return undefined;
  const goal = moves.get(target.path) ?? target.path;
  const own = moves.get(from) ?? from;
  const stays = goal === target.path;
  const isNear = url.startsWith('/') || dirname(own) === dirname(from);
  if (stays && isNear) return undefined;
  if (isNear && dirname(goal) === dirname(target.path)) return { name: posix.basename(goal) };
  if (url.startsWith('/')) return { path: `/${goal}` };
  const way = wayTo(goal, own);
  return { path: url.startsWith('./') && !way.startsWith('.') ? `./${way}` : way };
}

function relinkOne(link: Link, from: string, source: SourceText, moves: Moves): Replacement | LeftLink | undefined {
  const { url, place, kind } = link;
  const goal = kind === 'reference' ? undefined : newPathOf(url, from, moves);
  if (!goal) return undefined;
  const found = findDestination(source.at(place), url);
  if (!found) return { path: from, place, url };
  const start = source.lines.offset(place.line, place.column);
  const way = found.path.slice(0, found.path.lastIndexOf('/') + 1);
  const path = 'path' in goal ? writeDestination(found, goal.path) : writeDestination(found, goal.name, way);
  const text = path + found.rest;
  const range = source.lines.place(start + found.start, start + found.end);
  return text === source.at(range) ? undefined : { place: range, text };
}

/**
 * Lets links follow documents that move: those that lead to one of them, from any document, and those in one of them, as
 * far as the way from it changes. Anchor, query, angle brackets and the way of writing stay.
 *
 * @param documents all that there are, under their paths before the moves
 * @param moves from → to
 * @param sourceOf the text of a document before the moves; asked only for those with a link to change
 */
export function relink(
  documents: readonly Document[],
  moves: Moves,
  sourceOf: (document: Document) => SourceText,
): Relinked {
  const replacements = new Map<string, Replacement[]>();
  const left: LeftLink[] = [];
  for (const document of documents) {
    const { path, facts } = document;
    const concerned = facts.links.filter(({ kind, url }) => kind !== 'reference' && newPathOf(url, path, moves));
    if (concerned.length === 0) continue;
    const source = sourceOf(document);
    const results = concerned.flatMap((link) => relinkOne(link, path, source, moves) ?? []);
    const own = results.filter((result) => 'text' in result);
    if (own.length > 0) replacements.set(path, own);
    left.push(...results.filter((result) => 'url' in result));
  }
  return { replacements, left };
}
