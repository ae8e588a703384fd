// Builds dist/: the bundle, its types, and the built-in schemas as ready-made validators.

import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import formats from 'ajv-formats';
import { build } from 'tsdown';
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
    const key = createHash('sha1').update(text).digest('hex');
    ajv.addSchema(JSON.parse(text), key);
    names[`v${key}`] = key;
  }
  return { code: standalone.default(ajv, names), keys: Object.values(names) };
}

// ajv emits require() even for ESM: emitted as CommonJS and bundled, the result needs nothing.
async function buildValidators() {
  const { code, keys } = compile();
  const folder = mkdtempSync(join(top, 'node_modules', '.planproof-build-'));
  try {
    writeFileSync(join(folder, 'all.cjs'), code);
    const table = keys.map((key) => `  '${key}': all.v${key},`).join('\n');
    writeFileSync(join(folder, 'validators.mjs'), `import all from './all.cjs';\nexport default {\n${table}\n};\n`);
    await build({
      config: false,
      entry: { validators: join(folder, 'validators.mjs') },
      outDir: join(top, 'dist'),
      format: 'esm',
      platform: 'node',
      target: 'node20.19',
      fixedExtension: false,
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

await build({
  cwd: top,
  logLevel: 'warn',
  inputOptions: (options) => ({ ...options, plugins: [options.plugins, noteModules] }),
});
await buildValidators();
writeFileSync(join(top, 'dist', 'THIRD-PARTY-LICENSES'), thirdPartyLicences(modules));
