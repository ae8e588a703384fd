import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type UserConfig } from 'tsdown';

/** What runs before the first document is read, and nothing else. */
const START = [
  'main|io|standard-output',
  'program/(?:plain-lint|lint-options|command-line)',
  'commands/(?:lint|report-output|progress-line|surroundings)',
  'pipeline/(?:locate|workspace|report)',
  'reporters/(?:clean|style|report)',
  'writing/places',
  'sources/git-directory',
  'model/(?:build-id|built-in|recent|remember|compiled-validator|config|document-type|files|finding|lifecycle|package-files|printable|ready-types|slashes|split-once|user-error|whole)',
];
/** What a run needs of which every verdict is remembered. */
const KNOWN = [
  'cache/(?!encode-base|text-bytes)[\\w-]+',
  'pipeline/(?:ancestry|board-lookups|change|changed-answers|document-set|history|ignorer|index-documents)',
  'pipeline/(?:judge-(?:baseline|known|options|staged)|known-(?:index|lint)|lint|lint-change|open-staged|progress)',
  'pipeline/(?:baseline|read|readings|remember-state|remembered|source-lines|staged-before|take-stock|texts|touched|verdict-store)',
  'sources/(?:blob-hash|file-state|folders|git|git-blobs|git-objects|head-commit|head-files|index-(?:differences|entries|file|format|patches|search)|left-out|paged-(?:bytes|numbers)|regular-file|source|staged-files|tracked-tree|working-tree)',
  'reporters/(?:escape|text)',
  'model/(?:baseline|bytes|document|facts|fix|frontmatter|frozen|id|json-pointer|link|mapping|path-word|place|plain-(?:frontmatter|path)|recent|relation|remember|rule-page)',
];
/** What a run needs of which nothing is remembered. */
const FIRST = [
  'cache/(?:encode-base|text-bytes)',
  'pipeline/(?:discover|foresight|judge-(?:afresh|searched)|open-search|path-words|reach|search-(?:finder|pattern|sets)|searched-documents)',
  'sources/worktree-files',
  'model/(?:id-finder|rewritten)',
];
/** What words the findings in frontmatter. */
const FAULTS = ['model/(?:loose-date|reference-fix|schema-errors|suggest)'];
/** What judges a change, and what asks git for more than the names of files. */
const CHANGE = [
  'pipeline/(?:cause|change-words|claims|judge-change|names-now|raised-errors|renumbered)',
  'sources/(?:git-(?:base|index|ref|revision|tips|trees)|overlay)',
];
/** What works out an edit, or makes it. */
const EDIT = [
  'pipeline/(?:carry-out|choose-fixes|fix|fix-pass|fix-state|linking|realise-fix|spans)',
  'model/(?:board-fix|edit|frontmatter-(?:edit|form|span)|json-edit|line-diff|link-destination|move-fix)',
  'model/(?:relink|schema-fix|section-fix|source-text|tick)',
];
/** What most runs do without: types of one's own, baselines, shards, mistakes in words, names that may be ignored. */
const MORE = [
  'pipeline/(?:gate|merge-reports|merge-sarif|read-reports|shard)',
  'model/(?:baseline-match|load-types|structured-file|validator)',
];
const MATTER = 'gray-matter|kind-of|section-matter|strip-bom-string|extend-shallow|is-extendable';

const sources = (modules: readonly string[]): RegExp => new RegExp(`/src/(?:${modules.join('|')})\\.ts$`);

/** Modules by the file of the bundle that they are in, the first that fits. */
const PARTS: Readonly<Record<string, RegExp>> = {
  start: sources(START),
  known: sources(KNOWN),
  first: sources(FIRST),
  faults: sources(FAULTS),
  change: sources(CHANGE),
  edit: sources(EDIT),
  more: new RegExp(`${sources(MORE).source}|/node_modules/ignore/`),
  program: /\/src\/(?:program|setup\/choices)|\/node_modules\/commander\//,
  satteri: /\/node_modules\/satteri\/|\/src\/(?:start\/native-package|model\/satteri)\.ts$/,
  yaml: new RegExp(`/src/model/yaml-|/node_modules/(?:yaml|${MATTER})/`),
  jsonc: /\/node_modules\/jsonc-parser\//,
  lint: /\/rules\/(?!adapter)|\/src\/(?:pipeline|model|sources)/,
};

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

const NATIVE_PACKAGE = fileURLToPath(new URL('src/start/native-package.ts', import.meta.url));

/**
 * satteri looks for a native file beside its own code first, which the bundle has none of, and reads the manifest of the package
 * that has it, for a check that is off. It makes a `require`, for which Node loads what ES modules need; the bundle has one.
 */
const nativeOfPackages = {
  name: 'native-of-packages',
  transform(code: string, id: string): string | undefined {
    if (!/\/satteri\/index\.js$/.test(id)) return undefined;
    const direct = code
      .replace(/import \{ createRequire \} from 'module'\nconst require = [^\n]+\nconst __dirname = [^\n]+\n/, '')
      .replace(/\brequire\('(@bruits\/satteri-([\w-]+))'\)/g, "nativePackage('$1', 'satteri_napi.$2.node')")
      .replace(/\brequire\(/g, 'load(')
      .replace(/^/, `import { nativePackage } from ${JSON.stringify(NATIVE_PACKAGE)};\nconst load = require;\n`)
      .replace(/try \{\s*return load\('\.\/[\w.-]+\.node'\)\s*\} catch \(e\) \{\s*loadErrors\.push\(e\)\s*\}/g, '')
      .replace(/const bindingPackageVersion = [^\n]+\n\s*if \(bindingPackageVersion[^{]+\{[^}]+\}\. You[^}]+\}/g, '');
    if (
      /'\.\/[\w.-]+\.node'|bindingPackageVersion|createRequire|__dirname/.test(direct) ||
      !direct.includes("nativePackage('@bruits/satteri-linux-x64-gnu', 'satteri_napi.linux-x64-gnu.node')")
    )
      throw new Error('satteri loads its native file in another way');
    return direct;
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

/** What Node has loaded anyway. */
const AT_HAND = /['"](?:node:)?(?:fs|path|process|buffer|url)['"]/;

/** Makes a name that stands for a module stand for a function that gives it. */
function late(code: string, line: string, name: string, declaration: string): string {
  const exact = name.replaceAll('$', '\\$');
  const changed = code
    .replace(line, () => declaration)
    .replace(new RegExp(`\\bnew ${exact}\\.`, 'g'), () => `new (${name}()).`)
    .replace(new RegExp(`(?<![\\w$]|(?<!\\.\\.)\\.)${exact}\\.`, 'g'), () => `${name}().`);
  if (new RegExp(`(?<![\\w$])${exact}(?![\\w$]|\\(\\)| = )`).test(changed))
    throw new Error(`${name} is used for more than its members`);
  return changed;
}

/**
 * Parts of the bundle, and what of Node takes long to load, are loaded when the first of their functions is called: most runs
 * call none of most parts. Imports stand at the top of the sources all the same. Bundlers call it inline requires.
 */
const requireWhenUsed = {
  name: 'require-when-used',
  renderChunk(code: string): string {
    let changed = code;
    for (const [line, name = '', part = ''] of code.matchAll(
      /^(?:const|let) ([\w$]+) = (require\(["'][^"']+["']\));\n/gm,
    )) {
      // What has a default export is given a second value below.
      if (AT_HAND.test(part) || code.includes(`\n${name} = `)) continue;
      changed = late(changed, line, name, `let ${name}_;\nconst ${name} = () => (${name}_ ??= ${part});\n`);
    }
    // A CommonJS module of another part.
    for (const [line, name = '', part] of changed.matchAll(
      /^var ([\w$]+) = (require_[\w$]+\(\)\.require_[\w$]+\(\));\n/gm,
    ))
      changed = late(changed, line, name, `const ${name} = () => ${part};\n`);
    // One that has no default export of its own.
    for (const [line, name = '', made] of changed.matchAll(
      /^var (import_[\w$]+) = ((?:\/\* @__PURE__ \*\/ )?require_rolldown_runtime\(\)\.__toESM\((?:\/\* @__PURE__ \*\/ )?require_[\w$]+\(\)\.require_[\w$]+\(\), 1\));\n/gm,
    ))
      changed = late(changed, line, name, `let ${name}_;\nconst ${name} = () => (${name}_ ??= ${made});\n`);
    return changed;
  },
};

/** A module that other parts import as a whole. */
const ALL_OF = /require_rolldown_runtime\(\)\.__exportAll\(\{ (\w+): \(\) => \1 \}\)/g;
const EXPORT =
  /^Object\.defineProperty\(exports, "([\w$]+)", \{\n\tenumerable: true,\n\tget: function\(\) \{\n\t\treturn ([\w$]+);\n\t\}\n\}\);$/gm;

/**
 * Gives what never changes to other parts as it is, not by a function of its own: Node would make all of these functions before
 * the first is called.
 */
function plainExports(code: string): string {
  const fixed = /^(?:(?:async )?function\*? |class |const |var (?=require_|[\w$]+ = class))([\w$]+)/gm;
  const names = new Set([...code.matchAll(fixed)].map(([, name]) => name));
  return code
    .replace(EXPORT, (line, name: string, value: string) => (names.has(value) ? `exports.${name} = ${value};` : line))
    .replace(ALL_OF, (all, name: string) => (code.includes(`\nfunction ${name}(`) ? `{ ${name} }` : all));
}

/** In a file of ASCII a character is a byte, in memory too; a single other one makes it two for the whole file. */
const asciiOnly = (code: string): string =>
  code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** What is done last, since escapes are undone where code is printed. */
const finish = {
  name: 'finish',
  generateBundle(_options: unknown, bundle: Record<string, { readonly type: string; code?: string }>): void {
    for (const chunk of Object.values(bundle))
      if (chunk.type === 'chunk' && chunk.code !== undefined) chunk.code = asciiOnly(plainExports(chunk.code));
  },
};

/** Groups of modules that are one file each. Few large files load faster than many small ones, but none that a run does without. */
const chunks = {
  includeDependenciesRecursively: false,
  groups: Object.entries(PARTS).map(([name, test], nth, { length }) => ({ name, test, priority: length - nth })),
};

const common: UserConfig = {
  platform: 'node',
  target: 'node20.19',
  // Only satteri's native packages stay outside: everything else is bundled, for start-up.
  deps: { neverBundle: Object.keys(manifest.optionalDependencies), alwaysBundle: [/./], onlyBundle: false },
  // Its CommonJS build hides its imports from bundlers.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  plugins: [withoutEngines, defaultsOfNode],
  checks: { legacyCjs: false, ineffectiveDynamicImport: false, pluginTimings: false },
};

/**
 * One CommonJS bundle of all there is: Node starts it faster than ES modules, and can load parts of it at once when they are
 * needed. `index.js` and `remark.js`, which scripts/build.mjs writes, are the doors to it for those who import the package.
 */
const bundle: UserConfig = {
  ...common,
  plugins: [withoutEngines, nativeOfPackages, defaultsOfNode, requireWhenUsed, finish],
  entry: {
    cli: 'src/cli.ts',
    command: 'src/command.ts',
    index: 'src/index.ts',
    remark: 'src/remark.ts',
  },
  format: 'cjs',
  hash: false,
  dts: false,
  outputOptions: { codeSplitting: chunks, exports: 'named', strict: true, comments: false },
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
