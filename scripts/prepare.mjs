// npm runs this after `npm ci` here, and when somebody installs the package from git, as pre-commit does: then dist/ is
// missing, and `prepack` does not run.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const top = fileURLToPath(new URL('..', import.meta.url));
const run = (...path) => spawnSync(process.execPath, [join(top, ...path)], { cwd: top, stdio: 'inherit' }).status === 0;

const husky = join('node_modules', 'husky', 'bin.js');
// Without development dependencies there is neither a hook to set up nor anything to build with.
if (existsSync(join(top, husky))) {
  run(husky);
  if (!existsSync(join(top, 'dist', 'cli.js')) && !run('scripts', 'build.mjs')) process.exitCode = 1;
}
