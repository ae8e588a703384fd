import { endOf } from './sticky.ts';

/** The address of a link as it stands in the text, without what encloses it. */
export interface Destination {
  /** Offsets in the text of the link: [start, end). */
  readonly start: number;
  readonly end: number;
  /** As written, up to a query or an anchor. */
  readonly path: string;
  /** The query and the anchor, as written. */
  readonly rest: string;
  /** It stands in angle brackets. */
  readonly isAngled: boolean;
}

const ESCAPED = /\\([!-/:-@[-`{-~])/g;
/** What may stand between the parts of a link: also the marks of a quote around it. */
const SPACE = /(?:[ \t]|(?:\r\n|\n|\r)[ \t>]*)*/y;
const TITLE = /"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|\((?:[^()\\]|\\[\s\S])*\)/y;
const ANGLED = /<((?:[^<>\\\r\n]|\\[^\r\n])*)>/y;
const LABEL = /^\[(?:[^[\]\\]|\\[\s\S])*\]:/;

const skipSpace = (text: string, at: number): number => endOf(SPACE, text, at) ?? at;

/** The end of an address without angle brackets: parentheses in it go in pairs. */
function bareEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const char = text[at] as string;
    if (char <= ' ' || char === '\u007f') return at;
    if (char === '\\') at += 1;
    else if (char === '(') depth += 1;
    else if (char === ')' && depth === 0) return at;
    else if (char === ')') depth -= 1;
  }
  return text.length;
}

/** Address and title that reach from an offset to `end`; undefined when anything else stands there. */
function readAt(text: string, from: number, end: number): Destination | undefined {
  const open = skipSpace(text, from);
  const angledEnd = endOf(ANGLED, text, open);
  const isAngled = angledEnd !== undefined;
  const close = angledEnd ?? bareEnd(text, open);
  const [start, stop] = isAngled ? [open + 1, close - 1] : [open, close];
  const behind = skipSpace(text, close);
  const titled = behind > close ? endOf(TITLE, text, behind) : undefined;
  if (skipSpace(text, titled ?? behind) !== end) return undefined;
  const raw = text.slice(start, stop);
  const cut = /[?#]|$/.exec(raw)?.index as number;
  return { start, end: stop, path: raw.slice(0, cut), rest: raw.slice(cut), isAngled };
}

/** Whether an address as written reads as a parser said. */
function reads({ path, rest }: Destination, url: string): boolean {
  return (path + rest).replace(ESCAPED, '$1').replaceAll('&amp;', '&') === url;
}

/**
 * Finds the address in the text of an inline link, an image or a definition.
 *
 * @param url what the parser read; only what reads the same is taken
 * @returns undefined when it cannot be told exactly
 */
export function findDestination(text: string, url: string): Destination | undefined {
  const label = LABEL.exec(text);
  if (label) {
    const found = readAt(text, label[0].length, text.length);
    return found && reads(found, url) ? found : undefined;
  }
  if (!text.endsWith(')')) return undefined;
  // The words of a link may hold images, and a title anything: what reads right and reaches to the end is the address.
  for (let at = text.lastIndexOf(']('); at >= 0; at = at === 0 ? -1 : text.lastIndexOf('](', at - 1)) {
    const found = readAt(text, at + 2, text.length - 1);
    if (found && reads(found, url)) return found;
  }
  return undefined;
}

/** Signs that would end the path of an address or be read as something else. */
const RESERVED = /[%?#\\<>\u0000-\u001f\u007f]|&(?=[#\w])/g;
const percent = (text: string): string =>
  encodeURIComponent(text).replace(/[()*'!]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * A path written the way the old one is: in angle brackets or without, other letters than ASCII as signs or in percent.
 *
 * @param way what stands before it as written, where only the end of the path is another
 */
export function writeDestination({ path, isAngled }: Destination, newPath: string, way = ''): string {
  const plain = newPath.replace(RESERVED, percent);
  const bare = isAngled ? plain : plain.replace(/[ ()\p{White_Space}]/gu, percent);
  const isEncoded = /%[89A-F][0-9A-F]/i.test(path);
  const hasSpace = isAngled && /%20/.test(path);
  const spaced = hasSpace ? bare.replaceAll(' ', '%20') : bare;
  return way + (isEncoded ? spaced.replace(/[^\u0000-\u007f]+/g, percent) : spaced);
}
