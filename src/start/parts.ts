import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve, sep } from 'node:path';
import { Script } from 'node:vm';
import { type Code, CodeFile, codeFileName, stateOf, writeCode } from './code-file.ts';
import type { Engine } from './engine.ts';

/** A run of so many seconds does not feel what its start takes, and its engine has dropped code that was needed there. */
const LONG = 1;
/** So many runs of a kind leave nothing but their number: to learn they call much that would burden later ones. */
const SPARED = 2;
/** Two runs of a kind need not call the same functions: of so many, those that are not spared add theirs. */
const ENOUGH = 5;

type Require = (name: string) => unknown;
type Body = (exports: unknown, require: Require, module: unknown, file: string, folder: string) => void;

interface Part {
  readonly script: Script;
  readonly state: string;
  /** Whether it is made of code of earlier runs. */
  readonly isKnown: boolean;
}

/** What stands in front of a part and behind it: a function of what a CommonJS module knows. */
const BEFORE = '(function (exports, require, module, __filename, __dirname) { ';
const BEHIND = '\n})';

/**
 * The source of a part as a function. Its bytes are read between those around it: of texts put together the engine would make
 * another one, as long as all of them, which takes a twentieth of a commit. The build leaves nothing but ASCII in a part.
 */
function wrapped(file: string, size: number): string {
  const bytes = Buffer.allocUnsafeSlow(BEFORE.length + size + BEHIND.length);
  bytes.write(BEFORE);
  bytes.write(BEHIND, BEFORE.length + size);
  const descriptor = openSync(file, 'r');
  try {
    if (readSync(descriptor, bytes, BEFORE.length, size, 0) !== size) throw new Error(`Cannot read all of ${file}`);
  } finally {
    closeSync(descriptor);
  }
  return bytes.toString('latin1');
}

/** What decides of the arguments which code a run needs: the command and the names of its options; other words are the user's. */
function kindOf(args: readonly string[]): string[] {
  const names = args.flatMap((arg, at) => (at === 0 || arg.startsWith('-') ? (arg.split('=', 1)[0] ?? []) : []));
  return names.filter(
    (name) => name.length > 1 && [...name].every((sign) => sign === '-' || (sign >= 'a' && sign <= 'z')),
  );
}

/**
 * The parts of the program, CommonJS modules, compiled with what earlier runs have left of their code in a folder beside them:
 * whoever could change it could change the program too, and it goes when the program goes.
 */
export class Parts {
  readonly #folder: string;
  readonly #file: string;
  readonly #engine: Pick<Engine, 'asUsual'> | undefined;
  readonly #require: Require;
  readonly #remembered: CodeFile | undefined;
  readonly #modules = new Map<string, { exports: unknown }>();
  readonly #loaded = new Map<string, Part>();

  /**
   * @param folder where the parts are
   * @param args of the command line
   * @param require loads what is no part of the program
   * @param engine undefined where it has options of somebody else: code of such a run is of no use to others
   */
  constructor(folder: string, args: readonly string[], require: Require, engine?: Pick<Engine, 'asUsual'>) {
    this.#folder = folder;
    this.#file = join(folder, 'code-cache', codeFileName(kindOf(args)));
    this.#require = require;
    this.#engine = engine;
    try {
      this.#remembered = new CodeFile(this.#file);
    } catch {
      // None yet, or one of another program: it is made anew.
    }
    process.on('exit', () => this.#remember());
  }

  #compile(file: string): Script {
    const stats = statSync(file);
    const state = stateOf(stats);
    const code = this.#remembered?.code(file);
    const isCurrent = code?.state === state;
    const make = (): Script =>
      new Script(wrapped(file, stats.size), { filename: file, ...(isCurrent && { cachedData: code.bytes }) });
    const script = this.#engine ? this.#engine.asUsual(make) : make();
    const isKnown = script.cachedDataRejected === false;
    this.#loaded.set(file, { script, state, isKnown });
    return script;
  }

  #fileOf(name: string, folder: string): string | undefined {
    if (!name.endsWith('.cjs') || !(name.startsWith('.') || isAbsolute(name))) return undefined;
    const file = resolve(folder, name);
    return file.startsWith(this.#folder + sep) ? file : undefined;
  }

  /** What a part exports. */
  load(file: string): unknown {
    const known = this.#modules.get(file);
    if (known) return known.exports;
    const module = { exports: {} as unknown };
    this.#modules.set(file, module);
    const folder = dirname(file);
    const require: Require = (name) => {
      const part = this.#fileOf(name, folder);
      return part === undefined ? this.#require(name) : this.load(part);
    };
    try {
      const body = this.#compile(file).runInThisContext() as Body;
      body(module.exports, require, module, file, folder);
    } catch (error) {
      this.#modules.delete(file);
      throw error;
    }
    return module.exports;
  }

  /**
   * The code of all parts: what this run has loaded of them, or earlier ones. Their file is not read any more.
   *
   * @param isSettled whether parts of which code was known keep that, whatever else this run has called
   */
  #codes(isSettled: boolean): Map<string, Code> {
    const codes = new Map<string, Code>();
    for (const name of this.#remembered?.names() ?? []) {
      const part = this.#loaded.get(name);
      const code = part && !(isSettled && part.isKnown) ? undefined : this.#remembered?.code(name);
      if (code) codes.set(name, code);
    }
    this.#remembered?.close();
    for (const [name, { script, state }] of this.#loaded)
      if (!codes.has(name)) codes.set(name, { bytes: script.createCachedData(), state });
    return codes;
  }

  #remember(): void {
    const before = this.#remembered?.runs ?? 0;
    const isSettled = before >= ENOUGH;
    const hasNew = [...this.#loaded.values()].some(({ isKnown }) => !isKnown);
    if (!this.#engine || process.uptime() > LONG || (isSettled && !hasNew)) return;
    try {
      writeCode(this.#file, before + 1, () => (before < SPARED ? new Map() : this.#codes(isSettled)));
    } catch {
      // The package lies where nobody can write: the next run compiles again.
    }
  }
}
