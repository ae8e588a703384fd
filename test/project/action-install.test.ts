import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ActionOutcome, Runner } from '../helpers/action.ts';
import { adr } from '../helpers/documents.ts';
import { packProject } from '../helpers/package.ts';
import { PROJECT, Repository } from '../helpers/repository.ts';

/** A registry on this machine that has planproof and nothing else, and notes what it is asked for. */
class Registry {
  readonly asked: string[] = [];
  readonly #server: Server;

  constructor(tarball: Buffer, manifest: { readonly version: string }) {
    const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
    this.#server = createServer((request, response) => {
      const path = decodeURIComponent(request.url ?? '');
      this.asked.push(path);
      const dist = { tarball: `${this.url}planproof.tgz`, integrity };
      const { version } = manifest;
      if (path === '/planproof.tgz') response.end(tarball);
      else if (path === '/planproof')
        response.end(
          JSON.stringify({
            name: 'planproof',
            'dist-tags': { latest: version },
            versions: { [version]: { ...manifest, dist } },
          }),
        );
      else response.writeHead(404).end('{}');
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  open(): Promise<void> {
    return new Promise((opened) => this.#server.listen(0, '127.0.0.1', opened));
  }

  close(): Promise<void> {
    return new Promise((closed) => {
      this.#server.close(() => closed());
      this.#server.closeAllConnections();
    });
  }
}

const folder = mkdtempSync(join(tmpdir(), 'planproof-registry-'));
const pwned = join(folder, 'pwned');
/** Leaves a trace when it is run, be it as a program, a module or an install script. */
const trap = `#!/usr/bin/env node\nrequire('node:fs').writeFileSync(${JSON.stringify(pwned)}, '');\n`;
const scripts = { preinstall: `touch '${pwned}'`, install: `touch '${pwned}'`, postinstall: `touch '${pwned}'` };

let registry: Registry;
/** What the checkout's own settings name. */
let decoy: Registry;
let runner: Runner;

beforeAll(async () => {
  const manifest = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8'));
  const { devDependencies: _dev, ...published } = { ...manifest, scripts };
  const tarball = readFileSync(packProject(folder, { scripts }));
  registry = new Registry(tarball, published);
  decoy = new Registry(Buffer.from(''), published);
  await Promise.all([registry.open(), decoy.open()]);
});
afterAll(async () => {
  await Promise.all([registry.close(), decoy.close()]);
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  runner = new Runner();
  for (const one of [registry, decoy]) one.asked.length = 0;
});
afterEach(() => runner.dispose());

/** A checkout that does all it can to have its own code run. */
function hostile(): Repository {
  const repository = new Repository({
    'dev_ops/adrs/ADR-001-count-in-memory.md': adr(),
    '.npmrc': `registry=${decoy.url}\nignore-scripts=false\nnode-options=--require ./trap.cjs\nscript-shell=./npm\n`,
    'package.json': JSON.stringify({
      name: 'planproof',
      version: '0.1.0',
      bin: 'trap.cjs',
      scripts,
      workspaces: ['*'],
    }),
    'node_modules/planproof/package.json': JSON.stringify({
      name: 'planproof',
      version: runner.version,
      bin: { planproof: 'dist/cli.cjs' },
    }),
    'node_modules/planproof/dist/cli.cjs': trap,
    'trap.cjs': trap,
    ...Object.fromEntries(['node', 'npm', 'npx', 'git', 'planproof', 'npm.cmd', 'git.exe'].map((name) => [name, trap])),
    'node_modules/.bin/planproof': trap,
  });
  repository.commit();
  return repository;
}

function use(env: NodeJS.ProcessEnv = {}, inputs: Readonly<Record<string, string>> = {}): Promise<ActionOutcome> {
  const settings = join(runner.folder, 'npmrc');
  writeFileSync(settings, '');
  return runner.use({
    workspace: hostile().folder,
    event: {
      name: 'pull_request',
      payload: { pull_request: { head: { repo: null }, base: { sha: 'ab'.repeat(20) } } },
    },
    inputs: { base: 'none', ...inputs },
    env: {
      npm_config_registry: registry.url,
      npm_config_userconfig: settings,
      npm_config_cache: join(runner.folder, 'npm-cache'),
      npm_config_fetch_retries: '0',
      ...env,
    },
  });
}

describe('the installation of the published package', () => {
  it('takes exactly the version of the action, runs none of its scripts, and nothing of the checkout', async () => {
    const { code, stdout, stderr } = await use();
    expect([code, stdout]).toEqual([0, 'No findings in 1 document.\n']);
    expect(stderr).toMatch(/^(?:planproof: The parser satteri cannot load here [^\n]+\n)?$/);
    expect(existsSync(pwned)).toBe(false);
    expect(decoy.asked).toEqual([]);
    expect(registry.asked.filter((path) => !path.startsWith('/@bruits/'))).toEqual(['/planproof', '/planproof.tgz']);
    expect(readdirSync(runner.temp)).toEqual([`planproof-${runner.version}`]);
  });

  it('happens once a job', async () => {
    expect((await use()).code).toBe(0);
    registry.asked.length = 0;
    expect((await use()).code).toBe(0);
    expect(registry.asked).toEqual([]);
  });

  it('goes where the action wants it, whatever the settings of the workflow', async () => {
    const elsewhere = join(runner.folder, 'elsewhere');
    mkdirSync(elsewhere);
    const env = {
      npm_config_prefix: elsewhere,
      NPM_CONFIG_GLOBAL: 'true',
      npm_config_dry_run: 'true',
      npm_config_omit: 'dev',
    };
    const { code, stderr } = await use({ ...env, npm_config_ignore_scripts: 'false' });
    expect([code, stderr.includes('npm')]).toEqual([0, false]);
    expect([readdirSync(elsewhere), existsSync(pwned)]).toEqual([[], false]);
  });

  it('fails with the words of npm when there is no such version', async () => {
    const { code, stdout, stderr, outputs } = await use({}, { version: '99.0.0', 'fail-on': 'never' });
    expect([code, stdout, outputs]).toEqual([
      2,
      '::error title=planproof::npm cannot install planproof@99.0.0%0AThe log says why.\n',
      {},
    ]);
    expect(stderr).toContain('planproof@99.0.0');
    expect(existsSync(pwned)).toBe(false);
  });

  it('does not take a folder for it that holds another version, or nothing', async () => {
    mkdirSync(join(runner.modules, 'planproof', 'dist'), { recursive: true });
    writeFileSync(join(runner.modules, 'planproof', 'dist', 'cli.cjs'), trap);
    const manifest = { name: 'planproof', version: '0.0.1', bin: { planproof: 'dist/cli.cjs' } };
    writeFileSync(join(runner.modules, 'planproof', 'package.json'), JSON.stringify(manifest));
    const { code, stdout } = await use();
    expect([code, stdout, existsSync(pwned)]).toEqual([0, 'No findings in 1 document.\n', false]);
  });

  it('is refused inside the checkout', async () => {
    const repository = hostile();
    mkdirSync(join(repository.folder, 'temp'));
    const outcome = await runner.use({
      workspace: repository.folder,
      event: { name: 'push', payload: {} },
      env: { RUNNER_TEMP: join(repository.folder, 'temp') },
    });
    expect([outcome.code, outcome.stdout]).toEqual([
      2,
      '::error title=planproof::RUNNER_TEMP lies inside the workspace, expected a folder outside of it\n',
    ]);
    expect(readdirSync(join(repository.folder, 'temp'))).toEqual([]);
  });
});
