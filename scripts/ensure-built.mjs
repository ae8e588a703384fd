// Builds dist/ when it is missing or older than what it is made of. Used by the hook and the tests.
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const top = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = [
  'src',
  'rules',
  'schemas',
  'templates',
  'package.json',
  'package-lock.json',
  'tsdown.config.ts',
  'scripts',
];

function newest(path) {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

const built = statSync(join(top, 'dist', 'THIRD-PARTY-LICENSES'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
if (built < Math.max(...SOURCES.map((source) => newest(join(top, source))))) {
  execFileSync(process.execPath, [join(top, 'scripts', 'build.mjs')], { stdio: ['ignore', 'ignore', 'inherit'] });
}
