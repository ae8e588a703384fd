// The project that is measured: where its command lies and which options that knows.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environment } from './measure.mjs';

export const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
export const CLI = join(PROJECT, 'dist', 'cli.cjs');

/**
 * Tells whether `planproof lint` has an option: an older build is measured without what it lacks.
 *
 * @returns {(option: string) => boolean}
 */
export function lintOptions() {
  if (!existsSync(CLI)) throw new Error('dist/ is missing: npm run build');
  const { status, stdout } = spawnSync(process.execPath, [CLI, 'lint', '--help'], {
    env: environment(),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`planproof lint --help ended with ${status}`);
  const known = new Set(stdout.match(/--[a-z][a-z-]*/g));
  return (option) => known.has(option);
}
