import { idText, stringField } from '../src/model/document.ts';
import type { Facts, Heading } from '../src/model/facts.ts';
import type { Violation } from '../src/model/finding.ts';
import type { FixPlan } from '../src/model/fix.ts';
import { entryAt } from '../src/model/frontmatter.ts';
import { collapse } from '../src/model/node-text.ts';
import { FILE_START, isPlaced } from '../src/model/place.ts';
import { composed } from '../src/model/printable.ts';
import type { Rule } from '../src/model/rule.ts';
import { sectionName } from '../src/model/sections.ts';
import { sectionNamed } from '../src/model/template.ts';

const plain = (text: string): string => collapse(composed(text));

/** A title may hold Markdown, so the heading counts as written, with or without comments, or as read. */
function says(heading: Heading, expected: readonly string[]): boolean {
  if (expected.includes(heading.source)) return true;
  const withoutComments = heading.source.replace(/<!--[\s\S]*?(?:-->|$)/g, '');
  const forms = [heading.source, withoutComments, heading.text].map(plain);
  return expected.some((title) => forms.includes(plain(title)));
}

/** The heading alone, where nothing else stands in it. */
function withTitle({ place, words }: Heading, title: string, { links }: Facts): FixPlan | undefined {
  const inside = links.some((link) => link.place.line >= place.line && link.place.line <= place.endLine);
  return inside || !isPlaced(words)
    ? undefined
    : { safe: true, steps: [{ kind: 'replace', place, text: `# ${title}` }] };
}

/** The heading above all that the body has, with a blank line on each side. */
function titleAdded(title: string, { head, tail }: Facts): FixPlan | undefined {
  if (!isPlaced(head)) return undefined;
  const isLast = head.line === tail.line && head.column === tail.column;
  const behind = !isLast && head.endLine - head.line < 2 ? '\n' : '';
  const place = { ...head, endLine: head.line, endColumn: head.column };
  return { safe: true, steps: [{ kind: 'replace', place, text: `\n\n# ${title}${behind}` }] };
}

const rule: Rule = {
  id: 'title-heading',
  area: 'identity',
  severity: 'error',
  summary: 'There is one heading of depth 1, and it is `<ID> - <title>`.',
  fixable: 'safe',
  check(facts, { document: { type, id } }) {
    const violations: Violation[] = [];
    const title = stringField(facts, 'title');
    if (!type?.id || !id || title === undefined) return violations;
    // A section that was given depth 1 is the business of required-sections.
    const [first, ...further] = facts.headings.filter(
      (heading) => heading.depth === 1 && !sectionNamed(type.template, sectionName(heading)),
    );
    const expected = `${id.canonical} - ${plain(title)}`;
    // A comment would swallow what stands behind it.
    const canWrite = !title.includes('<!--');
    if (!first) {
      const fix = canWrite ? titleAdded(expected, facts) : undefined;
      violations.push({
        message: `Missing title, expected \`# ${expected}\` above the first section`,
        place: entryAt(facts.frontmatter, '/title')?.value ?? FILE_START,
        subject: 'title',
        ...(fix && { fix }),
      });
      return violations;
    }
    if (!says(first, [expected, `${idText(facts)} - ${title}`])) {
      const fix = canWrite && !first.source.includes('<') ? withTitle(first, expected, facts) : undefined;
      violations.push({
        message: `Unexpected title \`${first.source}\`, expected \`# ${expected}\``,
        place: first.place,
        subject: 'title',
        ...(fix && { fix }),
      });
    }
    for (const heading of further) {
      violations.push({
        message: `Unexpected second title \`${heading.source}\`, expected one heading of depth 1`,
        place: heading.place,
        subject: heading.text,
      });
    }
    return violations;
  },
};

export default rule;
