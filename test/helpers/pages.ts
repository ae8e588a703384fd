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
  /** Files that the command line names; none means that all documents are linted. */
  readonly named: readonly string[];
  /** `path:line:column-endLine:endColumn message`; empty for a correct one. */
  readonly findings: readonly string[];
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

/**
 * The examples of a page. Under `## Incorrect` and `## Correct`, fences whose info string ends with `file=<path>` are
 * the files of a repository; a fence `text findings` closes an incorrect example, the next heading or file with the
 * same path a correct one. `named` behind the path names the file on the command line. In file texts `␣` stands for a
 * space, `␀` for a NUL.
 */
export function examplesOf(rule: string): Example[] {
  const page = readFileSync(join(PROJECT, 'docs', 'rules', `${rule}.md`), 'utf8');
  const reader = new ExampleReader();
  for (const part of fences(page)) {
    if ('heading' in part) reader.heading(part.heading);
    else reader.fence(part);
  }
  reader.close([]);
  return reader.examples;
}

class ExampleReader {
  readonly examples: Example[] = [];
  #kind = '';
  #files: Record<string, string> = {};
  #named: string[] = [];
  #line = 0;

  heading(text: string): void {
    this.close([]);
    this.#kind = text;
  }

  fence(fence: Fence): void {
    const path = /\bfile=(\S+)/.exec(fence.info)?.[1];
    if (fence.info === 'text findings') this.close(fence.text.split('\n').filter((found) => found !== ''));
    else if (path !== undefined && (this.#kind === 'Incorrect' || this.#kind === 'Correct')) this.#file(path, fence);
  }

  close(findings: readonly string[]): void {
    if (Object.keys(this.#files).length > 0) {
      const kind = this.#kind as Example['kind'];
      this.examples.push({ kind, line: this.#line, files: this.#files, named: this.#named, findings });
    }
    this.#files = {};
    this.#named = [];
  }

  #file(path: string, fence: Fence): void {
    if (this.#files[path] !== undefined) this.close([]);
    if (Object.keys(this.#files).length === 0) this.#line = fence.line;
    this.#files[path] = fence.text.replaceAll('␣', ' ').replaceAll('␀', '\0');
    if (/ named$/.test(fence.info)) this.#named.push(path);
  }
}
