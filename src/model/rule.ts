import type { Board } from './board.ts';
import type { Config } from './config.ts';
import type { Document, DocumentIndex } from './document.ts';
import type { DocumentType, DocumentTypes } from './document-type.ts';
import type { Facts } from './facts.ts';
import type { Severity, Violation } from './finding.ts';
import type { FixPlan } from './fix.ts';
import type { History } from './history.ts';
import type { Obligation } from './lifecycle.ts';

/** The areas of docs/rules/README.md. */
export type Area = 'identity' | 'body' | 'relations' | 'board' | 'exit criteria' | 'workflow' | 'history' | 'engine';

/** What rules may look at besides their document or board. Everything is read-only. */
export interface SetContext {
  readonly types: DocumentTypes;
  readonly index: DocumentIndex;
  readonly config: Config;
  /** Ids of all rules. */
  readonly ruleIds: readonly string[];
  /** Ids of the rules that inline control cannot keep silent. */
  readonly firmRuleIds: readonly string[];
  /** YYYY-MM-DD. */
  readonly today: string;
  /** What the documents were before the change under judgement; undefined where none is. */
  readonly history?: History | undefined;
  /** Whether a file or folder exists in the repository; `path` is relative to its top, and outside of it nothing exists. */
  exists(path: string): boolean;
  /** Whether the repository has a commit; undefined where that cannot be told. */
  hasCommit(hash: string): boolean | undefined;
  /** What is wrong with a command line of planproof; undefined when it parses, or when nobody can tell. */
  commandError(command: string): string | undefined;
}

/** Which other rules to ask. */
export interface RuleQuery {
  /** These rules, whatever the gate asks for. */
  readonly rules?: readonly string[];
  /** The rules of these areas that speak in the status. */
  readonly areas?: readonly Area[];
  /** The status whose gate asks; the document's own if absent. */
  readonly status?: string;
}

/** What a rule may look at besides the facts of its document. */
export interface RuleContext extends SetContext {
  readonly document: Document;
  /** What other rules say of the document. Rules of the area `exit criteria` are never asked: they ask. */
  ask(query: RuleQuery): readonly Violation[];
}

/** One rule: one fact about a document, found by a pure function. */
export interface Rule {
  /** Name of its file, its page, its test, and what the user types. */
  readonly id: string;
  readonly area: Area;
  /** Default severity; the config may set another. */
  readonly severity: Severity;
  /** One sentence: what holds when the rule is silent. */
  readonly summary: string;
  /** Speaks only in statuses whose gate asks for this. */
  readonly gate?: Obligation;
  /**
   * Whether there can be anything to say of a document of a type that could be read; of any type where it is absent. Most rules
   * are about what few types have, and most documents are of others: these are not even looked at.
   */
  readonly isAbout?: (type: DocumentType) => boolean;
  /** Reads other documents, files or the day: its findings cannot be cached with the document. */
  readonly readsMore?: boolean;
  /** Whether what it finds, or only improves, can have a fix, and of which kind; absent where none ever has. */
  readonly fixable?: 'safe' | 'unsafe' | 'both';
  /**
   * Judges a document: a list costs less than a generator, and is empty for most documents. Rules of the engine without it
   * are raised by the engine itself.
   */
  readonly check?: (facts: Facts, context: RuleContext) => Iterable<Violation>;
  /** Finds what could be better without being wrong: no findings, only fixes, which `--fix` carries out. */
  readonly improve?: (facts: Facts, context: RuleContext) => Iterable<FixPlan>;
  /** Judges a task board. */
  readonly checkBoard?: (board: Board, context: SetContext) => Iterable<Violation>;
}
