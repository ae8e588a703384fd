import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { platform } from 'node:process';
import { expect, it, onTestFinished, vi } from 'vitest';
import { LINK, readRegular } from '../../src/sources/regular-file.ts';
import { temporaryFolder } from '../helpers/repository.ts';

/** How many bytes a file system gives at once. */
const most = vi.hoisted(() => ({ bytes: Number.POSITIVE_INFINITY }));

vi.mock(import('node:fs'), async (original) => {
  const fs = await original();
  const readSync = (
    file: number,
    into: NodeJS.ArrayBufferView,
    at: number,
    length: number,
    from: number | null,
  ): number => fs.readSync(file, into, at, Math.min(length, most.bytes), from);
  return { ...fs, readSync: readSync as typeof fs.readSync };
});

/** Bytes that tell files of a length apart. */
const filled = (length: number, first: number): Buffer =>
  Buffer.from(Uint8Array.from({ length }, (_, nth) => first + nth * 7));

it('gives all bytes of files of any length, and keeps those of one when the next are read', () => {
  const folder = temporaryFolder();
  const lengths = [0, 1, 8191, 8192, 8193, 57_344, 65_535, 65_536, 65_537, 200_000, 3, 65_536, 5];
  const files = lengths.map((length, nth) => ({ path: join(folder, `${nth}`), bytes: filled(length, nth) }));
  for (const { path, bytes } of files) writeFileSync(path, bytes);
  const read = files.map(({ path }) => readRegular(path));
  for (const [nth, { bytes }] of files.entries())
    expect(Buffer.compare(read[nth] as Uint8Array, bytes), `${bytes.length} bytes`).toBe(0);
});

it('keeps apart the bytes of hundreds of small files', () => {
  const folder = temporaryFolder();
  const files = Array.from({ length: 400 }, (_, nth) => ({
    path: join(folder, `${nth}`),
    text: `${nth} `.repeat(nth),
  }));
  for (const { path, text } of files) writeFileSync(path, text);
  const read = files.map(({ path }) => readRegular(path) as Uint8Array);
  expect(read.map((bytes) => Buffer.from(bytes).toString())).toEqual(files.map(({ text }) => text));
});

it('gives all bytes where a file system gives few at once', () => {
  const folder = temporaryFolder();
  most.bytes = 1000;
  onTestFinished(() => {
    most.bytes = Number.POSITIVE_INFINITY;
  });
  for (const length of [0, 999, 1000, 1001, 30_000, 65_536, 70_000]) {
    const bytes = filled(length, length);
    writeFileSync(join(folder, 'file'), bytes);
    expect(Buffer.compare(readRegular(join(folder, 'file')) as Uint8Array, bytes), `${length} bytes`).toBe(0);
  }
});

it('says that there is no file, and why one is not read', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'file'), 'text');
  mkdirSync(join(folder, 'inside'));
  expect(readRegular(join(folder, 'none'))).toBeUndefined();
  expect(readRegular(join(folder, 'file', 'none'))).toBeUndefined();
  expect(readRegular(join(folder, 'inside'))).toEqual({ unreadable: 'Unexpected folder, expected a regular file' });
  // What is read next is whole, though the last was not.
  expect(Buffer.from(readRegular(join(folder, 'file')) as Uint8Array).toString()).toBe('text');
});

it.skipIf(platform === 'win32')('follows no link, and does not wait for what comes out of a pipe', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'file'), 'text');
  symlinkSync('file', join(folder, 'link'));
  expect(readRegular(join(folder, 'link'))).toEqual({ unreadable: LINK });
  expect(spawnSync('mkfifo', [join(folder, 'pipe')]).status).toBe(0);
  expect(readRegular(join(folder, 'pipe'))).toHaveLength(0);
});
