import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asWritten, cleanFiles } from '../helpers/mutants.ts';
import { CLI, environment, Repository } from '../helpers/repository.ts';

const PLAN = 'dev_ops/plans/PLAN-006-ask-for-the-draught-of-a-boat.md';
const ADR = 'dev_ops/adrs/ADR-003-hold-a-berth-for-fifteen-minutes.md';

/** Runs the command as a hook does, in the environment that git gives it, with the cache and without; keeps what both say. */
const HOOK = `#!/bin/sh
run() { "${process.execPath}" "${CLI}" lint --staged --format json --today 2026-06-30 "$@"; }
run >"$HOOK_OUTPUT.warm" 2>&1; echo "exit $?" >>"$HOOK_OUTPUT.warm"
run --no-cache >"$HOOK_OUTPUT.cold" 2>&1; echo "exit $?" >>"$HOOK_OUTPUT.cold"
tail -n 1 "$HOOK_OUTPUT.warm" | grep -q '^exit 0$'
`;

/** A repository with a hook that lets in what is clean. */
class Hooked {
  readonly repository: Repository;

  constructor() {
    this.repository = new Repository(asWritten(cleanFiles()));
    this.repository.commit();
    this.repository.write({ '.git/hooks/pre-commit': HOOK });
    chmodSync(join(this.repository.folder, '.git/hooks/pre-commit'), 0o755);
  }

  append(path: string, text: string, folder = ''): void {
    appendFileSync(join(this.repository.folder, folder, path), text);
  }

  /** Commits. @returns whether git did, and the last line that the hook's command has written, with the cache */
  commit(args: readonly string[], folder = ''): { readonly ok: boolean; readonly last: string | undefined } {
    const output = join(this.repository.folder, '.git', 'output');
    for (const kind of ['warm', 'cold']) rmSync(`${output}.${kind}`, { force: true });
    const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
    const { status } = spawnSync('git', [...identity, 'commit', '-q', '-m', 'change', ...args], {
      cwd: join(this.repository.folder, folder),
      env: environment({ HOOK_OUTPUT: output }),
    });
    if (!existsSync(`${output}.warm`)) return { ok: status === 0, last: undefined };
    const [warm, cold] = ['warm', 'cold'].map((kind) => readFileSync(`${output}.${kind}`, 'utf8'));
    expect(warm).toBe(cold);
    return { ok: status === 0, last: warm?.trim().split('\n').at(-1) };
  }
}

const CLEAN = { ok: true, last: 'exit 0' };
const STOPPED = { ok: false, last: 'exit 1' };

// Windows' git brings a shell, but not this one's paths.
describe.skipIf(process.platform === 'win32')('the hook of a commit, with the cache', () => {
  it('says what one without it says, commit after commit', () => {
    const hooked = new Hooked();
    for (let nth = 0; nth < 10; nth += 1) {
      hooked.append(PLAN, `\nWord ${nth}.\n`);
      if (nth % 3 === 1) hooked.append(ADR, `\nWord ${nth}.\n`);
      if (nth === 4) hooked.repository.git('rm', '-q', 'docs/step.svg');
      hooked.repository.git('add', '-A');
      const { last } = hooked.commit([]);
      expect(last, `commit ${nth}`).toMatch(/^exit [01]$/);
      if (nth % 3 === 1) hooked.repository.git('reset', '-q', '--hard');
    }
    expect(existsSync(join(hooked.repository.folder, '.git/planproof/cache/staged.base'))).toBe(true);
  });

  it('judges what `-a` and what a path hands over, and not what is left', () => {
    const hooked = new Hooked();
    hooked.append(PLAN, '\nMore words.\n');
    expect(hooked.commit(['-a'])).toEqual(CLEAN);
    hooked.append(PLAN, '\nSee ADR-999.\n');
    hooked.append('docs/tides.md', '\nMore words.\n');
    expect(hooked.commit(['docs/tides.md'])).toEqual(CLEAN);
    expect(hooked.commit(['-a'])).toEqual(STOPPED);
    expect(hooked.commit([PLAN])).toEqual(STOPPED);
    hooked.repository.git('checkout', '-q', '--', '.');
    hooked.append(PLAN, '\nOther words.\n');
    hooked.repository.git('add', PLAN);
    hooked.append('docs/tides.md', '\nStill more.\n');
    expect(hooked.commit(['docs/tides.md'])).toEqual(CLEAN);
    expect(hooked.commit([])).toEqual(CLEAN);
    hooked.append('docs/tides.md', '\nAnd more.\n');
    expect(hooked.commit(['--amend', '-a'])).toEqual(CLEAN);
    expect(hooked.repository.git('status', '--porcelain')).toBe('');
  });

  it('keeps a linked worktree by itself', () => {
    const hooked = new Hooked();
    hooked.repository.git('worktree', 'add', '-q', '-b', 'side', 'linked');
    hooked.append('.git/info/exclude', 'linked/\n');
    hooked.append(PLAN, '\nWords here.\n');
    expect(hooked.commit(['-a'])).toEqual(CLEAN);
    hooked.append(PLAN, '\nSee ADR-999.\n', 'linked');
    expect(hooked.commit(['-a'], 'linked')).toEqual(STOPPED);
    execFileSync('git', ['checkout', '-q', '--', '.'], { cwd: join(hooked.repository.folder, 'linked') });
    hooked.append(PLAN, '\nWords there.\n', 'linked');
    expect(hooked.commit(['-a'], 'linked')).toEqual(CLEAN);
    hooked.append(PLAN, '\nMore words here.\n');
    expect(hooked.commit([PLAN])).toEqual(CLEAN);
    expect(existsSync(join(hooked.repository.folder, '.git/worktrees/linked/planproof/cache/staged.base'))).toBe(true);
  });
});
