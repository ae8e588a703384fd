import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Code, CodeFile, writeCode } from '../../src/start/code-file.ts';
import { temporaryFolder } from '../helpers/repository.ts';

const codes = fc
  .uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 4 })
  .chain((names) =>
    fc.tuple(
      ...names.map((name) =>
        fc
          .uint8Array({ maxLength: 200 })
          .map((bytes): [string, Code] => [name, { bytes: Buffer.from(bytes), state: `${name} 1` }]),
      ),
    ),
  )
  .map((entries) => new Map(entries));

describe('a file of compiled code', () => {
  it('gives what was written', () => {
    const file = join(temporaryFolder(), 'a', 'code');
    fc.assert(
      fc.property(codes, (written) => {
        writeCode(file, 2, () => written);
        const read = new CodeFile(file);
        expect(read.runs).toEqual(2);
        expect(new Map(read.names().map((name) => [name, read.code(name)]))).toEqual(written);
        expect(read.code('none such')).toBeUndefined();
        read.close();
      }),
      { seed: 20261129, numRuns: 100 },
    );
  });

  it('gives what was written or nothing, whatever befalls one byte', () => {
    const file = join(temporaryFolder(), 'code');
    fc.assert(
      fc.property(codes, fc.nat(), fc.integer({ min: 1, max: 255 }), (written, position, change) => {
        writeCode(file, 0, () => written);
        const bytes = readFileSync(file);
        const at = position % bytes.length;
        bytes[at] = (bytes[at] as number) ^ change;
        writeFileSync(file, bytes);
        let read: CodeFile | undefined;
        try {
          read = new CodeFile(file);
        } catch {
          return;
        }
        for (const name of read.names()) {
          const code = read.code(name);
          if (code) expect(code).toEqual(written.get(name));
        }
        read.close();
      }),
      { seed: 20261129, numRuns: 300 },
    );
  });

  it('gives nothing of a file that was cut, at any length', () => {
    const file = join(temporaryFolder(), 'code');
    writeCode(file, 0, () => new Map([['a', { bytes: Buffer.from('0123456789'.repeat(40)), state: '' }]]));
    const bytes = readFileSync(file);
    for (let length = 0; length < bytes.length; length += 1) {
      writeFileSync(file, bytes.subarray(0, length));
      expect(() => {
        const read = new CodeFile(file);
        if (read.code('a') === undefined) throw new Error('nothing');
      }, `${length} of ${bytes.length} bytes`).toThrow();
    }
  });

  it('takes away what runs have left that were killed, but not what others are writing', () => {
    const folder = temporaryFolder();
    const [old, fresh] = [join(folder, 'code.12.tmp'), join(folder, 'code.13.tmp')];
    for (const file of [old, fresh]) writeFileSync(file, 'half');
    utimesSync(old, new Date(), new Date(Date.now() - 7_200_000));
    writeCode(join(folder, 'code'), 1, () => new Map());
    expect(readdirSync(folder).sort()).toEqual(['code', 'code.13.tmp']);
  });

  it('is not asked for code where the file cannot be written', () => {
    const file = join(temporaryFolder(), 'code');
    writeFileSync(file, '');
    expect(() =>
      writeCode(join(file, 'below'), 0, () => {
        throw new Error('asked');
      }),
    ).toThrow(/EEXIST|ENOTDIR/);
  });
});
