export const LINE_FEED = 10;

/** Where a byte stands first; -1 where it does not. The method that a Buffer has of its own does more, and has to be compiled. */
export function indexOfByte(bytes: Uint8Array, byte: number, from = 0): number {
  return Uint8Array.prototype.indexOf.call(bytes, byte, from);
}

/** The same bytes as a Buffer: nothing is copied, and what is a Buffer stays the one it is. */
export function asBuffer(bytes: ArrayBufferView): Buffer {
  if (bytes instanceof Buffer) return bytes;
  return Buffer.from(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength);
}
