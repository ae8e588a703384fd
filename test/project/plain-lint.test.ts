import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { lintCommand } from '../../src/commands/lint.ts';
import type { Io } from '../../src/io.ts';
import { LINT_OPTIONS } from '../../src/program/lint-options.ts';
import { plainLint } from '../../src/program/plain-lint.ts';
import { commandNames, run } from '../../src/program.ts';

vi.mock('../../src/commands/lint.ts', () => ({ lintCommand: vi.fn(async () => 0) }));
beforeEach(() => vi.mocked(lintCommand).mockClear());

const quiet = { write: () => {}, isTerminal: false };
const io: Io = {
  cwd: '.',
  environment: {},
  stdout: quiet,
  stderr: quiet,
  stdin: { isTerminal: false, read: async () => new Uint8Array() },
  today: '2026-01-31',
  now: '2026-01-31T00:00:00.000Z',
};

/** What commander hands to lint; undefined when it does something else. */
async function byCommander(argv: readonly string[]): Promise<unknown> {
  vi.mocked(lintCommand).mockClear();
  await run(argv, io);
  const [call] = vi.mocked(lintCommand).mock.calls;
  return call && { paths: call[0], options: call[1] };
}

const VALUES = [
  'json',
  'json=a.json',
  '12',
  '2026-01-31',
  '2026-02-31',
  '1/3',
  'origin/main',
  '-1',
  '',
  '--fix',
  'a b',
  '=',
];
const names = LINT_OPTIONS.map(({ flags }) => flags.split(' ', 1)[0] as string);
const words = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...names) },
  { weight: 3, arbitrary: fc.constantFrom(...VALUES) },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.constantFrom(...names), fc.constantFrom(...VALUES)).map((pair) => pair.join('=')),
  },
  { weight: 2, arbitrary: fc.constantFrom('dev_ops/plans', 'README.md', './list', 'lint', 'list', 'help', 'plans') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('--', '-', '-q', '--help', '-h', '-V', '--version', '--debug', '--cwd', '--no-fix'),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 6 }) },
);
const commandLines = fc
  .tuple(fc.constantFrom([], ['lint']), fc.array(words, { maxLength: 5 }))
  .map((parts) => parts.flat());

describe('the way past commander', () => {
  it('gives lint what commander would give it, or leaves it to commander', async () => {
    let plain = 0;
    await fc.assert(
      fc.asyncProperty(commandLines, async (argv) => {
        const found = plainLint(argv);
        if (found === undefined) return;
        plain += 1;
        expect(await byCommander(argv), argv.join(' ')).toEqual(found);
      }),
      { seed: 5, numRuns: 3000 },
    );
    expect(plain).toBeGreaterThan(300);
  });

  it.each([
    [],
    ['lint'],
    ['lint', '--staged'],
    ['--staged'],
    ['lint', '--format', 'json', '--format=text', 'dev_ops'],
    ['dev_ops/plans/PLAN-001-a.md', '--max-warnings', '0', '--no-baseline', '--today', '2026-01-31'],
  ])('is taken for %j %j %j %j %j', async (...argv) => {
    expect(plainLint(argv)).toEqual(await byCommander(argv));
  });

  it('is not taken for any other command, for help, or for what is wrong', () => {
    for (const argv of [...commandNames().filter((name) => name !== 'lint'), 'help', '--help', '--version', '--fox'])
      expect(plainLint([argv]), argv).toBeUndefined();
    for (const wrong of [
      ['--max-warnings', 'x'],
      ['--today', 'now'],
      ['--base'],
      ['--fix=1'],
      ['lint', '--fix', '--fix'],
    ])
      expect(plainLint(wrong), wrong.join(' ')).toBeUndefined();
  });
});
