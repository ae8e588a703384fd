import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environment, type Files, type Repository } from './repository.ts';

/** A ref and the whole tree of its one commit. */
export interface Branch {
  /** Full name, such as `refs/heads/x`. */
  readonly ref: string;
  readonly files: Files;
  /** Tells commits with the same tree apart. */
  readonly message?: string;
}

/** Makes commits without touching the working tree, thousands in a moment. */
export function importBranches(repository: Repository, branches: readonly Branch[]): void {
  const parts: (string | Uint8Array)[] = [];
  const data = (content: string | Uint8Array): void => {
    const bytes = Buffer.from(content);
    parts.push(`data ${bytes.length}\n`, bytes, '\n');
  };
  for (const { ref, files, message = ref } of branches) {
    parts.push(`reset ${ref}\ncommit ${ref}\ncommitter test <test@example.com> 1700000000 +0000\n`);
    data(message);
    parts.push('deleteall\n');
    for (const [path, content] of Object.entries(files)) {
      parts.push(`M 100644 inline ${JSON.stringify(path)}\n`);
      data(content);
    }
    parts.push('\n');
  }
  const input = Buffer.concat(parts.map((part) => Buffer.from(part)));
  execFileSync('git', ['fast-import', '--quiet', '--force'], { cwd: repository.folder, env: environment(), input });
}

/** Stands in front of git and writes down what it is asked. */
export class GitLog {
  readonly environment: NodeJS.ProcessEnv;
  readonly #calls: string;
  readonly #input: string;

  /** @param folder where it may leave its files, outside any repository */
  constructor(folder: string) {
    this.#calls = join(folder, 'calls');
    this.#input = join(folder, 'input');
    const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
    const script = `#!/bin/sh\necho "$@" >> '${this.#calls}'\ncase "$*" in\n*cat-file*) tee -a '${this.#input}' | '${real}' "$@";;\n*) exec '${real}' "$@";;\nesac\n`;
    writeFileSync(join(folder, 'git'), script);
    chmodSync(join(folder, 'git'), 0o755);
    this.environment = { PATH: `${folder}:${process.env['PATH'] ?? ''}` };
  }

  /** The commands since the last call, without the settings in front of them. */
  take(): { calls: string[]; asked: string[] } {
    const lines = (file: string): string[] => {
      const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
      writeFileSync(file, '');
      return text.split('\n').filter((line) => line !== '');
    };
    return { calls: lines(this.#calls).map((line) => line.replace(/^.*--no-pager /, '')), asked: lines(this.#input) };
  }
}
