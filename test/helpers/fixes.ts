import { applyEdits, type Edit } from '../../src/model/edit.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { FixPlan, FixStep } from '../../src/model/fix.ts';
import { addToList, removeFromList, setValue } from '../../src/model/frontmatter-edit.ts';
import { changeJson } from '../../src/model/json-edit.ts';
import { SourceText } from '../../src/model/source-text.ts';
import { discover } from '../../src/pipeline/discover.ts';
import { buildIndex } from '../../src/pipeline/document-set.ts';
import { improvementsOf, judgeBoard, judgeDocument } from '../../src/pipeline/judge.ts';
import { commandError } from '../../src/program.ts';
import { TODAY } from './cases.ts';
import { inMemory, workspace } from './mutants.ts';
import type { Files } from './repository.ts';

/** A fix that a rule offers, for a finding or where nothing is wrong. */
export interface Offer {
  readonly rule: string;
  readonly file: string;
  readonly plan: FixPlan;
  /** Undefined for an improvement. */
  readonly finding: Finding | undefined;
}

/** What the rules say of a repository of these files. */
export interface Judged {
  readonly findings: readonly Finding[];
  readonly offers: readonly Offer[];
}

/** Judges files in memory, with the settings that hold without a config. */
export async function judgeFiles(files: Files, named: readonly string[] = []): Promise<Judged> {
  const here = { ...(await workspace()), source: inMemory(files) };
  const index = buildIndex([...new Set([...discover(here), ...named])], here);
  const options = { today: TODAY, exists: here.source.exists, hasCommit: () => undefined, commandError };
  const judgement = { index, workspace: here, options };
  const findings = [
    ...index.documents.flatMap((document) => judgeDocument(document, judgement)),
    ...index.boards.flatMap((board) => judgeBoard(board, judgement)),
  ];
  const offered = findings.flatMap((finding): Offer[] =>
    finding.plan ? [{ rule: finding.rule, file: finding.file, plan: finding.plan, finding }] : [],
  );
  const improvements = index.documents.flatMap((document) =>
    improvementsOf(document, judgement).map(({ rule, plan }) => ({
      rule,
      plan,
      file: document.path,
      finding: undefined,
    })),
  );
  return { findings, offers: [...offered, ...improvements] };
}

function editsOf(source: SourceText, step: FixStep): Edit[] {
  const edits = ((): Edit[] | undefined => {
    switch (step.kind) {
      case 'replace':
        return [source.edit(step.place, step.text)];
      case 'set-value':
        return setValue(source, step.key, step.value);
      case 'add-to-list':
        return addToList(source, step.key, step.value);
      case 'remove-from-list':
        return removeFromList(source, step.key, step.at);
      case 'change-board':
        return changeJson(source, [step.change]);
      case 'move':
        return [];
    }
  })();
  if (!edits) throw new Error(`No edit for ${JSON.stringify(step)}`);
  return edits;
}

/**
 * Carries out one plan by itself, on the bytes; where documents move, links stay as they are.
 *
 * @throws Error when a step names what cannot be edited
 */
export function carryOut(files: Files, { file, plan }: Pick<Offer, 'file' | 'plan'>): Files {
  const edits = new Map<string, Edit[]>();
  const moves = new Map<string, string>();
  for (const step of plan.steps) {
    const path = ('path' in step ? step.path : undefined) ?? file;
    if (step.kind === 'move') moves.set(file, step.to);
    edits.set(path, [...(edits.get(path) ?? []), ...editsOf(new SourceText(Buffer.from(files[path] as string)), step)]);
  }
  return Object.fromEntries(
    Object.entries(files).map(([path, content]) => {
      const own = edits.get(path);
      const isText = typeof content === 'string';
      const bytes = own ? applyEdits(Buffer.from(content as string), own) : Buffer.from(content);
      return [moves.get(path) ?? path, isText ? Buffer.from(bytes as Uint8Array).toString('utf8') : bytes];
    }),
  );
}

/** More fixes of one rule in a row than any test has findings: one that never ends is a defect. */
const MANY = 50;

/** The files once one rule has nothing more to mend, by its fixes alone. */
export async function mendedBy(
  rule: string,
  files: Files,
  { unsafe = false, named = [] }: { readonly unsafe?: boolean; readonly named?: readonly string[] } = {},
): Promise<Files> {
  let now = files;
  for (let count = 0; count < MANY; count += 1) {
    const { offers } = await judgeFiles(
      now,
      named.filter((path) => now[path] !== undefined),
    );
    const next = offers.find((offer) => offer.rule === rule && (unsafe || offer.plan.safe));
    if (!next) return now;
    now = carryOut(now, next);
  }
  throw new Error(`${rule} still offers a fix after ${MANY} of them`);
}
