import { asBuffer } from '../model/bytes.ts';
import type { Document } from '../model/document.ts';
import { gitGrep } from '../sources/git.ts';
import { KIND } from '../sources/index-format.ts';
import { pathsBelow } from '../sources/staged-files.ts';
import { discover, documentsAmong } from './discover.ts';
import { type DocumentSet, readBoards } from './document-set.ts';
import { knownIndex } from './known-index.ts';
import type { SearchableChange } from './open-search.ts';
import { Readings } from './readings.ts';
import { NotSearchable, SearchedDocuments } from './searched-documents.ts';
import type { Workspace } from './workspace.ts';

/**
 * The documents at some paths, as a source has them; undefined where there is none.
 *
 * @param listed the documents among them
 * @param note takes the bytes of each
 */
function documentsAt(
  paths: readonly string[],
  listed: readonly string[],
  workspace: Workspace,
  note: (bytes: Uint8Array) => void,
): Map<string, Document | undefined> {
  const readings = new Readings(workspace);
  const documents = new Set(listed);
  return new Map(
    paths.map((path): [string, Document | undefined] => {
      const bytes = documents.has(path) ? workspace.source.read(path) : undefined;
      if (bytes === undefined) return [path, undefined];
      if (bytes instanceof Uint8Array) note(bytes);
      return [path, readings.document(path, readings.take(bytes))];
    }),
  );
}

/** The paths of files that a search of the working tree does not see, or sees otherwise, and of others. */
function unseen({ git: { index }, workspace, unlike, expect }: SearchableChange): string[] {
  const modified = unlike();
  expect(modified);
  return [
    ...pathsBelow(index, workspace.roots, (kind) => kind !== KIND.regular),
    ...index.notes.unwatched.map((nth) => index.path(nth)),
    ...modified,
  ];
}

/** So many numbers are looked for one by one. */
const MOST_NUMBERS = 200;

/** The numbers of all that could be an id in the documents that differ: whoever judges these asks for no other. */
class NamedNumbers {
  readonly #numbers = new Set<string>();

  note(bytes: Uint8Array): void {
    if (this.#numbers.size > MOST_NUMBERS) return;
    const text = asBuffer(bytes).toString('latin1');
    for (const [, number = ''] of text.matchAll(/-0*([1-9][0-9]*|0)/g)) this.#numbers.add(number);
  }

  get(): ReadonlySet<string> | undefined {
    return this.#numbers.size > MOST_NUMBERS ? undefined : this.#numbers;
  }
}

/** Documents, and how many they are. */
export type CountedSet = DocumentSet & { readonly count: number };

/** The documents before a change and after it, of which those are searched that it leaves as they are. */
export class SearchSets {
  /** What there is after the change. */
  readonly after: CountedSet;
  /** Documents that are new and do not count as changed: a folder stands in the place of a file that git knows. */
  readonly beside: readonly string[];
  readonly searched: SearchedDocuments;
  readonly #unchanged: ReadonlySet<string>;
  readonly #numbers = new NamedNumbers();

  /**
   * @param least so many documents there have to be
   * @throws NotSearchable where there are fewer
   */
  constructor(searchable: SearchableChange, environment: NodeJS.ProcessEnv, least: number) {
    const { workspace, changed, git, expect, wasThere } = searchable;
    const { top, roots } = workspace;
    const isChanged = new Set(changed);
    const all = discover(workspace);
    if (all.length < least) throw new NotSearchable();
    expect(changed);
    const paths = all.filter((path) => !isChanged.has(path) && wasThere(path));
    const isUnchanged = new Set(paths);
    const others = all.filter((path) => !isUnchanged.has(path));
    this.beside = others.filter((path) => !isChanged.has(path));
    this.#unchanged = isUnchanged;
    this.searched = new SearchedDocuments({
      workspace,
      paths,
      unseen: () => [...unseen(searchable), ...paths.filter((path) => path.includes('\n'))],
      grep: (patterns) => gitGrep(top, patterns, roots, environment, git.file),
      // Boards name documents too.
      likely: () => (this.after.index.boards.length > 0 ? undefined : this.#numbers.get()),
    });
    this.after = this.#set([...changed, ...this.beside], others, workspace);
  }

  /** @param changed the paths at which a state of git may have other documents */
  with(changed: readonly string[], workspace: Workspace): CountedSet {
    return this.#set(changed, documentsAmong(changed, workspace), workspace);
  }

  /** @param listed the documents among those that differ */
  #set(differing: readonly string[], listed: readonly string[], workspace: Workspace): CountedSet {
    const fresh = documentsAt(differing, listed, workspace, (bytes) => this.#numbers.note(bytes));
    const index = knownIndex({ known: this.searched, fresh, boards: () => readBoards(workspace) });
    const others = [...fresh].filter(([path]) => this.#unchanged.has(path)).length;
    const count = this.#unchanged.size - others + [...fresh.values()].filter(Boolean).length;
    return { workspace, index, count };
  }
}
