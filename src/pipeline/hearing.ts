import { FIRM_RULE_IDS, RULE_IDS, RULES } from '../../rules/registry.ts';
import { Damaged } from '../cache/sections.ts';
import type { Board } from '../model/board.ts';
import type { Config } from '../model/config.ts';
import { type Document, type DocumentIndex, inStatus } from '../model/document.ts';
import type { DocumentType } from '../model/document-type.ts';
import type { Facts } from '../model/facts.ts';
import type { Severity, Violation } from '../model/finding.ts';
import { asksFor, isInitial } from '../model/lifecycle.ts';
import { FILE_START } from '../model/place.ts';
import { FOR_TYPES, remembering } from '../model/remember.ts';
import type { Area, Rule, RuleContext, RuleQuery, SetContext } from '../model/rule.ts';
import type { Judgement } from './judgement.ts';

const INTERNAL_ERROR = 'internal-error';

/** What rules said, by their ids. */
export type Raised = readonly { readonly rule: string; readonly violation: Violation }[];

/** At which severity a rule speaks. */
export function severityOf(rule: Rule, config: Config): Severity | 'off' {
  return config.rules[rule.id] ?? rule.severity;
}

/** A rule as it is heard. Rules have keys that others have not: these are of one shape, as they are gone through so often. */
export interface Speaker {
  readonly rule: Rule;
  /** Where the rule stands among all. */
  readonly number: number;
  readonly check: Rule['check'];
}

const SPEAKERS: readonly Speaker[] = RULES.map((rule, number) => ({ rule, number, check: rule.check }));

/** The rules that the config has not turned off. */
export const speakersOn: (config: Config) => readonly Speaker[] = remembering((config: Config) =>
  SPEAKERS.filter(({ rule }) => severityOf(rule, config) !== 'off'),
);

/** Whether a rule has anything to say of a document at all: its type may be exempt, or none that the rule is about. */
export function concerns(rule: Rule, { type, facts }: Document): boolean {
  if (facts.problem) return rule.area === 'engine';
  if (!type) return rule.area === 'engine' || rule.id === 'frontmatter-syntax';
  return !type.exempt.has(rule.id) && (rule.isAbout?.(type) ?? true);
}

/** Whether the gate of the document's status lets a rule speak. */
export function gateAsks(rule: Rule, { type, status }: Pick<Document, 'type' | 'status'>): boolean {
  return rule.gate === undefined || asksFor(type?.lifecycle, status, rule.gate);
}

/** The rules for documents of a type that could be read, by their status: few of either, and many documents. */
const rulesByStatus = remembering(
  (_type: DocumentType, _config: Config, _hasHistory: boolean): Map<string | undefined, readonly Speaker[]> =>
    new Map(),
  FOR_TYPES,
);

/** The rules that have something to say of a document; without a history those of that area have not. */
export function rulesFor(document: Document, { workspace: { config }, options }: Judgement): readonly Speaker[] {
  const { type, status, facts } = document;
  const hasHistory = options.history !== undefined;
  const chosen = type && !facts.problem ? rulesByStatus(type, config, hasHistory) : undefined;
  const before = chosen?.get(status);
  if (before) return before;
  const speaks = (rule: Rule): boolean => concerns(rule, document) && gateAsks(rule, document);
  const rules = speakersOn(config).filter(
    ({ rule, check }) => check && (hasHistory || rule.area !== 'history') && speaks(rule),
  );
  chosen?.set(status, rules);
  return rules;
}

const NOTHING: readonly never[] = [];

const raisedBy = ({ id: rule }: Rule, violations: Iterable<Violation>): Raised =>
  Array.from(violations, (violation) => ({ rule, violation }));

/** A rule that throws is a finding of its own. */
function failure({ id }: Rule, error: unknown): Raised {
  // What the rule asked for lay in a damaged cache: that says nothing of the document, nor of the rule.
  if (error instanceof Damaged) throw error;
  const reason = error instanceof Error ? error.message : String(error);
  const violation = {
    message: `The rule \`${id}\` failed here: ${reason}`,
    place: FILE_START,
    subject: id,
    help: 'This is a defect of planproof, not of the document. Run it with --debug and report what it prints.',
  };
  return [{ rule: INTERNAL_ERROR, violation }];
}

/** What a rule says of a document: of most documents nothing. */
function checkDocument({ rule, check }: Speaker, facts: Facts, context: RuleContext): Raised {
  try {
    const violations = check?.(facts, context) ?? NOTHING;
    return Array.isArray(violations) && violations.length === 0 ? NOTHING : raisedBy(rule, violations);
  } catch (error) {
    return failure(rule, error);
  }
}

/** What a rule says of a board. */
export function checkBoard(rule: Rule, board: Board, context: SetContext): Raised {
  try {
    return raisedBy(rule, rule.checkBoard?.(board, context) ?? []);
  } catch (error) {
    return failure(rule, error);
  }
}

/** What rules see of a judgement, whatever document they look at. */
export const setContext: (judgement: Judgement) => SetContext = remembering(
  ({ index, workspace, options }: Judgement) => {
    const { config, types } = workspace;
    return {
      index,
      types,
      config,
      ruleIds: RULE_IDS,
      firmRuleIds: FIRM_RULE_IDS,
      history: options.history,
      exists: options.exists,
      hasCommit: options.hasCommit,
      commandError: options.commandError,
      // Asked for, not copied: a verdict that rests on the day is one of that day.
      get today() {
        return options.today;
      },
    };
  },
);

/** The area whose rules ask the others; asking them back would never end. */
const ASKING: Area = 'exit criteria';

/**
 * The document as the rules of a query see it. A gate is judged before a document passes it; what has passed keeps its own
 * status, so that a decision that is superseded later does not make old ticks untrue.
 */
function seenAs(document: Document, status: string | undefined): Document {
  const isAhead = status !== undefined && isInitial(document.type?.lifecycle, document.status);
  return isAhead ? inStatus(document, status) : document;
}

/** The rules that a query means, by what their choice rests on: few queries, and many documents. */
const rulesByQuery = remembering(
  (_type: DocumentType, _config: Config): Map<string, readonly Speaker[]> => new Map(),
  FOR_TYPES,
);

/**
 * A document before its judge: each rule is heard on it once, whoever asks. It is itself what rules look at: one class, since
 * they read every key of it for every document.
 */
export class Hearing implements RuleContext {
  readonly document: Document;
  readonly index: DocumentIndex;
  readonly types: SetContext['types'];
  readonly config: Config;
  readonly ruleIds: readonly string[];
  readonly firmRuleIds: readonly string[];
  readonly history: SetContext['history'];
  readonly exists: SetContext['exists'];
  readonly hasCommit: SetContext['hasCommit'];
  readonly commandError: SetContext['commandError'];
  readonly #judgement: Judgement;
  /** Held as long as rules are heard: each of them would have to ask for them. */
  readonly #facts: Facts;
  /** By the rules' numbers: a map of its own for each document would be the most of its garbage. */
  readonly #heard: (Raised | undefined)[] = new Array(RULES.length).fill(undefined);
  #ahead: Map<string | undefined, Hearing> | undefined;

  constructor(document: Document, judgement: Judgement) {
    const set = setContext(judgement);
    this.document = document;
    this.index = set.index;
    this.types = set.types;
    this.config = set.config;
    this.ruleIds = set.ruleIds;
    this.firmRuleIds = set.firmRuleIds;
    this.history = set.history;
    this.exists = set.exists;
    this.hasCommit = set.hasCommit;
    this.commandError = set.commandError;
    this.#judgement = judgement;
    this.#facts = document.facts;
  }

  get today(): string {
    return this.#judgement.options.today;
  }

  /** What a rule says of the document. */
  hear(speaker: Speaker): Raised {
    const raised = this.#heard[speaker.number] ?? checkDocument(speaker, this.#facts, this);
    this.#heard[speaker.number] = raised;
    return raised;
  }

  #seenIn(status: string | undefined): Hearing {
    const { document } = this;
    const seen = seenAs(document, status);
    if (seen === document) return this;
    const other = this.#ahead?.get(status) ?? new Hearing(seen, this.#judgement);
    this.#ahead ??= new Map();
    this.#ahead.set(status, other);
    return other;
  }

  /** What the rules say that a query names, behind the gate of the status that it names. */
  ask(query: RuleQuery): Violation[] {
    const seen = this.#seenIn(query.status);
    const found: Violation[] = [];
    for (const speaker of this.#meant(query, seen.document))
      for (const { violation } of seen.hear(speaker)) found.push(violation);
    return found;
  }

  /** @param seen the document as the rules see it */
  #meant({ status, rules, areas }: RuleQuery, seen: Document): readonly Speaker[] {
    const { config } = this.#judgement.workspace;
    const { type } = seen;
    const gated = { type, status: status ?? seen.status };
    const chosen = type && !seen.facts.problem ? rulesByQuery(type, config) : undefined;
    const name = `${gated.status ?? ''}: ${rules} ${areas}`;
    const before = chosen?.get(name);
    if (before) return before;
    const meant = speakersOn(config).filter(
      ({ rule }) =>
        rule.area !== ASKING &&
        (rules?.includes(rule.id) || (areas?.includes(rule.area) && gateAsks(rule, gated))) &&
        severityOf(rule, config) === 'error' &&
        concerns(rule, seen),
    );
    chosen?.set(name, meant);
    return meant;
  }
}
