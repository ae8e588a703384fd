import { describe, expect, it } from 'vitest';
import { names, withCommand, withScripts } from '../../src/setup/hook-script.ts';
import { letsDeletionsThrough } from '../../src/setup/lint-staged.ts';

describe('a program is named', () => {
  it.each([
    ['npx planproof lint --staged', true],
    ['planproof', true],
    ['  npx --no-install planproof # why', true],
    ['npx --yes planproof@0.1.0 lint', true],
    ['node_modules/.bin/planproof lint', true],
    ['# npx planproof lint', false],
    ['  # planproof', false],
    ['npm test # planproof comes later', false],
    ['npx my-planproof', false],
    ['npx planproof-extra', false],
    ['', false],
  ])('by %j: %s', (script, expected) => expect(names(script, 'planproof')).toBe(expected));
});

describe('scripts of package.json', () => {
  const scripts = {
    'check:docs': 'planproof lint --staged',
    precommit: 'npm run -s check:docs',
    test: 'vitest',
    lint: 'x',
  };
  it.each([
    ['npm run precommit', true],
    ['pnpm check:docs', true],
    ['yarn run check:docs', true],
    ['bun run check:docs', true],
    ['npm run-script check:docs', true],
    ['npm run check:docs-later', false],
    ['npm test', false],
  ])('%j: %s', (script, expected) => expect(names(withScripts(script, scripts), 'planproof')).toBe(expected));

  it('that call each other in a ring come to an end', () => {
    expect(withScripts('npm run a', { a: 'npm run b', b: 'npm run a' })).toBe('npm run a\nnpm run b\nnpm run a');
  });
});

describe('one more command', () => {
  it.each([
    ['', 'C\n'],
    ['npm test\n', 'npm test\nC\n'],
    ['npm test', 'npm test\nC\n'],
    ['npm test\r\n', 'npm test\r\nC\r\n'],
    ['#!/bin/sh\nset -e\nnpm test\n\n\n', '#!/bin/sh\nset -e\nnpm test\nC\n'],
    ['#!/usr/bin/env bash\na\nexit 0\n', '#!/usr/bin/env bash\na\nC\nexit 0\n'],
    ['a\nexec b\n# end\n', 'a\nC\nexec b\n# end\n'],
    ['if a; then\n  exit 1\nfi\n', 'if a; then\n  exit 1\nfi\nC\n'],
    ['exit 0\na\nexit 0\n', 'exit 0\na\nC\nexit 0\n'],
  ])('%j becomes %j', (script, expected) => expect(withCommand(script, 'C')).toBe(expected));

  it.each([
    ['of another language', '#!/usr/bin/env node\nconsole.log(1)\n'],
    ['that goes on', 'a &&\n'],
    ['whose end hangs on the line before', 'a &&\nexit 0\n'],
    ['that ends inside something', 'f() {\n  exit 0\n'],
  ])('is refused in a script %s', (_, script) => expect(withCommand(script, 'C')).toBeUndefined());
});

describe('deletions', () => {
  it.each([
    ['lint-staged', false],
    ['lint-staged --diff-filter=ACMR', false],
    ['lint-staged --diff-filter=ACMRD --no-stash', true],
    ['lint-staged --diff-filter "ACMRD"', true],
    ['lint-staged --diff-filter=d', false],
    ['lint-staged --diff-filter=x', true],
  ])('%j lets them through: %s', (line, expected) => expect(letsDeletionsThrough(line)).toBe(expected));
});
