import type { Finding } from '../model/finding.ts';
import { isPrintableAscii } from '../model/printable.ts';
import { rulePage } from '../model/rule-page.ts';
import { join, type Terminal, terminal, terminalText } from './escape.ts';
import { count, type Report, type Summary, summarize } from './report.ts';
import type { Style } from './style.ts';

const MAX_WIDTH = 100;
const widePattern = (): RegExp =>
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}\uff01-\uff60]/u;

/** What needs no word where the finding stands in the changed file itself. */
const PLAIN_CHANGES: readonly string[] = ['added', 'changed'];

/** Columns that a text takes on a terminal, near enough for a caret. */
function width(text: string): number {
  if (isPrintableAscii(text)) return text.length;
  let columns = 0;
  const wide = widePattern();
  for (const char of text) columns += wide.test(char) ? 2 : /\p{M}|\u200d/u.test(char) ? 0 : 1;
  return columns;
}

interface Snippet {
  readonly line: Terminal;
  readonly indent: number;
  readonly carets: number;
}

/** The offending line, cut to the width of a screen around the place, and the range of the carets below it. */
function snippet(source: string, finding: Finding): Snippet {
  const from = finding.column - 1;
  const to = finding.endLine === finding.line ? Math.max(finding.endColumn - 1, from) : source.length;
  // Most lines are plain and short.
  if (from <= source.length && source.length <= MAX_WIDTH - 20 && isPrintableAscii(source))
    return { line: terminalText(source), indent: from, carets: Math.max(1, Math.min(to, source.length) - from) };
  const start = from > MAX_WIDTH - 20 ? from - 20 : 0;
  const print = (text: string): Terminal => terminalText(text.replaceAll('\t', '  '));
  const shown = source.slice(start, start + MAX_WIDTH);
  const cut = (isCut: boolean): Terminal => (isCut ? terminal`…` : terminal``);
  const before = terminal`${cut(start > 0)}${print(source.slice(start, from))}`;
  const line = terminal`${cut(start > 0)}${print(shown)}${cut(start + MAX_WIDTH < source.length)}`;
  return {
    line,
    indent: width(before),
    carets: Math.max(1, width(print(source.slice(from, Math.min(to, start + MAX_WIDTH))))),
  };
}

const spaces = (number: number): Terminal => terminalText(' '.repeat(number));

function gutter(label: string, size: number, style: Style): Terminal {
  return style.faint(terminal`${terminalText(label.padStart(size))} | `);
}

/** How a finding can be fixed. */
function fixMark({ plan }: Finding, style: Style): Terminal {
  if (!plan) return terminal``;
  return terminal` ${style.faint(plan.safe ? terminal`(--fix)` : terminal`(--fix-unsafe)`)}`;
}

function finding(found: Finding, source: string | undefined, style: Style): Terminal[] {
  const mark = found.severity === 'error' ? style.error : style.warning;
  const rule = style.link(style.faint(terminalText(found.rule)), rulePage(found.rule));
  const size = Math.max(6, String(found.line).length + 4);
  const severity = mark(terminalText(found.severity));
  const place = terminal`${found.line}:${found.column}`;
  const told = [terminal`  ${place}  ${severity}  ${terminalText(found.message)}  ${rule}${fixMark(found, style)}`];
  if (source !== undefined && source.trim() !== '') {
    const { line, indent, carets } = snippet(source, found);
    told.push(terminal`${gutter(String(found.line), size, style)}${line}`);
    told.push(terminal`${gutter('', size, style)}${spaces(indent)}${mark(terminalText('^'.repeat(carets)))}`);
  }
  if (found.cause && !(found.cause.file === found.file && PLAIN_CHANGES.includes(found.cause.change))) {
    const cause = terminal`${terminalText(found.cause.file)}: ${terminalText(found.cause.change)}`;
    told.push(terminal`${spaces(size)} ${style.faint(terminal`= caused by:`)} ${cause}`);
  }
  if (found.help !== undefined)
    told.push(terminal`${spaces(size)} ${style.faint(terminal`= help:`)} ${terminalText(found.help)}`);
  return told;
}

/** What can be mended, and by which command. */
function mending({ fixable, safe }: Summary): string[] {
  const unsafe = fixable - safe;
  const both = safe > 0 ? [`${safe} can be fixed: planproof lint --fix`] : [];
  if (unsafe === 0) return both;
  return [
    ...both,
    safe > 0 ? `${unsafe} more with --fix-unsafe` : `${unsafe} can be fixed: planproof lint --fix-unsafe`,
  ];
}

/** The counts; what can be fixed. */
function closing(summary: Summary, { isNewOnly, known }: Report, style: Style): Terminal[] {
  const { documents, findings, errors, warnings } = summary;
  const silent = known && summary.known > 0 ? `, ${count(summary.known, 'known finding')} in ${known.file}` : '';
  const where = terminalText(`in ${count(documents, 'document')}${silent}`);
  if (findings === 0) {
    const fresh = isNewOnly ? terminal`No new findings` : terminal`No findings`;
    return [style.good(terminal`${fresh} ${where}.`)];
  }
  const parts = [
    errors > 0 ? [style.error(terminalText(count(errors, 'error')))] : [],
    warnings > 0 ? [style.warning(terminalText(count(warnings, 'warning')))] : [],
  ].flat();
  const told = terminal`${join(parts, ', ')} ${where}. ${style.faint(terminal`planproof explain <rule> tells more.`)}`;
  const fixes = mending(summary).join(', ');
  return [told, ...(fixes === '' ? [] : [terminalText(fixes)])];
}

function byFile(findings: readonly Finding[]): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const found of findings) {
    const group = groups.get(found.file);
    if (group) group.push(found);
    else groups.set(found.file, [found]);
  }
  return groups;
}

/** Findings for people: grouped by file, each with its line, a caret range and what to do. */
export function text(report: Report, style: Style): Terminal {
  // No document at all is no success to announce; a notice says what it means.
  if (report.documents === 0 && report.findings.length === 0) return terminal``;
  const told: Terminal[] = [];
  for (const [file, findings] of byFile(report.findings)) {
    told.push(
      style.strong(terminalText(file)),
      ...findings.flatMap((found) => finding(found, report.lineOf(file, found.line), style)),
      terminal``,
    );
  }
  told.push(...closing(summarize(report), report, style));
  return terminal`${join(told)}\n`;
}
