// Measures one process with everything it starts: wall time, CPU time (user + system) and peak memory.
//
// Node cannot tell what its children used, so a helper starts them and asks the system: Python where there is one,
// else bash (no memory), else nothing but the clock.
import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';

/**
 * @typedef {object} Sample
 * @property {number} wall seconds
 * @property {number | undefined} cpu seconds
 * @property {number | undefined} peak bytes, of the largest process
 * @property {number | null} code exit code
 */

/**
 * @typedef {object} Invocation
 * @property {readonly string[]} argv program and arguments
 * @property {string} cwd
 */

/**
 * @typedef {object} Meter
 * @property {string} name
 * @property {(invocation: Invocation) => Sample} measure
 */

// posix_spawn and wait4: microseconds, and the memory of the child alone.
const PYTHON = `
import json, os, sys, time
spec = json.load(sys.stdin)
null = os.devnull
quiet = [(os.POSIX_SPAWN_OPEN, 0, null, os.O_RDONLY, 0)]
quiet += [(os.POSIX_SPAWN_OPEN, stream, null, os.O_WRONLY, 0) for stream in (1, 2)]
os.chdir(spec['cwd'])
start = time.perf_counter()
child = os.posix_spawn(spec['argv'][0], spec['argv'], spec['env'], file_actions=quiet)
_, status, usage = os.wait4(child, 0)
wall = time.perf_counter() - start
unit = 1 if sys.platform == 'darwin' else 1024
code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else None
print(json.dumps({'wall': wall, 'cpu': usage.ru_utime + usage.ru_stime, 'peak': usage.ru_maxrss * unit, 'code': code}))
`;

const BASH = 'TIMEFORMAT="%R %U %S"; time "$@" >/dev/null 2>/dev/null </dev/null';

/** The environment of every child: NODE_EXTRA_CA_CERTS alone triples the start-up of Node 20. */
export function environment() {
  const own = Object.entries(process.env).filter(([name]) => !/^(?:NODE_|npm_|GIT_|FORCE_COLOR$|CI$)/.test(name));
  return { ...Object.fromEntries(own), NO_COLOR: '1', LC_ALL: 'C' };
}

function output(program, args, options) {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    encoding: 'utf8',
    env: environment(),
    ...options,
  });
  if (error || (status !== 0 && stdout === '' && stderr === '')) throw new Error(`${program} cannot run`);
  return { status, stdout, stderr };
}

/** @type {Meter} */
const withPython = {
  name: 'wait4 (Python)',
  measure({ argv, cwd }) {
    const input = JSON.stringify({ argv, cwd, env: environment() });
    return JSON.parse(output('python3', ['-I', '-S', '-c', PYTHON], { input }).stdout);
  },
};

/** @type {Meter} */
const withBash = {
  name: 'time (bash)',
  measure({ argv, cwd }) {
    const { status, stderr } = output('bash', ['-c', BASH, 'bash', ...argv], { cwd });
    const [wall, user, system] = stderr.trim().split(' ').map(Number);
    if (system === undefined || Number.isNaN(wall + user + system)) throw new Error(`bash says ${stderr}`);
    return { wall, cpu: user + system, peak: undefined, code: status };
  },
};

/** @type {Meter} */
const withClock = {
  name: 'clock only',
  measure({ argv, cwd }) {
    const start = performance.now();
    const { status } = spawnSync(argv[0], argv.slice(1), { cwd, env: environment(), stdio: 'ignore' });
    return { wall: (performance.now() - start) / 1000, cpu: undefined, peak: undefined, code: status };
  },
};

/** @returns {Meter} the best one that works here */
export function findMeter() {
  for (const meter of [withPython, withBash]) {
    try {
      meter.measure({ argv: [process.execPath, '--version'], cwd: process.cwd() });
      return meter;
    } catch {
      // The next one may work.
    }
  }
  return withClock;
}

const sorted = (numbers) => numbers.filter((number) => number !== undefined).sort((a, b) => a - b);

/** @returns {[number, number] | undefined} the least and the greatest of those that are there */
export function spread(numbers) {
  const [least, ...further] = sorted(numbers);
  return least === undefined ? undefined : [least, further.at(-1) ?? least];
}

/** @returns {number | undefined} the median of those that are there */
export function median(numbers) {
  const inOrder = sorted(numbers);
  if (inOrder.length === 0) return undefined;
  const middle = inOrder.length >> 1;
  return inOrder.length % 2 === 1 ? inOrder[middle] : (inOrder[middle - 1] + inOrder[middle]) / 2;
}
