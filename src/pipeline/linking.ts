import { posix } from 'node:path';
import { asBuffer } from '../model/bytes.ts';
import { baseName, type Document, type DocumentIndex } from '../model/document.ts';
import { readLink } from '../model/link.ts';
import { isRewritten } from '../model/rewritten.ts';
import type { Unreadable } from '../sources/source.ts';
import { byPath } from './index-documents.ts';

/** The name of a document that is written in links as it is. */
const PLAIN_NAME = /^[\w.-]+\.md$/;
/** Whole words only: to begin anew at each sign of a word would take quadratic time. */
const PLAIN_NAMES = /(?<![\w.-])[\w.-]+\.md(?![\w.-])/g;

type Listed<Value = Document> = Map<string, Value[]>;

function list<Value>(listed: Listed<Value>, key: string, value: Value): void {
  const known = listed.get(key);
  if (known) known.push(value);
  else listed.set(key, [value]);
}

/** The paths that a document has links to. */
function targetsOf({ path, facts }: Document): Set<string> {
  const targets = facts.links.flatMap(({ url, kind }) => {
    const target = kind === 'reference' ? undefined : readLink(url, path);
    return target?.kind === 'path' ? [target.path] : [];
  });
  return new Set(targets);
}

function linksByTarget(documents: Iterable<Document>): Listed {
  const listed: Listed = new Map();
  for (const document of documents) for (const target of targetsOf(document)) list(listed, target, document);
  return listed;
}

/**
 * Finds the links to a document. A link says the name of its file, as it is or in signs that read as it: texts with neither
 * are not parsed, since parsing is most of the work.
 */
export class Linking {
  readonly #index: DocumentIndex;
  readonly #bytesOf: (path: string) => Uint8Array | Unreadable | undefined;
  #all: Listed | undefined;
  #named: Listed<string> | undefined;
  /** The links of the documents in whose texts something is rewritten. */
  #rewritten: Listed = new Map();

  constructor(index: DocumentIndex, bytesOf: (path: string) => Uint8Array | Unreadable | undefined) {
    this.#index = index;
    this.#bytesOf = bytesOf;
  }

  /** Documents with a link to a path, sorted by their own. */
  to(path: string): readonly Document[] {
    const target = posix.normalize(path);
    const name = baseName(target);
    if (!PLAIN_NAME.test(name)) {
      this.#all ??= linksByTarget(this.#index.documents);
      return this.#all.get(target) ?? [];
    }
    this.#named ??= this.#readNames();
    // A bare anchor leads to its own document and says no name.
    const candidates = [target, ...(this.#named.get(name) ?? [])].flatMap((one) => this.#index.at(one) ?? []);
    const linking = candidates.filter((document) => targetsOf(document).has(target));
    return [...new Set([...linking, ...(this.#rewritten.get(target) ?? [])])].sort(byPath);
  }

  /** The paths of the documents whose texts hold a name, by the name. */
  #readNames(): Listed<string> {
    const named: Listed<string> = new Map();
    const rewritten: string[] = [];
    for (const path of this.#index.paths) {
      const bytes = this.#bytesOf(path);
      if (!(bytes instanceof Uint8Array)) continue;
      const text = asBuffer(bytes).toString('latin1');
      if (isRewritten(text)) rewritten.push(path);
      else for (const name of new Set(text.match(PLAIN_NAMES))) list(named, name, path);
    }
    this.#rewritten = linksByTarget(rewritten.flatMap((path) => this.#index.at(path) ?? []));
    return named;
  }
}
