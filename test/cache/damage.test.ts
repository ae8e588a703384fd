import { spawn } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checksum } from '../../src/cache/sections.ts';
import { LINTS, runBuilt } from '../helpers/built.ts';
import { adr, plan } from '../helpers/documents.ts';
import { randomFrom } from '../helpers/random.ts';
import { CLI, environment, type Outcome, Repository } from '../helpers/repository.ts';

/** `CACHE_SEED=7 CACHE_DAMAGES=500` makes a longer session. */
const SEED = Number(process.env['CACHE_SEED'] ?? 20260630);
const DAMAGES = Number(process.env['CACHE_DAMAGES'] ?? 2);

const KINDS = ['worktree', 'staged'] as const;
type Kind = (typeof KINDS)[number];
const FILES = ['base', 'changes'] as const;
const PLAN = 'dev_ops/plans/PLAN-002-b.md';
/** The text of the plan that the cache knows, and one that asks for other documents. */
const PLANS = [
  plan({ id: 'PLAN-002', related: '[PLAN-001, PLAN-077]' }),
  plan({
    id: 'PLAN-002',
    related: '[PLAN-001, ADR-001]',
    body: 'See [it](../adrs/ADR-001-c.md#decision), and ADR-001.\n',
  }),
] as const;
const lintOf = (kind: Kind): readonly string[] => [...(LINTS[kind === 'worktree' ? 0 : 2] as readonly string[])];

/** A repository with findings, and a cache with a base and changes of both kinds. */
class Remembered {
  readonly repository: Repository;
  readonly cache: string;
  /** What runs say without a cache, by the text of the plan. */
  #text = '';
  readonly #cold = new Map<string, Outcome>();
  /** The files of the cache as they were written. */
  readonly files = new Map<string, Buffer>();

  constructor(related = '[ADR-001, ADR-099]') {
    this.repository = new Repository({
      'dev_ops/plans/PLAN-001-a.md': plan({ related }),
      [PLAN]: plan({ id: 'PLAN-002', related: '[PLAN-001]' }),
      'dev_ops/adrs/ADR-001-c.md': adr(),
    });
    this.repository.commit();
    this.cache = join(this.repository.folder, '.git/planproof/cache');
  }

  async prepare(): Promise<this> {
    for (const kind of KINDS) await this.warm(kind);
    this.change(PLANS[0]);
    for (const kind of KINDS) await this.expectSame(kind);
    for (const name of readdirSync(this.cache)) this.files.set(name, readFileSync(this.file(name)));
    expect([...this.files.keys()]).toEqual(KINDS.flatMap((kind) => FILES.map((file) => `${kind}.${file}`)).sort());
    return this;
  }

  file(name: string): string {
    return join(this.cache, name);
  }

  warm(kind: Kind): Promise<Outcome> {
    return runBuilt(this.repository.folder, lintOf(kind));
  }

  async cold(kind: Kind): Promise<Outcome> {
    const key = `${kind} ${this.#text}`;
    const known = this.#cold.get(key) ?? (await runBuilt(this.repository.folder, [...lintOf(kind), '--no-cache']));
    this.#cold.set(key, known);
    return known;
  }

  async expectSame(kind: Kind, what = ''): Promise<void> {
    expect(await this.warm(kind), what).toEqual(await this.cold(kind));
  }

  /** Changes the plan. */
  change(text: string): void {
    if (text === this.#text) return;
    this.#text = text;
    this.repository.write({ [PLAN]: text });
    this.repository.git('add', '-A');
  }

  /** Writes the cache as it was. */
  restore(): void {
    rmSync(this.cache, { recursive: true, force: true });
    mkdirSync(this.cache, { recursive: true });
    for (const [name, bytes] of this.files) writeFileSync(this.file(name), bytes);
  }

  /**
   * Does damage, and expects that nobody notices: neither now that a document has changed, whose verdict rests on what is
   * remembered of others, nor afterwards.
   */
  async suffer(kind: Kind, what: string, damage: () => void): Promise<void> {
    this.restore();
    this.change(PLANS[1]);
    damage();
    await this.expectSame(kind, what);
    await this.expectSame(kind, `${what}, again`);
    this.change(PLANS[0]);
    await this.expectSame(kind, `${what}, and back`);
    expect(statSync(this.file(`${kind}.base`)).isFile(), what).toBe(true);
  }
}

/** With no damage a run judges nothing and writes nothing: what the next one finds is what the last one has left. */
async function expectToWork(remembered: Remembered, kind: Kind): Promise<void> {
  await remembered.expectSame(kind);
  const before = FILES.map((file) => remembered.file(`${kind}.${file}`)).filter(existsSync);
  const bytes = before.map((file) => [readFileSync(file), statSync(file).mtimeMs]);
  await remembered.expectSame(kind);
  expect(before.map((file) => [readFileSync(file), statSync(file).mtimeMs])).toEqual(bytes);
}

describe('a cache that is damaged', () => {
  it.each(KINDS.flatMap((kind) => FILES.map((file) => [kind, file] as const)))(
    `changes no verdict: cut off, or with another byte, in %s.%s (seed ${SEED})`,
    async (kind, file) => {
      const remembered = await new Remembered().prepare();
      const name = `${kind}.${file}`;
      const bytes = remembered.files.get(name) as Buffer;
      const random = randomFrom(SEED);
      const below = (end: number): number => Math.floor(random() * end);
      const ends = [0, 9, bytes.length - 1, ...Array.from({ length: DAMAGES }, () => below(bytes.length))];
      for (const end of ends)
        await remembered.suffer(kind, `${name} cut off at ${end}`, () =>
          writeFileSync(remembered.file(name), bytes.subarray(0, end)),
        );
      // What is remembered of documents stands last in a base.
      const records = file === 'base' ? Math.floor(bytes.length / 2) : 0;
      for (let nth = 0; nth < DAMAGES * 2; nth += 1) {
        const at = nth % 2 === 0 ? below(bytes.length) : records + below(bytes.length - records);
        const bit = below(8);
        const other = Buffer.from(bytes);
        other[at] = (other[at] as number) ^ (1 << bit);
        const damage = (): void => writeFileSync(remembered.file(name), other);
        await remembered.suffer(kind, `${name} with bit ${bit} of byte ${at} turned`, damage);
      }
      await expectToWork(remembered, kind);
    },
  );

  it.each(KINDS)('changes no verdict: each record for itself, of %s', async (kind) => {
    const remembered = await new Remembered().prepare();
    const bytes = remembered.files.get(`${kind}.base`) as Buffer;
    const records = [...bytes.toString('latin1').matchAll(/"kind":"document"/g)].map(({ index }) => index);
    expect(records).toHaveLength(3);
    for (const at of records) {
      const other = Buffer.from(bytes);
      other.write('x', at + 2);
      const damage = (): void => writeFileSync(remembered.file(`${kind}.base`), other);
      await remembered.suffer(kind, `record at ${at}`, damage);
    }
    await expectToWork(remembered, kind);
  });

  it.each(KINDS)('changes no verdict: another file in its place, for %s', async (kind) => {
    const remembered = await new Remembered().prepare();
    const stranger = await new Remembered('[ADR-001]').prepare();
    const other = kind === 'worktree' ? 'staged' : 'worktree';
    const copy = (from: string, to: string): void => copyFileSync(from, remembered.file(to));
    const base = remembered.files.get(`${kind}.base`) as Buffer;
    const foreign = Buffer.from(base.toString('latin1').replace(/[0-9a-f]{32}/, 'f'.repeat(32)), 'latin1');
    const damages: Record<string, () => void> = {
      'base for changes': () => copy(remembered.file(`${kind}.base`), `${kind}.changes`),
      'changes for base': () => copy(remembered.file(`${kind}.changes`), `${kind}.base`),
      'base of the other kind': () => copy(remembered.file(`${other}.base`), `${kind}.base`),
      'changes of the other kind': () => copy(remembered.file(`${other}.changes`), `${kind}.changes`),
      'both of the other kind': () => {
        for (const file of FILES) copy(remembered.file(`${other}.${file}`), `${kind}.${file}`);
      },
      'base of another repository': () => copy(stranger.file(`${kind}.base`), `${kind}.base`),
      'changes of another repository': () => copy(stranger.file(`${kind}.changes`), `${kind}.changes`),
      'both of another repository': () => {
        for (const file of FILES) copy(stranger.file(`${kind}.${file}`), `${kind}.${file}`);
      },
      'base of another build': () => writeFileSync(remembered.file(`${kind}.base`), foreign),
      'no base': () => rmSync(remembered.file(`${kind}.base`)),
      'no changes': () => rmSync(remembered.file(`${kind}.changes`)),
      'no folder': () => rmSync(remembered.cache, { recursive: true }),
      'bytes behind the base': () => appendFileSync(remembered.file(`${kind}.base`), 'more'),
      'other JSON for changes': () => {
        const text = Buffer.from('{"base":1}');
        writeFileSync(remembered.file(`${kind}.changes`), `${checksum(text)}\n${text}`);
      },
    };
    for (const [what, damage] of Object.entries(damages)) await remembered.suffer(kind, what, damage);
    await expectToWork(remembered, kind);
  });

  it.each(KINDS)('changes no verdict: no file, for %s', async (kind) => {
    const remembered = await new Remembered().prepare();
    for (const file of FILES) {
      remembered.restore();
      rmSync(remembered.file(`${kind}.${file}`));
      mkdirSync(remembered.file(`${kind}.${file}/inside`), { recursive: true });
      await remembered.expectSame(kind, `a folder for the ${file}`);
      await remembered.expectSame(kind, `a folder for the ${file}, again`);
    }
    rmSync(remembered.cache, { recursive: true });
    writeFileSync(remembered.cache, 'a file');
    await remembered.expectSame(kind, 'a file for the folder');
    rmSync(remembered.cache);
    await expectToWork(remembered, kind);
  });

  // Nothing is forbidden to root, nor on Windows by a mode.
  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'changes no verdict: nothing may be read, or written',
    async () => {
      const remembered = await new Remembered().prepare();
      for (const kind of KINDS) {
        for (const file of FILES) {
          remembered.restore();
          chmodSync(remembered.file(`${kind}.${file}`), 0);
          await remembered.expectSame(kind, `unreadable ${file}`);
        }
        remembered.restore();
        for (const file of FILES) rmSync(remembered.file(`${kind}.${file}`));
        chmodSync(remembered.cache, 0o500);
        await remembered.expectSame(kind, 'read-only');
        chmodSync(remembered.cache, 0o700);
        await expectToWork(remembered, kind);
      }
    },
  );
});

function start(folder: string, args: readonly string[]): Promise<Outcome> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [CLI, ...args], { cwd: folder, env: environment() });
    const written = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const)
      child[name].on('data', (text: Buffer) => {
        written[name] += text;
      });
    child.on('close', (code) => done({ code, ...written }));
  });
}

describe('several runs at once', () => {
  it('say the same, and leave a cache that works', async () => {
    const remembered = await new Remembered().prepare();
    const { folder } = remembered.repository;
    const kinds = [...KINDS, ...KINDS];
    const forgotten = ['.base', '.changes', 'none'];
    for (const end of forgotten) {
      for (const name of readdirSync(remembered.cache)) if (name.endsWith(end)) rmSync(remembered.file(name));
      const runs = kinds.map((kind) => start(folder, [...lintOf(kind), '--today', '2026-06-30']));
      for (const [nth, run] of runs.entries()) expect(await run).toEqual(await remembered.cold(kinds[nth] as Kind));
    }
    expect(readdirSync(remembered.cache).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    for (const kind of KINDS) await expectToWork(remembered, kind);
  });
});
