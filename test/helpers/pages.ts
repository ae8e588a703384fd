import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Files, PROJECT } from './repository.ts';

/** One example of a rule's page: a tiny repository, and what the rule says of it. */
export interface Example {
  /** The heading it stands under: Incorrect or Correct. */
  readonly kind: 'Incorrect' | 'Correct';
  /** Line of its first file in the page, to find it again. */
  readonly line: number;
  readonly files: Files;
  /** The files where the branch was left, and those of the other branch's tip; empty where no change is judged. */
  readonly before: Files;
  readonly theirs: Files;
  /** Files that the command line names; none means that all documents are linted. */
  readonly named: readonly string[];
  /** `path:line:column-endLine:endColumn message`; empty for a correct one. */
  readonly findings: readonly string[];
  /** Files as the rule's fixes leave them, the safe ones and all of them; empty where the page does not show them. */
  readonly fixed: { readonly safe: Files; readonly unsafe: Files };
}

interface Fence {
  readonly line: number;
  readonly info: string;
  readonly text: string;
}

function fences(page: string): (Fence | { heading: string })[] {
  const found: (Fence | { heading: string })[] = [];
  const pattern = /^(`{3,})([^\n]*)\n([\s\S]*?)^\1[ \t]*$|^## (.+)$/gm;
  for (const match of page.matchAll(pattern)) {
    if (match[4] !== undefined) found.push({ heading: match[4].trim() });
    else
      found.push({
        line: page.slice(0, match.index).split('\n').length,
        info: (match[2] as string).trim(),
        text: match[3] as string,
      });
  }
  return found;
}

/** The text of a rule's page. */
export function pageText(rule: string): string {
  return readFileSync(join(PROJECT, 'docs', 'rules', `${rule}.md`), 'utf8');
}

/**
 * The examples of a page. Under `## Incorrect` and `## Correct`, fences whose info string ends with `file=<path>` are
 * the files of a repository; a fence `text findings` closes an incorrect example, the next heading or file with the
 * same path a correct one. Behind it, fences whose info string ends with `fixed=<path>` show files as `--fix` leaves them,
 * or, with `unsafe` behind the path, `--fix-unsafe`. `named` behind the path names the file on the command line. `before` and `theirs` behind the path make a file
 * of the commit that the branch was left at, and of the other branch's tip: then the change since is judged. In file texts `␣` stands for a
 * space, `␀` for a NUL.
 */
export function examplesOf(rule: string): Example[] {
  const page = pageText(rule);
  const reader = new ExampleReader();
  for (const part of fences(page)) {
    if ('heading' in part) reader.heading(part.heading);
    else reader.fence(part);
  }
  reader.close([]);
  return reader.examples;
}

const textIn = ({ text }: Fence): string => text.replaceAll('␣', ' ').replaceAll('␀', '\0');

class ExampleReader {
  readonly examples: Example[] = [];
  #kind = '';
  #files: Record<string, string> = {};
  #before: Record<string, string> = {};
  #theirs: Record<string, string> = {};
  #named: string[] = [];
  #line = 0;

  heading(text: string): void {
    this.close([]);
    this.#kind = text;
  }

  fence(fence: Fence): void {
    const path = /\bfile=(\S+)/.exec(fence.info)?.[1];
    const [, fixed, unsafe] = /\bfixed=(\S+)( unsafe)?$/.exec(fence.info) ?? [];
    if (fixed !== undefined) {
      this.#fixed(fixed, unsafe === undefined ? 'safe' : 'unsafe', fence);
      return;
    }
    if (fence.info === 'text findings') this.close(fence.text.split('\n').filter((found) => found !== ''));
    else if (path !== undefined && (this.#kind === 'Incorrect' || this.#kind === 'Correct')) this.#file(path, fence);
  }

  close(findings: readonly string[]): void {
    if (Object.keys(this.#files).length > 0) {
      const kind = this.#kind as Example['kind'];
      const fixed = { safe: {}, unsafe: {} };
      const change = { before: this.#before, theirs: this.#theirs };
      this.examples.push({
        kind,
        line: this.#line,
        files: this.#files,
        ...change,
        named: this.#named,
        findings,
        fixed,
      });
    }
    this.#files = {};
    this.#before = {};
    this.#theirs = {};
    this.#named = [];
  }

  #fixed(path: string, kind: 'safe' | 'unsafe', fence: Fence): void {
    this.close([]);
    const fixed = this.examples.at(-1)?.fixed[kind] as Record<string, string> | undefined;
    if (!fixed) throw new Error(`Nothing to fix above line ${fence.line}`);
    fixed[path] = textIn(fence);
  }

  #file(path: string, fence: Fence): void {
    const stage = / (before|theirs)$/.exec(fence.info)?.[1];
    if (stage !== undefined) {
      if (Object.keys(this.#files).length > 0) this.close([]);
      (stage === 'before' ? this.#before : this.#theirs)[path] = textIn(fence);
      return;
    }
    if (this.#files[path] !== undefined) this.close([]);
    if (Object.keys(this.#files).length === 0) this.#line = fence.line;
    this.#files[path] = textIn(fence);
    if (/ named$/.test(fence.info)) this.#named.push(path);
  }
}
