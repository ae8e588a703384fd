import { inStatus } from '../src/model/document.ts';
import type { Facts } from '../src/model/facts.ts';
import type { Violation } from '../src/model/finding.ts';
import { keepsSomething } from '../src/model/frozen.ts';
import { type FrozenText, frozenTexts } from '../src/model/frozen-text.ts';
import { FILE_START, type Place } from '../src/model/place.ts';
import type { Rule } from '../src/model/rule.ts';

/** Of a section its heading is shown, not all of it. */
function headingAt({ line }: Place, { sections }: Facts): Place | undefined {
  return sections.find(({ heading }) => heading.place.line === line)?.heading.place;
}

const rule: Rule = {
  id: 'frozen-content',
  area: 'history',
  severity: 'error',
  summary: 'What the status of a document keeps as it is has not changed.',
  readsMore: true,
  check(facts, { document, history, index, types }) {
    const violations: Violation[] = [];
    const before = history?.was(document);
    if (!before || !history || !before.status || !keepsSomething(before)) return violations;
    const [old, now] = [history.textBefore(before), history.textNow(document)];
    if (!old || !now) return violations;
    // The status of before decides: what a decision said when it was accepted holds, whatever becomes of it.
    const kept = frozenTexts(before, old, history.before, index, types);
    const own = frozenTexts(inStatus(document, before.status), now, index, index, types);
    for (const [at, { kind, name, says }] of kept.entries()) {
      const isSame = (zone: FrozenText): boolean => zone.kind === kind && zone.name === name;
      // A section that is there twice is compared with the one that is there twice.
      const same = own.filter(isSame)[kept.slice(0, at).filter(isSame).length];
      if (same?.says === says) continue;
      const what = kind === 'section' ? `section \`${name}\`` : `\`${name}\``;
      violations.push({
        message: `Unexpected change of ${what}, expected it as it was: the status was \`${before.status}\``,
        place: (same && headingAt(same.place, facts)) ?? same?.place ?? FILE_START,
        subject: `${kind} ${name}`,
        help: 'Put it back, and say what is new in a document that supersedes this one.',
      });
    }
    return violations;
  },
};

export default rule;
