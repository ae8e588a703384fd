import type { Document } from '../src/model/document.ts';
import type { Link } from '../src/model/facts.ts';
import type { Violation } from '../src/model/finding.ts';
import { anchorsOf, type LinkTarget, readLink } from '../src/model/link.ts';
import type { Rule, RuleContext } from '../src/model/rule.ts';
import { matchedSections } from '../src/model/sections.ts';
import { didYouMean } from '../src/model/suggest.ts';

const NOWHERE: ReadonlySet<number> = new Set();

/** Sections whose links another rule judges: few templates have any. */
function judgedElsewhere({ facts, type }: Document): ReadonlySet<number> {
  if (!type?.template.sections.some(({ templateReference }) => templateReference)) return NOWHERE;
  const matched = matchedSections(facts, type).filter(({ required }) => required.templateReference);
  return new Set(matched.map(({ index }) => index));
}

type Uses = ReadonlyMap<string | undefined, readonly number[]>;

const NO_USES: Uses = new Map();

/** The sections in which each definition is used: most documents have none. */
function usesByLabel(links: readonly Link[]): Uses {
  if (!links.some(({ kind }) => kind === 'definition')) return NO_USES;
  const uses = new Map<string | undefined, number[]>();
  for (const { kind, label, section } of links) {
    if (kind === 'reference') uses.set(label, [...new Set(uses.get(label)).add(section)]);
  }
  return uses;
}

function wrongAnchor(path: string, anchor: string, { document, index }: RuleContext): string | undefined {
  // Files that are no documents are not read; `#L10` is a line of code.
  const anchors = path === document.path ? anchorsOf(document.facts) : index.anchorsOf(path);
  if (!anchors || anchor === '' || anchors.has(anchor) || anchors.has(anchor.toLowerCase())) return undefined;
  return `Unknown heading \`#${anchor}\` of ${path}, expected an existing one${didYouMean(anchor, anchors)}`;
}

function wrong(url: string, target: LinkTarget, context: RuleContext): string | undefined {
  switch (target.kind) {
    case 'machine':
      return `Unexpected machine-local link \`${url}\`, expected a path inside the repository`;
    case 'empty':
      return 'Unexpected empty link, expected an address or a path';
    case 'path':
      if (target.path !== context.document.path && !context.exists(target.path)) {
        return `Unknown file \`${url.replace(/#.*$/, '')}\`, expected an existing one`;
      }
      return target.anchor === undefined ? undefined : wrongAnchor(target.path, target.anchor, context);
    default:
      return undefined;
  }
}

const rule: Rule = {
  id: 'link-target',
  area: 'relations',
  severity: 'error',
  summary: 'Every relative link and its anchor lead to something, and no link works on one machine only.',
  readsMore: true,
  check(facts, context) {
    if (facts.links.length === 0) return [];
    const violations: Violation[] = [];
    const elsewhere = judgedElsewhere(context.document);
    const uses = usesByLabel(facts.links);
    for (const { kind, label, section, url, place } of facts.links) {
      // The address of a reference is that of its definition, and wrong there, once.
      const sections = kind === 'definition' ? uses.get(label) : undefined;
      const isElsewhere = sections ? sections.every((one) => elsewhere.has(one)) : elsewhere.has(section);
      if (kind === 'reference' || isElsewhere) continue;
      const message = wrong(url, readLink(url, context.document.path), context);
      if (message !== undefined) violations.push({ message, place, subject: url });
    }
    return violations;
  },
};

export default rule;
