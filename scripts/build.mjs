// Builds dist/: the bundle, its types, and the built-in schemas as ready-made validators.

import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import formats from 'ajv-formats';
import { build } from 'tsdown';
import { buildId } from './build-id.mjs';
import { thirdPartyLicences } from './licences.mjs';

const top = fileURLToPath(new URL('..', import.meta.url));
const read = (...path) => readFileSync(join(top, ...path), 'utf8');

// The same options as AJV_OPTIONS in src/model/validator.ts; a test compares the verdicts of both.
const options = { allErrors: true, ownProperties: true, strict: true, strictRequired: false, allowUnionTypes: true };

function schemaFiles() {
  const presets = readdirSync(join(top, 'schemas'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const types = presets.flatMap(({ name }) =>
    readdirSync(join(top, 'schemas', name)).map((file) => join('schemas', name, file)),
  );
  return [
    join('schemas', 'config.schema.json'),
    join('schemas', 'board.schema.json'),
    join('schemas', 'baseline.schema.json'),
    ...types,
  ];
}

/** The validators as CommonJS modules, by a hash of the schema's text. */
function compile() {
  const ajv = new Ajv2020({ ...options, code: { source: true } });
  formats(ajv);
  ajv.addKeyword({ keyword: 'x-document', metaSchema: JSON.parse(read('schemas', 'x-document.schema.json')) });
  const modules = schemaFiles().map((file) => {
    const text = read(file);
    const key = createHash('sha1').update(text).digest('hex');
    return [key, standalone.default(ajv, ajv.compile(JSON.parse(text)))];
  });
  return Object.fromEntries(modules);
}

const common = {
  config: false,
  format: 'cjs',
  checks: { legacyCjs: false },
  platform: 'node',
  target: 'node20.19',
  hash: false,
  dts: false,
  deps: { alwaysBundle: [/./], onlyBundle: false },
  logLevel: 'warn',
};

/** Does work in a folder where the packages are found. */
async function inScratch(work) {
  const folder = mkdtempSync(join(top, 'node_modules', '.planproof-build-'));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// ajv emits require() even for ESM: emitted as CommonJS and bundled, the result needs nothing.
async function buildValidators(folder) {
  const modules = compile();
  for (const [key, code] of Object.entries(modules)) writeFileSync(join(folder, `${key}.cjs`), code);
  const outDir = join(top, 'dist', 'validators');
  const plugins = [noteModules];
  // Each is one file with all that it calls: most runs need that of one type.
  for (const key of Object.keys(modules))
    await build({ ...common, entry: { [key]: join(folder, `${key}.cjs`) }, outDir, clean: false, plugins });
}

/** What the sources read of schemas and templates, by themselves. */
async function writeBuiltIn(folder) {
  const entry = { make: join(top, 'src', 'pipeline', 'make-built-in.ts') };
  const deps = { neverBundle: [/^(?!\.|\/|\w:)/] };
  await build({ ...common, cwd: top, format: 'esm', fixedExtension: true, entry, outDir: folder, deps });
  const { makeBuiltIn } = await import(pathToFileURL(join(folder, 'make.mjs')).href);
  writeFileSync(join(top, 'dist', 'built-in.json'), JSON.stringify(await makeBuiltIn()));
}

const modules = new Set();

/** Remembers what went into the bundle, for the licences. */
const noteModules = {
  name: 'note-modules',
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) for (const id of Object.keys(chunk.modules ?? {})) modules.add(id);
  },
};

/** Named exports stand in the code, as Node finds them when a CommonJS module is imported. */
function door(part, names) {
  const others = names.filter((name) => name !== 'default');
  const named = others.length > 0 ? `export const { ${others.join(', ')} } = all;\n` : '';
  const main = names.includes('default') ? 'export default all.default;\n' : '';
  return `import all from './${part}.cjs';\n\n${named}${main}`;
}

const doors = {};
/** Remembers what the entries for those who import the package export. */
const noteDoors = {
  name: 'note-doors',
  generateBundle({ format }, bundle) {
    if (format !== 'cjs') return;
    // A chunk may export more, for others of the bundle.
    for (const { isEntry, name, facadeModuleId } of Object.values(bundle))
      if (isEntry && ['index', 'remark'].includes(name)) doors[name] = this.getModuleInfo(facadeModuleId).exports;
  },
};

await build({
  cwd: top,
  logLevel: 'warn',
  define: { PLANPROOF_BUILD_ID: JSON.stringify(buildId()) },
  inputOptions: (options) => ({
    ...options,
    preserveEntrySignatures: 'allow-extension',
    plugins: [options.plugins, noteModules, noteDoors],
  }),
});
for (const [part, names] of Object.entries(doors)) writeFileSync(join(top, 'dist', `${part}.js`), door(part, names));
await inScratch(buildValidators);
await inScratch(writeBuiltIn);
writeFileSync(join(top, 'dist', 'THIRD-PARTY-LICENSES'), thirdPartyLicences(modules));
