import type { Violation } from '../src/model/finding.ts';
import { isFinished } from '../src/model/lifecycle.ts';
import { existsSomewhere } from '../src/model/named-path.ts';
import type { Place } from '../src/model/place.ts';
import { referencesOf } from '../src/model/reference.ts';
import { PATH } from '../src/model/relation.ts';
import type { Rule, RuleContext } from '../src/model/rule.ts';
import { matchedSections } from '../src/model/sections.ts';

interface NamedPath {
  readonly text: string;
  readonly place: Place;
}

/** Work that takes a file away names what is not there any more. */
const TAKES_AWAY = /\b(?:delete|remove|drop|rename|move|replace)/i;

function fromRelations({ document, types, config }: RuleContext): NamedPath[] {
  return referencesOf(document, types, config).filter(
    ({ kind, relation }) => kind === 'path' && relation.to.includes(PATH),
  );
}

function fromSections({ document: { facts, type, status } }: RuleContext): NamedPath[] {
  if (!type || facts.codes.length === 0 || !isFinished(type.lifecycle, status)) return [];
  const sections = new Set(
    matchedSections(facts, type).flatMap(({ required, index }) => (required.namesFiles ? [index] : [])),
  );
  return facts.codes.filter(
    ({ section, text, item }) => sections.has(section) && text.includes('/') && !TAKES_AWAY.test(item ?? ''),
  );
}

/** Signs that stand for other letters: a pattern of paths. */
const PATTERN = /[*?{}[\]<>]/;

const rule: Rule = {
  id: 'code-path',
  area: 'relations',
  severity: 'warning',
  summary: 'A path that a document names as its outcome exists in the repository.',
  readsMore: true,
  check(_facts, context) {
    const violations: Violation[] = [];
    for (const { text, place } of [...fromRelations(context), ...fromSections(context)]) {
      if (PATTERN.test(text) || existsSomewhere(text, context)) continue;
      violations.push({
        message: `Unknown path \`${text}\`, expected one that exists in the repository`,
        place,
        subject: text,
      });
    }
    return violations;
  },
};

export default rule;
