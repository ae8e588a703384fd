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
  plugins: [withoutEngines],
  clean: true,
});

export default config;
