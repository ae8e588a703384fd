import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** The project under test. */
export const PROJECT: string = fileURLToPath(new URL('../..', import.meta.url));

/** The command as it is published. */
export const CLI: string = join(PROJECT, 'dist', 'cli.cjs');

/** Files of a repository, by path. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** What a run of the command left behind. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder of its own, removed when the test is over. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'planproof-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The environment of a user: no colour, no CI, hooks not switched off, and no git settings but those of the repository. */
export function environment(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(?:GIT_|GITHUB_|GITLAB_|CI$|HUSKY$|FORCE_COLOR|PLANPROOF_|VITEST|NODE_)/.test(name),
  );
  return {
    ...Object.fromEntries(own),
    NO_COLOR: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    ...extra,
  };
}

/** A repository in a temporary folder. */
export class Repository {
  readonly folder: string;

  constructor(files: Files = {}, options: { readonly git?: boolean } = {}) {
    this.folder = temporaryFolder();
    if (options.git !== false) this.git('init', '-q', '-b', 'main');
    this.write(files);
  }

  write(files: Files): void {
    for (const [path, content] of Object.entries(files)) {
      const file = join(this.folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
  }

  /** Makes a symbolic link. */
  link(target: string, path: string): void {
    symlinkSync(target, join(this.folder, path));
  }

  /** Copies a folder from elsewhere. */
  copy(from: string, path: string): void {
    cpSync(from, join(this.folder, path), { recursive: true });
  }

  remove(path: string): void {
    rmSync(join(this.folder, path), { recursive: true });
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  has(path: string): boolean {
    return existsSync(join(this.folder, path));
  }

  git(...args: readonly string[]): string {
    const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
    return execFileSync('git', [...identity, ...args], { cwd: this.folder, env: environment(), encoding: 'utf8' });
  }

  commit(message = 'change'): void {
    this.git('add', '-A');
    this.git('commit', '-q', '--no-verify', '-m', message);
  }

  /** Runs the real command, without a terminal. */
  run(
    args: readonly string[],
    options: { readonly cwd?: string; readonly input?: string | Uint8Array; readonly env?: NodeJS.ProcessEnv } = {},
  ): Outcome {
    const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
      cwd: join(this.folder, options.cwd ?? ''),
      env: environment(options.env),
      input: options.input ?? '',
      encoding: 'utf8',
    });
    return { code: status, stdout, stderr };
  }

  /** Lints, and gives each finding as `path:line:column-endLine:endColumn rule`. */
  findings(args: readonly string[] = []): string[] {
    return this.report(args).map((f) => `${f.file}:${f.line}:${f.column}-${f.endLine}:${f.endColumn} ${f.rule}`);
  }

  /** Lints, and gives the findings of the JSON report. */
  report(args: readonly string[] = []): ReportedFinding[] {
    const outcome = this.run(['lint', '--format', 'json', ...args]);
    if (outcome.code !== 0 && outcome.code !== 1) throw new Error(`exit ${outcome.code}: ${outcome.stderr}`);
    return outcome.stdout === '' ? [] : (JSON.parse(outcome.stdout) as { findings: ReportedFinding[] }).findings;
  }
}

/** A finding as the JSON report has it. */
export interface ReportedFinding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly help: string | null;
  readonly id: string | null;
  readonly fingerprint: string;
}
