import type { BoardItem } from '../src/model/board.ts';
import { asOutput } from '../src/model/board-fix.ts';
import type { DocumentId, DocumentIndex } from '../src/model/document.ts';
import type { DocumentType } from '../src/model/document-type.ts';
import type { Facts } from '../src/model/facts.ts';
import type { Violation } from '../src/model/finding.ts';
import type { FixStep } from '../src/model/fix.ts';
import { entryAt, isReadable } from '../src/model/frontmatter.ts';
import { FILE_START } from '../src/model/place.ts';
import { currentKey, taskReferences } from '../src/model/reference.ts';
import { planOf } from '../src/model/reference-fix.ts';
import type { Rule, RuleContext } from '../src/model/rule.ts';

/** Whether an item says that it produces a document, under its id or one from before a renumbering. */
function lists(item: BoardItem, own: DocumentId, index: DocumentIndex): boolean {
  return item.outputs.some(({ id }) => id && currentKey(id, index) === own.key);
}

/** The item as the document's task, where that may have one, and has none yet. */
function asTask(item: BoardItem, { frontmatter }: Facts, type: DocumentType | undefined): FixStep | undefined {
  if (!isReadable(frontmatter) || entryAt(frontmatter, '/task')?.source || !item.id.id) return undefined;
  if (!type?.relations.get('task')?.to.includes(item.id.id.type.name)) return undefined;
  return { kind: 'set-value', key: 'task', value: item.id.id.canonical };
}

/** The tasks that the document names and that do not list it. */
function notListed({ document, index, types, config }: RuleContext): Violation[] {
  const violations: Violation[] = [];
  for (const { text, place, id } of taskReferences(document, types, config)) {
    const item = id && index.findItem(id.key);
    if (!item || !document.id || lists(item, document.id, index)) continue;
    violations.push({
      message: `Task \`${text}\` does not list \`${document.id?.canonical}\` as an output, expected the link on both sides`,
      place,
      subject: text,
      ...planOf(asOutput(item, document.id.canonical)),
      help: `planproof link ${id?.canonical} ${document.id?.canonical}`,
    });
  }
  return violations;
}

/** The items that list the document as an output and that it does not name. */
function notNamed(facts: Facts, { document, index, types, config }: RuleContext): Violation[] {
  const violations: Violation[] = [];
  const named = new Set(taskReferences(document, types, config).map(({ id }) => id?.key));
  const own = document.id;
  const listing = own ? index.itemsListing(own.key).filter((item) => item.id.id) : [];
  // Of several, which one is the task is a decision.
  const isPlain = named.size === 0 && listing.length === 1;
  for (const item of listing) {
    if (named.has(item.id.id?.key)) continue;
    violations.push({
      message: `Task \`${item.id.text}\` lists this document as an output, expected \`task: ${item.id.text}\` here`,
      place: entryAt(facts.frontmatter, '/task')?.value ?? facts.frontmatter?.open ?? FILE_START,
      subject: item.id.text,
      ...planOf(isPlain ? asTask(item, facts, document.type) : undefined),
      help: `planproof link ${item.id.text} ${own?.canonical}`,
    });
  }
  return violations;
}

const rule: Rule = {
  id: 'task-linked',
  area: 'board',
  severity: 'error',
  summary: 'A document and the task it comes from name each other.',
  gate: 'task-linked',
  readsMore: true,
  fixable: 'safe',
  check(facts, context) {
    return context.document.id ? [...notListed(context), ...notNamed(facts, context)] : [];
  },
};

export default rule;
