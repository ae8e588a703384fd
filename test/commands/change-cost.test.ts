import { describe, expect, it } from 'vitest';
import { adr } from '../helpers/documents.ts';
import { GitLog } from '../helpers/history.ts';
import { Repository, temporaryFolder } from '../helpers/repository.ts';

const numbered = (nth: number): string => `ADR-${String(nth).padStart(3, '0')}`;

/** Decisions, of which much must stay as it is, and as many texts without an id, which have been moved. */
function moved(count: number): Repository {
  const numbers = Array.from({ length: count }, (_, nth) => nth + 1);
  const repository = new Repository({
    ...Object.fromEntries(numbers.map((nth) => [`dev_ops/adrs/${numbered(nth)}-x.md`, adr(numbered(nth), 'X')])),
    ...Object.fromEntries(numbers.map((nth) => [`dev_ops/research/a/n${nth}x.md`, `# Note ${nth}\n\nWords.\n`])),
  });
  repository.commit();
  repository.git('mv', 'dev_ops/research/a', 'dev_ops/research/b');
  return repository;
}

/** How many git processes a run starts. */
function processes(repository: Repository, args: readonly string[]): number {
  const log = new GitLog(temporaryFolder());
  const { stderr } = repository.run(['lint', ...args], { env: log.environment });
  expect(stderr).toBe('');
  return log.take().calls.length;
}

describe.skipIf(process.platform === 'win32')('a change of many documents', () => {
  const lints = [['--base', 'HEAD', '--all'], ['--base', 'HEAD'], ['--staged', '--no-cache'], ['--staged']];

  // Up to ten documents are searched for what they concern; of more, all documents are read.
  it.each(lints.flatMap((args) => [[args, 4, 2] as const, [args, 40, 12] as const]))(
    'costs as many git processes as one of few: %j, %i and %i',
    (args, many, few) => {
      expect(processes(moved(many), args)).toBe(processes(moved(few), args));
    },
  );
});
