import { expect, describe as group, it } from 'vitest';
import { RULES } from '../../rules/registry.ts';
import { type Document, describe, readAs } from '../../src/model/document.ts';
import type { DocumentType } from '../../src/model/document-type.ts';
import type { Facts } from '../../src/model/facts.ts';
import type { Rule } from '../../src/model/rule.ts';
import { Hearing } from '../../src/pipeline/hearing.ts';
import type { Judgement } from '../../src/pipeline/judgement.ts';
import { MUTANTS } from '../fixtures/mutants/index.ts';
import { cleanFiles, judgementOf, type MutatedRepository, mutate, workspace } from '../helpers/mutants.ts';

/** About documents that could not be read, or have no type. */
const ENGINE = ['document-limit', 'unknown-type', 'unreadable-document'];

const limited = RULES.filter(({ isAbout }) => isAbout);
const clean = cleanFiles();

interface Heard {
  readonly facts: Facts;
  readonly document: Document;
  readonly judgement: Judgement;
}

/** The documents of the clean repository, and those that have a defect in others. */
async function allDocuments(): Promise<readonly Heard[]> {
  const heard = async (files: MutatedRepository['files'], only?: string): Promise<Heard[]> => {
    const judgement = await judgementOf({ files, findings: [], named: [] });
    const documents = judgement.index.documents.filter(({ path }) => only === undefined || path === only);
    return documents.map((document) => ({ facts: document.facts, document, judgement }));
  };
  const defects = MUTANTS.map((mutant) => heard(mutate(clean, mutant).files, mutant.file));
  const documents = (await Promise.all([heard(clean), ...defects])).flat();
  return documents.filter(({ facts }) => !facts.problem);
}

let made: ReturnType<typeof allDocuments> | undefined;

/** How often a rule speaks of the documents, were they all of a type. */
function timesSpoken({ check }: Rule, type: DocumentType, documents: readonly Heard[]): number {
  const spoken = documents.flatMap(({ facts, document, judgement }) => {
    const seen = describe(document.path, document, readAs(facts), judgement.workspace.types, type);
    return [...(check?.(facts, new Hearing(seen, judgement)) ?? [])];
  });
  return spoken.length;
}

group.each(limited.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  it('says nothing of types that it is not about, whatever the documents say, and something of others', async () => {
    made ??= allDocuments();
    const all = await made;
    const types = [...(await workspace()).types.values()];
    const others = types.filter((type) => !rule.isAbout?.(type));
    const own = types.filter((type) => rule.isAbout?.(type));
    expect(others.map((type) => [type.name, timesSpoken(rule, type, all)])).toEqual(
      others.map((type) => [type.name, 0]),
    );
    expect(others).not.toEqual([]);
    const times = own.reduce((sum, type) => sum + timesSpoken(rule, type, all), 0);
    expect(times > 0).toBe(!ENGINE.includes(id));
  });
});
