import type { Io } from '../io.ts';
import type { Progress } from '../pipeline/progress.ts';

/** Who waits longer than this, in milliseconds, wants to know for what. */
const PATIENCE = 1000;
/** A line that changes more often than this cannot be read. */
const PACE = 100;
/** So many documents take some hundredths of a second; asking the clock at each would cost more than it tells. */
const STEP = 20;

const ERASE = '\r\u001b[2K';

/** A line on the terminal. A run never waits for anything, so there are no timers: the clock is asked on the way. */
class ProgressLine implements Progress {
  readonly #write: (text: string) => void;
  readonly #clock: () => number;
  #next: number;
  #isShown = false;

  constructor(write: (text: string) => void, clock: () => number) {
    this.#write = write;
    this.#clock = clock;
    this.#next = clock() + PATIENCE;
  }

  tell(done: number, total: number, what: string): void {
    if (done % STEP !== 0) return;
    const now = this.#clock();
    if (now < this.#next) return;
    this.#next = now + PACE;
    this.#isShown = true;
    this.#write(`${ERASE}planproof: ${grouped(done)} of ${grouped(total)} documents ${what} …`);
  }

  end(): void {
    if (this.#isShown) this.#write(ERASE);
    this.#isShown = false;
  }
}

const grouped = (number: number): string => String(number).replace(/\B(?=(?:\d{3})+$)/g, ',');

/**
 * Shows on standard error how far a run is, from its second second on.
 *
 * @param clock milliseconds since whenever
 * @returns undefined where nobody looks on, or where the line could not be taken back: in CI, pipes and dumb terminals
 */
export function progressLine(
  { stderr, environment }: Pick<Io, 'stderr' | 'environment'>,
  clock: () => number = () => performance.now(),
): Progress | undefined {
  const isWatched = stderr.isTerminal && !environment['CI'] && environment['TERM'] !== 'dumb';
  return isWatched ? new ProgressLine((text) => stderr.write(text), clock) : undefined;
}
