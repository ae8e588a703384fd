import type { DocumentIndex } from '../model/document.ts';
import type { JudgeOptions } from './judge-options.ts';
import type { Workspace } from './workspace.ts';

/** A finished set of documents and what it is judged with. */
export interface Judgement {
  readonly index: DocumentIndex;
  readonly workspace: Workspace;
  readonly options: JudgeOptions;
}
