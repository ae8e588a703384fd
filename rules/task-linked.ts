import type { Facts } from '../src/model/facts.ts';
import type { Violation } from '../src/model/finding.ts';
import { entryAt } from '../src/model/frontmatter.ts';
import { FILE_START } from '../src/model/place.ts';
import { taskReferences } from '../src/model/reference.ts';
import type { Rule, RuleContext } from '../src/model/rule.ts';

/** The tasks that the document names and that do not list it. */
function* notListed({ document, index, types, config }: RuleContext): Generator<Violation> {
  for (const { text, place, id } of taskReferences(document, types, config)) {
    const item = id && index.findItem(id.key);
    if (!item || item.outputs.some((output) => output.id?.key === document.id?.key)) continue;
    yield {
      message: `Task \`${text}\` does not list \`${document.id?.canonical}\` as an output, expected the link on both sides`,
      place,
      subject: text,
      help: `planproof link ${id?.canonical} ${document.id?.canonical}`,
    };
  }
}

/** The items that list the document as an output and that it does not name. */
function* notNamed(facts: Facts, { document, index, types, config }: RuleContext): Generator<Violation> {
  const named = new Set(taskReferences(document, types, config).map(({ id }) => id?.key));
  const items = index.boards.flatMap((board) => board.items);
  for (const item of items) {
    const lists = item.outputs.some((output) => output.id?.key === document.id?.key);
    if (!lists || !item.id.id || named.has(item.id.id.key)) continue;
    yield {
      message: `Task \`${item.id.text}\` lists this document as an output, expected \`task: ${item.id.text}\` here`,
      place: entryAt(facts.frontmatter, '/task')?.value ?? facts.frontmatter?.open ?? FILE_START,
      subject: item.id.text,
      help: `planproof link ${item.id.text} ${document.id?.canonical}`,
    };
  }
}

const rule: Rule = {
  id: 'task-linked',
  area: 'board',
  severity: 'error',
  summary: 'A document and the task it comes from name each other.',
  gate: 'task-linked',
  readsMore: true,
  *check(facts, context) {
    if (!context.document.id) return;
    yield* notListed(context);
    yield* notNamed(facts, context);
  },
};

export default rule;
