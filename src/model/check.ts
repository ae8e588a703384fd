import type { Check } from './directive.ts';
import type { DocumentType } from './document-type.ts';
import type { Facts } from './facts.ts';
import { FOR_TYPES, remembering } from './remember.ts';
import type { RuleContext, RuleQuery } from './rule.ts';
import { matchedSections } from './sections.ts';
import { didYouMean } from './suggest.ts';
import { sectionNamed, sectionNames } from './template.ts';

/** Whether what a check states is so, and if not, why. */
export type CheckVerdict = { readonly holds: true } | { readonly holds: false; readonly because: string };

/** The statuses that a type's documents can have. */
export const statusesOf: (type: DocumentType) => readonly string[] = remembering((type: DocumentType) => {
  const own = type.schema.properties?.['status']?.enum ?? [];
  const gates = Object.keys(type.lifecycle?.gates ?? {});
  return [...new Set([...own.map(String), ...gates])];
}, FOR_TYPES);

/** Why no document of a type can ever meet a check; undefined when one can. */
export function impossible(check: Check, type: DocumentType): string | undefined {
  if (check.name === 'filled') {
    const unknown = check.sections.find((name) => !sectionNamed(type.template, name));
    if (unknown === undefined) return undefined;
    const names = type.template.sections.flatMap(sectionNames);
    return `the type \`${type.name}\` has no section \`${unknown}\`${didYouMean(unknown, names)}`;
  }
  if (check.name === 'gate' && !statusesOf(type).includes(check.status)) {
    return `the type \`${type.name}\` has no status \`${check.status}\`${didYouMean(check.status, statusesOf(type))}`;
  }
  return undefined;
}

function emptySections(names: readonly string[], type: DocumentType, facts: Facts): string[] {
  const matched = matchedSections(facts, type);
  return names.filter((name) => {
    const required = sectionNamed(type.template, name);
    return !matched.some((match) => match.required === required && match.section.filled);
  });
}

/** Which rules judge the check; those of the gate leave the exit criteria out by themselves. */
function queryOf(check: Check): RuleQuery {
  switch (check.name) {
    case 'location':
      return { rules: ['file-location', 'file-name'] };
    case 'linked':
      return { rules: ['task-exists', 'task-linked'] };
    case 'relations':
      return { areas: ['relations'] };
    case 'gate':
      return { areas: ['identity', 'body', 'relations', 'board'], status: check.status };
    default:
      return {};
  }
}

/** Judges what a check states of a document. */
export function verdictOf(check: Check, context: RuleContext): CheckVerdict {
  const { document, exists } = context;
  if (check.name === 'path') {
    return exists(check.path) ? { holds: true } : { holds: false, because: `${check.path} does not exist` };
  }
  if (check.name === 'filled') {
    const [empty] = document.type ? emptySections(check.sections, document.type, document.facts) : check.sections;
    return empty === undefined ? { holds: true } : { holds: false, because: `section \`${empty}\` is empty` };
  }
  const [first] = context.ask(queryOf(check));
  return first ? { holds: false, because: `${first.message} (line ${first.place.line})` } : { holds: true };
}
