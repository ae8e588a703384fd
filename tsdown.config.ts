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

/** `export { default as x } from 'node:y'` comes out of the CommonJS build as `y.default`, which there is none of. */
const defaultsOfNode = {
  name: 'defaults-of-node',
  transform(code: string): string | undefined {
    const mended = code.replace(
      /export \{default as (\w+)\} from ('node:\w+')/g,
      'import all from $2;\nexport const $1 = all',
    );
    return mended === code ? undefined : mended;
  },
};

/** What `--version` needs, and every command before it knows what it is. */
const START = /\/src\/(?:main|io|model\/user-error|model\/package-files|reporters\/clean)\.ts$/;
/** What a lint of a plain repository needs, which most other commands need too. */
const CORE =
  /\/(?:rules\/[\w-]+|src\/(?:program|commands\/(?:lint|report-output)|pipeline\/lint|reporters\/text))\.ts$/;

/** Few large files load faster than many small ones: Node opens, resolves and links each for itself. */
const chunks = {
  groups: [
    { name: 'start', test: START, priority: 2 },
    { name: 'core', test: CORE, priority: 1 },
  ],
};

const common: UserConfig = {
  platform: 'node',
  target: 'node20.19',
  // Only satteri's native packages stay outside: everything else is bundled, for start-up.
  deps: { neverBundle: Object.keys(manifest.optionalDependencies), alwaysBundle: [/./], onlyBundle: false },
  // Its CommonJS build hides its imports from bundlers.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  plugins: [withoutEngines, defaultsOfNode],
};

/**
 * One CommonJS bundle of all there is: Node starts it faster than ES modules, and can load parts of it at once when they are
 * needed. `index.js` and `remark.js`, which scripts/build.mjs writes, are the doors to it for those who import the package.
 */
const bundle: UserConfig = {
  ...common,
  entry: {
    cli: 'src/cli.ts',
    index: 'src/index.ts',
    remark: 'src/remark.ts',
    program: 'src/program.ts',
    satteri: 'satteri',
    unified: 'unified',
    'remark-parse': 'remark-parse',
    'remark-gfm': 'remark-gfm',
  },
  format: 'cjs',
  dts: false,
  outputOptions: { codeSplitting: chunks, exports: 'named', strict: true },
  checks: { legacyCjs: false, ineffectiveDynamicImport: false, pluginTimings: false },
  clean: true,
};

const types: UserConfig = {
  ...common,
  entry: { index: 'src/index.ts', remark: 'src/remark.ts' },
  format: 'esm',
  fixedExtension: false,
  dts: { oxc: true, emitDtsOnly: true },
  clean: false,
};

const configs: UserConfig[] = defineConfig([bundle, types]) as UserConfig[];

export default configs;
