#!/usr/bin/env node
import { join } from 'node:path';
import type { start } from './command.ts';
import { Engine } from './start/engine.ts';
import { keepFreedMemory } from './start/memory.ts';
import { Parts } from './start/parts.ts';

/** CommonJS, as the bundle is: `createRequire` would bring Node's loader of ES modules along. */
declare const require: (file: string) => unknown;

const command = join(import.meta.dirname, 'command.cjs');

const { NODE_DISABLE_COMPILE_CACHE, NODE_OPTIONS, NODE_V8_COVERAGE } = process.env;

// The engine refuses code that was made with other flags: runs without any would have none.
const hasFlags = process.execArgv.length > 0 || Boolean(NODE_OPTIONS);
const engine = hasFlags ? undefined : new Engine();
// Before the parts, which leave code when the run ends.
process.on('exit', () => engine?.end());

// The first is the switch of Node's own cache of compiled code; what counts calls needs code of its own.
const loaded =
  NODE_DISABLE_COMPILE_CACHE || NODE_V8_COVERAGE
    ? require(command)
    : new Parts(import.meta.dirname, process.argv.slice(2), require, engine).load(command);

(loaded as { readonly start: typeof start }).start((documents) => {
  keepFreedMemory();
  engine?.expect(documents);
});
