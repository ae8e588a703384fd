// Builds dist/: the bundle, its types, and the built-in schemas as ready-made validators.

import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
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

/** One CommonJS module whose exports are the validators, named by a hash of the schema's text. */
function compile() {
  const ajv = new Ajv2020({ ...options, code: { source: true } });
  formats(ajv);
  ajv.addKeyword({ keyword: 'x-document', metaSchema: JSON.parse(read('schemas', 'x-document.schema.json')) });
  const names = {};
  for (const file of schemaFiles()) {
    const text = read(file);
    const key = `v${createHash('sha1').update(text).digest('hex')}`;
    ajv.addSchema(JSON.parse(text), key);
    names[key] = key;
  }
  return standalone.default(ajv, names);
}

// ajv emits require() even for ESM: emitted as CommonJS and bundled, the result needs nothing.
async function buildValidators() {
  const folder = mkdtempSync(join(top, 'node_modules', '.planproof-build-'));
  try {
    writeFileSync(join(folder, 'validators.cjs'), compile());
    await build({
      config: false,
      entry: { validators: join(folder, 'validators.cjs') },
      outDir: join(top, 'dist'),
      format: 'cjs',
      checks: { legacyCjs: false },
      platform: 'node',
      target: 'node20.19',
      dts: false,
      clean: false,
      deps: { alwaysBundle: [/./], onlyBundle: false },
      logLevel: 'warn',
      plugins: [noteModules],
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
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
    for (const { isEntry, name, exports } of Object.values(bundle))
      if (isEntry && ['index', 'remark'].includes(name)) doors[name] = exports;
  },
};

await build({
  cwd: top,
  logLevel: 'warn',
  define: { PLANPROOF_BUILD_ID: JSON.stringify(buildId()) },
  inputOptions: (options) => ({ ...options, plugins: [options.plugins, noteModules, noteDoors] }),
});
for (const [part, names] of Object.entries(doors)) writeFileSync(join(top, 'dist', `${part}.js`), door(part, names));
await buildValidators();
writeFileSync(join(top, 'dist', 'THIRD-PARTY-LICENSES'), thirdPartyLicences(modules));
