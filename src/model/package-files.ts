import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

function findRoot(): string {
  // The bundle lies in dist/, the sources two folders deep: the package is the first folder above with the schemas.
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'schemas', 'x-document.schema.json'))) {
    const above = dirname(folder);
    if (above === folder)
      throw new Error('The package planproof is damaged: its folder schemas/ is missing. Install it again.');
    folder = above;
  }
  return folder;
}

let root: string | undefined;

/** Absolute path of a file of the installed package, such as `schemas/config.schema.json`. */
export function packageFile(...path: string[]): string {
  root ??= findRoot();
  return join(root, ...path);
}

let version: string | undefined;

/** The version in the package's own package.json; asked once a finding, read once. */
export function packageVersion(): string {
  version ??= (JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as { version: string }).version;
  return version;
}
