import { spawn } from 'node:child_process';

/** The greatest length of error output that is kept. */
const KEPT = 50_000;

/**
 * Runs a command without a shell. What it prints on standard output is shown as it is, or given back with `quiet`.
 *
 * @param {string[]} command program and arguments
 * @returns {Promise<{code: number | null, stdout: string, stderr: string}>} the code is null when it cannot be run or
 *   was killed; of standard error only the end
 */
export function run([program, ...args], { cwd, environment, quiet = false }) {
  return new Promise((settle) => {
    const child = spawn(program, args, {
      cwd,
      env: environment,
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', 'pipe'],
      windowsHide: true,
    });
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr = (stderr + text).slice(-KEPT);
    });
    child.on('error', (error) => settle({ code: null, stdout, stderr: error.message }));
    child.on('close', (code) => settle({ code, stdout, stderr }));
  });
}
