import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Document, DocumentIndex } from '../../src/model/document.ts';
import type { IdKey } from '../../src/model/id.ts';
import { IdFinder } from '../../src/model/id-finder.ts';
import { referencesOf } from '../../src/model/reference.ts';
import { isRewritten } from '../../src/model/rewritten.ts';
import { discover } from '../../src/pipeline/discover.ts';
import { buildIndex } from '../../src/pipeline/document-set.ts';
import { SearchedDocuments } from '../../src/pipeline/searched-documents.ts';
import { openWorkspace, type Workspace } from '../../src/pipeline/workspace.ts';
import { gitGrep } from '../../src/sources/git.ts';
import { environment, PROJECT, Repository } from '../helpers/repository.ts';

const SEED = Number(process.env['SEARCH_SEED'] ?? 12);
const RUNS = Number(process.env['SEARCH_RUNS'] ?? 1200);

interface Searched {
  readonly workspace: Workspace;
  readonly index: DocumentIndex;
  readonly searched: SearchedDocuments;
}

/**
 * The documents of a repository, read as a whole and searched by git.
 *
 * @param likely the numbers of ids that are asked for
 */
async function search(texts: readonly (string | Uint8Array)[], likely?: ReadonlySet<string>): Promise<Searched> {
  const files = texts.map((text, nth) => [`dev_ops/plans/n${nth}.md`, text] as const);
  const repository = new Repository(Object.fromEntries(files));
  repository.git('add', '-A');
  const surroundings = { cwd: repository.folder, environment: environment(), notify: () => undefined };
  const workspace = await openWorkspace(surroundings);
  const paths = discover(workspace);
  const searched = new SearchedDocuments({
    workspace,
    paths,
    unseen: () => [],
    grep: (patterns) => gitGrep(workspace.top, patterns, workspace.roots, environment()),
    likely: () => likely,
  });
  return { workspace, index: buildIndex(paths, workspace), searched };
}

const canSearch = gitGrep(PROJECT, ['planproof'], ['docs'], environment()) !== undefined;

const joined = (parts: readonly string[], maxLength: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...parts), { maxLength }).map((pieces) => pieces.join(''));

const WORDS =
  '-|0|00|12|7|PLAN|plan|Bug|BUG|Pln|ADR|adr-7|PLAN-12|é|‑|–| |x|ſ|ﬁ|𝟙|１|\u212a|－|\n|\r\n|&#45;|\\-|%2D'.split('|');

/** What may stand in frontmatter. */
const IDS = [
  'PLAN-12',
  'plan-012',
  '"PLAN-7"',
  "'ADR-7'",
  'PLAN‑12',
  'none',
  '"\\x50LAN-12"',
  '*a',
  '&a PLAN-12',
  '[PLAN-12]',
  '"PLAN-12\n  "',
];
const FIELDS = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(
        'id: ',
        'id:  ',
        '"id": ',
        "'id' : ",
        'id :\t',
        '? id\n: ',
        'id:\n  ',
        '"\\u0069d": ',
        '!!str id: ',
        'i\\\n d: ',
      ),
      fc.constantFrom(...IDS),
      fc.constantFrom('\n', ' # said\n', ' \n', '\r\n', '\r', '\u2028\n', '\u00a0\n'),
    )
    .map((parts) => parts.join('')),
  fc.constantFrom(
    'id: PLAN-12\n',
    'id: plan-007\n',
    'id: ADR-7\r\n',
    'formerly: PLAN-12\n',
    'formerly: [ADR-7, PLAN-012]\n',
    '"formerly":\n  - plan-7\n',
    '"f\\x6frmerly": PLAN-7\n',
    'title: a plan\n',
    'type: plan\n',
    'type: adr\n',
    'note: |\n  id: PLAN-7\n',
    'note: &a PLAN-7\n',
    '<<: {id: PLAN-7}\n',
  ),
  fc
    .tuple(
      fc.constantFrom('supersedes', 'superseded_by', 'related_docs', 'task'),
      fc.constantFrom(
        '12',
        '[12, 7]',
        '"007"',
        '\n  - 12 # one\n  - 7',
        '12,7',
        ' , 12 ',
        'PLAN-12',
        '[adr-7]',
        '12\u00a0',
        '\n  12',
        '>-\n  12',
        '!!str 12',
      ),
    )
    .map(([key, value]) => `${key}: ${value}\n`),
);
const document = fc
  .tuple(fc.constantFrom('', '\uFEFF'), fc.array(FIELDS, { maxLength: 4 }), joined(WORDS, 6))
  .map(([mark, fields, body]) => `${mark}---\n${fields.join('')}---\n\n${body}\n`);

/** Ids in other signs than those of ASCII, which NFKC makes ids of. */
const FOLDED = fc
  .tuple(
    fc.constantFrom('PLAN', 'plan', 'ＰＬＡＮ', 'PLＡN', 'x PLAN', 'BUG', 'ＢＵＧ', 'BUＧ'),
    fc.constantFrom('-', '‑', '‐', '\uFE63', '－'),
    fc.constantFrom('', '0', '０', '00'),
    fc.constantFrom('12', '１２', '1２', '7', '７', '𝟕', '1', '①'),
    fc.constantFrom('', ' ', 'é', '２', '\n'),
  )
  .map((parts) => parts.join(''));

const KEYS = [
  'PLAN-12',
  'PLAN-7',
  'ADR-7',
  'ADR-12',
  'PLAN-0',
  'BUG-7',
  'BUG-12',
  'TASK-12',
] as readonly string[] as readonly [IdKey, ...IdKey[]];

const pathOf = (nth: number): string => `dev_ops/plans/n${nth}.md`;
const naming = ({ searched }: Searched, key: string): Set<string> =>
  searched.naming({ ids: new Set([key]), paths: new Set() });

/**
 * The texts in which a key was missed; the first search gives all of which none can tell.
 *
 * @param most the share of those that may be such
 */
function missedIn(texts: readonly string[], set: Searched, most = 1): string[] {
  const ids = new IdFinder(set.workspace.types);
  const untold = naming(set, 'PLAN-99');
  const rewritten = texts.filter((text, nth) => isRewritten(text) && !untold.has(pathOf(nth)));
  const missed = KEYS.flatMap((key) => {
    const found = naming(set, key);
    return texts.filter(
      (text, nth) => ids.keysIn(text).has(key) && !found.has(pathOf(nth)) && !untold.has(pathOf(nth)),
    );
  });
  expect(untold.size).toBeLessThanOrEqual(texts.length * most);
  return [...rewritten, ...missed];
}

/** The documents that were missed by an id that they have, had, or refer to. */
function unfoundIn(set: Searched): Document[] {
  const { workspace, index, searched } = set;
  const untold = naming(set, 'PLAN-99');
  const refersTo = (document: Document, key: string): boolean =>
    referencesOf(document, workspace.types, workspace.config).some(({ id }) => id?.key === key);
  return KEYS.flatMap((key) => {
    const [named, former] = [new Set(searched.named('id', key)), new Set(searched.named('former', key))];
    const found = new Set([...naming(set, key), ...untold]);
    return index.documents.filter(
      (one) =>
        (one.id?.key === key && !named.has(one.path)) ||
        (one.formerIds.some((id) => id.key === key) && !former.has(one.path)) ||
        (refersTo(one, key) && !found.has(one.path)),
    );
  });
}

describe.skipIf(!canSearch)('documents that are searched', () => {
  it(`are found by each id that a text has (seed ${SEED})`, async () => {
    const texts = fc.sample(joined(WORDS, 12), { seed: SEED, numRuns: RUNS });
    expect(missedIn(texts, await search(texts), 0.75)).toEqual([]);
  }, 120_000);

  it(`are found by ids in other signs (seed ${SEED})`, async () => {
    const texts = fc.sample(FOLDED, { seed: SEED, numRuns: RUNS });
    const set = await search(texts);
    const ids = new IdFinder(set.workspace.types);
    expect(texts.filter((text) => ids.keysIn(text).size > 0).length).toBeGreaterThan(RUNS / 2);
    expect(missedIn(texts, set)).toEqual([]);
  }, 120_000);

  it(`are found by the ids that they have, had, and refer to (seed ${SEED})`, async () => {
    const set = await search(fc.sample(document, { seed: SEED, numRuns: RUNS }));
    const { index, searched, workspace } = set;
    expect(unfoundIn(set).map(({ path }) => String(workspace.source.read(path)))).toEqual([]);
    // That is not so because each is given whatever is looked for.
    const told = index.documents.filter(({ id }) => id?.key === KEYS[0]);
    const untold = new Set(searched.named('former', KEYS[0]));
    expect(told.filter(({ path }) => !untold.has(path)).length).toBeGreaterThan(RUNS / 100);
  }, 120_000);

  it(`are found alike by a search for the ids that are likely (seed ${SEED})`, async () => {
    const texts = fc.sample(document, { seed: SEED, numRuns: RUNS });
    const [all, likely] = [await search(texts), await search(texts, new Set(['12', '7']))];
    const named = ({ searched }: Searched, key: IdKey): string[] => [...new Set(searched.named('id', key))].sort();
    // The last asks for what is not likely.
    for (const key of [...KEYS.filter((key) => /-(?:12|7)$/.test(key)), ...KEYS])
      expect(named(likely, key)).toEqual(named(all, key));
  }, 120_000);
});
