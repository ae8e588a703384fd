import type { BoardItem, BoardReference } from '../src/model/board.ts';
import { boardText } from '../src/model/board-fix.ts';
import type { Document, DocumentId, DocumentIndex } from '../src/model/document.ts';
import type { Violation } from '../src/model/finding.ts';
import type { FixStep } from '../src/model/fix.ts';
import { type KnownMention, knownMentions } from '../src/model/mention.ts';
import { type Reference, referencesOf } from '../src/model/reference.ts';
import { type Named, namedBy, planOf, rewritten, takenOut } from '../src/model/reference-fix.ts';
import type { Rule } from '../src/model/rule.ts';

/** The document that had an id, and its id now. */
function renumbered(id: DocumentId | undefined, index: DocumentIndex): DocumentId | undefined {
  return id && !index.find(id.key) ? index.findFormer(id.key)?.id : undefined;
}

/** A renumbered document may go on naming its own history in prose. */
function isOwnHistory({ id }: KnownMention, document: Document, index: DocumentIndex): boolean {
  return index.findFormer(id.key) === document;
}

const say = (text: string, now: DocumentId): string => `\`${text}\` was renumbered, expected \`${now.canonical}\``;

/** A field that names the document under its new id too, or is the document's own, needs no second reference. */
function mend(one: Reference | KnownMention, now: DocumentId, named: Named, own: Document): FixStep | undefined {
  const isSurplus = 'field' in one && (named.has(one.field, now.key) || now.key === own.id?.key);
  return isSurplus && own.type ? takenOut(one, own.type) : rewritten(one, now.canonical);
}

const namedByItem = (item: BoardItem): BoardReference[] => [
  ...item.inputs,
  ...item.outputs,
  ...item.criteria.artifacts,
  ...item.prerequisites.artifacts,
];

const rule: Rule = {
  id: 'relation-former-id',
  area: 'relations',
  severity: 'warning',
  summary: 'No reference uses an id that a document had before it was renumbered.',
  readsMore: true,
  fixable: 'safe',
  check(_facts, { document, index, types, config }) {
    const violations: Violation[] = [];
    const mentions = knownMentions(document, index, types);
    const references = referencesOf(document, types, config);
    for (const one of [...references, ...mentions]) {
      const now = renumbered(one.id, index);
      if (!now || (!('field' in one) && isOwnHistory(one, document, index))) continue;
      const plan = planOf(mend(one, now, namedBy(references), document));
      violations.push({ message: say(one.text, now), place: one.place, subject: one.text, ...plan });
    }
    return violations;
  },
  *checkBoard(board, { index }) {
    for (const item of board.items) {
      for (const reference of namedByItem(item)) {
        const now = renumbered(reference.id, index);
        if (!now) continue;
        const { text, place } = reference;
        const plan = planOf(boardText(board, reference, now.canonical));
        yield { message: say(text, now), place, subject: `${item.id.text} ${text}`, ...plan };
      }
    }
  },
};

export default rule;
