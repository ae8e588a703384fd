// npm test: everything that must hold before a change lands, one line a check, and the totals last.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const top = fileURLToPath(new URL('..', import.meta.url));
const bin = (name, ...args) => ['npx', '--no-install', name, ...args];

const CHECKS = [
  ['types', bin('tsc', '--noEmit')],
  ['lint', bin('biome', 'ci', '.')],
  ['build', ['node', 'scripts/build.mjs']],
  ['unused code and dependencies', bin('knip')],
  ['package contents', bin('publint', '--strict')],
  ['package types', bin('attw', '--pack', '.', '--profile', 'esm-only', '--exclude-entrypoints', 'package.json')],
  ['generated pages', ['node', 'scripts/generate.mjs', '--check']],
  ['its own documents', ['node', 'dist/cli.cjs', 'lint', '--max-warnings', '0']],
];

function run([command, ...args], env = {}) {
  const isWindows = process.platform === 'win32';
  return spawnSync(command, args, { cwd: top, encoding: 'utf8', shell: isWindows, env: { ...process.env, ...env } });
}

function check([name, command]) {
  const { status, stdout, stderr } = run(command);
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name}`);
  if (status !== 0) console.log(`${stdout}${stderr}`);
  return status === 0;
}

/** Runs vitest with its output shown. A run that ends without totals is one failure. */
function runTests() {
  const folder = mkdtempSync(join(tmpdir(), 'planproof-totals-'));
  const file = join(folder, 'totals.json');
  const [command, ...args] = bin('vitest', 'run', ...process.argv.slice(2));
  const { status } = spawnSync(command, args, {
    cwd: top,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, PLANPROOF_TOTALS: file },
  });
  try {
    const totals = JSON.parse(readFileSync(file, 'utf8'));
    return status !== 0 && totals.failed === 0 ? { ...totals, failed: 1 } : totals;
  } catch {
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const results = CHECKS.map(check);
const tests = runTests();
const passed = results.filter(Boolean).length + tests.passed;
const failed = results.filter((result) => !result).length + tests.failed;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
