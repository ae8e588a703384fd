import { type LineChange, lineChanges } from '../model/line-diff.ts';
import type { FileChange } from './change.ts';

const CONTEXT = 3;
const NO_LINE_END = '\\ No newline at end of file';

/** Lines with their line feeds, as git counts them. */
const linesOf = (bytes: Uint8Array | undefined): string[] =>
  Buffer.from(bytes ?? [])
    .toString('utf8')
    .match(/[^\n]*\n|[^\n]+$/g) ?? [];

const marked = (mark: string, line: string): string =>
  line.endsWith('\n') ? `${mark}${line}` : `${mark}${line}\n${NO_LINE_END}\n`;

/** A start and a count, as they stand behind `@@`: of no lines the start is that of the line before. */
function rangeOf(start: number, end: number): string {
  const count = end - start;
  return count === 1 ? `${start + 1}` : `${count === 0 ? start : start + 1},${count}`;
}

/** Changes whose lines around them meet, together. */
function hunksOf(changes: readonly LineChange[]): LineChange[][] {
  const hunks: LineChange[][] = [];
  for (const change of changes) {
    const last = hunks.at(-1);
    if (last && change.from[0] - (last.at(-1) as LineChange).from[1] <= 2 * CONTEXT) last.push(change);
    else hunks.push([change]);
  }
  return hunks;
}

function hunk(changes: readonly LineChange[], before: readonly string[], after: readonly string[]): string {
  const [first, last] = [changes[0] as LineChange, changes.at(-1) as LineChange];
  const lead = Math.min(CONTEXT, first.from[0]);
  const trail = Math.min(CONTEXT, before.length - last.from[1]);
  const [start, end] = [first.from[0] - lead, last.from[1] + trail];
  const told: string[] = [];
  let at = start;
  for (const { from, to } of changes) {
    told.push(...before.slice(at, from[0]).map((line) => marked(' ', line)));
    told.push(...before.slice(...from).map((line) => marked('-', line)));
    told.push(...after.slice(...to).map((line) => marked('+', line)));
    at = from[1];
  }
  told.push(...before.slice(at, end).map((line) => marked(' ', line)));
  return `@@ -${rangeOf(start, end)} +${rangeOf(first.to[0] - lead, last.to[1] + trail)} @@\n${told.join('')}`;
}

const ESCAPES: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\t': '\\t', '\r': '\\r' };

/** A path as git writes it: in quotes where it could be misread. */
function named(prefix: string, path: string): string {
  const whole = prefix + path;
  if (!/["\\\u0000-\u001f\u007f]/.test(whole)) return whole;
  const octal = (char: string): string => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`;
  return `"${whole.replace(/["\\\u0000-\u001f\u007f]/g, (char) => ESCAPES[char] ?? octal(char))}"`;
}

/** The name in the lines above the hunks; behind one with spaces git puts a tab. */
const headed = (prefix: string, path: string): string => `${named(prefix, path)}${path.includes(' ') ? '\t' : ''}`;

interface FileDiff {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** How much of the greater file both have, in percent. */
function similarity(before: readonly string[], after: readonly string[], changes: readonly LineChange[]): number {
  const size = (lines: readonly string[]): number => lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0);
  const gone = changes.reduce((sum, { from }) => sum + size(before.slice(...from)), 0);
  const whole = Math.max(size(before), size(after));
  return whole === 0 ? 100 : Math.floor(((size(before) - gone) * 100) / whole);
}

function about({ from, to, before, after }: FileDiff, changes: readonly LineChange[]): string[] {
  if (from === undefined) return ['new file mode 100644'];
  if (to === undefined) return ['deleted file mode 100644'];
  if (from === to) return [];
  const alike = `similarity index ${similarity(before, after, changes)}%`;
  return [alike, `rename from ${named('', from)}`, `rename to ${named('', to)}`];
}

function diffOf(file: FileDiff): string {
  const { from, to, before, after } = file;
  const changes = lineChanges(before, after);
  if (changes.length === 0 && from === to) return '';
  const either = (from ?? to) as string;
  const head = [`diff --git ${named('a/', from ?? either)} ${named('b/', to ?? either)}`, ...about(file, changes)];
  if (changes.length > 0) {
    head.push(`--- ${from === undefined ? '/dev/null' : headed('a/', from)}`);
    head.push(`+++ ${to === undefined ? '/dev/null' : headed('b/', to)}`);
  }
  return `${head.join('\n')}\n${hunksOf(changes)
    .map((part) => hunk(part, before, after))
    .join('')}`;
}

/** Puts together what belongs to one file: a file that goes and one that takes over its mode are one, moved. */
function filesOf(changes: readonly FileChange[]): FileDiff[] {
  const gone = new Map(changes.filter(({ after }) => after === undefined).map((change) => [change.path, change]));
  const sources = new Set(changes.flatMap(({ modeOf }) => (modeOf !== undefined && gone.has(modeOf) ? [modeOf] : [])));
  return changes.flatMap(({ path, before, after, modeOf }) => {
    if (after === undefined && sources.has(path)) return [];
    const source = before === undefined && modeOf !== undefined ? gone.get(modeOf) : undefined;
    return [
      {
        from: source?.path ?? (before === undefined ? undefined : path),
        to: after === undefined ? undefined : path,
        before: linesOf(source?.before ?? before),
        after: linesOf(after),
      },
    ];
  });
}

/** What changes of files come to, as `git diff` shows it and `git apply` takes it; empty where nothing changes. */
export function unifiedDiff(changes: readonly FileChange[]): string {
  return filesOf(changes).map(diffOf).join('');
}
