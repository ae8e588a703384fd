import { didYouMean } from './suggest.ts';

/**
 * The grammar of a directive comment, documented in docs/document-types.md:
 *
 *     <!-- planproof: name [arguments] [; name [arguments]]… -->
 *
 * Section directives stand under a heading of a template; item directives stand in a checklist item of a template, a
 * workflow or a document. `waived` takes the rest of the comment, so that a reason may hold a semicolon.
 */

/** What a template says of one of its sections. */
export interface SectionDirectives {
  /** Further names under which a document may have the section. */
  readonly aliases: readonly string[];
  /** The boxes of the section must be ticked in a finished status. */
  readonly checklist: boolean;
  /** Least number of checklist items. */
  readonly minItems: number;
  /** `create` takes the items from the workflow that produces the type, if exactly one exists. */
  readonly fromWorkflow: boolean;
  /** `create` lists the related documents here. */
  readonly fromRelations: boolean;
  /** The section has to be there but needs no content. */
  readonly mayBeEmpty: boolean;
  /** The section names the template of what the workflow produces. */
  readonly templateReference: boolean;
  /** The section lists the kinds of ids that the produced document relates to. */
  readonly relationList: boolean;
  /** Paths in code in this section name files of the repository. */
  readonly namesFiles: boolean;
}

/** A statement that planproof can verify; the tick of its item must then be true. */
export type Check =
  | { readonly name: 'filled'; readonly sections: readonly string[] }
  | { readonly name: 'gate'; readonly status: string }
  | { readonly name: 'path'; readonly path: string }
  | { readonly name: 'location' | 'linked' | 'relations' };

/** What a comment in a checklist item says of the item. */
export type ItemDirective =
  | { readonly kind: 'check'; readonly check: Check }
  | { readonly kind: 'evidence'; readonly reference: string }
  | { readonly kind: 'waived'; readonly until: string; readonly reason: string };

/** A directive that cannot be read; the message is written for a finding. */
export class DirectiveError extends Error {}

interface RawDirective {
  readonly name: string;
  readonly rest: string;
}

const PREFIX = /^\s*planproof:/;

/** Whether the inside of a comment (without its arrows) is a directive comment. */
export function isDirectiveComment(comment: string): boolean {
  return PREFIX.test(comment);
}

/** "planproof: a b; c" → a (b), c. */
function split(comment: string): RawDirective[] {
  const body = comment.replace(PREFIX, '').trim();
  const parts = /^waived\b/.test(body) ? [body] : body.split(';');
  const found: RawDirective[] = [];
  for (const [index, part] of parts.entries()) {
    const match = /^\s*(\S+)\s*([\s\S]*)$/.exec(part);
    if (!match) throw new DirectiveError('Unexpected empty directive, expected `<!-- planproof: name … -->`');
    const name = match[1] as string;
    if (name === 'waived' && index > 0) {
      found.push({ name, rest: parts.slice(index).join(';').trim().slice(name.length).trim() });
      break;
    }
    found.push({ name, rest: (match[2] as string).trim() });
  }
  return found;
}

const list = (text: string): string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

function noArguments(directive: RawDirective): void {
  if (directive.rest !== '') {
    throw new DirectiveError(`Unexpected \`${directive.rest}\` after \`${directive.name}\`, which takes no argument`);
  }
}

function names(directive: RawDirective, what: string): string[] {
  const found = list(directive.rest);
  if (found.length === 0) throw new DirectiveError(`Missing ${what} after \`${directive.name}\``);
  return found;
}

const ITEM = ['check', 'evidence', 'waived'];
const CHECKS = ['filled', 'location', 'linked', 'relations', 'gate', 'path'];

/** A section without any directive. */
export const PLAIN_SECTION: SectionDirectives = {
  aliases: [],
  checklist: false,
  minItems: 0,
  fromWorkflow: false,
  fromRelations: false,
  mayBeEmpty: false,
  templateReference: false,
  relationList: false,
  namesFiles: false,
};

function minItems(directive: RawDirective): number {
  if (!/^[1-9][0-9]{0,3}$/.test(directive.rest)) {
    throw new DirectiveError(`Unexpected \`${directive.rest}\` after \`min-items\`, expected a number from 1 to 9999`);
  }
  return Number(directive.rest);
}

/** The section directives without arguments. */
const FLAGS: Readonly<Record<string, Partial<SectionDirectives>>> = {
  checklist: { checklist: true },
  'from-workflow': { fromWorkflow: true },
  'from-relations': { fromRelations: true },
  'may-be-empty': { mayBeEmpty: true },
  'template-reference': { templateReference: true },
  'relation-list': { relationList: true },
  'names-files': { namesFiles: true },
};

const SECTION = ['alias', 'min-items', ...Object.keys(FLAGS)];

function sectionDirective(directive: RawDirective): Partial<SectionDirectives> {
  if (directive.name === 'alias') return { aliases: names(directive, 'a section name') };
  if (directive.name === 'min-items') return { minItems: minItems(directive) };
  noArguments(directive);
  return FLAGS[directive.name] ?? {};
}

/**
 * Reads a directive comment that stands under a heading of a template.
 *
 * @param comment the inside of the comment, without its arrows
 * @throws DirectiveError on an unknown name or a wrong argument
 */
export function parseSectionDirectives(comment: string): Partial<SectionDirectives> {
  let found: Partial<SectionDirectives> = {};
  for (const directive of split(comment)) {
    if (!SECTION.includes(directive.name)) {
      const hint = ITEM.includes(directive.name)
        ? ': it belongs in a checklist item'
        : didYouMean(directive.name, SECTION);
      throw new DirectiveError(`Unknown section directive \`${directive.name}\`${hint}`);
    }
    found = { ...found, ...sectionDirective(directive) };
  }
  return found;
}

function parseCheck(text: string): Check {
  const match = /^(\S+)\s*([\s\S]*)$/.exec(text);
  if (!match) throw new DirectiveError('Missing name of the check after `check`');
  const directive = { name: match[1] as string, rest: match[2] as string };
  switch (directive.name) {
    case 'filled':
      return { name: 'filled', sections: names(directive, 'a section name') };
    case 'gate':
      return { name: 'gate', status: names(directive, 'a status').join(', ') };
    case 'path':
      return { name: 'path', path: names(directive, 'a path').join(',') };
    case 'location':
    case 'linked':
    case 'relations':
      noArguments(directive);
      return { name: directive.name };
    default:
      throw new DirectiveError(`Unknown check \`${directive.name}\`${didYouMean(directive.name, CHECKS)}`);
  }
}

/** Whether a text of the form YYYY-MM-DD is a day of the calendar: `Date` takes 2026-02-30 for the 2nd of March. */
function isDay(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function parseWaiver(text: string): ItemDirective {
  const match = /^until\s+(\d{4}-\d{2}-\d{2})\s*:\s*(\S[\s\S]*)$/.exec(text);
  if (!match || !isDay(match[1] as string)) {
    throw new DirectiveError(`Unexpected \`waived ${text}\`, expected \`waived until YYYY-MM-DD: reason\``);
  }
  return { kind: 'waived', until: match[1] as string, reason: match[2] as string };
}

/**
 * Reads a directive comment that stands in a checklist item.
 *
 * @param comment the inside of the comment, without its arrows
 * @throws DirectiveError on an unknown name or a wrong argument
 */
export function parseItemDirectives(comment: string): ItemDirective[] {
  return split(comment).map((directive) => {
    switch (directive.name) {
      case 'check':
        return { kind: 'check', check: parseCheck(directive.rest) };
      case 'evidence':
        return { kind: 'evidence', reference: names(directive, 'a reference').join(',') };
      case 'waived':
        return parseWaiver(directive.rest);
      default: {
        const hint = SECTION.includes(directive.name)
          ? ': it belongs under a heading of a template'
          : didYouMean(directive.name, ITEM);
        throw new DirectiveError(`Unknown directive \`${directive.name}\`${hint}`);
      }
    }
  });
}
