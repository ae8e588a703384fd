import { readFileSync } from 'node:fs';
import { defineConfig, type UserConfig } from 'tsdown';

const manifest = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  optionalDependencies: Record<string, string>;
};

/** gray-matter's own engines would bring js-yaml and a direct eval into the bundle; the wrapper never uses them. */
const withoutEngines = {
  name: 'gray-matter-without-engines',
  resolveId(id: string, importer: string | undefined): string | undefined {
    return /^\.(?:\/lib)?\/engines$/.test(id) && importer?.includes('gray-matter')
      ? '\0gray-matter-engines'
      : undefined;
  },
  load(id: string): string | undefined {
    return id === '\0gray-matter-engines' ? 'module.exports = {};' : undefined;
  },
};

/** What `--version` needs, and every command before it knows what it is. */
const START = /\/src\/(?:main|io|model\/user-error|model\/package-files|reporters\/clean)\.ts$/;
/**
 * What a lint of a plain repository needs, which most other commands need too. The parser stays outside: where it cannot load,
 * its import throws, and another steps in.
 */
const CORE =
  /\/(?:rules\/[\w-]+|src\/(?:program|commands\/(?:lint|report-output)|pipeline\/lint|reporters\/text))\.ts$/;

/** Few large files load faster than many small ones: Node opens, resolves and links each for itself. */
const chunks = {
  groups: [
    { name: 'start', test: START, priority: 2 },
    { name: 'core', test: CORE, priority: 1 },
  ],
};

const config: UserConfig = defineConfig({
  entry: { cli: 'src/cli.ts', index: 'src/index.ts', remark: 'src/remark.ts' },
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  fixedExtension: false,
  dts: { oxc: true },
  // Only satteri's native packages stay outside: everything else is bundled, for start-up.
  deps: { neverBundle: Object.keys(manifest.optionalDependencies), alwaysBundle: [/./], onlyBundle: false },
  // Its CommonJS build hides its imports from bundlers.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  outputOptions: { codeSplitting: chunks },
  plugins: [withoutEngines],
  clean: true,
});

export default config;
