import { typeOfPrefix } from '../src/model/document-type.ts';
import type { Violation } from '../src/model/finding.ts';
import { isPlaced } from '../src/model/place.ts';
import { parsePattern } from '../src/model/produces.ts';
import { planOf } from '../src/model/reference-fix.ts';
import type { Rule, RuleContext } from '../src/model/rule.ts';
import { matchedSections } from '../src/model/sections.ts';
import { didYouMean, oneOf, onlyNearest } from '../src/model/suggest.ts';

/** What is wrong with a kind of ids, and the prefix that it means, surely where that is known under another name. */
interface WrongKind {
  readonly message: string;
  readonly meant: string | undefined;
  readonly isSure: boolean;
}

function wrongKind(text: string, { types, config }: RuleContext): WrongKind | undefined {
  const parsed = parsePattern(text);
  if (!parsed || config.externalPrefixes.includes(parsed.prefix)) return undefined;
  const prefix = typeOfPrefix(parsed.prefix, types)?.id?.prefix;
  if (prefix === parsed.prefix) return undefined;
  const known = [...types.values()].flatMap((one) => one.id?.prefix ?? []);
  const near = prefix ?? onlyNearest(parsed.prefix, known);
  const meant = near && `${near}-${parsed.rest}`;
  if (prefix !== undefined)
    return { message: `Unexpected kind \`${text}\`, expected \`${meant}\``, meant, isSure: true };
  const expected = oneOf(known.map((one) => `${one}-XXX`));
  const hint = didYouMean(parsed.prefix, known);
  return { message: `Unknown kind \`${text}\`, expected one of ${expected}${hint}`, meant, isSure: false };
}

const rule: Rule = {
  id: 'workflow-relations',
  area: 'workflow',
  severity: 'error',
  summary: 'A workflow names the kinds of related documents by the canonical prefixes of known types.',
  isAbout: ({ template }) => template.sections.some(({ relationList }) => relationList),
  fixable: 'both',
  check(facts, context) {
    const violations: Violation[] = [];
    const { type } = context.document;
    if (!type || facts.codes.length === 0) return violations;
    const sections = new Set(
      matchedSections(facts, type).flatMap(({ required, index }) => (required.relationList ? [index] : [])),
    );
    for (const { section, text, place } of facts.codes) {
      const wrong = sections.has(section) ? wrongKind(text, context) : undefined;
      if (!wrong) continue;
      const { message, meant, isSure } = wrong;
      const plan = planOf(
        meant !== undefined && isPlaced(place) ? { kind: 'replace', place, text: meant } : undefined,
        isSure,
      );
      violations.push({ message, place, subject: text, ...plan });
    }
    return violations;
  },
};

export default rule;
