// What a build is made of, as one hash: two builds with the same id give the same verdicts.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const top = fileURLToPath(new URL('..', import.meta.url));
/** All that decides a verdict or how it is shown; the lockfile names what is bundled. */
const SOURCES = ['src', 'rules', 'schemas', 'templates', 'scripts', 'tsdown.config.ts', 'package-lock.json'];

function filesOf(source) {
  const path = join(top, source);
  try {
    const entries = readdirSync(path, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if (error.code !== 'ENOTDIR') throw error;
    return [path];
  }
}

/**
 * @returns {string} 32 hexadecimal digits
 */
export function buildId() {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap(filesOf).sort()) {
    const bytes = readFileSync(file);
    hash.update(`${relative(top, file).split(sep).join('/')}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex').slice(0, 32);
}
