import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plan } from '../helpers/documents.ts';
import { copyOfProject } from '../helpers/package.ts';
import { environment, PROJECT, Repository, temporaryFolder } from '../helpers/repository.ts';

/** Writes of each part whether its code was at hand and taken: `true` or `false`, or `none`. */
const WATCH = `
  const vm = require('node:vm');
  const { basename } = require('node:path');
  const seen = [];
  vm.Script = class extends vm.Script {
    constructor(source, options) {
      super(source, options);
      seen.push(\`\${basename(options.filename)} \${this.cachedDataRejected === undefined ? 'none' : !this.cachedDataRejected}\`);
    }
  };
  process.on('exit', () => require('node:fs').writeSync(2, seen.join('\\n')));
`;

/** A copy of the package, without the compiled code of earlier runs, and a repository with a finding. */
class Installed {
  readonly folder: string = temporaryFolder();
  readonly repository: Repository = new Repository({
    'dev_ops/plans/PLAN-001-rate-limit.md': plan().replace('status: Draft', 'status: Nonsense'),
  });
  readonly cli: string = join(this.folder, 'dist', 'cli.cjs');
  readonly cache: string = join(this.folder, 'dist', 'code-cache');

  constructor() {
    for (const name of ['dist', 'schemas', 'templates', 'package.json']) copyOfProject(name, this.folder);
    symlinkSync(join(PROJECT, 'node_modules'), join(this.folder, 'node_modules'), 'junction');
    this.repository.git('add', '-A');
  }

  run(args: readonly string[] = ['lint'], extra: NodeJS.ProcessEnv = {}, flags: readonly string[] = []) {
    const { status, signal, stdout, stderr } = spawnSync(process.execPath, [...flags, this.cli, ...args], {
      cwd: this.repository.folder,
      env: environment(extra),
      encoding: 'utf8',
    });
    return { status, signal, stdout, stderr };
  }

  /** What a run that loads each part says of its code. */
  watched(args?: readonly string[]): string[] {
    const preload = join(this.folder, 'watch.cjs');
    writeFileSync(preload, WATCH);
    return this.run(args, {}, ['-r', preload]).stderr.split('\n');
  }

  files(): string[] {
    return readdirSync(this.cache).sort();
  }

  /** Where the code of a kind of run lies. */
  fileOf(kind = 'lint'): string {
    return join(this.cache, `${process.version}-${process.arch}-${kind}`);
  }

  /** What lies there of each part, a character for each byte. */
  codes(): Map<string, string> {
    const text = readFileSync(this.file, 'latin1');
    const start = 16 + Number(text.slice(0, 16));
    const { parts } = JSON.parse(text.slice(16, start)) as { parts: Record<string, [number, number, string]> };
    const codes = Object.entries(parts).map(([name, [offset, length]]) => {
      return [basename(name), text.slice(start + offset, start + offset + length)] as const;
    });
    return new Map(codes);
  }

  get file(): string {
    return this.fileOf();
  }
}

describe('compiled code of earlier runs', () => {
  it('is taken for every part, and changes nothing of what a run says', () => {
    const installed = new Installed();
    const plain = installed.run(['lint'], { NODE_DISABLE_COMPILE_CACHE: '1' });
    expect(plain).toMatchObject({ status: 1, stderr: '' });
    expect(() => installed.files()).toThrow(/ENOENT/);
    expect(installed.watched()).toContain('known.cjs none');
    for (let nth = 0; nth < 5; nth += 1) expect(installed.run()).toEqual(plain);
    expect(installed.files()).toEqual([`${process.version}-${process.arch}-lint`]);
    const parts = installed.watched();
    expect(parts).toContain('known.cjs true');
    expect(parts.filter((part) => !part.endsWith(' true'))).toEqual([]);
  });

  it('is left by the third to fifth run of a kind, and by one that needs a part more', () => {
    const installed = new Installed();
    const versions = [1, 2, 3, 4, 5, 6].map(() => {
      installed.run();
      return readFileSync(installed.file).toString('latin1');
    });
    expect(versions.map((text) => /"runs":(\d+)/.exec(text)?.[1])).toEqual(['1', '2', '3', '4', '5', '5']);
    expect(versions.map((text) => text.includes('known.cjs'))).toEqual([false, false, true, true, true, true]);
    expect(versions[5]).toBe(versions[4]);
    for (let nth = 0; nth < 3; nth += 1) installed.run(['lint', '--format', 'json']);
    expect(readFileSync(installed.fileOf('lint-format'), 'latin1')).toMatch(/"runs":3,.*json\.cjs/);
    expect(readFileSync(installed.file, 'latin1')).toBe(versions[5]);
    installed.run(['task', 'list', 'a-secret', '--json=also-secret']);
    expect(installed.files().join(' ')).not.toContain('secret');
    expect(readFileSync(installed.fileOf('task-json'), 'latin1').slice(0, 2000)).not.toContain('secret');
  });

  it('stays as it is of parts that have it, when a run needs a part more', () => {
    const installed = new Installed();
    for (let nth = 0; nth < 5; nth += 1) installed.run();
    const before = installed.codes();
    expect(before.has('first.cjs')).toBe(false);
    // What is remembered is gone, so that it is made anew, with functions that runs before have not called.
    installed.repository.remove('.git/planproof');
    installed.run();
    const after = installed.codes();
    expect(after.has('first.cjs')).toBe(true);
    for (const [name, code] of before) expect(after.get(name) === code, name).toBe(true);
  });

  it('is kept of the last so many kinds of runs, and no word of the user makes one', () => {
    const installed = new Installed();
    for (const rule of ['placeholder', 'link-target', 'none']) installed.run(['explain', rule]);
    expect(installed.files()).toEqual([`${process.version}-${process.arch}-explain`]);
    utimesSync(installed.fileOf('explain'), new Date(1e12), new Date(1e12));
    for (const letter of 'abcdefghijklmnop') installed.run(['explain', `--${letter}`]);
    expect(installed.files()).toHaveLength(16);
    expect(installed.files()).not.toContain(`${process.version}-${process.arch}-explain`);
    installed.run(['explain', 'placeholder']);
    expect(readFileSync(installed.fileOf('explain'), 'latin1')).toContain('"runs":1');
    expect(installed.files()).toHaveLength(16);
  });

  it('is not taken where the file is damaged, which is mended', () => {
    const installed = new Installed();
    const plain = installed.run();
    for (let nth = 0; nth < 4; nth += 1) installed.run();
    const whole = readFileSync(installed.file);
    const step = Math.floor(whole.length / 24);
    for (let at = 5; at < whole.length; at += step) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] as number) ^ 0x41;
      writeFileSync(installed.file, damaged);
      expect(installed.run(), `byte ${at}`).toEqual(plain);
    }
    for (const content of [
      Buffer.alloc(0),
      Buffer.alloc(5000),
      whole.subarray(1),
      whole.subarray(0, whole.length / 2),
    ]) {
      writeFileSync(installed.file, content);
      expect(installed.run(), `${content.length} bytes`).toEqual(plain);
    }
    installed.run();
    installed.run();
    expect(installed.watched().filter((part) => !part.endsWith(' true'))).toEqual([]);
  });

  it('is that of the program as it is now, also where a file of it was changed by hand', () => {
    const installed = new Installed();
    for (let nth = 0; nth < 5; nth += 1) installed.run();
    const part = join(installed.folder, 'dist', 'known.cjs');
    const changed = readFileSync(part, 'utf8').replaceAll('Unexpected', 'Surprising');
    writeFileSync(part, changed);
    utimesSync(part, new Date(1e12), new Date(1e12));
    expect(installed.watched()).toEqual(expect.arrayContaining(['start.cjs true', 'known.cjs none']));
  });

  it('is left neither by runs with flags nor where a folder cannot be made', () => {
    const installed = new Installed();
    const plain = installed.run(['lint'], { NODE_OPTIONS: '--max-old-space-size=2000' });
    expect(plain).toMatchObject({ status: 1, stderr: '' });
    expect(installed.run(['lint'], {}, ['--stack-trace-limit=20'])).toEqual(plain);
    expect(installed.run(['lint'], { NODE_V8_COVERAGE: temporaryFolder() })).toEqual(plain);
    expect(() => installed.files()).toThrow(/ENOENT/);
    writeFileSync(installed.cache, 'no folder');
    expect(installed.run()).toEqual(plain);
    expect(installed.run()).toEqual(plain);
    rmSync(installed.cache);
    mkdirSync(installed.file, { recursive: true });
    expect(installed.run()).toEqual(plain);
    expect(installed.files()).toEqual([`${process.version}-${process.arch}-lint`]);
  });

  it('is whole after many runs at once', async () => {
    const installed = new Installed();
    const plain = installed.run(['lint'], { NODE_DISABLE_COMPILE_CACHE: '1' });
    for (let nth = 0; nth < 2; nth += 1) installed.run();
    const outputs = await Promise.all(
      Array.from(
        { length: 8 },
        () =>
          new Promise<string>((resolve, reject) => {
            const child = spawn(process.execPath, [installed.cli, 'lint'], {
              cwd: installed.repository.folder,
              env: environment(),
            });
            let text = '';
            child.stdout.on('data', (bytes) => {
              text += bytes;
            });
            child.on('error', reject);
            child.on('close', () => resolve(text));
          }),
      ),
    );
    expect(new Set(outputs)).toEqual(new Set([plain.stdout]));
    expect(installed.files()).toEqual([`${process.version}-${process.arch}-lint`]);
    expect(installed.watched().filter((part) => !part.endsWith(' true'))).toEqual([]);
  });
});

describe('the parts of the program', () => {
  it('are ASCII, since a byte of them is taken for a character', () => {
    const dist = join(PROJECT, 'dist');
    const parts = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.cjs'));
    expect(parts.length).toBeGreaterThan(40);
    for (const name of parts)
      expect(
        readFileSync(join(dist, name)).every((byte) => byte < 128),
        name,
      ).toBe(true);
  });
});
