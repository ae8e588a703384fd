import { parsePattern } from '../src/model/produces.ts';
import { formatOf } from '../src/model/relation.ts';
import type { Rule, RuleContext } from '../src/model/rule.ts';
import { matchedSections } from '../src/model/sections.ts';
import { didYouMean, oneOf } from '../src/model/suggest.ts';

function wrongPattern(text: string, { types, config }: RuleContext): string | undefined {
  const parsed = parsePattern(text);
  if (!parsed || config.externalPrefixes.includes(parsed.prefix)) return undefined;
  const prefix = formatOf({ prefix: parsed.prefix, number: '1' }, types.values())?.id?.prefix;
  if (prefix === parsed.prefix) return undefined;
  if (prefix !== undefined) return `Unexpected kind \`${text}\`, expected \`${prefix}-${parsed.rest}\``;
  const known = [...types.values()].flatMap((one) => one.id?.prefix ?? []);
  return `Unknown kind \`${text}\`, expected one of ${oneOf(known.map((one) => `${one}-XXX`))}${didYouMean(parsed.prefix, known)}`;
}

const rule: Rule = {
  id: 'workflow-relations',
  area: 'workflow',
  severity: 'error',
  summary: 'A workflow names the kinds of related documents by the canonical prefixes of known types.',
  *check(facts, context) {
    const { type } = context.document;
    if (!type) return;
    const sections = new Set(
      matchedSections(facts, type).flatMap(({ required, index }) => (required.relationList ? [index] : [])),
    );
    for (const { section, text, place } of facts.codes) {
      const message = sections.has(section) ? wrongPattern(text, context) : undefined;
      if (message !== undefined) yield { message, place, subject: text };
    }
  },
};

export default rule;
