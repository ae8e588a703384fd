import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from './repository.ts';

/** The examples of the specification, as it hands them out. */
export function commonMarkExamples(): string[] {
  const spec = readFileSync(join(PROJECT, 'node_modules/commonmark-spec/spec.txt'), 'utf8');
  const examples = spec.matchAll(/^`{32} example\n([\s\S]*?)^\.\n[\s\S]*?^`{32}$/gm);
  return Array.from(examples, (example) => (example[1] as string).replaceAll('→', '\t'));
}

/** The Markdown that the dependencies bring along, by path. */
export function realMarkdown(folder: string = join(PROJECT, 'node_modules')): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return realMarkdown(path);
    return entry.isFile() && /\.md$/i.test(path) && statSync(path).size <= 200_000 ? [path] : [];
  });
}
