import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Repository } from './repository.ts';

/** All that init may change: every file with its mode, and where git looks for hooks. */
export function stateOf(repository: Repository): Record<string, string> {
  const list = repository.git('ls-files', '-z', '--cached', '--others').split('\0').filter(Boolean);
  const files = [...new Set(list)].map((path) => {
    const file = join(repository.folder, path);
    return [path, `${(statSync(file).mode & 0o777).toString(8)} ${readFileSync(file, 'utf8')}`];
  });
  return {
    ...Object.fromEntries(files),
    '.git/config': readFileSync(join(repository.folder, '.git', 'config'), 'utf8'),
  };
}

/** What init said, for programs. */
export interface Told {
  readonly written: boolean;
  readonly notes: readonly string[];
  readonly files: readonly { path: string; action: string; why: string; text: string }[];
  readonly settings: readonly { key: string; value: string; why: string }[];
  readonly byHand: readonly { why: string; text: string }[];
  readonly commands: readonly { command: string; why: string }[];
}

/** Runs init as told, checks that a second run finds nothing to do, and gives what the first one said. */
export function init(repository: Repository, args: readonly string[] = [], cwd = ''): Told {
  const { code, stdout, stderr } = repository.run(['init', '--yes', '--json', ...args], { cwd });
  expect([code, stderr]).toEqual([0, '']);
  const before = stateOf(repository);
  const again = repository.run(['init', '--yes', ...args], { cwd });
  expect(again.stdout).toMatch(/\nNothing to write: all of it is in place\.\n$/);
  expect([again.code, stateOf(repository)]).toEqual([0, before]);
  return JSON.parse(stdout) as Told;
}
