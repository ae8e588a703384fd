import { type JSONPath, type Node, type ParseError, parseTree } from 'jsonc-parser';
import type { Edit } from './edit.ts';
import type { SourceText } from './source-text.ts';

/** A change to a JSON text: the value at a path, or undefined to take it out; `insert` puts it into a list, at -1 as the last. */
export interface JsonChange {
  readonly path: JSONPath;
  readonly value: unknown;
  readonly insert?: boolean;
}

/** How a JSON text is laid out. */
interface Layout {
  readonly indent: string;
  readonly lineEnd: string;
  /** What stands between a key and its value. */
  readonly colon: string;
}

function layoutOf(source: SourceText): Layout {
  const indent = /[\r\n]([ \t]+)\S/.exec(source.text)?.[1] ?? '  ';
  const isTight = /"[ \t]*:\S/.test(source.text) && !/"[ \t]*:\s/.test(source.text);
  return { indent, lineEnd: source.lineEndAt(0), colon: isTight ? ':' : ': ' };
}

const endOf = (node: Node): number => node.offset + node.length;

/** The white space in front of an offset. */
function spaceBefore(text: string, offset: number): string {
  let start = offset;
  while (start > 0 && /\s/.test(text[start - 1] as string)) start -= 1;
  return text.slice(start, offset);
}

/** What a line begins with on which something stands first; undefined for what has something before it on its line. */
function leadOf(text: string, offset: number): string | undefined {
  const space = spaceBefore(text, offset);
  if (space.length === offset) return /[^\r\n]*$/.exec(space)?.[0];
  return /[\r\n]([^\r\n]*)$/.exec(space)?.[1];
}

/** A value on lines of its own behind a lead, or on one line where there is none. */
function written(value: unknown, lead: string | undefined, { indent, lineEnd, colon }: Layout): string {
  if (lead !== undefined) return JSON.stringify(value, null, indent).replaceAll('\n', `${lineEnd}${lead}`);
  return colon === ':' ? JSON.stringify(value) : JSON.stringify(value, null, 1).replace(/\n */g, ' ');
}

const cut = (text: string, start: number, end: number, by = ''): string => text.slice(0, start) + by + text.slice(end);

/** A member of a mapping, which is its property, or of a list. Of keys that stand twice the last one counts, as in JSON.parse. */
function memberOf(container: Node, segment: string | number): Node | undefined {
  const members = container.children ?? [];
  if (container.type === 'array') return typeof segment === 'number' ? members[segment] : undefined;
  if (container.type !== 'object') return undefined;
  return members.findLast((member) => member.children?.[0]?.value === String(segment));
}

const valueIn = (member: Node): Node | undefined => (member.type === 'property' ? member.children?.[1] : member);

/** Puts the first member into an empty container. */
function fill(text: string, container: Node, member: (lead: string | undefined) => string, layout: Layout): string {
  const holder = container.parent?.type === 'property' ? container.parent : container;
  const lead = leadOf(text, holder.offset);
  const inner = lead === undefined ? undefined : `${lead}${layout.indent}`;
  const inside = text.slice(container.offset + 1, endOf(container) - 1).trim();
  const before = inside === '' ? '' : `${inside}${layout.lineEnd}${inner ?? ''}`;
  const filled =
    inner === undefined && before === ''
      ? member(undefined)
      : `${layout.lineEnd}${inner ?? ''}${before}${member(inner)}${layout.lineEnd}${lead ?? ''}`;
  return cut(text, container.offset + 1, endOf(container) - 1, filled);
}

/** Where the next member goes behind the last one: a comma that stands there, and a comment on its line, stay before it. */
function behind(text: string, last: Node, isLines: boolean): { at: number; comma: string } {
  const rest = text.slice(endOf(last));
  const comma = /^\s*,/.exec(rest)?.[0] ?? '';
  const comment = isLines
    ? (/^[ \t]*(?:\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/)/.exec(rest.slice(comma.length))?.[0] ?? '')
    : '';
  return { at: endOf(last) + comma.length + comment.length, comma: comma === '' ? ',' : '' };
}

/** Puts a member into a list or mapping before another one, or behind all, laid out as its neighbours are. */
function add(
  text: string,
  container: Node,
  at: number,
  member: (lead: string | undefined) => string,
  layout: Layout,
): string {
  const members = container.children ?? [];
  const neighbour = members[at] ?? members.at(-1);
  if (!neighbour) return fill(text, container, member, layout);
  const lead = leadOf(text, neighbour.offset);
  const gap = lead === undefined ? spaceBefore(text, neighbour.offset) : `${layout.lineEnd}${lead}`;
  if (members[at]) return cut(text, neighbour.offset, neighbour.offset, `${member(lead)},${gap}`);
  const space = lead === undefined && members.length === 1 && layout.colon !== ':' ? ' ' : gap;
  const place = behind(text, neighbour, lead !== undefined);
  const whole = cut(text, place.at, place.at, `${space}${member(lead)}`);
  return cut(whole, endOf(neighbour), endOf(neighbour), place.comma);
}

/** Takes a member out, with the comma that it needs no more; comments stay. */
function remove(text: string, container: Node, member: Node): string {
  const members = container.children ?? [];
  const at = members.indexOf(member);
  const [previous, next] = [members[at - 1], members[at + 1]];
  const from = previous && !next ? endOf(previous) : next ? member.offset : container.offset + 1;
  const to = next ? next.offset : previous ? endOf(member) : endOf(container) - 1;
  const around = text.slice(from, member.offset) + text.slice(endOf(member), to);
  if (/^[\s,]*$/.test(around)) return cut(text, from, to);
  const without = cut(text, member.offset, endOf(member));
  const start = next || !previous ? member.offset : endOf(previous);
  const comma = /(?:\/\/[^\r\n]*|\/\*[\s\S]*?\*\/|[^,/])*?,/y;
  comma.lastIndex = start;
  const found = next || previous ? comma.exec(without) : null;
  return found ? cut(without, start + found[0].length - 1, start + found[0].length) : without;
}

/** The value with the mappings and lists around it that a path names and a text lacks. */
function wrapped(value: unknown, path: JSONPath): unknown {
  return path.reduceRight<unknown>(
    (inner, segment) => (typeof segment === 'number' ? [inner] : { [segment]: inner }),
    value,
  );
}

/** Sets the value of a node that is there. */
function replace(text: string, member: Node, node: Node, value: unknown, layout: Layout): string {
  const isOneLine = (node.children ?? []).length > 0 && !/[\r\n]/.test(text.slice(node.offset, endOf(node)));
  const lead = isOneLine ? undefined : leadOf(text, member.offset);
  return cut(text, node.offset, endOf(node), written(value, lead, layout));
}

/** @throws RangeError when the text is no JSON */
function treeOf(text: string): Node {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  if (!root || errors.length > 0) throw new RangeError('Unexpected text, expected JSON');
  return root;
}

/** The deepest member on a path that a text has, and how many steps lead there. */
function descend(root: Node, path: JSONPath): { member: Node; depth: number } {
  let member = root;
  for (const [depth, segment] of path.entries()) {
    const below = memberOf(valueIn(member) as Node, segment);
    if (!below) return { member, depth };
    member = below;
  }
  return { member, depth: path.length };
}

/** Puts a value where there is none: as the member of a mapping or a list that a path names, and what it lacks around it. */
function grow(text: string, container: Node, path: JSONPath, value: unknown, layout: Layout): string {
  const [segment = '', ...inner] = path;
  const isItem = typeof segment === 'number';
  if (container.type !== (isItem ? 'array' : 'object'))
    throw new RangeError(`Unexpected ${container.type}, expected what can hold \`${segment}\``);
  const at = isItem && segment >= 0 ? segment : (container.children?.length ?? 0);
  const key = isItem ? '' : `${JSON.stringify(segment)}${layout.colon}`;
  return add(text, container, at, (lead) => `${key}${written(wrapped(value, inner), lead, layout)}`, layout);
}

function changeOne(text: string, { path, value, insert = false }: JsonChange, layout: Layout): string {
  const root = treeOf(text);
  const { member, depth } = descend(root, insert ? path.slice(0, -1) : path);
  const node = valueIn(member) as Node;
  const isThere = depth === path.length;
  if (value !== undefined)
    return isThere ? replace(text, member, node, value, layout) : grow(text, node, path.slice(depth), value, layout);
  return isThere && member.parent ? remove(text, member.parent, member) : text;
}

/**
 * Changes a JSON text; order of keys, layout, comments, unknown keys, line ends and the final line end stay. What is new is
 * laid out as its neighbours are.
 *
 * @throws RangeError when the text is no JSON, or a path leads through something else than a mapping or a list
 */
export function changeJson(source: SourceText, changes: readonly JsonChange[]): Edit[] {
  const layout = layoutOf(source);
  return source.editsTo(changes.reduce((text, change) => changeOne(text, change, layout), source.text));
}
