import { bodyFacts } from '../model/body-facts.ts';
import { isControlComment, parseControl } from '../model/control.ts';
import { type Facts, noFacts } from '../model/facts.ts';
import { blankFrontmatter, readFrontmatter } from '../model/frontmatter.ts';
import type { MarkdownParser } from '../model/markdown.ts';
import { FILE_START, LineTable } from '../model/place.ts';

/** Containers (quotes, lists) nested deeper than this in one line cost a parser quadratic time. */
const MAX_CONTAINERS = 100;
const CONTAINERS = /^(?:[ \t]{0,8}(?:>|[-+*][ \t]|[0-9]{1,9}[.)][ \t])){100}/m;

type ReadControls = Pick<Facts, 'controls' | 'directiveProblems'>;

/** The control comments of the frontmatter: `# planproof-disable-line rule -- reason`. */
function frontmatterControls(text: string, end: number, lines: LineTable): ReadControls {
  const found = {
    controls: [] as Facts['controls'][number][],
    directiveProblems: [] as Facts['directiveProblems'][number][],
  };
  for (const match of text.slice(0, end).matchAll(/(?<=^|[ \t])#([ \t]*planproof-[^\r\n]*)/gm)) {
    if (!isControlComment(match[1] as string)) continue;
    const place = lines.place(match.index, match.index + match[0].length);
    const control = parseControl(match[1] as string, place);
    if (typeof control === 'string') found.directiveProblems.push({ message: control, place });
    else found.controls.push(control);
  }
  return found;
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
  if (tooDeep) return noFacts({ kind: 'limit', message: tooDeep.message }, FILE_START);
  const bodyStart = frontmatter?.end ?? 0;
  if (CONTAINERS.test(text.slice(bodyStart))) {
    const message = `Quotes and lists nest deeper than ${MAX_CONTAINERS} in one line`;
    return noFacts({ kind: 'limit', message }, FILE_START);
  }
  // A parser drops a byte order mark, here a second one, and with it the offsets of all behind it.
  const body = bodyFacts(text, tree ?? parser(blankFrontmatter(text, bodyStart).replace(/^\uFEFF/, ' ')), lines);
  const head = frontmatterControls(text, bodyStart, lines);
  return {
    problem: undefined,
    frontmatter,
    end: lines.place(text.length, text.length),
    ...body,
    controls: [...head.controls, ...body.controls],
    directiveProblems: [...head.directiveProblems, ...body.directiveProblems],
  };
}
