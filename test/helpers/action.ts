import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { environment, PROJECT } from './repository.ts';

/** One step of a composite action. */
export interface ActionStep {
  readonly id?: string;
  readonly shell?: string;
  readonly uses?: string;
  readonly run: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What `action.yml` says. */
export interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string; readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly ActionStep[] };
}

/** The action of this project. */
export function readAction(): Action {
  return parse(readFileSync(join(PROJECT, 'action.yml'), 'utf8')) as Action;
}

/** What started a run, as the runner hands it over. */
export interface ActionEvent {
  readonly name: string;
  /** Content of the event's file; a string as it is, undefined for no file. */
  readonly payload?: unknown;
}

/** One use of the action. */
export interface Use {
  /** The checkout. */
  readonly workspace: string;
  readonly event: ActionEvent;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: NodeJS.ProcessEnv;
}

/** What a use of the action left behind. */
export interface ActionOutcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** Reads `name<<mark`, lines, `mark`, as the runner does. */
function readOutputs(file: string): Record<string, string> {
  const lines = readFileSync(file, 'utf8').split('\n');
  const outputs: Record<string, string> = {};
  for (let at = 0; at < lines.length - 1; at++) {
    const [, name, mark] = /^([a-z-]+)<<(\S+)$/.exec(lines[at] as string) ?? [];
    const end = lines.indexOf(mark as string, at + 1);
    if (name === undefined || end < 0) throw new Error(`Not an output: ${lines[at]}`);
    outputs[name] = lines.slice(at + 1, end).join('\n');
    at = end;
  }
  return outputs;
}

/** A runner: the folders it has for a job, and the action as it checks it out. */
export class Runner {
  readonly folder: string = realpathSync(mkdtempSync(join(tmpdir(), 'planproof-runner-')));
  /** `RUNNER_TEMP`. */
  readonly temp: string = join(this.folder, '_temp');
  readonly #action: string = join(this.folder, '_actions', 'planproof');

  constructor() {
    for (const folder of [this.temp, this.#action]) mkdirSync(folder, { recursive: true });
    for (const path of ['action.yml', 'action', 'package.json'])
      cpSync(join(PROJECT, path), join(this.#action, path), { recursive: true });
  }

  get version(): string {
    return (JSON.parse(readFileSync(join(this.#action, 'package.json'), 'utf8')) as { version: string }).version;
  }

  /** `node_modules` of the folder into which the action installs the version that belongs to it. */
  get modules(): string {
    return join(this.temp, `planproof-${this.version}`, 'node_modules');
  }

  /** Runs the steps that `action.yml` has. */
  async use(use: Use): Promise<ActionOutcome> {
    const action = parse(readFileSync(join(this.#action, 'action.yml'), 'utf8')) as Action;
    const files = mkdtempSync(join(this.folder, 'files-'));
    const file = (name: string): string => join(files, name);
    for (const name of ['output', 'summary']) writeFileSync(file(name), '');
    const { name, payload } = use.event;
    if (payload !== undefined)
      writeFileSync(file('event.json'), typeof payload === 'string' ? payload : JSON.stringify(payload));
    const surroundings = {
      ...environment(),
      GITHUB_ACTIONS: 'true',
      GITHUB_ACTION_PATH: this.#action,
      GITHUB_WORKSPACE: use.workspace,
      GITHUB_EVENT_NAME: name,
      GITHUB_EVENT_PATH: file('event.json'),
      GITHUB_OUTPUT: file('output'),
      GITHUB_STEP_SUMMARY: file('summary'),
      RUNNER_TEMP: this.temp,
      ...use.env,
    };
    let last = { code: 0 as number | null, stdout: '', stderr: '' };
    for (const [index, step] of action.runs.steps.entries()) {
      const script = file(`step-${index}.sh`);
      writeFileSync(script, step.run);
      const env = { ...surroundings, ...evaluated(step.env, action, use.inputs ?? {}) };
      last = await bash(script, use.workspace, env);
      if (last.code !== 0) break;
    }
    return { ...last, outputs: readOutputs(file('output')), summary: readFileSync(file('summary'), 'utf8') };
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The variables of a step, with the inputs in their places, and nothing else evaluated. */
function evaluated(
  env: ActionStep['env'],
  { inputs }: Action,
  given: Readonly<Record<string, string>>,
): NodeJS.ProcessEnv {
  for (const name of Object.keys(given)) if (!(name in inputs)) throw new Error(`No input ${name}`);
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [
      name,
      value.replace(/\$\{\{(.*?)\}\}/g, (_, expression: string) => {
        const input = /^ inputs\.([a-z-]+) $/.exec(expression)?.[1] ?? '';
        const meant = inputs[input];
        if (!meant) throw new Error(`Not an input: ${expression}`);
        return given[input] ?? meant.default;
      }),
    ]),
  );
}

/** On Windows the one of git, as the runner has it, and not the first on the PATH. */
const BASH = ['/bin/bash', '/usr/bin/bash', 'C:\\Program Files\\Git\\bin\\bash.exe'];

/** As the runner starts bash. */
function bash(
  script: string,
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((settle, fail) => {
    const program = BASH.find((path) => existsSync(path)) ?? 'bash';
    const child = spawn(program, ['--noprofile', '--norc', '-e', '-o', 'pipefail', script], { cwd, env });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    child.on('error', fail);
    child.on('close', (code) => settle({ code, stdout, stderr }));
  });
}
