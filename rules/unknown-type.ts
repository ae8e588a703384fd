import { stringField } from '../src/model/document.ts';
import { entryAt } from '../src/model/frontmatter.ts';
import { FILE_START } from '../src/model/place.ts';
import type { Rule } from '../src/model/rule.ts';
import { didYouMean, oneOf } from '../src/model/suggest.ts';

const rule: Rule = {
  id: 'unknown-type',
  area: 'engine',
  severity: 'error',
  summary: 'Every file that is named explicitly is of a known document type.',
  // Only of what has no type.
  isAbout: () => false,
  check(facts, { document, types }) {
    if (document.type || facts.problem) return [];
    const known = [...types.keys()];
    const named = stringField(facts, 'type');
    const place = entryAt(facts.frontmatter, '/type')?.value ?? FILE_START;
    const message =
      named === undefined
        ? `Unknown document type: neither folder, id nor \`type\` tells, expected one of ${oneOf(known)}`
        : `Unknown document type \`${named}\`, expected one of ${oneOf(known)}${didYouMean(named, known)}`;
    return [{ message, place, subject: named ?? '', help: 'planproof --type <type> <file> settles it for one run.' }];
  },
};

export default rule;
