import type { BoardItem } from '../src/model/board.ts';
import type { Document } from '../src/model/document.ts';
import type { Violation } from '../src/model/finding.ts';
import type { IdKey } from '../src/model/id.ts';
import { referencesOf } from '../src/model/reference.ts';
import type { Rule, RuleContext } from '../src/model/rule.ts';

interface Step {
  readonly key: IdKey;
  readonly name: string;
}

/** The way from one id back to itself, as names; undefined when there is none. Breadth first, so the shortest. */
function wayBack(start: IdKey, first: Step, next: (key: IdKey) => readonly Step[]): string[] | undefined {
  const seen = new Set<IdKey>();
  let front: { readonly step: Step; readonly way: string[] }[] = [{ step: first, way: [first.name] }];
  while (front.length > 0) {
    const found = front.find(({ step }) => step.key === start);
    if (found) return found.way;
    front = front.flatMap(({ step, way }) => {
      if (seen.has(step.key)) return [];
      seen.add(step.key);
      return next(step.key).map((later) => ({ step: later, way: [...way, later.name] }));
    });
  }
  return undefined;
}

function stepsOf(document: Document | undefined, field: string, { types, config }: RuleContext): Step[] {
  if (!document) return [];
  return referencesOf(document, types, config).flatMap((reference) =>
    reference.field === field && reference.id ? [{ key: reference.id.key, name: reference.id.canonical }] : [],
  );
}

const prerequisites = (item: BoardItem | undefined): Step[] =>
  (item?.prerequisites.tasks ?? []).flatMap(({ id }) => (id ? [{ key: id.key, name: id.canonical }] : []));

const rule: Rule = {
  id: 'relation-cycle',
  area: 'relations',
  severity: 'error',
  summary: 'No document supersedes itself by way of others, and no task waits for itself.',
  isAbout: ({ relations }) => [...relations.values()].some(({ acyclic }) => acyclic),
  readsMore: true,
  check(_facts, context) {
    const violations: Violation[] = [];
    const { document, index, types, config } = context;
    if (!document.id) return violations;
    for (const { field, relation, text, place, id } of referencesOf(document, types, config)) {
      // A reference to itself is the business of relation-self.
      if (!relation.acyclic || !id || id.key === document.id.key) continue;
      const next = (key: IdKey): Step[] => stepsOf(index.find(key), field, context);
      const way = wayBack(document.id.key, { key: id.key, name: id.canonical }, next);
      if (!way) continue;
      const message = `\`${field}\` leads back here: ${[document.id.canonical, ...way].join(' → ')}`;
      violations.push({ message, place, subject: `${field} ${text}` });
    }
    return violations;
  },
  *checkBoard(board, { index }) {
    for (const item of board.items) {
      const own = item.id.id;
      for (const { id, text, place } of own ? item.prerequisites.tasks : []) {
        if (!id || !own) continue;
        const next = (key: IdKey): Step[] => prerequisites(index.findItem(key));
        const way = wayBack(own.key, { key: id.key, name: id.canonical }, next);
        if (!way) continue;
        const message = `The prerequisites lead back here: ${[own.canonical, ...way].join(' → ')}`;
        yield { message, place, subject: `${own.canonical} ${text}` };
      }
    }
  },
};

export default rule;
