import type { Edit } from './edit.ts';
import { type Entry, entryAt, type Frontmatter } from './frontmatter.ts';
import { type Fields, firstToHold, readableFrontmatter, scalarForms } from './frontmatter-form.ts';
import { cut, lineEnd, lineStart, linesOf, memberCuts, type Span, spanOf } from './frontmatter-span.ts';
import { escapePointer } from './json-pointer.ts';
import type { SourceText } from './source-text.ts';

const entryOf = (frontmatter: Frontmatter, key: string): Entry | undefined =>
  entryAt(frontmatter, `/${escapePointer(key)}`);

const fieldsOf = (frontmatter: Frontmatter): Fields => Object.entries(frontmatter.data);

/** The fields with another value for a key, which comes last if it is new. */
function withField(frontmatter: Frontmatter, key: string, value: unknown): Fields {
  const fields = fieldsOf(frontmatter);
  return fields.some(([name]) => name === key)
    ? fields.map(([name, old]) => [name, name === key ? value : old])
    : [...fields, [key, value]];
}

/** The places of the top-level keys with their values. */
function memberSpans(source: SourceText, frontmatter: Frontmatter): { key: string; span: Span }[] {
  return fieldsOf(frontmatter).flatMap(([key]) => {
    const entry = entryOf(frontmatter, key);
    if (!entry?.key) return [];
    const start = source.lines.offset(entry.key.line, entry.key.column);
    const end = entry.source === '' ? source.lines.offset(entry.key.endLine, entry.key.endColumn) : start;
    return [{ key, span: { start, end: Math.max(end, spanOf(source, entry).end) } }];
  });
}

/** Adds a key, with what stands behind its colon, as the last one: on a line of its own above the closing fence, or in the braces of a mapping on one line. */
function addKey(source: SourceText, frontmatter: Frontmatter, key: string, behind: string): Edit[] {
  const [name = key] = scalarForms(key);
  const spans = memberSpans(source, frontmatter);
  const root = entryAt(frontmatter, '');
  const last = spans.at(-1)?.span;
  if (root && last && source.at(root.value).startsWith('{'))
    return [source.replace(last.end, last.end, `, ${name}:${behind}`)];
  const close = source.text.slice(0, frontmatter.end).lastIndexOf('---');
  const first = spans[0]?.span.start ?? close;
  const lead = source.text.slice(lineStart(source, first), first);
  return [source.replace(close, close, `${lead}${name}:${behind.replaceAll('\n', `\n${lead}`)}\n`)];
}

/** Puts a value behind the colon of a key that has none; a comment on the line stays. */
function fillKey(source: SourceText, entry: Entry, value: string): Edit[] {
  if (!entry.key) return [];
  const behind = source.lines.offset(entry.key.endLine, entry.key.endColumn);
  const colon = /^["']?[ \t]*:/.exec(source.text.slice(behind));
  if (!colon) return [];
  const at = behind + colon[0].length;
  return [source.replace(at, at, ` ${value}`)];
}

/** There is nothing behind the key, not even quotes or `null`. */
const isEmpty = (source: SourceText, entry: Entry): boolean => {
  const { start, end } = spanOf(source, entry);
  return entry.source === '' && start === end;
};

function replaceValue(source: SourceText, entry: Entry, value: string): Edit[] {
  const { start, end } = spanOf(source, entry);
  return isEmpty(source, entry) ? fillKey(source, entry, value) : [source.replace(start, end, value)];
}

/** A block scalar whose first line has a comment: it would go with the value. */
const hasOwnComment = (text: string): boolean => /^[|>][^\r\n]*#/.test(text);

/**
 * Sets a text value of the frontmatter; a key that is not there yet comes last.
 *
 * @returns undefined when the frontmatter cannot be read, the key holds a list or a mapping, or the value has line ends
 */
export function setValue(source: SourceText, key: string, value: string): Edit[] | undefined {
  const frontmatter = readableFrontmatter(source);
  if (!frontmatter) return undefined;
  if (frontmatter.data[key] === value) return [];
  const entry = entryOf(frontmatter, key);
  const old = entry && source.at(entry.value);
  if (entry?.source === null || (old !== undefined && hasOwnComment(old))) return undefined;
  const isFlow = source.at(entryAt(frontmatter, '')?.value ?? frontmatter.open).startsWith('{');
  const ways = scalarForms(value, { old, isFlow }).map((form) =>
    entry ? replaceValue(source, entry, form) : addKey(source, frontmatter, key, ` ${form}`),
  );
  return firstToHold(source, frontmatter, withField(frontmatter, key, value), ways);
}

/** Takes a key out of the frontmatter, with its lines; nothing where it is not there. */
export function removeKey(source: SourceText, key: string): Edit[] {
  const frontmatter = readableFrontmatter(source);
  if (!frontmatter) return [];
  const members = memberSpans(source, frontmatter);
  const at = members.findIndex((member) => member.key === key);
  const own = members[at]?.span;
  const entry = entryOf(frontmatter, key);
  if (!own || !entry) return [];
  // A block scalar may keep the blank lines below it; one above would take over what stands there.
  const rawEnd = Math.max(own.end, source.lines.offset(entry.value.endLine, entry.value.endColumn) - 1);
  const blank =
    /^[^\r\n]*(?:(?:\r\n|\n|\r)(?:[ \t]*|[ \t]+#[^\r\n]*)(?=[\r\n]))*/.exec(source.text.slice(own.end))?.[0].length ??
    0;
  const spans = members.map(({ span }) => span);
  const ways = [
    [linesOf(source, own.start, own.end)],
    [linesOf(source, own.start, rawEnd)],
    [linesOf(source, own.start, own.end + blank)],
    memberCuts(source, spans, at, frontmatter.end),
  ].map((cuts) => cuts.map((span) => cut(source, span)));
  const fields = fieldsOf(frontmatter).filter(([name]) => name !== key);
  return firstToHold(source, frontmatter, fields, ways) ?? [];
}

/** The members of a list, in their order. */
function members(frontmatter: Frontmatter, key: string, list: readonly unknown[]): Entry[] {
  return list.flatMap((_, at) => entryAt(frontmatter, `/${escapePointer(key)}/${at}`) ?? []);
}

/** A new line of a block list, with the dash of the line above. */
function blockItem(source: SourceText, list: Entry, last: Entry, value: string): Edit[] {
  const { start, end } = spanOf(source, last);
  const own = source.text.slice(lineStart(source, start), start);
  const indent = source.text.slice(lineStart(source, spanOf(source, list).start), spanOf(source, list).start);
  const dash = /-[ \t]+$/.exec(own)?.[0] ?? '- ';
  const at = lineEnd(source, Math.max(end, start));
  return [source.replace(at, at, `\n${indent}${dash}${value}`)];
}

/** A new member of a list in brackets: on a line of its own where the last one has one. */
function flowItem(source: SourceText, list: Entry, last: Entry | undefined, value: string): Edit[][] {
  const open = spanOf(source, list).start + 1;
  if (!last) return [[source.replace(open, open, value)]];
  const { start, end } = spanOf(source, last);
  const beside = [source.replace(end, end, `, ${value}`)];
  const lead = source.text.slice(lineStart(source, start), start);
  const rest = /^([ \t]*,)?[ \t]*(?:#[^\r\n]*)?(?=[\r\n])/.exec(source.text.slice(end));
  if (!/^[ \t]*$/.test(lead) || !rest) return [beside];
  const comma = rest[1] === undefined ? [source.replace(end, end, ',')] : [];
  const line = source.replace(end + rest[0].length, end + rest[0].length, `\n${lead}${value}${rest[1] ? ',' : ''}`);
  return [[...comma, line], beside];
}

/** A scalar that holds several values with commas gets one more, in the quotes that it has or else needs. */
function intoScalar(source: SourceText, entry: Entry, value: string): Edit[][] {
  const { start, end } = spanOf(source, entry);
  const old = source.text.slice(start, end);
  const [form = ''] = /^["']/.test(old) ? scalarForms(value, { old }) : [value];
  const inner = /^["']/.test(old) ? form.slice(1, -1) : form;
  const at = /^["']/.test(old) ? end - 1 : end;
  const whole = scalarForms(`${entry.source}, ${value}`, { old });
  return [[source.replace(at, at, `, ${inner}`)], ...whole.map((text) => [source.replace(start, end, text)])];
}

/** The list that a key without a list becomes. */
function newList(source: SourceText, frontmatter: Frontmatter, key: string, value: string): Edit[][] {
  const entry = entryOf(frontmatter, key);
  const forms = scalarForms(value, { isFlow: true });
  if (entry) return forms.map((form) => replaceValue(source, entry, `[${form}]`));
  return [
    ...scalarForms(value).map((form) => addKey(source, frontmatter, key, `\n  - ${form}`)),
    ...forms.map((form) => addKey(source, frontmatter, key, ` [${form}]`)),
  ];
}

/**
 * Adds a text to a list of the frontmatter, in the form the list has: block or flow. A key without value, or that is not
 * there yet, becomes a list; a scalar that holds several values with commas gets one more.
 *
 * @returns undefined when the frontmatter cannot be read, the key holds a mapping, or the text has line ends
 */
export function addToList(source: SourceText, key: string, value: string): Edit[] | undefined {
  const frontmatter = readableFrontmatter(source);
  if (!frontmatter || /[\r\n]/.test(value)) return undefined;
  const entry = entryOf(frontmatter, key);
  const old = frontmatter.data[key] ?? null;
  const become = (data: unknown, ways: readonly Edit[][]): Edit[] | undefined =>
    firstToHold(source, frontmatter, withField(frontmatter, key, data), ways);
  if (!entry || old === null || old === '') return become([value], newList(source, frontmatter, key, value));
  if (entry.source !== null) {
    if (hasOwnComment(source.at(entry.value))) return undefined;
    return become(`${entry.source}, ${value}`, intoScalar(source, entry, value));
  }
  if (!Array.isArray(old)) return undefined;
  const last = members(frontmatter, key, old).at(-1);
  const isFlow = source.at(entry.value).startsWith('[');
  const ways = scalarForms(value, { isFlow }).flatMap((form) => {
    if (isFlow) return flowItem(source, entry, last, form);
    return last ? [blockItem(source, entry, last, form)] : [];
  });
  return become([...old, value], ways);
}

/** Comments in the ranges that a member is taken out with; those inside of a text are none. */
function cutsComment(source: SourceText, cuts: readonly Span[], own: Span, entry: Entry): boolean {
  const outside = cuts.map(({ start, end }) => {
    const [from, to] = [Math.max(start, own.start), Math.min(end, own.end)];
    return from < to ? source.text.slice(start, from) + source.text.slice(to, end) : source.text.slice(start, end);
  });
  const inside = entry.source === null ? source.text.slice(own.start, own.end) : '';
  return outside.join('').includes('#') || /\s#/.test(inside);
}

/** Where a member has to be cut out; undefined when there is none, or a comment would go with it. */
function cutsOf(
  source: SourceText,
  list: Entry,
  all: readonly Entry[],
  spans: readonly Span[],
  at: number,
): Span[] | undefined {
  const [entry, own] = [all[at], spans[at]];
  if (!entry || !own) return undefined;
  const cuts = source.at(list.value).startsWith('[')
    ? memberCuts(source, spans, at, spanOf(source, list).end - 1)
    : [linesOf(source, own.start, Math.max(own.start, own.end))];
  return cutsComment(source, cuts, own, entry) ? undefined : cuts;
}

/**
 * Takes members out of a list of the frontmatter; the last one leaves `[]`.
 *
 * @param at their indices
 * @returns undefined when there is none, a comment would go with it, or they cannot go together
 */
export function removeFromList(source: SourceText, key: string, ...at: readonly number[]): Edit[] | undefined {
  const frontmatter = readableFrontmatter(source);
  const list = frontmatter && entryOf(frontmatter, key);
  const old = frontmatter?.data[key];
  if (!frontmatter || !list || !Array.isArray(old)) return undefined;
  const all = members(frontmatter, key, old);
  if (all.length !== old.length) return undefined;
  const spans = all.map((entry) => spanOf(source, entry));
  const found = at.map((one) => cutsOf(source, list, all, spans, one));
  const cuts = found.flatMap((own) => own ?? []).sort((a, b) => a.start - b.start);
  const overlap = cuts.some(({ end }, index) => end > ((cuts[index + 1] as Span | undefined)?.start ?? end));
  if (found.includes(undefined) || overlap) return undefined;
  const isFlow = source.at(list.value).startsWith('[');
  const filled = isFlow || all.length > at.length ? [] : fillKey(source, list, '[]');
  const edits = [...filled, ...cuts.map((span) => cut(source, span))];
  const gone = new Set(at);
  const kept = old.filter((_, index) => !gone.has(index));
  return firstToHold(source, frontmatter, withField(frontmatter, key, kept), [edits]);
}
