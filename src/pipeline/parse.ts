import { bodyFacts } from '../model/body-facts.ts';
import { type Control, isControlComment, parseControl } from '../model/control.ts';
import { type DirectiveProblem, type DocumentProblem, type Facts, noFacts, type OpenFacts } from '../model/facts.ts';
import { blankFrontmatter, readFrontmatter } from '../model/frontmatter.ts';
import { gapAbove, gapAround } from '../model/gaps.ts';
import type { MarkdownParser } from '../model/markdown.ts';
import { LineTable } from '../model/place.ts';
import { endOf } from '../model/sticky.ts';

/** Containers (quotes, lists) nested deeper than this in one line cost a parser quadratic time. */
const MAX_CONTAINERS = 100;
const CONTAINERS = /(?:[ \t]{0,8}(?:>|[-+*][ \t]|[0-9]{1,9}[.)][ \t])){100}/y;

/**
 * What satteri needs quadratic time or memory for, and in the end brings Node down with: marks in one long line, and
 * character references in one block, a whole table being one. It takes a second for either at the limit; what people
 * write stays below a hundredth of it.
 */
const LONG_LINE = 2000;
const LINE = /[^\r\n]*/y;
const MARK = /_|:\/\/|www\./g;
const NOT_ASCII = /[\u0080-\uffff]/;
const MARK_BESIDE_THEM = /[_*`~<&![\]\\]|:\/\/|www\./g;
const MAX_MARKS = 1_000_000_000;
const BLANK_LINE = /(?:\r\n|\n|\r)[ \t>]*(?:\r\n|\n|\r)/;
const MAX_REFERENCES = 300_000_000;

const cost = (part: string, pattern: RegExp): number => part.length * (part.match(pattern)?.length ?? 0);

function nestsTooDeep(text: string, bodyStart: number, lines: LineTable): boolean {
  return lines.longLines(MAX_CONTAINERS, bodyStart).some((start) => endOf(CONTAINERS, text, start) !== undefined);
}

function tooCostly(text: string, lines: LineTable): string | undefined {
  if (text.length ** 2 <= MAX_REFERENCES) return undefined;
  let marks = 0;
  for (const start of lines.longLines(LONG_LINE)) {
    const line = text.slice(start, endOf(LINE, text, start));
    marks += cost(line, NOT_ASCII.test(line) ? MARK_BESIDE_THEM : MARK);
  }
  if (marks > MAX_MARKS) return 'Too many marks such as `_`, `[` and `://` in long lines';
  if (cost(text, /&/g) <= MAX_REFERENCES) return undefined;
  let references = 0;
  for (const block of text.split(BLANK_LINE)) references += cost(block, /&/g);
  return references > MAX_REFERENCES
    ? 'Too many character references such as `&amp;` in one paragraph or table'
    : undefined;
}

/** One document that cannot be parsed must not end the run for all others. */
function attempt<T>(work: () => T): T | Error {
  try {
    return work();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Adds the control comments of the frontmatter: `# planproof-disable-line rule -- reason`. */
function addControls(facts: OpenFacts, text: string, end: number, lines: LineTable): void {
  const head = text.slice(0, end);
  if (!head.includes('planproof-')) return;
  const controls: Control[] = [];
  const problems: DirectiveProblem[] = [];
  for (const match of head.matchAll(/(?<=^|[ \t])#([ \t]*planproof-[^\r\n]*)/gm)) {
    if (!isControlComment(match[1] as string)) continue;
    const place = lines.place(match.index, match.index + match[0].length);
    const control = parseControl(match[1] as string, place);
    if (typeof control === 'string') problems.push({ message: control, place });
    else controls.push(control);
  }
  // They stand in front of those of the body.
  facts.controls = [...controls, ...facts.controls];
  facts.directiveProblems = [...problems, ...facts.directiveProblems];
}

/**
 * Parses one document: text without byte order mark → facts.
 *
 * @param tree a tree of the same text made elsewhere, with positions and without frontmatter nodes; parsed here if absent
 */
export function parse(text: string, parser: MarkdownParser, tree?: ReturnType<MarkdownParser>): Facts {
  const lines = new LineTable(text);
  const frontmatter = readFrontmatter(text, lines);
  const tooDeep = frontmatter?.problems.find((problem) => problem.kind === 'size');
  if (tooDeep) return noFacts({ kind: 'limit', message: tooDeep.message });
  // The body alone is refused: what the frontmatter says holds for others that refer to the document.
  const refused = (kind: DocumentProblem['kind'], message: string): Facts => noFacts({ kind, message }, frontmatter);
  const bodyStart = frontmatter?.end ?? 0;
  if (nestsTooDeep(text, bodyStart, lines)) {
    const message = `Quotes and lists nest deeper than ${MAX_CONTAINERS} in one line`;
    return refused('limit', message);
  }
  const costly = tree ? undefined : tooCostly(text, lines);
  if (costly !== undefined) return refused('limit', costly);
  // A parser drops a byte order mark, here a second one, and with it the offsets of all behind it.
  const body = blankFrontmatter(text, bodyStart, lines);
  const markdown = body.startsWith('\uFEFF') ? ` ${body.slice(1)}` : body;
  const facts = attempt(() => bodyFacts(text, tree ?? parser(markdown), lines));
  if (facts instanceof Error) {
    const message = `The Markdown parser failed on this document: ${facts.message}`;
    return refused('unreadable', message);
  }
  facts.frontmatter = frontmatter;
  facts.end = lines.place(text.length, text.length);
  facts.head = lines.place(...gapAround(text, bodyStart));
  facts.tail = lines.place(...gapAbove(text, text.length));
  addControls(facts, text, bodyStart, lines);
  return facts;
}
