import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Inquiry } from '../../src/cache/inquiry.ts';
import { type QuestionKind, questionNumber } from '../../src/cache/question.ts';
import { IdFinder } from '../../src/model/id-finder.ts';
import { wordOfPath } from '../../src/model/path-word.ts';
import { discover } from '../../src/pipeline/discover.ts';
import { buildIndex } from '../../src/pipeline/document-set.ts';
import { Foresight } from '../../src/pipeline/foresight.ts';
import { judgeDocument } from '../../src/pipeline/judge.ts';
import { judgeOptions } from '../../src/pipeline/judge-options.ts';
import { commandError } from '../../src/program.ts';
import { MUTANTS } from '../fixtures/mutants/index.ts';
import { bodyOf, realDocuments } from '../helpers/edited-documents.ts';
import { markdownDocument } from '../helpers/markdown-documents.ts';
import { asWritten, cleanFiles, inMemory, workspace as mutantsWorkspace, mutate } from '../helpers/mutants.ts';

type Question = readonly [kind: QuestionKind, about: string];

/** Hears questions in words. */
class Interview extends Inquiry {
  readonly questions: Question[] = [];

  override ask(kind: QuestionKind, about = ''): void {
    this.questions.push([kind, about]);
  }
}

/** Answers that are the same before and after any change, or make no finding another one. */
const INDIFFERENT: readonly QuestionKind[] = ['today', 'commit', 'boards', 'ids'];

/** Rules whose findings tell ids that make them no other finding: one that may be meant, and a successor. */
const HINTING = ['relation-exists', 'relation-status'];

const isAbove = (folder: string, path: string): boolean => folder === '.' || path.startsWith(`${folder}/`);

/**
 * The number under which a question has to be foreseen; undefined where it need not be: its own text and place are as they
 * were, and what a finding only tells makes it no other finding.
 *
 * @param told the findings as text
 * @param suggested ids that they only tell
 */
function numberOf(
  [kind, about]: Question,
  path: string,
  told: string,
  suggested: ReadonlySet<string>,
): number | undefined {
  if (INDIFFERENT.includes(kind)) return undefined;
  if (kind === 'everything') return questionNumber(kind);
  const isPath = kind === 'document' || kind === 'anchors' || kind === 'path';
  if (!isPath) return suggested.has(about) ? undefined : questionNumber('named', about);
  if (about === path || isAbove(about, path) || told.includes(`"to":"${about}"`)) return undefined;
  const word = wordOfPath(about);
  return word === undefined ? questionNumber('unnamed') : questionNumber('named', word);
}

interface Foreseen {
  readonly documents: number;
  /** How many can be judged only. */
  readonly open: number;
  /** Questions that were asked and not foreseen. */
  readonly missed: string[];
}

async function foresee(files: Readonly<Record<string, string | Uint8Array>>): Promise<Foreseen> {
  const workspace = { ...(await mutantsWorkspace()), source: inMemory(asWritten(files)) };
  const foresight = new Foresight(workspace);
  const index = buildIndex(discover(workspace), workspace, {
    onRead: (document, bytes) => foresight.read(document, bytes),
  });
  const missed: string[] = [];
  let open = 0;
  for (const document of index.documents) {
    const known = foresight.questionsOf(document, index);
    const inquiry = new Interview(() => false);
    const options = judgeOptions(workspace, '2026-06-30', commandError);
    const findings = judgeDocument(document, {
      workspace,
      index: inquiry.index(index),
      options: { ...options, exists: inquiry.exists(options.exists) },
    });
    if (!known) open += 1;
    const numbers = new Set(known);
    const told = JSON.stringify(findings);
    const hints = JSON.stringify(findings.filter(({ rule }) => HINTING.includes(rule)));
    const suggested = new Set<string>([...new IdFinder(workspace.types).keysIn(hints)]);
    for (const question of known ? inquiry.questions : []) {
      const number = numberOf(question, document.path, told, suggested);
      if (number !== undefined && !numbers.has(number)) missed.push(`${document.path}: ${question.join(' ')}`);
    }
  }
  return { documents: index.documents.length, open, missed };
}

const SEED = Number(process.env['FORESIGHT_SEED'] ?? 5);
const RUNS = Number(process.env['FORESIGHT_RUNS'] ?? 1500);

const FRONTMATTER = `---
id: PLAN-NUMBER
title: One of many
type: plan
date: 2025-02-10
status: FIXED
related_docs: [ADR-001]
---

`;

/** A document of the clean repository, of a type that names files, with another body. */
const plan = (number: number, body: string): string =>
  `${FRONTMATTER.replace('NUMBER', String(number)).replace('FIXED', number % 2 === 0 ? 'Complete' : 'Active')}${body}`;

function withBodies(bodies: readonly string[]): Record<string, string | Uint8Array> {
  const others = bodies.map((body, nth) => [`dev_ops/plans/PLAN-${nth + 100}-one.md`, plan(nth + 100, body)]);
  return { ...cleanFiles(), ...Object.fromEntries(others) };
}

const name = fc.constantFrom(
  'LICENSE',
  'Made',
  'a b',
  '[slug]',
  '..',
  '.',
  '.github',
  'x.y.ts',
  '~home',
  '@scope',
  'é.md',
  'a-.md',
  'x(1).md',
  'PLAN-001-type-the-tide-tables-in.md',
);
const path = fc.oneof(
  fc.constantFrom('LICENSE', 'made'),
  fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/')),
);
const suffix = fc.constantFrom('', '', '/', '#goal', '?raw=1', ':10', '#L10-L12');
/** All the ways in which a text names a path, and some that are none. */
const naming = fc.tuple(path, suffix, fc.nat(17)).map(([at, end, form]) => {
  const to = `${at}${end}`;
  return [
    `[a](${to})`,
    `[a](<${to}>)`,
    `[a]( ${to} )`,
    `![a](${to} "title")`,
    `[a]\n\n[a]: ${to}`,
    `> [a]\n\n> [a]:\n> ${to}`,
    `[a]\n\n[a]:${to}`,
    `- \`${to}\``,
    `\`\`${to}\`\` _\`${to}\`_`,
    `- [x] Done. <!-- planproof: check path ${to} -->`,
    `- [x] Done. <!-- planproof: check path ${to}-->`,
    `[a](${encodeURI(to)})`,
    `[a](${to.replaceAll('_', '\\_').replaceAll('-', '&#45;')})`,
    '_PLAN-001_ and **ADR-2**',
    "bug-2's, blk-1",
    'ADR‐003 and RESEARCH-００４',
    '(PLAN-0004)x',
  ][form] as string;
});
const body = fc
  .tuple(markdownDocument, fc.array(naming, { maxLength: 6 }))
  .map(
    ([text, names]) =>
      `${text}\n\n## Proposed Changes\n\n${names.join('\n\n')}\n\n## Exit Criteria\n\n${names.join('\n\n')}\n`,
  );

describe('what a verdict rests on', () => {
  it('is foreseen in a clean repository', async () => {
    const { missed, open, documents } = await foresee(cleanFiles());
    expect(missed).toEqual([]);
    expect(open).toBeLessThan(documents / 2);
  });

  it('is foreseen whatever is wrong', async () => {
    const clean = cleanFiles();
    const missed: string[] = [];
    for (const mutant of MUTANTS) {
      const result = await foresee(mutate(clean, mutant).files);
      missed.push(...result.missed.map((one) => `${mutant.rule}, ${mutant.what}: ${one}`));
    }
    expect(missed).toEqual([]);
  }, 300_000);

  it(`is foreseen in random documents (seed ${SEED})`, async () => {
    const { missed, open } = await foresee(withBodies(fc.sample(body, { seed: SEED, numRuns: RUNS })));
    expect(missed).toEqual([]);
    expect(open).toBeLessThan(RUNS);
  }, 300_000);

  it('is foreseen in no more than a look at each sign', async () => {
    const bodies = ['planproof:', '[a](', '<!-- planproof:', 'PLAN-0', 'a.', '> ', '--'].map((part) =>
      part.repeat(400_000 / part.length),
    );
    expect((await foresee(withBodies(bodies))).missed).toEqual([]);
  });

  it('is foreseen in documents that nobody made up', async () => {
    const bodies = realDocuments().flatMap((bytes) => [`## Proposed Changes\n\n${bodyOf(bytes)}`, bodyOf(bytes)]);
    expect((await foresee(withBodies(bodies))).missed).toEqual([]);
  }, 300_000);
});
