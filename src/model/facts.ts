import type { Control } from './control.ts';
import type { ItemDirective } from './directive.ts';
import type { Frontmatter } from './frontmatter.ts';
import { FILE_START, type Place } from './place.ts';

/** A heading at the top level of the body; one inside a quote, a list or a comment is none. */
export interface Heading {
  readonly depth: number;
  /** What a reader sees, white space collapsed. */
  readonly text: string;
  /** As written, without the number signs. */
  readonly source: string;
  readonly place: Place;
  /** Its words as written, without number signs and underline. */
  readonly words: Place;
  /** Its words are written as they are read: no markup, no comment, on one line. */
  readonly plain: boolean;
  /** The white space between the last line above that is not blank and its own line. */
  readonly above: Place;
}

/** A heading of depth 2 and what stands below it, up to the next heading of depth 1 or 2. */
export interface Section {
  readonly heading: Heading;
  /** There is more than headings, comments and white space. */
  readonly filled: boolean;
  /** The HTML that it opens it closes, and no other. */
  readonly balanced: boolean;
}

/** A checklist item. */
export interface Box {
  /** Index into `Facts.sections`; -1 above the first section. */
  readonly section: number;
  /** Undefined when the box is malformed. */
  readonly ticked: boolean | undefined;
  /** The box itself, `[ ]`. */
  readonly mark: Place;
  /** The box as written. */
  readonly written: string;
  /** The words of the item, without comments and nested items. */
  readonly label: string;
  /** The item begins with `**If tracked**`: it holds only for documents with a task. */
  readonly ifTracked: boolean;
  readonly directives: readonly ItemDirective[];
}

/** A piece of prose: text outside code, comments and addresses. */
export interface Prose {
  readonly section: number;
  readonly text: string;
  readonly place: Place;
}

/** Something of the form of an id, of whatever prefix, in prose. */
export interface Mention {
  readonly section: number;
  readonly text: string;
  readonly place: Place;
}

/** A link, image or definition. */
export interface Link {
  readonly section: number;
  /** That of its definition, where it has one. */
  readonly url: string;
  readonly place: Place;
  /** `[a](b)` is inline, `[c]: b` a definition, `[a][c]` a reference to it. */
  readonly kind: 'inline' | 'definition' | 'reference';
  /** Which definition it is or refers to. */
  readonly label: string | undefined;
}

/** Code in a line of text that looks like an id pattern (`PLAN-XXX`, `ADR-015`) or a path (`src/a.ts`). */
export interface Code {
  readonly section: number;
  readonly text: string;
  /** Without the back-ticks. */
  readonly place: Place;
  /** The words of the checklist item it stands in. */
  readonly item: string | undefined;
}

/** A `planproof` command line in code, without prompt and `npx`. */
export interface Command {
  readonly section: number;
  readonly text: string;
  readonly place: Place;
}

/** A comment of planproof's own that cannot be read. */
export interface DirectiveProblem {
  readonly message: string;
  readonly place: Place;
}

/** Why a document was not parsed; only the engine's rules speak of such a document. */
export interface DocumentProblem {
  readonly kind: 'unreadable' | 'limit';
  readonly message: string;
}

/** All that rules know of a document's text: plain data with positions, made in one pass. */
export interface Facts {
  readonly problem: DocumentProblem | undefined;
  readonly frontmatter: Frontmatter | undefined;
  /** The last line of the text, empty. */
  readonly end: Place;
  /** The white space between the frontmatter, or the start of the file, and the first line that is not blank. */
  readonly head: Place;
  /** The white space behind the last line that is not blank. */
  readonly tail: Place;
  /** What is written below the last line is swallowed by a fence or a comment that nobody closed. */
  readonly leftOpen: boolean;
  readonly headings: readonly Heading[];
  /** The text of headings in quotes and lists: no sections, but links can lead to them. */
  readonly innerHeadings: readonly string[];
  readonly sections: readonly Section[];
  readonly boxes: readonly Box[];
  /** Whole paragraphs, to compare with the template's sample text. */
  readonly paragraphs: readonly Prose[];
  /** Words that stand for something not yet written: `{{…}}`, `XXX`, `TBD`. */
  readonly placeholders: readonly Prose[];
  readonly mentions: readonly Mention[];
  readonly links: readonly Link[];
  readonly codes: readonly Code[];
  readonly commands: readonly Command[];
  /** Values of `id` and `name` in HTML, which links can lead to. */
  readonly htmlIds: readonly string[];
  readonly controls: readonly Control[];
  /** The insides of directive comments, and the places of the whole comments. */
  readonly directives: readonly Prose[];
  readonly directiveProblems: readonly DirectiveProblem[];
}

/** Facts while they are collected. */
export type OpenFacts = {
  -readonly [Name in keyof Facts]: Facts[Name] extends readonly (infer One)[] ? One[] : Facts[Name];
};

/** The facts of an empty text. All facts begin as these: rules go through objects of one shape faster than through any. */
export function emptyFacts(): OpenFacts {
  return {
    problem: undefined,
    frontmatter: undefined,
    end: FILE_START,
    head: FILE_START,
    tail: FILE_START,
    leftOpen: false,
    headings: [],
    innerHeadings: [],
    sections: [],
    boxes: [],
    paragraphs: [],
    placeholders: [],
    mentions: [],
    links: [],
    codes: [],
    commands: [],
    htmlIds: [],
    controls: [],
    directives: [],
    directiveProblems: [],
  };
}

/**
 * The facts of a document whose body was not read.
 *
 * @param frontmatter what was read of it all the same
 */
export function noFacts(problem: DocumentProblem, frontmatter?: Frontmatter): Facts {
  const facts = emptyFacts();
  facts.problem = problem;
  facts.frontmatter = frontmatter;
  return facts;
}
