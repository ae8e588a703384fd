import { getBuiltinModule, version } from 'node:process';

/**
 * An option of V8, and what it usually is. None of those that leave out a step of the compiler, which hardly anybody tries: without
 * `turbo-loop-variable` the engine of Node 20.20 ended one run in ten with a fatal error. Nor any that two steps read which have to
 * agree: other threads optimise while it changes, and `max-inlined-bytecode-size` ended one run in fourteen.
 */
interface Option<Value extends number | boolean = number | boolean> {
  readonly name: string;
  readonly usual: Value;
}

/** Bytes of compiled code that the engine takes into a function that it optimises. */
const INLINED: Option<number> = { name: 'max-inlined-bytecode-size-cumulative', usual: 920 };
const LITTLE = 200;

/** How often a function is called, or goes around, before it is optimised: in an engine that heeds that at any time. */
const BEFORE_OPTIMISING: Readonly<Record<string, Option<number>>> = {
  20: { name: 'interrupt-budget', usual: 67_584 },
  22: { name: 'invocation-count-for-turbofan', usual: 3000 },
};

/**
 * Whether several threads collect young garbage. The main one asks before each collection, of which there are dozens in a run, and
 * next to nothing is alive then: to wake another takes longer than it helps.
 */
const TOGETHER: Option<boolean> = { name: 'parallel-scavenge', usual: true };

/** Versions of Node whose engine heeds these options at any time. */
const KNOWN = ['20', '22', '24'];

function setOption(name: string, value: number | boolean): void {
  const option = typeof value === 'number' ? `--${name}=${value}` : `--${value ? '' : 'no-'}${name}`;
  getBuiltinModule('node:v8').setFlagsFromString(option);
}

/** While so many documents are left, they call what judges them often enough to have it optimised as soon as the engine would. */
const ENOUGH_DOCUMENTS = 4000;
/** However few there are, what goes around this many times as often as usual is worth it. */
const MOST_PATIENCE = 60;

/**
 * The engine, which optimises functions on other threads, for runs of minutes. One of planproof calls hundreds of functions often
 * enough for that, and few of them so often that it pays: the fewer documents are left the later the engine is to begin, and it is
 * to copy little of what a function calls into it, which takes most of the time. Garbage is collected by one thread.
 */
export class Engine {
  readonly #major = version.slice(1).split('.')[0] as string;
  /** What it has been told. */
  readonly #told = new Map<Option, number | boolean>();

  /** Is told how many documents are to be judged, or are left. */
  expect(documents: number): void {
    if (!KNOWN.includes(this.#major)) return;
    this.#tell(INLINED, LITTLE);
    this.#tell(TOGETHER, false);
    const before = BEFORE_OPTIMISING[this.#major];
    const patience = Math.min(MOST_PATIENCE, Math.max(1, ENOUGH_DOCUMENTS / documents));
    if (before) this.#tell(before, Math.round(before.usual * patience));
  }

  /** Does what has to see the usual options: compiled code that is kept counts for those. */
  asUsual<Result>(work: () => Result): Result {
    this.#tellUsual();
    try {
      return work();
    } finally {
      this.#tellAgain();
    }
  }

  /** Takes back what it was told. */
  end(): void {
    this.#tellUsual();
    this.#told.clear();
  }

  #tell(option: Option, value: number | boolean): void {
    if (this.#told.get(option) === value) return;
    this.#told.set(option, value);
    setOption(option.name, value);
  }

  #tellAgain(): void {
    for (const [{ name }, value] of this.#told) setOption(name, value);
  }

  #tellUsual(): void {
    for (const { name, usual } of this.#told.keys()) setOption(name, usual);
  }
}
