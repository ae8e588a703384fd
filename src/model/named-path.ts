import type { RuleContext } from './rule.ts';

/** Whether a path that a document names exists, from the top, the root, or the document; `:10` behind it is a line. */
export function existsSomewhere(path: string, { document, exists }: RuleContext): boolean {
  const folder = document.path.slice(0, document.path.lastIndexOf('/') + 1);
  const plain = path.replace(/[:#]L?[0-9]+(?:-L?[0-9]+)?$/, '').replace(/^\.\//, '');
  return ['', `${document.root ?? ''}/`, folder].some((base) => exists(`${base}${plain}`.replace(/^\//, '')));
}
