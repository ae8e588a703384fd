import type { Verdict } from '../cache/unit.ts';
import type { Finding } from '../model/finding.ts';
import type { Report } from '../reporters/report.ts';
import type { GivenText } from './document-set.ts';
import { readText } from './read.ts';
import type { Workspace } from './workspace.ts';

/** A longer line is not remembered: it is read again. */
const LONGEST = 400;

/** The lines of a file as it was judged; undefined when it could not be read. */
function linesOf(path: string, workspace: Workspace, given: GivenText | undefined): string[] | undefined {
  const bytes = given?.path === path ? given.bytes : workspace.source.read(path);
  const text = bytes && readText(bytes, workspace.config.limits.documentBytes);
  return typeof text === 'string' ? text.split(/\r\n|\n|\r/) : undefined;
}

/** Of each finding in a file the line that it stands on, to be remembered. */
export function linesToRemember(path: string, findings: readonly Finding[], workspace: Workspace): Verdict['lines'] {
  if (findings.length === 0) return [];
  const lines = linesOf(path, workspace, undefined);
  return findings.map(({ line }) => {
    const text = lines?.[line - 1];
    return text === undefined || text.length > LONGEST ? null : text;
  });
}

/** Lines by the numbers of those on which the findings of a verdict stand. */
function linesByNumber({ findings, lines }: Verdict): Map<number, string> {
  return new Map(
    findings.flatMap(({ line }, nth): [number, string][] => {
      const text = lines[nth];
      return text === null || text === undefined ? [] : [[line, text]];
    }),
  );
}

/**
 * Tells the lines of files as they were judged. A file is read where a line of it is not remembered.
 *
 * @param given a text in the place of a file
 * @param remembered verdicts on files as they are, by path
 */
export function lineReader(
  workspace: Workspace,
  given: GivenText | undefined,
  remembered: ReadonlyMap<string, Verdict> = new Map(),
): Report['lineOf'] {
  // Findings come file by file.
  let known: { readonly path: string; readonly lines: ReadonlyMap<number, string> } | undefined;
  let read: { readonly path: string; readonly lines: readonly string[] | undefined } | undefined;
  return (path, line) => {
    const verdict = remembered.get(path);
    if (verdict && known?.path !== path) known = { path, lines: linesByNumber(verdict) };
    const text = verdict && known?.lines.get(line);
    if (text !== undefined) return text;
    if (read?.path !== path) read = { path, lines: linesOf(path, workspace, given) };
    return read.lines?.[line - 1];
  };
}
