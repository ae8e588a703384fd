import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plan } from '../helpers/documents.ts';
import { environment, PROJECT, Repository } from '../helpers/repository.ts';

const CLI = join(PROJECT, 'dist', 'cli.cjs');
const COUNT = 50;

/** Starts the real command without waiting for it; what it prints comes when it has ended well. */
function start(folder: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...args], {
      cwd: folder,
      env: environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (data) => {
      stdout += data;
    });
    child.stderr.on('data', (data) => {
      stderr += data;
    });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(stdout) : reject(new Error(`exit ${code}: ${stderr}`))));
  });
}

/** The ids that fifty runs at the same time were given, in turn from each of the folders. */
async function createAll(folders: readonly string[], ...command: readonly string[]): Promise<string[]> {
  const runs = Array.from({ length: COUNT }, (_, at) =>
    start(folders[at % folders.length] as string, [...command, '--title', `Title ${at}`, '--json']),
  );
  return (await Promise.all(runs)).map((line) => (JSON.parse(line) as { id: string }).id).sort();
}

const expected = (prefix: string, first: number): string[] =>
  Array.from({ length: COUNT }, (_, at) => `${prefix}-${String(first + at).padStart(3, '0')}`);

/** Files below a folder that nobody asked for: all but documents, boards and the worktree's pointer to git. */
const stray = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (path) => !path.startsWith('.git') && /\.[^/]*$/.test(path) && !/^dev_ops\/[^.]*\.(?:md|json)$/.test(path),
  );

describe('fifty at the same time', { timeout: 300_000 }, () => {
  it('in one worktree get fifty ids', async () => {
    const repository = new Repository();
    expect(await createAll([repository.folder], 'create', 'plan')).toEqual(expected('PLAN', 1));
    expect(
      readdirSync(join(repository.folder, 'dev_ops', 'plans'))
        .map((name) => name.slice(0, 8))
        .sort(),
    ).toEqual(expected('PLAN', 1));
    expect(stray(repository.folder)).toEqual([]);
    expect(repository.report()).toEqual([]);
  });

  it('in four worktrees of one clone get fifty ids', async () => {
    const repository = new Repository({ 'dev_ops/plans/PLAN-001-rate-limit.md': plan() });
    repository.commit();
    const others = ['--detach', '-bx', '-by'].map((option) => {
      const worktree = new Repository({}, { git: false });
      repository.git('worktree', 'add', '-q', option, worktree.folder);
      return worktree;
    });
    const folders = [repository, ...others].map(({ folder }) => folder);
    expect(await createAll(folders, 'create', 'plan')).toEqual(expected('PLAN', 2));
    expect(folders.flatMap(stray)).toEqual([]);
    expect(readdirSync(join(repository.folder, '.git', 'planproof'))).toEqual([]);
  });

  it('put fifty tasks on the board', async () => {
    const repository = new Repository();
    expect(await createAll([repository.folder], 'task', 'create')).toEqual(expected('TASK', 1));
    const { items } = JSON.parse(repository.read('dev_ops/kanban/board.json')) as { items: { id: string }[] };
    expect(items.map(({ id }) => id)).toEqual(expected('TASK', 1));
    expect(stray(repository.folder)).toEqual([]);
  });

  it('outside git get fifty ids', async () => {
    const repository = new Repository({ 'dev_ops/plans/PLAN-001-rate-limit.md': plan() }, { git: false });
    expect(await createAll([repository.folder], 'create', 'plan')).toEqual(expected('PLAN', 2));
    expect(stray(repository.folder)).toEqual([]);
  });
});
