import { idText, stringField } from '../src/model/document.ts';
import type { Heading } from '../src/model/facts.ts';
import { entryAt } from '../src/model/frontmatter.ts';
import { FILE_START } from '../src/model/place.ts';
import type { Rule } from '../src/model/rule.ts';
import { sectionName } from '../src/model/sections.ts';
import { sectionNamed } from '../src/model/template.ts';

const plain = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim();

/** A title may hold Markdown, so the heading counts as written, with or without comments, or as read. */
function says(heading: Heading, expected: readonly string[]): boolean {
  const withoutComments = heading.source.replace(/<!--[\s\S]*?(?:-->|$)/g, '');
  const forms = [heading.source, withoutComments, heading.text].map(plain);
  return expected.some((title) => forms.includes(plain(title)));
}

const rule: Rule = {
  id: 'title-heading',
  area: 'identity',
  severity: 'error',
  summary: 'There is one heading of depth 1, and it is `<ID> - <title>`.',
  *check(facts, { document: { type, id } }) {
    const title = stringField(facts, 'title');
    if (!type?.id || !id || title === undefined) return;
    // A section that was given depth 1 is the business of required-sections.
    const [first, ...further] = facts.headings.filter(
      (heading) => heading.depth === 1 && !sectionNamed(type.template, sectionName(heading)),
    );
    const expected = `${id.canonical} - ${plain(title)}`;
    if (!first) {
      yield {
        message: `Missing title, expected \`# ${expected}\` above the first section`,
        place: entryAt(facts.frontmatter, '/title')?.value ?? FILE_START,
        subject: 'title',
      };
      return;
    }
    if (!says(first, [expected, `${idText(facts)} - ${title}`])) {
      yield {
        message: `Unexpected title \`${first.source}\`, expected \`# ${expected}\``,
        place: first.place,
        subject: 'title',
      };
    }
    for (const heading of further) {
      yield {
        message: `Unexpected second title \`${heading.source}\`, expected one heading of depth 1`,
        place: heading.place,
        subject: heading.text,
      };
    }
  },
};

export default rule;
