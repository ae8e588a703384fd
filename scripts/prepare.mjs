// npm runs this after `npm ci` here: it sets up the hook. npm also runs it when the package is installed from git, as
// pre-commit does, where dist/ is missing and `prepack` does not run: then it builds.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const top = fileURLToPath(new URL('..', import.meta.url));
const has = (...path) => existsSync(join(top, ...path));

function run(script, ...args) {
  const { npm_config_global: _global, npm_config_location: _location, ...env } = process.env;
  const { status } = spawnSync(process.execPath, [script, ...args], { cwd: top, env, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

const { npm_config_global: isGlobal, npm_execpath: npm } = process.env;
// Installing globally, npm forgets the development dependencies of what it prepares.
if (isGlobal === 'true' && npm && !has('node_modules', 'husky')) run(npm, 'ci', '--include=dev', '--ignore-scripts');
// Without them there is neither a hook to set up nor anything to build with.
if (has('node_modules', 'husky')) {
  const { default: husky } = await import('husky');
  const said = husky();
  if (said) console.error(said);
  if (!has('dist', 'cli.cjs')) run(join(top, 'scripts', 'build.mjs'));
}
