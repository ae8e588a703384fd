import { isDeepStrictEqual } from 'node:util';
import { isMap, isSeq, type Node, parseDocument, stringify, type YAMLMap, type YAMLSeq } from 'yaml';
import { nestsTooDeep } from '../model/frontmatter.ts';

/** Where something goes in a YAML file: below these keys, under a key of its own or, without one, at the end of the list. */
export interface YamlPlace {
  readonly path: readonly string[];
  readonly key?: string;
}

type Parsed = ReturnType<typeof parseDocument>;

/** Parses one document; undefined when it is none, or refers to itself. */
function parse(text: string): { document: Parsed; data: unknown } | undefined {
  if (nestsTooDeep(text)) return undefined;
  const document = parseDocument(text);
  if (document.errors.length > 0) return undefined;
  try {
    return { document, data: document.toJS() as unknown };
  } catch {
    return undefined;
  }
}

/** What a YAML text holds; undefined when it cannot be read. */
export function yamlData(text: string): unknown {
  return parse(text)?.data;
}

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The innermost value with the addition; undefined when something else stands in its way. */
function added(data: unknown, key: string | undefined, value: unknown): unknown {
  const isEmpty = data === undefined || data === null;
  if (key === undefined) return isEmpty ? [value] : Array.isArray(data) ? [...data, value] : undefined;
  if (isEmpty) return { [key]: value };
  return isObject(data) && !Object.hasOwn(data, key) ? { ...data, [key]: value } : undefined;
}

/** The data with the value in it; undefined when something else stands in its way. */
function expected(data: unknown, { path, key }: YamlPlace, value: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return added(data, key, value);
  const holder = data ?? {};
  if (!isObject(holder)) return undefined;
  const inner = expected(holder[first], key === undefined ? { path: rest } : { path: rest, key }, value);
  return inner === undefined ? undefined : { ...holder, [first]: inner };
}

/** The innermost block on the path, and what has to be put into it. */
function target(
  contents: Node | null,
  { path, key }: YamlPlace,
  value: unknown,
): { block: YAMLMap | YAMLSeq; addition: unknown } | undefined {
  let block = contents;
  const open = [...path];
  while (open.length > 0 && isMap(block)) {
    const next = block.get(open[0], true) as Node | undefined;
    if (!isMap(next) && !isSeq(next)) break;
    block = next;
    open.shift();
  }
  if (!isMap(block) && !isSeq(block)) return undefined;
  const leaf: unknown = key === undefined ? [value] : { [key]: value };
  return { block, addition: open.reduceRight((inner, name) => ({ [name]: inner }), leaf) };
}

/** Behind the last member of a block, at the end of its line. */
function endOfBlock(text: string, block: YAMLMap | YAMLSeq): number {
  const end = text.slice(0, block.range?.[1] ?? text.length).trimEnd().length;
  const line = text.indexOf('\n', end);
  return line === -1 ? text.length : text[line - 1] === '\r' ? line - 1 : line;
}

/** The text with the addition behind the last member of a block; every other byte stays. */
function behindLast(text: string, block: YAMLMap | YAMLSeq, addition: unknown): string | undefined {
  if (block.flow || block.items.length === 0) return undefined;
  const start = block.range?.[0] ?? 0;
  const lead = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  if (lead.trim() !== '') return undefined;
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = stringify(addition, { lineWidth: 0, indentSeq: indents(text) })
    .trimEnd()
    .split('\n');
  const at = endOfBlock(text, block);
  // Keys of a whole file are set apart where the file sets them apart.
  const gap = isMap(block) && lead === '' && /\n\r?\n\S/.test(text) ? lineEnd : '';
  const written = gap + lines.map((line) => `${lineEnd}${lead}${line}`).join('');
  return `${text.slice(0, at)}${written}${at === text.length ? lineEnd : text.slice(at)}`;
}

/** Whether lists are indented below their keys, as in most files. */
const indents = (text: string): boolean => !/^( *)[^\s#-][^\n]*:[ \t]*\r?\n\1- /m.test(text);

/** The text laid out anew, with the value; undefined where something else stands at its place. */
function laidOutAnew({ document }: { document: Parsed }, { path, key }: YamlPlace, value: unknown): string | undefined {
  try {
    if (key === undefined) document.addIn(path, document.createNode(value));
    else document.setIn([...path, key], document.createNode(value));
    return document.toString({ lineWidth: 0 });
  } catch {
    return undefined;
  }
}

/**
 * Puts a value into a YAML text. Everything else stays byte by byte where the text is laid out in blocks; else the
 * layout may change, comments stay.
 *
 * @returns undefined where it cannot be done without loss
 */
export function insertYaml(text: string, place: YamlPlace, value: unknown): string | undefined {
  const parsed = parse(text);
  const wanted = parsed && expected(parsed.data, place, value);
  if (!parsed || wanted === undefined) return undefined;
  const isWanted = (candidate: string | undefined): candidate is string =>
    candidate !== undefined && isDeepStrictEqual(parse(candidate)?.data, wanted);
  const contents = parsed.document.contents as Node | null;
  if (contents === null) {
    const start = text.trim() === '' ? '' : `${text.trimEnd()}\n\n`;
    return start + stringify(wanted);
  }
  const found = target(contents, place, value);
  const added = found && behindLast(text, found.block, found.addition);
  if (isWanted(added)) return added;
  const anew = laidOutAnew(parsed, place, value);
  return isWanted(anew) ? anew : undefined;
}
