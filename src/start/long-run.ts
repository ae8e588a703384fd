import { getBuiltinModule, version } from 'node:process';

/** In milliseconds: no commit takes so long. */
const AFTER = 400;
/** Bytes of compiled code that the engine takes into a function that it optimises: usually, and in long runs. */
const USUAL = 920;
const LITTLE = 200;
/** Versions of Node in which the option is known to exist, to be heeded from then on, and to have that usual value. */
const KNOWN = /^v(?:20|22|24)\./;

function inlineAtMost(bytes: number): void {
  getBuiltinModule('node:v8').setFlagsFromString(`--max-inlined-bytecode-size-cumulative=${bytes}`);
}

/**
 * Has the engine inline less in runs that turn out to be long. A run calls hundreds of functions often enough to have them
 * optimised, and none so often that it pays to copy into each whatever it calls, which takes a sixth of the run.
 *
 * @returns takes it back: compiled code that is kept counts for the options of the engine
 */
export function easeLongRun(): () => void {
  if (!KNOWN.test(version)) return () => undefined;
  let isEased = false;
  const timer = setTimeout(() => {
    isEased = true;
    inlineAtMost(LITTLE);
  }, AFTER);
  timer.unref();
  return () => {
    clearTimeout(timer);
    if (isEased) inlineAtMost(USUAL);
  };
}
