// Where planproof itself comes from.
import { existsSync, mkdtempSync, readFileSync, realpathSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { execPath } from 'node:process';
import { run } from './command.mjs';
import { Refusal } from './refusal.mjs';
import { forLog } from './runner.mjs';
import { isInside } from './workspace.mjs';

/** How to reach the registry. Other settings in the environment could put the package elsewhere, or leave parts out. */
const REGISTRY_SETTINGS =
  /^npm_config_(?:registry|userconfig|globalconfig|cache|(?:https?_)?proxy|noproxy|ca|cafile|strict_ssl|\/\/.*)$/i;

/** The version that belongs to the action. */
export function ownVersion() {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
}

function readManifest(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  } catch {
    return undefined;
  }
}

/** The command in `node_modules` of a folder; undefined when there is none, or not of that version. */
function commandIn(folder, version) {
  const home = join(folder, 'node_modules', 'planproof');
  const manifest = readManifest(home);
  const bin = manifest?.bin?.planproof;
  if (manifest?.name !== 'planproof' || typeof bin !== 'string') return undefined;
  if (version !== undefined && manifest.version !== version) return undefined;
  const command = join(home, bin);
  return existsSync(command) ? command : undefined;
}

/** npm as it lies beside Node: npm.cmd would take a shell, and that looks for programs where it is started. */
function npm() {
  const home = dirname(realpathSync(execPath));
  const modules = [join(home, 'node_modules'), join(home, '..', 'lib', 'node_modules')];
  const script = modules.map((folder) => join(folder, 'npm', 'bin', 'npm-cli.js')).find((file) => existsSync(file));
  return script === undefined ? ['npm'] : [execPath, script];
}

function npmEnvironment(environment) {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !/^npm_config_/i.test(name) || REGISTRY_SETTINGS.test(name)),
  );
}

async function install(folder, version, environment) {
  // Its own project, so that npm looks for settings and packages nowhere above.
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const flags = ['--ignore-scripts', '--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--loglevel=error'];
  const command = [...npm(), 'install', '--prefix', folder, ...flags, `planproof@${version}`];
  const { code, stderr } = await run(command, { cwd: folder, environment: npmEnvironment(environment), quiet: true });
  if (code === 0 && commandIn(folder, version) !== undefined) return;
  console.error(forLog(stderr));
  throw new Refusal(`npm cannot install planproof@${version}`, 'The log says why.');
}

/**
 * The command of the published package, installed outside the checkout: nothing there has a say in it. An installation
 * of an earlier step is used again.
 *
 * @param {string} temp the runner's folder for one job
 * @throws Refusal when it cannot be installed
 */
export async function publishedCommand(version, { temp, workspace, environment }) {
  if (isInside(realpathSync(workspace), realpathSync(temp)))
    throw new Refusal('RUNNER_TEMP lies inside the workspace, expected a folder outside of it');
  const folder = join(temp, `planproof-${version}`);
  const command = commandIn(folder, version);
  if (command !== undefined) return command;
  const fresh = mkdtempSync(join(temp, 'planproof-install-'));
  await install(fresh, version, environment);
  try {
    renameSync(fresh, folder);
    return commandIn(folder, version);
  } catch {
    return commandIn(fresh, version);
  }
}

/**
 * The command of the package that the checkout has installed, looked for from the working folder upwards.
 *
 * @throws Refusal where there is none
 */
export function projectCommand(folder, workspace) {
  const top = realpathSync(workspace);
  for (let at = folder; isInside(top, at); at = resolve(at, '..')) {
    const command = commandIn(at);
    if (command !== undefined) return command;
    if (at === resolve(at, '..')) break;
  }
  throw new Refusal('No planproof in node_modules', 'Install it before this step, or leave `use` at `package`.');
}
