import { expect, it } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import { lint } from '../../src/pipeline/lint.ts';
import { commandError } from '../../src/program.ts';
import { environment, type Files, Repository } from './repository.ts';

/** The day it is, unless a case says otherwise. */
export const TODAY = '2026-06-30';
/** The document of a case that has only one. */
export const PLAN = 'dev_ops/plans/PLAN-003-rate-limit.md';

/** Everything found in a repository of these files. */
export async function lintFiles(
  files: Files,
  options: { today?: string; named?: readonly string[] } = {},
): Promise<Finding[]> {
  const repository = new Repository(files);
  const surroundings = { cwd: repository.folder, environment: environment(), notify: () => {} };
  const request = { paths: options.named ?? [], today: options.today ?? TODAY, commandError };
  const { findings } = await lint(request, surroundings);
  return [...findings];
}

/** `line:column-endLine:endColumn`. */
export const rangeOf = (f: Finding): string => `${f.line}:${f.column}-${f.endLine}:${f.endColumn}`;

/** Frontmatter of these lines, an empty line, a body of these lines. */
export const doc = (keys: readonly string[], ...body: readonly string[]): string =>
  ['---', ...keys, '---', '', ...body, ''].join('\n');

/** A plan in a status; its body begins on line 6. */
export const planIn = (status: string, ...body: readonly string[]): string =>
  doc(['id: PLAN-003', `status: ${status}`], ...body);

/** With the line ends of Windows. */
export const crlf = (text: string): string => text.replaceAll('\n', '\r\n');
/** Behind a byte order mark. */
export const bom = (text: string): string => `\uFEFF${text}`;

/** Files, and what one rule says of them. */
export interface Case {
  readonly name: string;
  /** One text is that of the plan PLAN-003. */
  readonly files: Files | string;
  readonly named?: readonly string[];
  readonly today?: string;
  /** Ranges of the rule's findings, each with a part of its message behind a space where that matters. */
  readonly expect: readonly string[];
}

/** One case as a test: the ranges of the rule's findings are these and no others, and each message holds its part. */
export function check(rule: string, { name, files, expect: expected, ...options }: Case): void {
  it(name, async () => {
    const repository = typeof files === 'string' ? { [PLAN]: files } : files;
    const found = (await lintFiles(repository, options)).filter((finding) => finding.rule === rule);
    const parts = expected.map((text) => /^(\S+)(?: ([\s\S]*))?$/.exec(text) as RegExpExecArray);
    const messages = found.map((finding) => finding.message).join('\n');
    expect(found.map(rangeOf), messages).toEqual(parts.map(([, range]) => range));
    for (const [index, [, , part = '']] of parts.entries()) expect(found[index]?.message).toContain(part);
  });
}

/** Every one of these rules has a case where it speaks, and one where it is silent. */
export function checkBothWays(rules: readonly string[], cases: Readonly<Record<string, readonly Case[]>>): void {
  expect(Object.keys(cases).sort()).toEqual([...rules].sort());
  for (const [id, all] of Object.entries(cases)) {
    expect(
      all.some((one) => one.expect.length > 0),
      `${id}: a finding`,
    ).toBe(true);
    expect(
      all.some((one) => one.expect.length === 0),
      `${id}: silence`,
    ).toBe(true);
  }
}

/** The rules on what a document refers to, and on boards: their cases stand in a file of their own. */
export const RULES_ON_REFERENCES: readonly string[] = [
  'relation-type',
  'relation-count',
  'relation-status',
  'relation-alias',
  'relation-former-id',
  'relation-mentioned',
  'relation-reciprocal',
  'relation-cycle',
  'link-target',
  'code-path',
  'board-schema',
  'board-artifact',
  'task-exists',
  'task-status',
  'task-claimed',
  'task-linked',
  'exit-criteria-true',
  'exit-criteria-waiver',
  'workflow-produces',
  'workflow-relations',
  'workflow-commands',
];
