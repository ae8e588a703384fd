import { copyFileSync, existsSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Circumstances, LINTS, pairsOf, runBuilt } from '../helpers/built.ts';
import { adr, plan } from '../helpers/documents.ts';
import { Repository } from '../helpers/repository.ts';

const PLAN = 'dev_ops/plans/PLAN-001-a.md';
const FILES = {
  [PLAN]: plan({ related: '[ADR-001, ADR-099]' }),
  'dev_ops/plans/PLAN-002-b.md': plan({ id: 'PLAN-002', related: '[PLAN-001]' }),
  'dev_ops/adrs/ADR-001-c.md': adr(),
  'docs/tides.md': '# Tides\n',
};

/** The same with a cache and without, at first and after changes. */
async function expectSame(repository: Repository, circumstances?: Circumstances): Promise<void> {
  for (const related of ['[ADR-098]', '[PLAN-001, PLAN-002]']) {
    await same(repository, circumstances);
    repository.write({ [PLAN]: plan({ related }) });
    if (existsSync(join(repository.folder, '.git'))) repository.git('add', PLAN);
  }
}

/** With all findings, of the files and of the git index. */
const ALL = LINTS.filter((args) => !args.includes('--staged') || args.includes('--all'));

async function same(repository: Repository, circumstances?: Circumstances): Promise<void> {
  for (const { args, warm, cold } of await pairsOf(repository.folder, circumstances, ALL))
    expect({ args, ...warm }).toEqual({ args, ...cold });
}

const hasCache = (repository: Repository): boolean => existsSync(join(repository.folder, '.git/planproof/cache'));

function committed(...setup: readonly (readonly string[])[]): Repository {
  const repository = new Repository(FILES, { git: false });
  repository.git('init', '-q', '-b', 'main');
  repository.commit();
  for (const args of setup) repository.git(...args);
  return repository;
}

describe('where there is nothing to remember, a run says what one without a cache says:', () => {
  it('outside git', async () => {
    const repository = new Repository(FILES, { git: false });
    await expectSame(repository);
    expect(repository.has('.git')).toBe(false);
  });

  it('before the first commit', async () => {
    const repository = new Repository(FILES);
    repository.git('add', '-A');
    await expectSame(repository);
  });

  it('with another index file', async () => {
    const repository = committed();
    await expectSame(repository);
    copyFileSync(join(repository.folder, '.git/index'), join(repository.folder, '.git/other'));
    repository.write({ [PLAN]: plan({ related: '[ADR-077]' }) });
    repository.git('add', '-A');
    const ours = { GIT_INDEX_FILE: join(repository.folder, '.git/other') };
    const relative = { GIT_INDEX_FILE: '.git/other' };
    const stranger = { GIT_INDEX_FILE: '.git/other', GIT_DIR: join(committed().folder, '.git') };
    const none = { GIT_INDEX_FILE: '.git/none' };
    for (const env of [ours, relative, stranger, none, {}, ours]) await same(repository, { env });
  });

  it('in a repository that uses SHA-256', async ({ skip }) => {
    const repository = new Repository(FILES, { git: false });
    try {
      repository.git('init', '-q', '-b', 'main', '--object-format=sha256');
    } catch {
      skip();
    }
    repository.commit();
    await expectSame(repository);
    expect(hasCache(repository)).toBe(false);
  });

  it('with a split index', async () => {
    const repository = committed(['config', 'core.splitIndex', 'true'], ['update-index', '--split-index']);
    await expectSame(repository);
    expect(hasCache(repository)).toBe(false);
  });

  it('with a sparse index, and with files that git leaves out', async () => {
    const cone = committed(['sparse-checkout', 'set', '--cone', '--sparse-index', 'dev_ops/plans']);
    await expectSame(cone);
    expect(hasCache(cone)).toBe(false);
    const full = committed(['sparse-checkout', 'set', '--cone', '--no-sparse-index', 'dev_ops/plans']);
    await expectSame(full);
  });

  // The filter is a command of a Unix shell.
  it.skipIf(process.platform === 'win32')('with a filter, which is never run', async () => {
    const repository = committed(['config', 'filter.own.clean', 'touch ran; sed s/ADR-09./ADR-001/']);
    repository.write({ '.gitattributes': '*.md filter=own\n' });
    repository.git('add', '-A');
    for (const related of ['[ADR-097]', '[ADR-096]', '[ADR-095]']) {
      repository.write({ [PLAN]: plan({ related }) });
      rmSync(join(repository.folder, 'ran'), { force: true });
      await same(repository);
      expect(repository.has('ran')).toBe(false);
    }
  });

  it('after the commit that a document names has come', async () => {
    const repository = committed();
    await expectSame(repository);
    repository.git('commit', '-q', '--allow-empty', '-m', 'more');
    await expectSame(repository);
  });

  it('in a linked worktree, and in a folder below the top', async () => {
    const repository = committed(['worktree', 'add', '-q', '-b', 'side', 'linked']);
    await expectSame(repository, { cwd: 'linked' });
    await expectSame(repository, { cwd: 'dev_ops/plans' });
  });
});

describe('what git does not look at', () => {
  it.each(['--assume-unchanged', '--skip-worktree'])('is judged as it lies there, with %s', async (flag) => {
    const repository = committed();
    await expectSame(repository);
    repository.git('update-index', flag, PLAN);
    for (const related of ['[ADR-050]', '[ADR-051]', '[ADR-001]']) {
      repository.write({ [PLAN]: plan({ related }) });
      const [warm, cold] = [
        await runBuilt(repository.folder, ['lint']),
        await runBuilt(repository.folder, ['lint', '--no-cache']),
      ];
      expect(warm).toEqual(cold);
    }
    repository.remove(PLAN);
    expect(await runBuilt(repository.folder, ['lint'])).toEqual(
      await runBuilt(repository.folder, ['lint', '--no-cache']),
    );
  });

  it('is judged as it lies there, with line ends that git evens out', async () => {
    const repository = committed(['config', 'core.autocrlf', 'true']);
    const text = plan({ related: '[ADR-001]', body: 'Words.\r' });
    for (const content of [text, text.replaceAll('\n', '\r\n'), text]) {
      repository.write({ [PLAN]: content });
      await same(repository);
    }
  });

  it('is judged as it lies there: an ignored file, alone in a folder whose tracked files are gone', async () => {
    const repository = new Repository({
      ...FILES,
      '.gitignore': '*.log\n',
      'dev_ops/plans/only/here.txt': 'here',
      'dev_ops/plans/only/made.log': 'made',
      'dev_ops/plans/PLAN-003-d.md': plan({ id: 'PLAN-003', body: 'See [it](only/), and `dev_ops/plans/only`.\n' }),
    });
    repository.commit();
    await same(repository);
    for (const name of ['here.txt', 'made.log']) {
      repository.remove(`dev_ops/plans/only/${name}`);
      await same(repository);
    }
    rmdirSync(join(repository.folder, 'dev_ops/plans/only'));
    await same(repository);
  });

  it('is judged as it lies there: links that lead to what comes and goes', async () => {
    const repository = new Repository({
      ...FILES,
      '.gitignore': '*.log\n',
      'dev_ops/plans/here.txt': 'here',
      'dev_ops/plans/PLAN-003-d.md': plan({ id: 'PLAN-003', body: 'See [it](link.txt) and [that](here.txt).\n' }),
    });
    repository.link('made.log', 'dev_ops/plans/link.txt');
    repository.commit();
    await same(repository);
    repository.write({ 'dev_ops/plans/made.log': 'made' });
    await same(repository);
    repository.remove('dev_ops/plans/here.txt');
    repository.link('made.log', 'dev_ops/plans/here.txt');
    await same(repository);
    repository.remove('dev_ops/plans/made.log');
    await same(repository);
    repository.remove('dev_ops/plans/here.txt');
    repository.link('none', 'dev_ops/plans/here.txt');
    repository.git('add', '-A');
    await same(repository);
    repository.git('checkout', '-q', 'HEAD', '--', '.');
    await same(repository);
    repository.remove('dev_ops/plans/here.txt');
    repository.link('none', 'dev_ops/plans/here.txt');
    await same(repository);
  });
});
