import { posix } from 'node:path';
import type { Document, DocumentIndex } from '../model/document.ts';
import { readLink } from '../model/link.ts';
import { SourceText } from '../model/source-text.ts';
import type { GivenText } from './document-set.ts';
import type { Judgement } from './judge.ts';
import { readText } from './read.ts';

/** The texts behind a judged set: what fixes are made on. */
export interface Texts {
  readonly index: DocumentIndex;
  /** The text of a document or board; undefined where it was not read, or is none. */
  textOf(path: string): SourceText | undefined;
  /** Documents with a link to a path. */
  linkingTo(path: string): readonly Document[];
  exists(path: string): boolean;
}

function linksByTarget({ documents }: DocumentIndex): Map<string, Set<Document>> {
  const targets = new Map<string, Set<Document>>();
  for (const document of documents) {
    for (const { url, kind } of document.facts.links) {
      const target = kind === 'reference' ? undefined : readLink(url, document.path);
      if (target?.kind !== 'path') continue;
      const linking = targets.get(target.path) ?? new Set();
      targets.set(target.path, linking.add(document));
    }
  }
  return targets;
}

/** The texts of a judged set; each is read when it is asked for, once. */
export function textsOf({ index, workspace }: Judgement, given?: GivenText): Texts {
  const texts = new Map<string, SourceText | undefined>();
  let targets: Map<string, Set<Document>> | undefined;
  const read = (path: string): SourceText | undefined => {
    if (index.at(path)?.facts.problem) return undefined;
    const bytes = given?.path === path ? given.bytes : workspace.source.read(path);
    if (!(bytes instanceof Uint8Array)) return undefined;
    return typeof readText(bytes, Number.POSITIVE_INFINITY) === 'string' ? new SourceText(bytes) : undefined;
  };
  return {
    index,
    textOf: (path) => {
      if (!texts.has(path)) texts.set(path, read(path));
      return texts.get(path);
    },
    linkingTo: (path) => {
      targets ??= linksByTarget(index);
      return [...(targets.get(posix.normalize(path)) ?? [])];
    },
    exists: (path) => workspace.source.exists(path),
  };
}
