import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Clones } from '../helpers/clones.ts';
import { adr, plan } from '../helpers/documents.ts';
import { runHere } from '../helpers/in-process.ts';
import { Repository } from '../helpers/repository.ts';

const RUNS = Number(process.env['PLANPROOF_RUNS'] ?? 4);
const SEED = Number(process.env['PLANPROOF_SEED'] ?? 20260131);
const BOARD = 'dev_ops/kanban/board.json';

type Who = 0 | 1;
type Step =
  | { readonly kind: 'create'; readonly who: Who; readonly type: 'plan' | 'adr'; readonly at: number }
  | { readonly kind: 'task'; readonly who: Who }
  | { readonly kind: 'renumber'; readonly who: Who; readonly at: number }
  | { readonly kind: 'rename'; readonly who: Who; readonly at: number }
  | { readonly kind: 'mention'; readonly who: Who; readonly from: number; readonly at: number }
  | { readonly kind: 'share'; readonly who: Who; readonly before: boolean };

const who = fc.constantFrom<Who>(0, 1);
const at = fc.nat({ max: 20 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('create' as const),
      who,
      type: fc.constantFrom('plan' as const, 'adr' as const),
      at,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('task' as const), who }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('renumber' as const), who, at }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rename' as const), who, at }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('mention' as const), who, from: at, at }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('share' as const), who, before: fc.boolean() }) },
);

interface Row {
  readonly id: string;
  readonly path: string;
  readonly title: string;
}

interface Item {
  readonly id: string;
  readonly title: string;
}

/** Two people who work in clones of their own and share by way of main. */
class World {
  readonly #clones: Repository[];
  #count = 0;

  constructor() {
    const start = new Repository({
      'dev_ops/plans/PLAN-001-first.md': plan({ title: 'First', related: '[ADR-001]' }),
      'dev_ops/adrs/ADR-001-count.md': adr(),
    });
    start.commit('start');
    const clones = new Clones(start);
    this.#clones = [clones.clone(), clones.clone()];
  }

  async #run(repository: Repository, ...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await runHere(repository.folder, args);
    expect(code, `${args.join(' ')}: ${stdout}${stderr}`).toBe(0);
    return stdout;
  }

  async #rows(repository: Repository): Promise<Row[]> {
    return JSON.parse(await this.#run(repository, 'list', '--json')) as Row[];
  }

  #commit(repository: Repository): void {
    repository.git('add', '-A');
    repository.git('commit', '-q', '--allow-empty', '-m', 'step');
  }

  async take(one: Step): Promise<void> {
    const repository = this.#clones[one.who] as Repository;
    if (one.kind === 'share') return this.share(one.who, one.before);
    this.#count += 1;
    const rows = await this.#rows(repository);
    const chosen = rows[('at' in one ? one.at : 0) % rows.length] as Row;
    const title = `Step ${this.#count} of ${one.who}`;
    if (one.kind === 'create')
      await this.#run(repository, 'create', one.type, '--title', title, '--related', chosen.id);
    if (one.kind === 'renumber') await this.#run(repository, 'renumber', chosen.id);
    if (one.kind === 'rename') await this.#run(repository, 'rename', chosen.id, '--title', title);
    if (one.kind === 'mention') this.#mention(repository, rows[one.from % rows.length] as Row, chosen);
    if (one.kind === 'task') {
      const id = (await this.#run(repository, 'task', 'create', '--title', title)).trim();
      await this.#run(repository, 'create', 'plan', '--title', `${title}, planned`, '--task', id);
    }
    this.#commit(repository);
  }

  /** Lets one document name another, in its frontmatter and its text. */
  #mention(repository: Repository, from: Row, to: Row): void {
    if (from.id === to.id) return;
    const text = repository.read(from.path);
    if (text.includes(to.id)) return;
    const listed = /^related_docs: \[\]$/m.test(text)
      ? text.replace(/^related_docs: \[\]$/m, `related_docs: [${to.id}]`)
      : text
          .replace(/^related_docs: \[/m, `related_docs: [${to.id}, `)
          .replace(/^related_docs:\n/m, `related_docs:\n  - ${to.id}\n`);
    repository.write({ [from.path]: `${listed}\nSee ${to.id} too.\n` });
  }

  /** Fetches, merges, renumbers before the merge or only afterwards, and pushes what holds. */
  async share(one: Who, before: boolean): Promise<void> {
    const repository = this.#clones[one] as Repository;
    repository.git('fetch', '-q');
    if (before) {
      await this.#run(repository, 'renumber', '--conflicts');
      this.#commit(repository);
    }
    if (!(await this.#merge(repository))) {
      // What two people do to one line nobody can merge: one of them begins anew.
      repository.git('merge', '--abort');
      repository.git('reset', '-q', '--hard', 'origin/main');
    }
    await this.#run(repository, 'renumber', '--conflicts');
    this.#commit(repository);
    this.check(repository);
    repository.git('push', '-q', 'origin', 'HEAD:main');
  }

  async #merge(repository: Repository): Promise<boolean> {
    try {
      repository.git('merge', '-q', '--no-edit', 'origin/main');
      return true;
    } catch {
      return this.#resolve(repository);
    }
  }

  /** Items that both have added: all of them stay. Whatever else clashes is given up. */
  #resolve(repository: Repository): boolean {
    const open = repository.git('diff', '--name-only', '--diff-filter=U').split('\n').filter(Boolean);
    if (open.join() !== BOARD) return false;
    const side = (stage: number): { items: Item[] } =>
      JSON.parse(repository.git('show', `:${stage}:${BOARD}`)) as { items: Item[] };
    const hasBase = repository.git('ls-files', '-u', BOARD).includes(' 1\t');
    const [base, ours, theirs] = [hasBase ? side(1).items : [], side(2), side(3).items];
    const old = new Set(base.map(({ title }) => title));
    const items = [...theirs.filter(({ title }) => !old.has(title)), ...ours.items];
    repository.write({ [BOARD]: `${JSON.stringify({ ...ours, items }, null, 2)}\n` });
    this.#commit(repository);
    return true;
  }

  check(repository: Repository): void {
    const rules = [
      'unique-id',
      'relation-exists',
      'relation-mentioned',
      'relation-former-id',
      'relation-self',
      'relation-duplicate',
      'link-target',
      'file-name',
      'title-heading',
      'task-exists',
      'board-schema',
      'board-artifact',
      'task-linked',
      'id-format',
    ];
    const wrong = repository.report().filter(({ rule }) => rules.includes(rule));
    expect(wrong.map(({ file, line, message }) => `${file}:${line} ${message}`)).toEqual([]);
  }

  /** In the end both have the same, and every document still rests on what it rested on. */
  async end(): Promise<void> {
    await this.share(0, false);
    await this.share(1, true);
    await this.share(0, true);
    const [one, other] = await Promise.all(this.#clones.map((repository) => this.#rows(repository)));
    expect(one).toEqual(other);
    expect(new Set(one?.map(({ id }) => id)).size).toBe(one?.length);
  }
}

describe('two people who number, renumber and merge', () => {
  it(
    `never end up with an id twice or a reference that leads nowhere (seed ${SEED}, ${RUNS} runs)`,
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 9 }), async (steps) => {
          const world = new World();
          for (const one of steps) await world.take(one);
          await world.end();
        }),
        { numRuns: RUNS, seed: SEED, endOnFailure: true },
      );
    },
    RUNS * 60_000,
  );
});
