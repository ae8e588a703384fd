import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { platform } from 'node:process';
import { describe, expect, it } from 'vitest';
import { runBuilt } from '../helpers/built.ts';
import { plan } from '../helpers/documents.ts';
import { Repository, temporaryFolder } from '../helpers/repository.ts';

const PLAN = 'dev_ops/plans/PLAN-001-a.md';
const BASE = '.git/planproof/cache/worktree.base';
const SOUND = plan();
const FAULTY = plan({ related: '[PLAN-404]' });

/**
 * Stands in front of git, and does something before git is asked for the last time what has changed: when all is judged.
 *
 * @param command of the shell, in the folder of the repository
 */
function beforeTheLastLook(repository: Repository, command: string): NodeJS.ProcessEnv {
  const folder = temporaryFolder();
  const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  const isLast = `case "$*" in *--others*) ;; *'ls-files -z --modified'*) cd '${repository.folder}' && ${command};; esac`;
  writeFileSync(join(folder, 'git'), `#!/bin/sh\n(${isLast})\nexec '${real}' "$@"\n`);
  chmodSync(join(folder, 'git'), 0o755);
  return { PATH: `${folder}:${process.env['PATH'] ?? ''}` };
}

describe.skipIf(platform === 'win32')('a run in which files change', () => {
  const committed = (text: string): Repository => {
    const repository = new Repository({ [PLAN]: text, 'dev_ops/plans/PLAN-002-b.md': plan({ id: 'PLAN-002' }) });
    repository.commit();
    return repository;
  };
  const lint = (repository: Repository, env: NodeJS.ProcessEnv = {}): Promise<number | null> =>
    runBuilt(repository.folder, ['lint'], { env }).then(({ code }) => code);

  it('remembers what it has judged where none of those has changed', async () => {
    const repository = committed(FAULTY);
    expect(await lint(repository, beforeTheLastLook(repository, 'true'))).toBe(1);
    expect(repository.has(BASE)).toBe(true);
  });

  it.each([
    ['has changed', `printf '%s' '${SOUND}' > ${PLAN}`],
    ['is gone', `rm ${PLAN}`],
  ])('judges the files as they are then, and remembers nothing, where one %s', async (_, command) => {
    const repository = committed(FAULTY);
    expect(await lint(repository, beforeTheLastLook(repository, command))).toBe(0);
    expect(repository.has(BASE)).toBe(false);
    expect(await lint(repository)).toBe(0);
    expect(repository.has(BASE)).toBe(true);
  });

  it('leaves to the next run what has come', async () => {
    const repository = committed(SOUND);
    const written = `printf '%s' '${FAULTY.replace('PLAN-001', 'PLAN-003')}' > dev_ops/plans/PLAN-003-c.md`;
    expect(await lint(repository, beforeTheLastLook(repository, written))).toBe(0);
    expect(repository.has(BASE)).toBe(true);
    expect(await lint(repository)).toBe(1);
  });
});
