import { describe, expect, it } from 'vitest';
import { PLAN_BODY, plan } from '../helpers/documents.ts';
import { Repository } from '../helpers/repository.ts';

const PLAN = 'dev_ops/plans/PLAN-001-rate-limit.md';

const planTo = (target: string, title = 'Rate limit'): string =>
  plan({ title, body: PLAN_BODY.replace('The decision on counters.', `The [code](../../${target}).`) });

/** A clone that has checked out its documents, and not its code. */
function documentsAlone(target: string): Repository {
  const repository = new Repository({ [PLAN]: planTo(target), 'src/api/counter.ts': 'export {};\n' });
  repository.commit();
  repository.git('sparse-checkout', 'set', 'dev_ops');
  expect([repository.has('src/api/counter.ts'), repository.has(PLAN)]).toEqual([false, true]);
  return repository;
}

/** What a lint shows, whether it remembers or not. */
function shown(repository: Repository, ...args: string[]): string[] {
  const [first, again, cold] = [[], [], ['--no-cache']].map((more) => repository.findings([...args, ...more]));
  expect([first, again]).toEqual([cold, cold]);
  return cold as string[];
}

describe('in a sparse checkout', () => {
  it.each(['src/api/counter.ts', 'src/api/', 'src'])('what is not checked out is no unknown file: %s', (target) => {
    const repository = documentsAlone(target);
    expect(shown(repository)).toEqual([]);
    repository.write({ [PLAN]: planTo(target, 'Another') });
    expect(shown(repository, '--base', 'HEAD')).toEqual([]);
    repository.git('add', '-A');
    expect(shown(repository, '--staged')).toEqual([]);
  });

  it('what git does not know either is one, also when it has known it', () => {
    const repository = documentsAlone('src/api/other.ts');
    expect(shown(repository)).toEqual([`${PLAN}:30:5-30:35 link-target`]);
    repository.write({ [PLAN]: planTo('src/api/counter.ts') });
    expect(shown(repository)).toEqual([]);
    repository.git('rm', '-q', '--cached', '--sparse', 'src/api/counter.ts');
    expect(shown(repository)).toEqual([`${PLAN}:30:5-30:37 link-target`]);
  });

  it('one that was given up is none', () => {
    const repository = documentsAlone('src/api/counter.ts');
    repository.git('sparse-checkout', 'disable');
    repository.remove('src/api/counter.ts');
    expect(shown(repository)).toEqual([`${PLAN}:30:5-30:37 link-target`]);
  });
});
