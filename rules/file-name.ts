import { baseName, idText, stringField } from '../src/model/document.ts';
import type { Violation } from '../src/model/finding.ts';
import { identityPlace } from '../src/model/identity-place.ts';
import { movedTo } from '../src/model/move-fix.ts';
import type { Place } from '../src/model/place.ts';
import type { Rule, RuleContext } from '../src/model/rule.ts';
import { isSlug, slugify } from '../src/model/slug.ts';

const ENDING = '.md';

/** The slug that a file name already has behind an id, if it is one. */
function slugBehindId(name: string): string | undefined {
  const slug = /^[A-Za-z][A-Za-z0-9-]*?-[0-9]+-(.+)\.md$/.exec(name)?.[1];
  return slug !== undefined && isSlug(slug) ? slug : undefined;
}

function unexpected(name: string, expected: string, place: Place, context: RuleContext): Violation {
  const { path } = context.document;
  const fix = movedTo(`${path.slice(0, path.length - name.length)}${expected}`, context);
  const message = `Unexpected file name \`${name}\`, expected \`${expected}\``;
  return { message, place, subject: 'file name', ...(fix && { fix }) };
}

const rule: Rule = {
  id: 'file-name',
  area: 'identity',
  severity: 'error',
  summary: 'The file is named `<ID>-<slug>.md`; that of a type without ids is a slug.',
  fixable: 'unsafe',
  readsMore: true,
  check(facts, context) {
    const violations: Violation[] = [];
    const { type, id, path } = context.document;
    const name = baseName(path);
    if (!type || !name.endsWith(ENDING)) return violations;
    const place = identityPlace(facts);
    const stem = name.slice(0, -ENDING.length);
    if (!type.id) {
      const slug = slugify(stem);
      if (isSlug(stem.replaceAll('_', '-')) || slug === '') return violations;
      violations.push(unexpected(name, `${slug}.md`, place, context));
      return violations;
    }
    if (!id) return violations;
    const fits = [id.canonical, idText(facts)].some(
      (own) => own !== undefined && stem.startsWith(`${own}-`) && isSlug(stem.slice(own.length + 1)),
    );
    if (fits) return violations;
    const slug = slugBehindId(name) ?? (slugify(stringField(facts, 'title') ?? '') || type.name);
    violations.push(unexpected(name, `${id.canonical}-${slug}.md`, place, context));
    return violations;
  },
};

export default rule;
