// npm pack and npm publish: the published manifest has no scripts (npm warns of a `prepare`) and no devDependencies.
//   node scripts/manifest.mjs strip | restore
import { copyFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const top = fileURLToPath(new URL('..', import.meta.url));
const manifest = join(top, 'package.json');
const kept = join(top, 'node_modules', '.planproof-package.json');

if (process.argv[2] === 'strip') {
  copyFileSync(manifest, kept);
  const { scripts: _scripts, devDependencies: _dev, ...published } = JSON.parse(readFileSync(manifest, 'utf8'));
  writeFileSync(manifest, `${JSON.stringify(published, null, 2)}\n`);
} else if (existsSync(kept)) renameSync(kept, manifest);
