/** A key as a part of a JSON pointer. */
export function escapePointer(key: string): string {
  return /[~/]/.test(key) ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key;
}

/** A JSON pointer as the path that JSON edits take: `/items/0/id` is items, 0, id. */
export function jsonPath(pointer: string): (string | number)[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => (/^[0-9]+$/.test(part) ? Number(part) : part));
}
