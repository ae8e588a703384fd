import { createHash } from 'node:crypto';
import { existsSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exclusively } from '../../src/writing/lock.ts';
import { recoverIfIdle } from '../../src/writing/recover.ts';
import { adr } from '../helpers/documents.ts';
import { snapshot } from '../helpers/killing.ts';
import { type Files, Repository } from '../helpers/repository.ts';

const JOURNAL = '.git/planproof/journal.json';
const TEMPORARY = ['a', 'b', 'c'].map((letter) => `.planproof-${letter.repeat(36)}.tmp`) as [string, string, string];
const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** An edit, a removal and a new file in a folder of its own, as a journal has them. */
const ENTRIES = [
  { path: 'edit.md', before: base64('old'), after: sha('new'), temporary: TEMPORARY[0], mode: 0o644 },
  { path: 'from/gone.md', before: base64('gone'), after: null, temporary: TEMPORARY[1], mode: 0o600 },
  { path: 'to/made.md', before: null, after: sha('made'), temporary: TEMPORARY[2], mode: null },
];
const READY: Files = { [TEMPORARY[0]]: 'new', [`to/${TEMPORARY[2]}`]: 'made' };
const OLD: Files = { 'edit.md': 'old', 'from/gone.md': 'gone' };
const NEW: Files = { 'edit.md': 'new', 'to/made.md': 'made' };

function journal(phase: string, parts: object = {}): string {
  return JSON.stringify({ version: 1, phase, folders: ['to'], entries: ENTRIES, ...parts });
}

/** Files without modes and folders. */
const files = (repository: Repository): Files =>
  Object.fromEntries(
    Object.entries(snapshot(repository)).flatMap(([path, text]) =>
      text === 'folder' ? [] : [[path, text.slice(text.indexOf(' ') + 1)]],
    ),
  );

/** Recovers as writers do. @returns what people are told */
async function recovery(repository: Repository): Promise<string[]> {
  const notices: string[] = [];
  await exclusively(
    repository.folder,
    (notice) => notices.push(notice),
    () => {},
  );
  expect(readdirSync(join(repository.folder, '.git', 'planproof'))).toEqual([]);
  return notices;
}

const interrupted = (phase: string, now: Files): Repository =>
  new Repository({ ...now, [JOURNAL]: journal(phase), '.git/planproof/journal.json.tmp': '{' });

const ALL = 'edit.md, from/gone.md, to/made.md';

describe('an interrupted run', () => {
  it('that only prepared leaves no trace', async () => {
    const repository = interrupted('preparing', { ...OLD, ...READY });
    expect(await recovery(repository)).toEqual([
      'An interrupted run had changed nothing; its temporary files are removed.',
    ]);
    expect(files(repository)).toEqual(OLD);
    expect(repository.has('to')).toBe(false);
  });

  it.each<[string, Files]>([
    ['nothing was changed yet', { ...OLD, ...READY }],
    ['one file was changed', { 'edit.md': 'new', 'from/gone.md': 'gone', [`to/${TEMPORARY[2]}`]: 'made' }],
    [
      'a new file has its temporary name too',
      { 'edit.md': 'new', 'to/made.md': 'made', [`to/${TEMPORARY[2]}`]: 'made' },
    ],
    ['all was changed', NEW],
  ])('that was committed is finished: %s', async (_what, now) => {
    const repository = interrupted('committed', now);
    expect(await recovery(repository)).toEqual([`An interrupted run is finished: ${ALL}.`]);
    expect(files(repository)).toEqual(NEW);
    expect(repository.has('from')).toBe(false);
  });

  it.each<[string, Files]>([
    ['gone', { 'edit.md': 'new' }],
    ['torn', { 'edit.md': 'new', [`to/${TEMPORARY[2]}`]: 'ma' }],
  ])('is undone, with modes and folders, where what is missing is %s', async (_what, now) => {
    const repository = interrupted('committed', now);
    expect(await recovery(repository)).toEqual([`An interrupted run is undone: ${ALL}.`]);
    expect(files(repository)).toEqual(OLD);
    expect(snapshot(repository)['from/gone.md']).toBe('600 gone');
    expect(repository.has('to')).toBe(false);
  });

  it.each<[string, Files, Files, string]>([
    ['an edited file', { ...NEW, 'edit.md': 'by hand' }, { ...OLD, 'edit.md': 'by hand' }, 'edit.md'],
    ['a new file', { ...NEW, 'to/made.md': 'by hand' }, { ...OLD, 'to/made.md': 'by hand' }, 'to/made.md'],
    [
      'a file that is back',
      { ...NEW, 'from/gone.md': 'back' },
      { 'edit.md': 'old', 'from/gone.md': 'back' },
      'from/gone.md',
    ],
    ['a file that is gone', { 'to/made.md': 'made' }, { 'from/gone.md': 'gone' }, 'edit.md'],
  ])('is undone but for what a person changed since: %s', async (_what, now, then, left) => {
    const repository = interrupted('committed', now);
    const others = ALL.split(', ').filter((path) => path !== left);
    expect(await recovery(repository)).toEqual([
      `An interrupted run is undone: ${others.join(', ')}; edited since, and left as it is: ${left}.`,
    ]);
    expect(files(repository)).toEqual(then);
  });

  it('of another worktree is left to that worktree', async () => {
    const repository = interrupted('preparing', OLD);
    repository.git('add', 'edit.md');
    repository.git('commit', '-qm', 'a');
    repository.git('worktree', 'add', '-q', 'linked');
    await exclusively(
      join(repository.folder, 'linked'),
      (notice) => expect.fail(notice),
      () => {},
    );
    expect(repository.has(JOURNAL)).toBe(true);
  });
});

describe('a journal that nobody can trust', () => {
  const DAMAGED: readonly [string, string][] = [
    ['no JSON', '{"version":1,'],
    ['empty', ''],
    ['null', 'null'],
    ['a later version', journal('committed', { version: 2 })],
    ['an unknown phase', journal('finished')],
    ['a path out of the repository', journal('committed', { entries: [{ ...ENTRIES[0], path: '../edit.md' }] })],
    ['a folder out of the repository', journal('preparing', { folders: ['../to'] })],
    ['a temporary file of another name', journal('preparing', { entries: [{ ...ENTRIES[0], temporary: 'edit.md' }] })],
    [
      'a temporary file elsewhere',
      journal('preparing', { entries: [{ ...ENTRIES[0], temporary: `../${TEMPORARY[0]}` }] }),
    ],
    ['no hash', journal('preparing', { entries: [{ ...ENTRIES[0], after: 'x' }] })],
    ['a mode out of range', journal('preparing', { entries: [{ ...ENTRIES[0], mode: 1e9 }] })],
    ['a null entry', journal('preparing', { entries: [null] })],
  ];

  it.each(DAMAGED)('stops every command, and nothing is touched: %s', (_what, text) => {
    const repository = new Repository({ ...OLD, ...READY, 'dev_ops/adrs/ADR-001-a.md': adr(), [JOURNAL]: text });
    const before = snapshot(repository);
    const stderr = `planproof: Damaged journal of an interrupted run: ${join(repository.folder, JOURNAL)}, nothing touched
  Look with git status whether the documents are whole, then delete that file.
`;
    expect(repository.run(['lint'])).toEqual({ code: 2, stdout: '', stderr });
    expect(repository.run(['create', 'adr', '--title', 'B'])).toEqual({ code: 2, stdout: '', stderr });
    expect(snapshot(repository)).toEqual(before);
    expect(repository.read(JOURNAL)).toBe(text);
  });

  it('touches nothing behind a symbolic link out of the repository', async () => {
    const outside = new Repository({ 'made.md': 'made' }, { git: false });
    const repository = new Repository({ 'edit.md': 'new', [JOURNAL]: journal('committed') });
    symlinkSync(outside.folder, join(repository.folder, 'to'));
    await expect(recovery(repository)).rejects.toThrow(
      'Cannot recover an interrupted run: to/made.md lies behind a symbolic link that leads out of the repository',
    );
    expect(outside.read('made.md')).toBe('made');
    expect(repository.has(JOURNAL)).toBe(true);
  });
});

describe('a command that only reads', () => {
  it('recovers, and says so', () => {
    for (const args of [['lint'], ['list'], ['show', 'ADR-001'], ['check', 'ADR-001']]) {
      const repository = interrupted('preparing', { ...OLD, ...READY, 'dev_ops/adrs/ADR-001-a.md': adr() });
      const outcome = repository.run(args);
      expect([args[0], outcome.code, outcome.stderr]).toEqual([
        args[0],
        0,
        'planproof: An interrupted run had changed nothing; its temporary files are removed.\n',
      ]);
      expect(repository.has(JOURNAL)).toBe(false);
    }
  });

  it('leaves alone what somebody writes right now', async () => {
    const repository = new Repository(OLD);
    await exclusively(
      repository.folder,
      () => {},
      () => {
        repository.write({ [JOURNAL]: journal('preparing'), ...READY });
        const before = snapshot(repository);
        recoverIfIdle(repository.folder, (notice) => expect.fail(notice));
        expect(snapshot(repository)).toEqual(before);
        expect(repository.has(JOURNAL)).toBe(true);
      },
    );
  });

  it('does nothing, not even look for a lock, where nothing was interrupted', () => {
    const repository = new Repository(OLD);
    recoverIfIdle(repository.folder, (notice) => expect.fail(notice));
    expect(existsSync(join(repository.folder, '.git', 'planproof'))).toBe(false);
  });
});
