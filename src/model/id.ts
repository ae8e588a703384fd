/** How the ids of one document type look: `x-document.id` of its schema. */
export interface IdFormat {
  /** Canonical prefix, upper case. */
  readonly prefix: string;
  /** Prefixes that mean the same. */
  readonly aliases: readonly string[];
  /** Least number of digits. */
  readonly digits: number;
}

/** Something that has the form of an id, whatever its prefix. */
export interface IdText {
  /** Upper case, as written otherwise; not yet the canonical prefix. */
  readonly prefix: string;
  /** Decimal digits without leading zeros; a string, since a number may be longer than a double can hold. */
  readonly number: string;
}

const ID = /^[A-Z][A-Z0-9]*(?:-[A-Z][A-Z0-9]*)*-[0-9]+$/;

/** NFKC and upper case; the hyphens that NFKC leaves alone become the one of ASCII. */
export function foldId(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u2010\u2011]/g, '-')
    .toUpperCase();
}

let inText: RegExp | undefined;
/** The engine looks classes of Unicode up where it meets a pattern with them. */
const idInText = (): RegExp =>
  (inText ??=
    /(?<![\p{L}\p{N}_/.#-])[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z][A-Za-z0-9]*)*[-\u2010\u2011][0-9]+(?![\p{L}\p{N}_]|-[\p{L}\p{N}])/gu);
/** The same in a text of ASCII alone: the engine takes a millisecond to look classes of Unicode up, where it meets them. */
const ID_IN_ASCII =
  /(?<![A-Za-z0-9_/.#-])[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z][A-Za-z0-9]*)*-[0-9]+(?![A-Za-z0-9_]|-[A-Za-z0-9])/g;

/** The pattern of every word of a text that has the form of an id; no part of a longer word, path or address. */
export function idPattern(text: string): RegExp {
  return /[\u0080-\uffff]/.test(text) ? idInText() : ID_IN_ASCII;
}

const [ZERO, NINE] = [48, 57];

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= ZERO && code <= NINE;
}

/** The parts of a text that has the form of an id: of all ids that documents name, which is much for a pattern. */
function partsOf(text: string): IdText {
  let start = text.length - 1;
  while (isDigit(text, start - 1)) start -= 1;
  const prefix = text.slice(0, start - 1);
  while (start < text.length - 1 && text.charCodeAt(start) === ZERO) start += 1;
  return { prefix, number: text.slice(start) };
}

/** Reads `adr-015`, `ADR-15` and the like as prefix and number; undefined when the text has another form. */
export function parseIdText(text: string): IdText | undefined {
  // What has the form already is folded already.
  if (ID.test(text)) return partsOf(text);
  const folded = foldId(text.trim());
  return ID.test(folded) ? partsOf(folded) : undefined;
}

/** Identity of an id of a known type: canonical prefix and number without leading zeros, such as `ADR-15`. */
export type IdKey = string & { readonly __brand: 'IdKey' };

/** The identity of (type, number). */
export function idKey(format: IdFormat, number: string): IdKey {
  return `${format.prefix}-${number}` as IdKey;
}

/** The key of a canonical id. */
export function keyOfCanonical(canonical: string): IdKey {
  return canonical.replace(/-0*(?=[0-9]+$)/, '-') as IdKey;
}

/** The canonical text: upper case, padded to `digits`, no further zeros. */
export function canonicalId(format: IdFormat, number: string): string {
  return `${format.prefix}-${number.padStart(format.digits, '0')}`;
}

/** Whether the format owns the prefix, canonically or as an alias. */
export function ownsPrefix(format: IdFormat, prefix: string): boolean {
  return format.prefix === prefix || format.aliases.includes(prefix);
}

/** The id at the front of a file name such as `PLAN-003-rate-limit.md`, as it is written there; undefined without one. */
export function idOfFileName(fileName: string): string | undefined {
  return /^[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z][A-Za-z0-9]*)*-[0-9]+(?=-|\.md$)/.exec(fileName)?.[0];
}
