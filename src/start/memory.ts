/** So many bytes of what is freed stay with the process; a quarter of them was enough for 10,000 documents. */
const KEPT = 16 * 2 ** 20;

let isKept = false;

/**
 * Has the memory kept that is freed, for what is allocated next. The engine's compiler takes some MiB for each function and frees
 * them at once; the C library of most Linux systems gives back what is free at the end of its memory from 128 KiB on, and each page
 * that the system hands out anew takes some microseconds. A large block that is freed has the library keep twice its size from then
 * on, see `M_TRIM_THRESHOLD` in mallopt(3). This one is never written to, so that it takes no memory, and is freed when the engine
 * collects garbage for the first time. Other C libraries only give and take the block. Once is enough.
 */
export function keepFreedMemory(): void {
  if (!isKept) Buffer.allocUnsafeSlow(KEPT / 2);
  isKept = true;
}
