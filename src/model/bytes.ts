export const LINE_FEED = 10;

/** The same bytes as a Buffer: nothing is copied, and what is a Buffer stays the one it is. */
export function asBuffer(bytes: ArrayBufferView): Buffer {
  if (bytes instanceof Buffer) return bytes;
  return Buffer.from(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength);
}
