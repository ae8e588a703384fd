// npm run kill-test -- --points 300 [--seed 4]: kills commands at many points, and prints how far they had come.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { points: { type: 'string', default: '300' }, seed: { type: 'string', default: '4' } },
});
const PHASES = ['not begun', 'locked', 'preparing', 'committed', 'done'];

/** The table of how many points of each command, killed in one way, fell into which phase. */
function tableOf(points) {
  const rows = new Map();
  for (const { scene, kind, phase } of points) {
    const name = `${scene}, ${kind}`;
    const row = rows.get(name) ?? Object.fromEntries(PHASES.map((one) => [one, 0]));
    row[phase]++;
    rows.set(name, row);
  }
  return Object.fromEntries([...rows].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const folder = mkdtempSync(join(tmpdir(), 'planproof-kill-'));
const figures = join(folder, 'figures');
writeFileSync(figures, '');
try {
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', 'test/writing/kill.test.ts', '-t', 'SIGKILL', '--reporter=dot'],
    {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      stdio: 'inherit',
      env: {
        ...process.env,
        PLANPROOF_KILL_POINTS: values.points,
        PLANPROOF_KILL_SEED: values.seed,
        PLANPROOF_KILL_FIGURES: figures,
      },
    },
  );
  const points = readFileSync(figures, 'utf8').split('\n').filter(Boolean).map(JSON.parse);
  console.table(tableOf(points));
  const sound = points.length;
  console.log(
    `${values.points} points, seed ${values.seed}: ${sound} sound, ${Number(values.points) - sound} violations`,
  );
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
