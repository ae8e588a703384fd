import type { Document } from '../model/document.ts';
import type { Link } from '../model/facts.ts';
import { headingAnchors, readLink } from '../model/link.ts';
import { findDestination } from '../model/link-destination.ts';
import type { Replacement } from '../model/relink.ts';
import type { SourceText } from '../model/source-text.ts';

/** Anchors that headings had and have, by the path of the document before it moves. */
export type NewAnchors = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** The anchors of headings that read otherwise than before; none where headings came or went. */
export function changedAnchors(before: Document['facts'], after: Document['facts']): Map<string, string> {
  const [old, own] = [headingAnchors(before), headingAnchors(after)];
  const pairs = old.length === own.length ? old.map((anchor, at) => [anchor, own[at] as string] as const) : [];
  return new Map(pairs.filter(([anchor, now]) => anchor !== now));
}

/** The new anchor of a link; undefined where it has none, or the old one holds. */
function newAnchor(link: Link, { path }: Document, anchors: NewAnchors): string | undefined {
  if (link.kind === 'reference') return undefined;
  const target = readLink(link.url, path);
  if (target.kind !== 'path' || target.anchor === undefined) return undefined;
  const known = anchors.get(target.path);
  return known?.get(target.anchor) ?? known?.get(target.anchor.toLowerCase());
}

/** Where the anchor of a link stands, behind its number sign. */
function anchorRange({ url, place }: Link, source: SourceText): { start: number; end: number } | undefined {
  const found = findDestination(source.at(place), url);
  const sign = found?.rest.indexOf('#') ?? -1;
  if (!found || sign < 0) return undefined;
  const start = source.lines.offset(place.line, place.column);
  return { start: start + found.start + found.path.length + sign + 1, end: start + found.end };
}

/** The links of a document whose anchors are those of headings that changed. */
export function anchorReplacements(
  document: Document,
  anchors: NewAnchors,
  sourceOf: (document: Document) => SourceText,
): Replacement[] {
  return document.facts.links.flatMap((link) => {
    const anchor = newAnchor(link, document, anchors);
    if (anchor === undefined) return [];
    const source = sourceOf(document);
    const range = anchorRange(link, source);
    if (!range) return [];
    const old = source.text.slice(range.start, range.end);
    const text = /%[0-9A-F]{2}/i.test(old) ? encodeURIComponent(anchor) : anchor;
    return [{ place: source.lines.place(range.start, range.end), text }];
  });
}
