import { baseName, idText, stringField } from '../src/model/document.ts';
import type { Violation } from '../src/model/finding.ts';
import { identityPlace } from '../src/model/identity-place.ts';
import { movedTo } from '../src/model/move-fix.ts';
import type { Rule, RuleContext } from '../src/model/rule.ts';
import { isSlug, slugify } from '../src/model/slug.ts';

const ENDING = '.md';

/** The slug that a file name already has behind an id, if it is one. */
function slugBehindId(name: string): string | undefined {
  const slug = /^[A-Za-z][A-Za-z0-9-]*?-[0-9]+-(.+)\.md$/.exec(name)?.[1];
  return slug !== undefined && isSlug(slug) ? slug : undefined;
}

/** Whether a file name without its ending is an id and a slug. */
function isNamedBy(id: string | undefined, stem: string): boolean {
  return id !== undefined && stem.startsWith(`${id}-`) && isSlug(stem.slice(id.length + 1));
}

function unexpected(name: string, expected: string, context: RuleContext): Violation {
  const { path, facts } = context.document;
  const place = identityPlace(facts);
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
    const stem = name.slice(0, -ENDING.length);
    if (!type.id) {
      const slug = slugify(stem);
      if (isSlug(stem.replaceAll('_', '-')) || slug === '') return violations;
      violations.push(unexpected(name, `${slug}.md`, context));
      return violations;
    }
    if (!id) return violations;
    if (isNamedBy(id.canonical, stem) || isNamedBy(idText(facts), stem)) return violations;
    const slug = slugBehindId(name) ?? (slugify(stringField(facts, 'title') ?? '') || type.name);
    violations.push(unexpected(name, `${id.canonical}-${slug}.md`, context));
    return violations;
  },
};

export default rule;
