import { baseName, type Document, ownId, readId } from '../model/document.ts';
import { type IdKey, idOfFileName } from '../model/id.ts';
import type { KnownDocuments } from './known-index.ts';
import { Readings } from './readings.ts';
import {
  idLines,
  OTHER_LINES,
  PLAIN_ID_LINE,
  PLAIN_ID_LINES,
  patternOf,
  READ_OTHERWISE,
  type Words,
} from './search-pattern.ts';
import type { Workspace } from './workspace.ts';

/** Searches the files of a working tree: lines, each behind its path and a NUL; undefined where it cannot. */
export type Grep = (patterns: readonly string[]) => string | undefined;

/** The files cannot be searched: all have to be read. */
export class NotSearchable extends Error {}

/** More words than this are not looked for: a change of so many documents is better judged by reading all. */
const MOST_WORDS = 400;

const GIVES_IDS = new RegExp(idLines().join('|'));

/** What is searched. */
interface Parts {
  /** After the change. */
  readonly workspace: Workspace;
  /** The documents that are as they were before it. */
  readonly paths: readonly string[];
  /** Files whose text a search does not see, or sees otherwise than it is judged. */
  readonly unseen: () => readonly string[];
  readonly grep: Grep;
  /** The numbers of the ids that will be asked for, if no other is; undefined where any may be. */
  readonly likely: () => ReadonlySet<string> | undefined;
}

/** Texts with ids at their ends, by the numbers of these, without leading zeros. */
type ByNumber = Map<string, (readonly [path: string, text: string])[]>;

const numberIn = (id: string): string => /[1-9][0-9]*$|0$/.exec(id)?.[0] ?? '';

function add(map: ByNumber, path: string, id: string): void {
  const number = numberIn(id);
  const others = map.get(number);
  if (others) others.push([path, id]);
  else map.set(number, [[path, id]]);
}

/** What a search for ids finds. */
interface Found {
  readonly ids: ByNumber;
  /** The numbers that these have been looked for by; undefined for all. */
  readonly numbers: ReadonlySet<string> | undefined;
  /** The documents whose ids, present and former, no line tells. */
  readonly odd: ReadonlySet<string>;
}

/**
 * The documents that a change leaves as they are. Which of them have an id, or name something, is found by a search for lines, and
 * only these are read.
 */
export class SearchedDocuments implements KnownDocuments {
  readonly #workspace: Workspace;
  readonly #paths: ReadonlySet<string>;
  readonly #grep: Grep;
  readonly #readings: Readings;
  readonly #unseen: () => readonly string[];
  readonly #likely: Parts['likely'];
  readonly #described = new Map<string, Document | undefined>();
  #found: Found | undefined;
  #fileNames: ByNumber | undefined;
  #hasSearchedWords = false;

  constructor({ workspace, paths, unseen, grep, likely }: Parts) {
    this.#workspace = workspace;
    this.#paths = new Set(paths);
    this.#unseen = unseen;
    this.#grep = grep;
    this.#likely = likely;
    this.#readings = new Readings(workspace, 0);
  }

  at(path: string): Document | undefined {
    if (!this.#paths.has(path)) return undefined;
    if (!this.#described.has(path)) this.#described.set(path, this.#describe(path));
    return this.#described.get(path);
  }

  #describe(path: string): Document | undefined {
    const bytes = this.#workspace.source.read(path);
    return bytes && this.#readings.document(path, this.#readings.take(bytes));
  }

  named(kind: 'id' | 'former', key: IdKey): readonly string[] {
    if (kind === 'former') return [...this.#tellingIds().odd];
    const number = numberIn(key);
    const { ids, odd } = this.#tellingIds(number);
    const all = [...(ids.get(number) ?? []), ...(this.#byFileName().get(number) ?? [])];
    const paths = all.flatMap(([path, id]) => (readId(id, this.#workspace.types)?.key === key ? [path] : []));
    return [...paths, ...odd];
  }

  /** @param number of an id; undefined where only those documents count whose ids no line tells */
  #tellingIds(number?: string): Found {
    const isTold = (numbers: ReadonlySet<string> | undefined): boolean =>
      number === undefined || numbers === undefined || numbers.has(number);
    if (this.#found && isTold(this.#found.numbers)) return this.#found;
    const likely = this.#found ? undefined : this.#likely();
    const numbers = isTold(likely) ? likely : undefined;
    this.#found = this.#idsIn(this.#look(idLines(numbers), numbers !== undefined), numbers);
    return this.#found;
  }

  #byFileName(): ByNumber {
    if (!this.#fileNames) {
      this.#fileNames = new Map();
      for (const path of this.#paths) {
        const id = idOfFileName(baseName(path));
        if (id !== undefined) add(this.#fileNames, path, id);
      }
    }
    return this.#fileNames;
  }

  listing(): [path: string, id: string | undefined][] {
    return [...this.#paths].flatMap((path): [string, string | undefined][] => {
      const document = this.at(path);
      return document ? [[path, ownId(document)?.canonical]] : [];
    });
  }

  /** Those that may have had other ids. */
  renumbered(): readonly Document[] {
    return [...this.#tellingIds().odd].flatMap((path) => this.at(path) ?? []);
  }

  /**
   * Those in which one of some words may be named, in whatever way; the first time also those whose words a search does not tell.
   *
   * @param words at least one
   * @throws NotSearchable
   */
  naming(words: Words): Set<string> {
    if (words.ids.size + words.paths.size > MOST_WORDS) throw new NotSearchable();
    const isFirst = !this.#hasSearchedWords;
    this.#hasSearchedWords = true;
    const named = patternOf(words, this.#workspace.types);
    const telling = this.#found ? [] : idLines();
    const ways = [...telling, ...(isFirst ? [READ_OTHERWISE] : []), `(?i:${named})`];
    const lines = this.#look(ways, false);
    this.#found ??= this.#idsIn(lines);
    const isNamed = new RegExp(named, 'i');
    const found = new Set([...this.#paths].filter((path) => isNamed.test(path)));
    for (const [, path = ''] of lines.matchAll(OTHER_LINES)) if (this.#paths.has(path)) found.add(path);
    for (const key of words.ids) for (const path of this.named('id', key as IdKey)) found.add(path);
    if (isFirst) for (const path of this.#tellingIds().odd) found.add(path);
    return found;
  }

  /** @param isRare whether few lines have it: then each pattern by itself is looked for faster than all in one */
  #look(patterns: readonly string[], isRare: boolean): string {
    const lines = this.#grep(isRare ? patterns : [patterns.join('|')]);
    if (lines === undefined) throw new NotSearchable();
    return lines;
  }

  #idsIn(lines: string, numbers?: ReadonlySet<string>): Found {
    const ids: ByNumber = new Map();
    for (const { index } of lines.matchAll(PLAIN_ID_LINES)) {
      const path = lines.slice(lines.lastIndexOf('\n', index) + 1, index);
      const id = PLAIN_ID_LINE.exec(lines.slice(index + 1, lines.indexOf('\n', index)))?.[2];
      if (id !== undefined && this.#paths.has(path)) add(ids, path, id);
    }
    const odd = new Set(this.#unseen().filter((path) => this.#paths.has(path)));
    for (const [, path = '', , text = ''] of lines.matchAll(OTHER_LINES))
      if (this.#paths.has(path) && GIVES_IDS.test(text)) odd.add(path);
    return { ids, numbers, odd };
  }
}
