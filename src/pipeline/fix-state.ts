import type { Finding } from '../model/finding.ts';
import { type Contents, overlay } from '../sources/overlay.ts';
import type { Source } from '../sources/source.ts';
import { type FileChange, moved } from '../writing/change.ts';
import { type Undertaking, work } from './carry-out.ts';
import type { FactsByBytes } from './document-set.ts';
import { judgeAll } from './judge.ts';
import type { Judgement } from './judgement.ts';
import { judgementOf, type LintRequest, type Scope } from './lint.ts';
import type { Spans } from './spans.ts';
import { type Texts, textsOf } from './texts.ts';

/** What stays the same while fixes are tried. */
export interface Ground {
  readonly request: LintRequest;
  /** The files as they are, each read once. */
  readonly source: Source;
  readonly known: FactsByBytes;
}

/** A set as it would be with the fixes so far, judged. Nothing of it is written. */
export interface FixState {
  readonly scope: Scope;
  readonly judgement: Judgement;
  /** Of all documents and boards. */
  readonly findings: readonly Finding[];
  readonly texts: Texts;
  readonly contents: Contents;
  /** The path that each moved document has in the repository. */
  readonly origins: ReadonlyMap<string, string>;
}

/** Judges all of a scope. */
export function judgeState(
  scope: Scope,
  ground: Ground,
  { contents, origins }: Pick<FixState, 'contents' | 'origins'>,
): FixState {
  const judgement = judgementOf(scope, ground.request, ground.known);
  return { scope, judgement, findings: judgeAll(judgement), texts: textsOf(judgement), contents, origins };
}

const renamed = (paths: Iterable<string>, moves: ReadonlyMap<string, string>): string[] =>
  [...paths].map((path) => moves.get(path) ?? path);

/**
 * The state after an undertaking, and where it wrote, by path after its moves.
 *
 * @throws Impossible, RangeError when it cannot be carried out
 */
export function afterUndertaking(
  state: FixState,
  { works, moves }: Undertaking,
  ground: Ground,
): { state: FixState; written: Map<string, Spans> } {
  const contents = new Map(state.contents);
  const origins = new Map(state.origins);
  const written = new Map<string, Spans>();
  const worked = new Map<string, Uint8Array>();
  for (const [path, todo] of works) {
    const source = state.texts.textOf(path);
    if (!source) continue;
    const after = work(source, todo);
    worked.set(path, after.source.bytes);
    written.set(moves.get(path) ?? path, after.written);
  }
  for (const path of moves.keys()) contents.set(path, undefined);
  for (const [from, to] of moves) {
    const bytes = worked.get(from) ?? state.texts.textOf(from)?.bytes;
    contents.set(to, bytes);
    origins.set(to, state.origins.get(from) ?? from);
    origins.delete(from);
  }
  for (const [path, bytes] of worked) if (!moves.has(path)) contents.set(path, bytes);
  const { scope } = state;
  const next: Scope = {
    ...scope,
    workspace: { ...scope.workspace, source: overlay(ground.source, contents) },
    paths: renamed(scope.paths, moves),
    shown: new Set(renamed(scope.shown, moves)),
  };
  return { state: judgeState(next, ground, { contents, origins }), written };
}

const bytesIn = (source: Source, path: string): Uint8Array | undefined => {
  const bytes = source.read(path);
  return bytes instanceof Uint8Array ? bytes : undefined;
};

const isSame = (a: Uint8Array | undefined, b: Uint8Array | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && Buffer.compare(a, b) === 0);

/** What has to be written, by path. */
export function changesOf({ contents, origins }: FixState, { source }: Ground): FileChange[] {
  const movedAway = new Set(origins.values());
  return [...contents].sort().flatMap(([path, after]): FileChange[] => {
    const before = bytesIn(source, path);
    const origin = origins.get(path);
    const from = origin === undefined ? undefined : bytesIn(source, origin);
    if (origin !== undefined && origin !== path && from && after && before === undefined && !contents.get(origin))
      return moved(origin, path, from, after);
    if (isSame(before, after) || (after === undefined && movedAway.has(path))) return [];
    return [{ path, before, after, ...(before === undefined && origin !== undefined ? { modeOf: origin } : {}) }];
  });
}
