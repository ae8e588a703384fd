import { getBuiltinModule } from 'node:process';

/** So many texts are hashed here before it pays to load the library, which takes longer than they do. */
const FEW = 4;
const SHORT = 65_536;

/** The text with what SHA-1 puts behind it: a bit, zeros, and its length. */
function padded(bytes: Uint8Array): DataView {
  const whole = new Uint8Array((((bytes.length + 8) >> 6) + 1) << 6);
  whole.set(bytes);
  whole[bytes.length] = 0x80;
  const view = new DataView(whole.buffer);
  view.setUint32(whole.length - 4, bytes.length << 3);
  return view;
}

/*
 * This runs before the engine optimises, so it makes no lists, and no calls in a loop. A function that has run for a while is
 * optimised all the same, on another thread, which takes longer than it saves here: so four of them share the rounds of a block.
 */

function rounds0(state: Int32Array, words: Int32Array): void {
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let d = state[3] as number;
  let e = state[4] as number;
  for (let at = 16; at < 20; at += 1) {
    const older = (words[at - 3] as number) ^ (words[at - 8] as number);
    const word = older ^ (words[at - 14] as number) ^ (words[at - 16] as number);
    words[at] = (word << 1) | (word >>> 31);
  }
  for (let at = 0; at < 20; at += 1) {
    const next = (((a << 5) | (a >>> 27)) + ((b & c) | (~b & d)) + 0x5a827999 + e + (words[at] as number)) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = next;
  }
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = d;
  state[4] = e;
}

function rounds20(state: Int32Array, words: Int32Array): void {
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let d = state[3] as number;
  let e = state[4] as number;
  for (let at = 20; at < 40; at += 1) {
    const older = (words[at - 3] as number) ^ (words[at - 8] as number);
    const word = older ^ (words[at - 14] as number) ^ (words[at - 16] as number);
    words[at] = (word << 1) | (word >>> 31);
    const next = (((a << 5) | (a >>> 27)) + (b ^ c ^ d) + 0x6ed9eba1 + e + (words[at] as number)) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = next;
  }
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = d;
  state[4] = e;
}

function rounds40(state: Int32Array, words: Int32Array): void {
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let d = state[3] as number;
  let e = state[4] as number;
  for (let at = 40; at < 60; at += 1) {
    const older = (words[at - 3] as number) ^ (words[at - 8] as number);
    const word = older ^ (words[at - 14] as number) ^ (words[at - 16] as number);
    words[at] = (word << 1) | (word >>> 31);
    const next = (((a << 5) | (a >>> 27)) + ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc + e + (words[at] as number)) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = next;
  }
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = d;
  state[4] = e;
}

function rounds60(state: Int32Array, words: Int32Array): void {
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let d = state[3] as number;
  let e = state[4] as number;
  for (let at = 60; at < 80; at += 1) {
    const older = (words[at - 3] as number) ^ (words[at - 8] as number);
    const word = older ^ (words[at - 14] as number) ^ (words[at - 16] as number);
    words[at] = (word << 1) | (word >>> 31);
    const next = (((a << 5) | (a >>> 27)) + (b ^ c ^ d) + 0xca62c1d6 + e + (words[at] as number)) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = next;
  }
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = d;
  state[4] = e;
}

/** SHA-1 (FIPS 180-4) of some kilobytes, as hexadecimal digits. */
function sha1(bytes: Uint8Array): string {
  const view = padded(bytes);
  const words = new Int32Array(80);
  const sums = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  const state = new Int32Array(5);
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let at = 0; at < 16; at += 1) words[at] = view.getInt32(block + at * 4);
    state.set(sums);
    rounds0(state, words);
    rounds20(state, words);
    rounds40(state, words);
    rounds60(state, words);
    for (let at = 0; at < 5; at += 1) sums[at] = (sums[at] as number) + (state[at] as number);
  }
  return Array.from(sums, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

let hashed = 0;

/** The name that git gives to bytes as a blob, in a repository that uses SHA-1. */
export function blobHash(bytes: Uint8Array): string {
  const blob = Buffer.concat([Buffer.from(`blob ${bytes.length}\0`), bytes]);
  hashed += 1;
  if (hashed <= FEW && blob.length <= SHORT) return sha1(blob);
  return getBuiltinModule('node:crypto').hash('sha1', blob, 'hex');
}
