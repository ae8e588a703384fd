import { getBuiltinModule } from 'node:process';

/** So many bytes are hashed here before it pays to load the library, which takes longer than they do. */
const FEW = 7168;

/** What git puts in front of the bytes of a blob. */
const headOf = (bytes: Uint8Array): string => `blob ${bytes.length}\0`;

/** A blob with what SHA-1 puts behind it: a bit, zeros, and its length. */
function padded(bytes: Uint8Array): DataView {
  const head = headOf(bytes);
  const length = head.length + bytes.length;
  const whole = new Uint8Array((((length + 8) >> 6) + 1) << 6);
  for (let at = 0; at < head.length; at += 1) whole[at] = head.charCodeAt(at);
  whole.set(bytes, head.length);
  whole[length] = 0x80;
  const view = new DataView(whole.buffer);
  view.setUint32(whole.length - 4, length << 3);
  return view;
}

/*
 * This runs before the engine optimises, so it makes no lists, no calls in a loop, and goes five rounds at once. A function that
 * has run for a while is optimised all the same, on another thread, which takes longer than it saves here; the shorter it is the
 * sooner: so four share the rounds of a block, and none comes to that point within some kilobytes.
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
  for (let at = 0; at < 20; at += 5) {
    e = (((a << 5) | (a >>> 27)) + ((b & c) | (~b & d)) + 0x5a827999 + e + (words[at] as number)) | 0;
    b = (b << 30) | (b >>> 2);
    d = (((e << 5) | (e >>> 27)) + ((a & b) | (~a & c)) + 0x5a827999 + d + (words[at + 1] as number)) | 0;
    a = (a << 30) | (a >>> 2);
    c = (((d << 5) | (d >>> 27)) + ((e & a) | (~e & b)) + 0x5a827999 + c + (words[at + 2] as number)) | 0;
    e = (e << 30) | (e >>> 2);
    b = (((c << 5) | (c >>> 27)) + ((d & e) | (~d & a)) + 0x5a827999 + b + (words[at + 3] as number)) | 0;
    d = (d << 30) | (d >>> 2);
    a = (((b << 5) | (b >>> 27)) + ((c & d) | (~c & e)) + 0x5a827999 + a + (words[at + 4] as number)) | 0;
    c = (c << 30) | (c >>> 2);
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
  }
  for (let at = 20; at < 40; at += 5) {
    e = (((a << 5) | (a >>> 27)) + (b ^ c ^ d) + 0x6ed9eba1 + e + (words[at] as number)) | 0;
    b = (b << 30) | (b >>> 2);
    d = (((e << 5) | (e >>> 27)) + (a ^ b ^ c) + 0x6ed9eba1 + d + (words[at + 1] as number)) | 0;
    a = (a << 30) | (a >>> 2);
    c = (((d << 5) | (d >>> 27)) + (e ^ a ^ b) + 0x6ed9eba1 + c + (words[at + 2] as number)) | 0;
    e = (e << 30) | (e >>> 2);
    b = (((c << 5) | (c >>> 27)) + (d ^ e ^ a) + 0x6ed9eba1 + b + (words[at + 3] as number)) | 0;
    d = (d << 30) | (d >>> 2);
    a = (((b << 5) | (b >>> 27)) + (c ^ d ^ e) + 0x6ed9eba1 + a + (words[at + 4] as number)) | 0;
    c = (c << 30) | (c >>> 2);
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
  }
  for (let at = 40; at < 60; at += 5) {
    e = (((a << 5) | (a >>> 27)) + ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc + e + (words[at] as number)) | 0;
    b = (b << 30) | (b >>> 2);
    d = (((e << 5) | (e >>> 27)) + ((a & b) | (a & c) | (b & c)) + 0x8f1bbcdc + d + (words[at + 1] as number)) | 0;
    a = (a << 30) | (a >>> 2);
    c = (((d << 5) | (d >>> 27)) + ((e & a) | (e & b) | (a & b)) + 0x8f1bbcdc + c + (words[at + 2] as number)) | 0;
    e = (e << 30) | (e >>> 2);
    b = (((c << 5) | (c >>> 27)) + ((d & e) | (d & a) | (e & a)) + 0x8f1bbcdc + b + (words[at + 3] as number)) | 0;
    d = (d << 30) | (d >>> 2);
    a = (((b << 5) | (b >>> 27)) + ((c & d) | (c & e) | (d & e)) + 0x8f1bbcdc + a + (words[at + 4] as number)) | 0;
    c = (c << 30) | (c >>> 2);
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
  }
  for (let at = 60; at < 80; at += 5) {
    e = (((a << 5) | (a >>> 27)) + (b ^ c ^ d) + 0xca62c1d6 + e + (words[at] as number)) | 0;
    b = (b << 30) | (b >>> 2);
    d = (((e << 5) | (e >>> 27)) + (a ^ b ^ c) + 0xca62c1d6 + d + (words[at + 1] as number)) | 0;
    a = (a << 30) | (a >>> 2);
    c = (((d << 5) | (d >>> 27)) + (e ^ a ^ b) + 0xca62c1d6 + c + (words[at + 2] as number)) | 0;
    e = (e << 30) | (e >>> 2);
    b = (((c << 5) | (c >>> 27)) + (d ^ e ^ a) + 0xca62c1d6 + b + (words[at + 3] as number)) | 0;
    d = (d << 30) | (d >>> 2);
    a = (((b << 5) | (b >>> 27)) + (c ^ d ^ e) + 0xca62c1d6 + a + (words[at + 4] as number)) | 0;
    c = (c << 30) | (c >>> 2);
  }
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = d;
  state[4] = e;
}

/** SHA-1 (FIPS 180-4) of a blob of some kilobytes, as hexadecimal digits. */
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
  hashed += bytes.length;
  if (hashed <= FEW) return sha1(bytes);
  return getBuiltinModule('node:crypto').hash('sha1', Buffer.concat([Buffer.from(headOf(bytes)), bytes]), 'hex');
}
