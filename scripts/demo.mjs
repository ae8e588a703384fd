// The main job on the bundled example, in a scratch copy: create a plan, lint, see a finding, fix it, lint clean.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const top = fileURLToPath(new URL('..', import.meta.url));
const cli = join(top, 'dist', 'cli.cjs');
const folder = mkdtempSync(join(tmpdir(), 'planproof-demo-'));

/** Runs planproof as a reader would type it, and stops the demo when it does not end as it should. */
function planproof(expected, ...args) {
  console.log(`\n$ npx planproof ${args.map((arg) => (/\s/.test(arg) ? `"${arg}"` : arg)).join(' ')}`);
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd: folder, encoding: 'utf8' });
  process.stdout.write(stdout + stderr);
  if (status !== expected) throw new Error(`planproof ended with ${status}, expected ${expected}`);
  return stdout.trim();
}

const say = (text) => console.log(`\n# ${text}`);

function edit(path, replacements) {
  let text = readFileSync(join(folder, path), 'utf8');
  for (const [from, to] of replacements) {
    if (!text.includes(from)) throw new Error(`${path} lacks ${JSON.stringify(from)}`);
    text = text.replace(from, () => to);
  }
  writeFileSync(join(folder, path), text);
}

const guidance = (section) => new RegExp(`(## ${section}\n\n)<!--[\\s\\S]*?-->`);

function fill(path, sections) {
  let text = readFileSync(join(folder, path), 'utf8');
  for (const [section, body] of Object.entries(sections))
    text = text.replace(guidance(section), (_, heading) => heading + body);
  writeFileSync(join(folder, path), text);
}

try {
  cpSync(join(top, 'examples', 'dev_ops'), join(folder, 'dev_ops'), { recursive: true });
  execFileSync('git', ['init', '-q'], { cwd: folder });
  say('A repository with planning documents under dev_ops/. All is well:');
  planproof(0, 'lint');
  say('Create a plan: numbered, named, with every section, linked to what it rests on.');
  const plan = planproof(0, 'create', 'plan', '--title', 'Cache carrier lookups', '--related', 'ADR-002,BLK-002');
  say('A draft may be thin. Say that work on it has begun, and it must be whole:');
  edit(plan, [['status: Draft', 'status: Active']]);
  planproof(1, 'lint');
  say('Write what is missing …');
  fill(plan, {
    Goal: 'A carrier is looked up at most once a minute.',
    Context: 'Every scan asks the carrier service again, though carriers hardly change.',
    'Proposed Changes': '- [ ] Keep carriers in memory for a minute.',
    Verification: '- [ ] The load test shows one lookup a minute and carrier.',
  });
  say('… and it holds:');
  planproof(0, 'lint');
  say('The same example with a dozen defects, each caught by a rule of its own: npx planproof --cwd examples/broken');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
