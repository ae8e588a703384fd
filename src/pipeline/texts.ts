import type { Document, DocumentIndex } from '../model/document.ts';
import { SourceText } from '../model/source-text.ts';
import type { Source } from '../sources/source.ts';
import type { GivenText } from './document-set.ts';
import type { Judgement } from './judgement.ts';
import { Linking } from './linking.ts';
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

/** The texts of a judged set; each is read when it is asked for, once. */
export function textsOf({ index, workspace }: Judgement, given?: GivenText): Texts {
  const texts = new Map<string, SourceText | undefined>();
  const bytesOf = (path: string): ReturnType<Source['read']> =>
    given?.path === path ? given.bytes : workspace.source.read(path);
  const read = (path: string): SourceText | undefined => {
    if (index.at(path)?.facts.problem) return undefined;
    const bytes = bytesOf(path);
    if (!(bytes instanceof Uint8Array)) return undefined;
    return typeof readText(bytes, Number.POSITIVE_INFINITY) === 'string' ? new SourceText(bytes) : undefined;
  };
  let linking: Linking | undefined;
  return {
    index,
    textOf: (path) => {
      if (!texts.has(path)) texts.set(path, read(path));
      return texts.get(path);
    },
    linkingTo: (path) => {
      linking ??= new Linking(index, bytesOf);
      return linking.to(path);
    },
    exists: (path) => workspace.source.exists(path),
  };
}
