import { existsSync, lstatSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { Refusal } from './refusal.mjs';

/** Whether a path is a folder or something below it; both without links on the way. */
export function isInside(folder, path) {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/**
 * The folder to work in, without links on the way: a link in the checkout leads wherever its author wants.
 *
 * @throws Refusal when it is no folder of the workspace
 */
export function workingFolder(workspace, path) {
  const folder = resolve(workspace, path);
  const isFolder = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  if (!isFolder || !isInside(realpathSync(workspace), realpathSync(folder)))
    throw new Refusal(`Unexpected \`${path}\` as \`working-directory\`, expected a folder inside the workspace`);
  return realpathSync(folder);
}

function nearestExisting(path) {
  let at = dirname(path);
  while (!existsSync(at)) at = dirname(at);
  return realpathSync(at);
}

/**
 * The absolute path of a report that is to be written.
 *
 * @param {string[]} folders the workspace, which relative paths start from, and others that may be written to
 * @throws Refusal when it is a folder, or lies outside, be it by a link in the checkout
 */
export function reportFile(folders, path) {
  const file = resolve(folders[0], path);
  const home = nearestExisting(file);
  const isFolder = lstatSync(file, { throwIfNoEntry: false })?.isDirectory() === true;
  if (isFolder || !folders.some((folder) => isInside(realpathSync(folder), home)))
    throw new Refusal(`Unexpected \`${path}\` for a report, expected a file inside the workspace`);
  return file;
}

/** A path as other steps take it: relative to the workspace, if it lies there, and with slashes. */
export function forOtherSteps(workspace, path) {
  const file = resolve(workspace, path);
  return isInside(workspace, file) ? relative(workspace, file).split(sep).join('/') : file;
}
