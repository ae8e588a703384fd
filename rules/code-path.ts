import { isFinished } from '../src/model/lifecycle.ts';
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
  if (!type || !isFinished(type.lifecycle, status)) return [];
  const sections = new Set(
    matchedSections(facts, type).flatMap(({ required, index }) => (required.namesFiles ? [index] : [])),
  );
  return facts.codes.filter(
    ({ section, text, item }) => sections.has(section) && text.includes('/') && !TAKES_AWAY.test(item ?? ''),
  );
}

/** A path may be meant from the top, from the root, or from the document. */
function existsSomewhere(path: string, { document, exists }: RuleContext): boolean {
  const folder = document.path.slice(0, document.path.lastIndexOf('/') + 1);
  const plain = path.replace(/[:#]L?[0-9]+(?:-L?[0-9]+)?$/, '').replace(/^\.\//, '');
  return ['', `${document.root ?? ''}/`, folder].some((base) => exists(`${base}${plain}`.replace(/^\//, '')));
}

const rule: Rule = {
  id: 'code-path',
  area: 'relations',
  severity: 'warning',
  summary: 'A path that a document names as its outcome exists in the repository.',
  readsMore: true,
  *check(_facts, context) {
    for (const { text, place } of [...fromRelations(context), ...fromSections(context)]) {
      if (existsSomewhere(text, context)) continue;
      yield { message: `Unknown path \`${text}\`, expected one that exists in the repository`, place, subject: text };
    }
  },
};

export default rule;
