import type { Ledger } from '../cache/ledger.ts';
import type { UnitRecord } from '../cache/unit.ts';
import type { Board } from '../model/board.ts';
import type { Document, DocumentIndex } from '../model/document.ts';
import { keyOfCanonical } from '../model/id.ts';
import type { FileState } from '../sources/file-state.ts';
import { MODE } from '../sources/git-objects.ts';
import { ChangedAnswers } from './changed-answers.ts';
import { boardPlaces, readBoards } from './document-set.ts';
import { anchorsIn } from './index-documents.ts';
import { knownIndex, rememberedDocuments } from './known-index.ts';
import { isBelow } from './locate.ts';
import { type Head, Readings } from './readings.ts';
import { boardRecord, documentRecord, isSameHead } from './remembered.ts';
import type { Workspace } from './workspace.ts';

/** A file that is not as it was in the last state. */
export interface FileDifference {
  readonly path: string;
  readonly before: FileState;
  readonly after: FileState;
}

/** A state that is to be judged by what is known of another one. */
export interface NewState {
  /** Its source gives the files of the state. */
  readonly workspace: Workspace;
  readonly differences: readonly FileDifference[];
  /** Paths that have come or gone without being among them. */
  readonly existence: readonly string[];
  /** YYYY-MM-DD. */
  readonly today: string;
  /** Whether a file is a document by its name and place. */
  isDocument(path: string): boolean;
  /** What is known of a document by the hash of its bytes. */
  recordOf?(hash: string): UnitRecord | undefined;
}

/** A state of which it is known what has to be judged anew. */
export interface Stock {
  readonly workspace: Workspace;
  readonly index: DocumentIndex;
  /** What is not as the ledger has it, but for verdicts; undefined where nothing is left. */
  readonly records: ReadonlyMap<string, UnitRecord | undefined>;
  /** The documents and boards whose verdict may be another one than the ledger has. */
  readonly affected: ReadonlySet<string>;
  /** The anchors that verdicts rest on and that are not as the ledger has them. */
  readonly anchors: ReadonlyMap<string, readonly string[] | null>;
}

/** Anchors as they are remembered. */
export function anchorList(anchors: ReadonlySet<string> | undefined): readonly string[] | null {
  return anchors ? [...anchors].sort() : null;
}

const isSameList = (a: readonly string[] | null, b: readonly string[] | null): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

const isLink = (state: FileState): boolean => state?.[0] === MODE.link;

/** Whether there is a link where none was, or the other way round. */
const isOtherLink = ({ before, after }: FileDifference): boolean => isLink(before) !== isLink(after);

const keysOf = ({ id, fileId }: UnitRecord): string[] =>
  [id, fileId].flatMap((name) => (name === undefined ? [] : [keyOfCanonical(name)]));

/** Goes through what differs, and asks whose verdict that touches. */
class StockTaking {
  readonly #ledger: Ledger;
  readonly #state: NewState;
  readonly #readings: Readings;
  readonly #fresh = new Map<string, Document | undefined>();
  readonly #records = new Map<string, UnitRecord | undefined>();
  readonly #anchors = new Map<string, readonly string[] | null>();
  readonly #answers: ChangedAnswers;
  readonly #index: DocumentIndex;

  constructor(ledger: Ledger, state: NewState) {
    const { workspace } = state;
    this.#ledger = ledger;
    this.#answers = new ChangedAnswers(ledger.openCount > 0);
    this.#state = state;
    this.#readings = new Readings(workspace);
    const boards = (): readonly Board[] => readBoards(workspace);
    this.#index = knownIndex({
      known: rememberedDocuments(ledger, this.#readings),
      fresh: this.#fresh,
      boards,
    });
  }

  take(): Stock {
    const { differences, existence, isDocument, today, workspace } = this.#state;
    const boards = new Set(boardPlaces(workspace).map(({ path }) => path));
    const documents = differences.filter(({ path }) => !boards.has(path) && isDocument(path));
    for (const difference of documents) this.#document(difference);
    for (const { path } of documents) this.#compareDocument(path);
    for (const { path } of documents) this.#compareAnchors(path);
    for (const { path } of differences) if (boards.has(path)) this.#board(path);
    const comeOrGone = differences.filter((one) => (one.before === null) !== (one.after === null) || isOtherLink(one));
    for (const path of [...comeOrGone.map((one) => one.path), ...existence])
      this.#answers.existence(path, (folder) => this.#stands(folder));
    if (this.#ledger.changes.today !== today) this.#answers.add('today');
    // Whether a commit exists, only git can tell.
    this.#answers.add('commit');
    return {
      workspace,
      index: this.#index,
      records: this.#records,
      affected: this.#affected(),
      anchors: this.#anchors,
    };
  }

  #read(path: string, after: FileState): Head | undefined {
    if (after === null) return undefined;
    const known = this.#state.recordOf?.(after[1]);
    if (known) return known;
    const bytes = this.#state.workspace.source.read(path);
    return bytes && this.#readings.take(bytes);
  }

  #document({ path, after }: FileDifference): void {
    const head = this.#read(path, after);
    const document = head && this.#readings.document(path, head);
    this.#fresh.set(path, document);
    this.#records.set(path, document && head && documentRecord(document, head));
  }

  #compareDocument(path: string): void {
    const [before, after] = [this.#ledger.record(path), this.#records.get(path)];
    if (!isSameHead(before, after)) this.#answers.document(path, before, after, (key) => this.#renumbered(key));
  }

  #compareAnchors(path: string): void {
    const before = this.#ledger.anchors().get(path);
    // Nobody has asked for them; somebody who has not been judged yet may.
    if (before === undefined) {
      this.#answers.anchorsForeseen(path);
      return;
    }
    const after = anchorList(anchorsIn(this.#fresh.get(path)));
    if (isSameList(before, after)) return;
    this.#anchors.set(path, after);
    this.#answers.add('anchors', path);
  }

  #board(path: string): void {
    const board = this.#index.boards.find((one) => one.path === path);
    const after = board && boardRecord(board);
    this.#answers.board(this.#ledger.record(path), after, (key) => this.#renumbered(key));
    this.#records.set(path, after);
  }

  /** Whether a folder is there as it was, as far as that can be told without a look at all files. */
  #stands(folder: string): boolean {
    const { index, changes } = this.#ledger;
    const wasInBase =
      index?.hasFolder(folder) && !changes.files.some(([path, state]) => state === null && isBelow(path, folder));
    return wasInBase === true && this.#state.workspace.source.exists(folder);
  }

  /** The keys of documents that have had an id, as the ledger has them and as they are. */
  #renumbered(key: string): string[] {
    const had = this.#ledger.named('former', key).flatMap((path) => this.#ledger.record(path) ?? []);
    return [...had, ...this.#records.values()].flatMap((record) =>
      record?.former?.some((former) => keyOfCanonical(former) === key) ? keysOf(record) : [],
    );
  }

  /** Whether paths lead through a link that did not before, or no longer do: nobody has asked for the link itself. */
  get #hasOtherLinks(): boolean {
    const { differences, workspace } = this.#state;
    return workspace.source.isLinked !== undefined && differences.some(isOtherLink);
  }

  #affected(): Set<string> {
    const questions = new Set([...this.#answers.numbers, ...this.#answers.words()]);
    const known = this.#hasOtherLinks ? this.#ledger.allPaths() : this.#ledger.resting(questions);
    const affected = new Set([...known, ...this.#records.keys()]);
    for (const [path, record] of this.#records) if (record === undefined) affected.delete(path);
    return affected;
  }
}

/** Finds out what is not as a ledger has it, and which verdicts that touches. */
export function takeStock(ledger: Ledger, state: NewState): Stock {
  return new StockTaking(ledger, state).take();
}
