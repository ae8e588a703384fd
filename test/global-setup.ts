import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The end-to-end tests run the bundle as users do: it is built when it is older than the sources. */
export default function setup(): void {
  execFileSync(process.execPath, [fileURLToPath(new URL('../scripts/ensure-built.mjs', import.meta.url))], {
    stdio: 'inherit',
  });
}
