import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ActionEvent, type ActionOutcome, Runner } from '../helpers/action.ts';
import { adr, plan } from '../helpers/documents.ts';
import { installTarball, packProject } from '../helpers/package.ts';
import { Repository } from '../helpers/repository.ts';

const runner = new Runner();
beforeAll(() => installTarball(packProject(runner.folder), runner.modules));
afterAll(() => runner.dispose());

const DECISION = 'dev_ops/adrs/ADR-001-count-in-memory.md';
const PLAN = 'dev_ops/plans/PLAN-001-rate-limit.md';
/** A pull request as GitHub keeps it: its head, and a merge of it into the newest main. */
const MERGE = 'refs/pull/1/merge';

/** A repository whose main has a finding, and then another one by others; a branch removes a decision. */
class Origin extends Repository {
  /** The commit that the branch left, which an event may still name. */
  readonly left: string;
  readonly head: string;
  readonly main: string;

  constructor(change: (repository: Repository) => void) {
    super({
      [DECISION]: adr(),
      [PLAN]: plan({ related: '[ADR-001]' }),
      'dev_ops/plans/PLAN-009-old.md': plan({ id: 'PLAN-009', title: 'Old', related: '[ADR-404]' }),
      'src/large.bin': new Uint8Array(2 ** 21),
    });
    this.git('config', 'uploadpack.allowFilter', 'true');
    this.git('config', 'uploadpack.allowAnySHA1InWant', 'true');
    this.commit('begin');
    this.left = this.#hash('HEAD');
    this.git('checkout', '-q', '-b', 'topic');
    change(this);
    this.commit('change');
    this.head = this.#hash('HEAD');
    this.git('checkout', '-q', 'main');
    this.write({ 'dev_ops/plans/PLAN-008-others.md': plan({ id: 'PLAN-008', title: 'Others', related: '[ADR-405]' }) });
    this.commit('by others');
    this.main = this.#hash('HEAD');
    this.git('checkout', '-q', '--detach');
    this.git('merge', '-q', '--no-ff', '-m', 'merge', 'topic');
    this.git('update-ref', MERGE, 'HEAD');
    this.git('checkout', '-q', 'main');
  }

  #hash(ref: string): string {
    return this.git('rev-parse', ref).trim();
  }

  /** The event of the pull request, from a fork. */
  event(more: { readonly sha?: string } = {}): ActionEvent {
    const head = { sha: this.head, repo: { full_name: 'stranger/plans' } };
    const base = { sha: more.sha ?? this.left, repo: { full_name: 'team/plans' } };
    return { name: 'pull_request', payload: { pull_request: { head, base } } };
  }

  /** What actions/checkout makes of a ref. */
  checkout(ref: string, ...options: readonly string[]): Repository {
    const repository = new Repository({});
    repository.git('remote', 'add', 'origin', pathToFileURL(this.folder).href);
    repository.git(
      'fetch',
      '-q',
      '--no-tags',
      ...options,
      'origin',
      `+${ref}:refs/remotes/${ref.slice('refs/'.length)}`,
    );
    return repository;
  }

  full(ref: string = MERGE): Repository {
    const repository = this.checkout(ref);
    repository.git('fetch', '-q', 'origin');
    repository.git('checkout', '-q', '--detach', `refs/remotes/${ref.slice('refs/'.length)}`);
    return repository;
  }

  shallow(depth: number, ref: string = MERGE): Repository {
    const repository = this.checkout(ref, `--depth=${depth}`);
    repository.git('checkout', '-q', '--detach', `refs/remotes/${ref.slice('refs/'.length)}`);
    return repository;
  }
}

const files = ({ stdout }: ActionOutcome): string[] =>
  [...stdout.matchAll(/^::error file=([^,]+)/gm)].map((match) => match[1] as string);

const use = (
  repository: Repository,
  event: ActionEvent,
  inputs: Readonly<Record<string, string>> = {},
): Promise<ActionOutcome> => runner.use({ workspace: repository.folder, event, inputs });

describe('the steps of the action on a pull request from a fork that removes a decision', () => {
  let origin: Origin;
  beforeEach(() => {
    origin = new Origin((repository) => repository.remove(DECISION));
  });

  it.each([
    ['with the whole history', () => origin.full()],
    ['with a depth of 2', () => origin.shallow(2)],
  ])('%s, fail at the plan that nobody touched, with the cause, and are silent of all else', async (_, checkout) => {
    const outcome = await use(checkout(), origin.event());
    expect([outcome.code, outcome.stderr, files(outcome)]).toEqual([1, '', [PLAN]]);
    expect(outcome.stdout).toContain(`%0ACaused by ${DECISION}: deleted`);
    expect(outcome.outputs).toEqual({ errors: '1', warnings: '0', 'sarif-file': '' });
    expect(outcome.summary).toContain('ADR-001');
  });

  it('take the base of the event where the merge is not what is checked out', async () => {
    const repository = origin.full('refs/heads/topic');
    const outcome = await use(repository, origin.event());
    expect([outcome.code, files(outcome)]).toEqual([1, [PLAN]]);
  });

  it('judge all with base: none', async () => {
    const outcome = await use(origin.full(), origin.event(), { base: 'none' });
    expect(files(outcome)).toEqual([PLAN, 'dev_ops/plans/PLAN-008-others.md', 'dev_ops/plans/PLAN-009-old.md']);
  });

  it('work with the checkout that docs/ci.md shows for a large repository', async () => {
    const repository = origin.checkout(MERGE, '--depth=2', '--filter=blob:limit=1m');
    repository.git('sparse-checkout', 'set', 'dev_ops');
    repository.git('checkout', '-q', '--detach', 'refs/remotes/pull/1/merge');
    expect([repository.has('src'), repository.has(PLAN)]).toEqual([false, true]);
    const outcome = await use(repository, origin.event());
    expect([outcome.code, outcome.stderr, files(outcome)]).toEqual([1, '', [PLAN]]);
  });

  it.each(['error', 'never'])('without the base never pass, and say what to do: fail-on %s', async (failOn) => {
    const outcome = await use(origin.shallow(1), origin.event(), { 'fail-on': failOn });
    expect([outcome.code, outcome.outputs, files(outcome)]).toEqual([2, {}, []]);
    expect(outcome.stdout).toMatch(/^::error title=planproof could not run::[^\n]*git fetch origin [0-9a-f]{40}/);
    expect(outcome.stdout).toMatch(
      /%0AThe checkout has only a part of the history: set fetch-depth: 0 in actions\/checkout\.\n$/,
    );
  });
});

describe('the steps of the action on a change that breaks nothing', () => {
  const origin = (): Origin =>
    new Origin((repository) =>
      repository.write({ 'dev_ops/plans/PLAN-002-b.md': plan({ id: 'PLAN-002', title: 'B' }) }),
    );

  it('pass a pull request, whatever was wrong before, or went wrong elsewhere since', async () => {
    const from = origin();
    const { code, outputs } = await use(from.full(), from.event());
    expect([code, outputs['errors']]).toEqual([0, '0']);
  });

  it('pass a merge group', async () => {
    const from = origin();
    const event = { name: 'merge_group', payload: { merge_group: { base_sha: from.main } } };
    const { code, outputs } = await use(from.full(), event);
    expect([code, outputs['errors']]).toEqual([0, '0']);
  });

  it('pass a push whose base the checkout has, and judge all where it has not', async () => {
    const from = origin();
    const event = { name: 'push', payload: { before: from.main } };
    expect((await use(from.full(), event)).code).toBe(0);
    const outcome = await use(from.shallow(1), event);
    expect(outcome.code).toBe(1);
    expect(files(outcome)).toEqual(['dev_ops/plans/PLAN-008-others.md', 'dev_ops/plans/PLAN-009-old.md']);
  });
});
