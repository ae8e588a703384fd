import { clean } from './clean.ts';

/**
 * All escaping of reports, in one place. A reporter returns text of its format, and only the functions below make such
 * text: a raw string where an escaped one belongs does not compile.
 */
declare const format: unique symbol;

/** Text that does no harm where its format puts it. */
export type Escaped<Format extends string> = string & { readonly [format]: Format };

type Value<Format extends string> = number | Escaped<Format>;

function template<Format extends string>(
  parts: TemplateStringsArray,
  ...values: readonly Value<Format>[]
): Escaped<Format> {
  return String.raw({ raw: parts }, ...values) as Escaped<Format>;
}

/** Puts pieces one behind the other. */
export function join<Format extends string>(
  pieces: readonly Escaped<Format>[],
  between: '' | '\n' | ', ' | ',' | ' ' = '\n',
): Escaped<Format> {
  return pieces.join(between) as Escaped<Format>;
}

/** Terminals: neither control characters nor line ends of the text itself. */
export type Terminal = Escaped<'terminal'>;
export const terminal: typeof template<'terminal'> = template;
export const terminalText = (raw: string): Terminal => clean(raw) as Terminal;

/** JSON, of whatever value. Control characters and old workflow commands stand as escapes: the value is the same. */
export type Json = Escaped<'json'>;
export function jsonText(value: unknown): Json {
  const json = JSON.stringify(value, null, 2)
    .replace(/[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, (char) => `\\u${hex(char)}`)
    .replaceAll('##[', '#\\u0023[');
  return `${json}\n` as Json;
}
const hex = (char: string): string => char.charCodeAt(0).toString(16).padStart(4, '0');

/** XML 1.0 has no form for these, not even escaped: control characters and lone surrogates. */
const NOT_XML =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** XML, for text and for attributes in double quotes. */
export type Xml = Escaped<'xml'>;
export const xml: typeof template<'xml'> = template;
export const xmlText = (raw: string): Xml =>
  raw
    .replace(NOT_XML, '\ufffd')
    .replace(/[&<>"]/g, (sign) => ENTITIES[sign] as string)
    .replace(/[\t\n\r]|#(?=#\[)/g, (sign) => `&#${sign.charCodeAt(0)};`) as Xml;

/** Workflow commands of GitHub's runner, which also obeys the older `##[…]` anywhere in a line. */
export type WorkflowCommand = Escaped<'workflow command'>;
export const workflowCommand: typeof template<'workflow command'> = template;
const withoutOldCommands = (raw: string): string => raw.replaceAll('##[', '## [');
export const commandMessage = (raw: string): WorkflowCommand =>
  withoutOldCommands(raw).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A') as WorkflowCommand;
export const commandProperty = (raw: string): WorkflowCommand =>
  commandMessage(raw).replaceAll(':', '%3A').replaceAll(',', '%2C') as WorkflowCommand;

/** Text for people as it may stand in the log of GitHub's runner: none of its lines is a command. */
export function inRunnerLog(text: string): string {
  return withoutOldCommands(text).replace(/^(\s*):(?=:)/gm, '$1\u200b:');
}

const MARKDOWN_SIGNS = /[\\`*_{}[\]()#+.!|~-]/g;
const html = (raw: string): string => raw.replace(/[&<>"]/g, (sign) => ENTITIES[sign] as string);
/** Neither a mention of somebody nor a reference to an issue: the renderer looks for both behind all escaping. */
const mute = (raw: string): string => raw.replace(/([@#])(?=\w)/g, '$1\u200b').replace(/:(?=\/\/)/g, ':\u200b');

/** GitHub's Markdown in a table cell: text, with what stands in back-ticks as code. */
export type Markdown = Escaped<'markdown'>;
export const markdown: typeof template<'markdown'> = template;
const words = (raw: string): string => mute(html(raw.replace(MARKDOWN_SIGNS, '\\$&')));
export const markdownCode = (raw: string): Markdown =>
  `<code>${html(clean(raw)).replace(/[\\`*_[\]|~#@:]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</code>` as Markdown;
export const markdownText = (raw: string): Markdown =>
  clean(raw)
    .split(/(`[^`]*`)/)
    .map((part) => (/^`[^`]*`$/.test(part) ? markdownCode(part.slice(1, -1)) : words(part)))
    .join('') as Markdown;

/** A link; the address is one of ours. */
export const markdownLink = (text: Markdown, address: string): Markdown =>
  `[${text}](${encodeURI(address).replace(/[()]/g, (sign) => (sign === '(' ? '%28' : '%29'))})` as Markdown;

/** A path as the path of an address. */
export const uriPath = (path: string): string => path.split('/').map(encodeURIComponent).join('/');
