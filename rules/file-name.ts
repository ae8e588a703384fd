import { baseName, idText, stringField } from '../src/model/document.ts';
import { identityPlace } from '../src/model/identity-place.ts';
import type { Rule } from '../src/model/rule.ts';
import { isSlug, slugify } from '../src/model/slug.ts';

const ENDING = '.md';

/** The slug that a file name already has behind an id, if it is one. */
function slugBehindId(name: string): string | undefined {
  const slug = /^[A-Za-z][A-Za-z0-9-]*?-[0-9]+-(.+)\.md$/.exec(name)?.[1];
  return slug !== undefined && isSlug(slug) ? slug : undefined;
}

const rule: Rule = {
  id: 'file-name',
  area: 'identity',
  severity: 'error',
  summary: 'The file is named `<ID>-<slug>.md`; that of a type without ids is a slug.',
  *check(facts, { document: { type, id, path } }) {
    const name = baseName(path);
    if (!type || !name.endsWith(ENDING)) return;
    const place = identityPlace(facts);
    const stem = name.slice(0, -ENDING.length);
    if (!type.id) {
      const slug = slugify(stem);
      if (isSlug(stem.replaceAll('_', '-')) || slug === '') return;
      yield { message: `Unexpected file name \`${name}\`, expected \`${slug}.md\``, place, subject: 'file name' };
      return;
    }
    if (!id) return;
    const fits = [id.canonical, idText(facts)].some(
      (own) => own !== undefined && stem.startsWith(`${own}-`) && isSlug(stem.slice(own.length + 1)),
    );
    if (fits) return;
    const slug = slugBehindId(name) ?? (slugify(stringField(facts, 'title') ?? '') || type.name);
    yield {
      message: `Unexpected file name \`${name}\`, expected \`${id.canonical}-${slug}.md\``,
      place,
      subject: 'file name',
    };
  },
};

export default rule;
