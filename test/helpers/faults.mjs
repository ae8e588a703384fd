// Loaded before the command with --import: counts the calls that change the file system, and kills the process or fails
// the call at a chosen one. What to do stands in PLANPROOF_TEST_FAULTS as JSON (see `Faults` in killing.ts).
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { at, effect, code, clock, log, without = [] } = JSON.parse(process.env.PLANPROOF_TEST_FAULTS ?? '{}');
const CHANGING = [
  ...['openSync', 'writeFileSync', 'fsyncSync', 'linkSync', 'renameSync'],
  ...['unlinkSync', 'rmSync', 'mkdirSync', 'rmdirSync', 'fchmodSync'],
];
/** Calls that a full disk fails; names can always be removed or given to another file. */
const NEEDS_SPACE = ['openSync', 'writeFileSync', 'fsyncSync', 'mkdirSync'];
const { writeFileSync, writeSync, appendFileSync } = fs;
let count = 0;

function fault(name, errno) {
  const error = new Error(`${errno}: injected, ${name}`);
  return Object.assign(error, { code: errno, syscall: name.replace('Sync', '') });
}

const die = () => process.kill(process.pid, 'SIGKILL');

/** Half of the bytes arrive, then the process is gone. */
function tear(target, bytes) {
  const half = Buffer.from(bytes).subarray(0, Buffer.from(bytes).length >> 1);
  if (typeof target === 'number') writeSync(target, half);
  else writeFileSync(target, half);
  die();
}

function strike(name, args) {
  if (effect === 'kill') die();
  if (effect === 'tear') name === 'writeFileSync' ? tear(args[0], args[1]) : die();
  throw fault(name, code);
}

const isForReading = (flags) =>
  flags === undefined || flags === 'r' || (typeof flags === 'number' && (flags & 3) === 0);

let isInside = false;

/** Runs a call; those that it makes in turn are not counted. */
function inside(work) {
  isInside = true;
  try {
    return work();
  } finally {
    isInside = false;
  }
}

for (const name of CHANGING) {
  const original = fs[name];
  fs[name] = (...args) => {
    if (isInside || (name === 'openSync' && isForReading(args[1]))) return original(...args);
    return inside(() => {
      if (without.includes(name)) throw fault(name, 'EPERM');
      count++;
      if (log) appendFileSync(log, `${performance.timeOrigin + performance.now()} ${name} ${String(args[0])}\n`);
      if (count === at) strike(name, args);
      if (effect === 'full' && count > at && NEEDS_SPACE.includes(name)) throw fault(name, code);
      return original(...args);
    });
  };
}
syncBuiltinESMExports();

if (clock) {
  const RealDate = Date;
  globalThis.Date = class extends RealDate {
    constructor(...args) {
      super(...(args.length === 0 ? [clock] : args));
    }
  };
}
