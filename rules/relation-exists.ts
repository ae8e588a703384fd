import { posix } from 'node:path';
import { type DocumentId, type DocumentIndex, ownId, readId } from '../src/model/document.ts';
import type { DocumentTypes } from '../src/model/document-type.ts';
import type { Violation } from '../src/model/finding.ts';
import type { FixPlan } from '../src/model/fix.ts';
import { parseIdText } from '../src/model/id.ts';
import { type Reference, referencesOf } from '../src/model/reference.ts';
import { meantId, type Named, namedBy, planOf, rewritten } from '../src/model/reference-fix.ts';
import { EXTERNAL, PATH } from '../src/model/relation.ts';
import type { Rule, RuleContext } from '../src/model/rule.ts';
import { didYouMean, oneOf, onlyNearest } from '../src/model/suggest.ts';

/** "adr, bug or plan": the types a relation may lead to. */
function kinds(reference: Reference): string {
  return oneOf(
    reference.relation.to.filter((name) => name !== EXTERNAL && name !== PATH),
    '',
  );
}

/** "the id of an existing adr or bug, or a path": whatever a relation may name. */
function wanted(reference: Reference): string {
  const { to } = reference.relation;
  const ids = kinds(reference) === '' ? [] : [`the id of an existing ${kinds(reference)}`];
  const external = to.includes(EXTERNAL) ? ['an outside issue or address'] : [];
  return [...ids, ...external, ...(to.includes(PATH) ? ['a path'] : [])].join(', or ');
}

function unknownId(reference: Reference, index: DocumentIndex, types: DocumentTypes): string | undefined {
  if (!reference.id) {
    const prefix = parseIdText(reference.text)?.prefix ?? '';
    const known = [...types.values()].flatMap((type) => type.id?.prefix ?? []);
    return `Unknown prefix \`${prefix}\` in \`${reference.text}\`, expected one of ${oneOf(known)}${didYouMean(prefix, known)}`;
  }
  // Items of a board are no documents: see task-exists.
  if (reference.id.type.board !== undefined || index.find(reference.id.key)) return undefined;
  // Renumbered: see relation-former-id.
  if (index.findFormer(reference.id.key)) return undefined;
  return `Unknown document \`${reference.text}\`, expected ${kinds(reference) === '' ? wanted(reference) : `an existing ${kinds(reference)}`}${didYouMean(reference.id.canonical, index.ids())}`;
}

/** The id of the document that a path leads to, from the folder of this one, the root or the top. */
function documentAt({ text }: Reference, { document, index }: RuleContext): DocumentId | undefined {
  const folder = document.path.slice(0, document.path.lastIndexOf('/') + 1);
  const path = text.replace(/[?#].*$/, '');
  const roots = path.startsWith('/') ? [''] : [folder, document.root === undefined ? '' : `${document.root}/`, ''];
  const meant = roots.flatMap((root) => index.at(posix.normalize(root + path).replace(/^\/+/, '')) ?? [])[0];
  return ownId(meant);
}

/** A path is no reference to a document, but it may show which one is meant. */
function pathInstead(reference: Reference, context: RuleContext): string | undefined {
  if (reference.relation.to.includes(PATH)) return undefined;
  const id = documentAt(reference, context);
  return `Unexpected path \`${reference.text}\`, expected ${id ? `the id \`${id.canonical}\`` : wanted(reference)}`;
}

/** A bare number is no text: the schema speaks of it. */
function isNumber({ field, text }: Reference, { document }: RuleContext): boolean {
  const values = [document.frontmatter?.data[field]].flat();
  return values.some((value) => typeof value === 'number' && String(value) === text);
}

function message(reference: Reference, context: RuleContext): string | undefined {
  switch (reference.kind) {
    case 'external':
      return undefined;
    case 'id':
      return unknownId(reference, context.index, context.types);
    case 'path':
      return pathInstead(reference, context);
    default:
      return isNumber(reference, context)
        ? undefined
        : `Unexpected reference \`${reference.text}\`, expected ${wanted(reference)}`;
  }
}

/** What was meant instead: the document of a path surely, the only id that is written much the same as a guess. */
function mend(reference: Reference, named: Named, context: RuleContext): { fix?: FixPlan } {
  const { kind, text, relation, field } = reference;
  const ofPath = kind === 'path' ? documentAt(reference, context) : undefined;
  const prefixes = relation.to.flatMap((name) => context.types.get(name)?.id?.prefix ?? []);
  const parsed = kind === 'id' ? parseIdText(text) : undefined;
  const prefix = parsed && onlyNearest(parsed.prefix, prefixes);
  const id = reference.id ?? (prefix === undefined ? undefined : readId(`${prefix}-${parsed?.number}`, context.types));
  const known = id && context.index.find(id.key) ? id.canonical : undefined;
  const meant = ofPath?.canonical ?? known ?? (id && meantId(id, context.index));
  const target = meant === undefined ? undefined : readId(meant, context.types);
  if (!target || !relation.to.includes(target.type.name) || named.has(field, target.key)) return {};
  return planOf(rewritten(reference, target.canonical), ofPath !== undefined && !/[?#]/.test(text));
}

const rule: Rule = {
  id: 'relation-exists',
  area: 'relations',
  severity: 'error',
  summary: 'Every document that a relation field names exists.',
  readsMore: true,
  fixable: 'both',
  check(_facts, context) {
    const violations: Violation[] = [];
    const all = referencesOf(context.document, context.types, context.config);
    for (const reference of all) {
      const wrong = message(reference, context);
      if (wrong === undefined) continue;
      const subject = `${reference.field} ${reference.text}`;
      violations.push({ message: wrong, place: reference.place, subject, ...mend(reference, namedBy(all), context) });
    }
    return violations;
  },
};

export default rule;
