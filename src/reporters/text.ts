import type { Finding } from '../model/finding.ts';
import { rulePage } from '../model/rule-page.ts';
import { clean } from './clean.ts';
import { type Report, type Summary, summarize } from './report.ts';
import type { Style } from './style.ts';

const MAX_WIDTH = 100;
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}\uff01-\uff60]/u;

/** Columns that a text takes on a terminal, near enough for a caret. */
function width(text: string): number {
  let columns = 0;
  for (const char of text) columns += WIDE.test(char) ? 2 : /\p{M}|\u200d/u.test(char) ? 0 : 1;
  return columns;
}

interface Snippet {
  readonly line: string;
  readonly indent: number;
  readonly carets: number;
}

/** The offending line, cut to the width of a screen around the place, and the range of the carets below it. */
function snippet(source: string, finding: Finding): Snippet {
  const from = finding.column - 1;
  const to = finding.endLine === finding.line ? Math.max(finding.endColumn - 1, from) : source.length;
  const start = from > MAX_WIDTH - 20 ? from - 20 : 0;
  const print = (text: string): string => clean(text.replaceAll('\t', '  '));
  const shown = source.slice(start, start + MAX_WIDTH);
  const before = `${start > 0 ? '…' : ''}${print(source.slice(start, from))}`;
  const line = `${start > 0 ? '…' : ''}${print(shown)}${start + MAX_WIDTH < source.length ? '…' : ''}`;
  return {
    line,
    indent: width(before),
    carets: Math.max(1, width(print(source.slice(from, Math.min(to, start + MAX_WIDTH))))),
  };
}

function gutter(label: string, size: number, style: Style): string {
  return style.faint(`${label.padStart(size)} | `);
}

function finding(found: Finding, lines: readonly string[] | undefined, style: Style): string[] {
  const mark = found.severity === 'error' ? style.error : style.warning;
  const rule = style.link(style.faint(found.rule), rulePage(found.rule));
  const size = Math.max(6, String(found.line).length + 4);
  const told = [`  ${found.line}:${found.column}  ${mark(found.severity)}  ${clean(found.message)}  ${rule}`];
  const source = lines?.[found.line - 1];
  if (source !== undefined && source.trim() !== '') {
    const { line, indent, carets } = snippet(source, found);
    told.push(`${gutter(String(found.line), size, style)}${line}`);
    told.push(`${gutter('', size, style)}${' '.repeat(indent)}${mark('^'.repeat(carets))}`);
  }
  if (found.help !== undefined) told.push(`${' '.repeat(size)} ${style.faint('= help:')} ${clean(found.help)}`);
  return told;
}

const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;

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

function closing(summary: Summary, baseline: string, style: Style): string {
  const { documents, findings, errors, warnings, known } = summary;
  const silent = known > 0 ? `, ${count(known, 'known finding')} in ${clean(baseline)}` : '';
  const where = `in ${count(documents, 'document')}${silent}`;
  if (findings === 0) return style.good(`No findings ${where}.`);
  const parts = [
    errors > 0 ? style.error(count(errors, 'error')) : '',
    warnings > 0 ? style.warning(count(warnings, 'warning')) : '',
  ];
  const told = `${parts.filter((part) => part !== '').join(', ')} ${where}. ${style.faint('planproof explain <rule> tells more.')}`;
  const fixes = mending(summary).join(', ');
  return fixes === '' ? told : `${told}\n${fixes}`;
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
export function text(report: Report, style: Style): string {
  // No document at all is no success to announce; a notice says what it means.
  if (report.documents === 0 && report.findings.length === 0) return '';
  const told: string[] = [];
  for (const [file, findings] of byFile(report.findings)) {
    const lines = report.linesOf(file);
    told.push(style.strong(clean(file)), findings.flatMap((found) => finding(found, lines, style)).join('\n'), '');
  }
  told.push(closing(summarize(report), report.known?.file ?? '', style));
  return `${told.join('\n')}\n`;
}
