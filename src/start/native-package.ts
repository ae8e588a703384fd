import { existsSync } from 'node:fs';
import { dirname, join, toNamespacedPath } from 'node:path';

/** CommonJS, as the bundle is. */
declare const require: (name: string) => unknown;

/** The file of a package in a folder of packages above; undefined where there is none. */
function installed(name: string, file: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const path = join(folder, 'node_modules', name, file);
    if (existsSync(path)) return path;
    if (dirname(folder) === folder) return undefined;
  }
}

/**
 * What a package of native code exports. It is looked for where package managers put it; Node's own search, which also knows of
 * other places, reads the manifests on the way and takes milliseconds.
 *
 * @param file the native code in the package
 * @throws what loading throws
 */
export function nativePackage(name: string, file: string): unknown {
  const path = installed(name, file, import.meta.dirname);
  if (path === undefined) return require(name);
  const module = { exports: {} as unknown };
  process.dlopen(module, toNamespacedPath(path));
  return module.exports;
}
