import { typeOfPrefix } from '../src/model/document-type.ts';
import { entryAt } from '../src/model/frontmatter.ts';
import { parsePattern, producedPattern } from '../src/model/produces.ts';
import { planOf } from '../src/model/reference-fix.ts';
import type { Rule } from '../src/model/rule.ts';
import { didYouMean, oneOf, onlyNearest } from '../src/model/suggest.ts';

const rule: Rule = {
  id: 'workflow-produces',
  area: 'workflow',
  severity: 'error',
  summary: 'A workflow produces documents of a known type, named by its canonical prefix.',
  isAbout: ({ marker }) => marker !== undefined,
  fixable: 'both',
  check(facts, { document: { type }, types }) {
    const pattern = type && producedPattern(facts, type);
    const parsed = pattern === undefined ? undefined : parsePattern(pattern);
    const place = entryAt(facts.frontmatter, `/${type?.marker}`)?.value;
    if (!parsed || !place) return [];
    const owner = typeOfPrefix(parsed.prefix, types);
    if (owner?.id?.prefix === parsed.prefix) return [];
    const known = [...types.values()].flatMap((one) => one.id?.prefix ?? []);
    const expected = owner?.id
      ? `\`${owner.id.prefix}-${parsed.rest}\``
      : `one of ${oneOf(known.map((prefix) => `${prefix}-XXX`))}${didYouMean(parsed.prefix, known)}`;
    const prefix = owner?.id?.prefix ?? onlyNearest(parsed.prefix, known);
    const value = prefix && `${prefix}-${parsed.rest}`;
    const step = value && type?.marker ? ({ kind: 'set-value', key: type.marker, value } as const) : undefined;
    const plan = planOf(step, owner !== undefined);
    return [{ message: `Unexpected kind \`${pattern}\`, expected ${expected}`, place, subject: `${pattern}`, ...plan }];
  },
};

export default rule;
