import type { Facts } from '../src/model/facts.ts';
import type { Violation } from '../src/model/finding.ts';
import { readLink } from '../src/model/link.ts';
import type { Place } from '../src/model/place.ts';
import type { Rule, RuleContext } from '../src/model/rule.ts';
import { matchedSections } from '../src/model/sections.ts';
import { didYouMean, oneOf } from '../src/model/suggest.ts';

interface Pointer {
  readonly place: Place;
  /** Undefined when the pointer leads to a template. */
  readonly wrong: string | undefined;
}

function judgeLink(url: string, { document, exists }: RuleContext): string | undefined {
  const target = readLink(url, document.path);
  const expected = 'expected a path inside the repository';
  if (target.kind === 'machine') return `Unexpected machine-local link \`${url}\`, ${expected}`;
  if (target.kind === 'address') return `Unexpected address \`${url}\`, ${expected}`;
  if (target.kind === 'empty') return `Unexpected empty link, ${expected}`;
  return exists(target.path)
    ? undefined
    : `Unknown file \`${url.replace(/[?#].*$/, '')}\`, expected an existing template`;
}

function judgeCommand(command: string, { types }: RuleContext): string | undefined {
  const name = /\s--template[\s=]+(\S+)/.exec(command)?.[1];
  const known = [...types.keys()];
  if (name === undefined) return `Missing document type behind \`--template\`, expected one of ${oneOf(known)}`;
  if (types.has(name)) return undefined;
  return `Unknown document type \`${name}\`, expected one of ${oneOf(known)}${didYouMean(name, known)}`;
}

function pointers(facts: Facts, section: number, context: RuleContext): Pointer[] {
  const links = facts.links.filter(
    (link) => link.section === section && link.kind !== 'definition' && !link.url.startsWith('#'),
  );
  const commands = facts.commands.filter(
    (command) => command.section === section && /^planproof\s+show\s(?:.*\s)?--template\b/.test(command.text),
  );
  return [
    ...links.map(({ url, place }) => ({ place, wrong: judgeLink(url, context) })),
    ...commands.map(({ text, place }) => ({ place, wrong: judgeCommand(text, context) })),
  ];
}

const rule: Rule = {
  id: 'workflow-template',
  area: 'workflow',
  severity: 'error',
  summary:
    'A workflow leads to its template: by a link that resolves inside the repository, or `planproof show --template`.',
  isAbout: ({ template }) => template.sections.some(({ templateReference }) => templateReference),
  readsMore: true,
  check(facts, context) {
    const violations: Violation[] = [];
    const { type } = context.document;
    if (!type) return violations;
    for (const { section, index, required } of matchedSections(facts, type)) {
      if (!required.templateReference || !section.filled) continue;
      const found = pointers(facts, index, context);
      if (found.some(({ wrong }) => wrong === undefined)) continue;
      const expected = 'expected a link to the template or `planproof show --template <type>`';
      if (found.length === 0)
        violations.push({
          message: `Missing template in \`${section.heading.text}\`, ${expected}`,
          place: section.heading.place,
          subject: required.name,
        });
      for (const { wrong, place } of found)
        if (wrong !== undefined) violations.push({ message: wrong, place, subject: wrong });
    }
    return violations;
  },
};

export default rule;
