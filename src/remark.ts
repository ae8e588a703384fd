import { relative, resolve, sep } from 'node:path';
import type { Root } from 'mdast';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkMessageControl from 'remark-message-control';
import type { VFile } from 'vfile';
import { type RemarkLintRule, remarkLintRule } from '../rules/adapter.ts';
import { RULES } from '../rules/registry.ts';
import { type Document, type DocumentIndex, describe, readAs } from './model/document.ts';
import type { Finding } from './model/finding.ts';
import { type DocumentSet, readDocuments } from './pipeline/document-set.ts';
import { ignorer } from './pipeline/ignorer.ts';
import { indexDocuments } from './pipeline/index-documents.ts';
import { judgeDocument } from './pipeline/judge.ts';
import { judgeOptions } from './pipeline/judge-options.ts';
import { locate } from './pipeline/locate.ts';
import { parse } from './pipeline/parse.ts';
import { commandError } from './program.ts';

/**
 * planproof's rules for remark: `remark --use planproof/remark`, or `planproof/remark` in the plug-ins of a
 * `.remarkrc`. The verdicts are those of `planproof lint`, with its configuration and the same index of all documents.
 */
export interface RemarkPreset {
  readonly plugins: readonly unknown[];
}

/** How long the documents on disk count as known, in milliseconds: a run of remark-cli, not a day in an editor. */
const FRESH = 1000;

const sets = new Map<string, { readonly set: Promise<DocumentSet>; readonly since: number }>();

function documentsAround(cwd: string): Promise<DocumentSet> {
  const known = sets.get(cwd);
  if (known && Date.now() - known.since < FRESH) return known.set;
  const set = readDocuments({ cwd, environment: process.env, notify: () => {} });
  sets.set(cwd, { set, since: Date.now() });
  return set;
}

/** Whether the tree was made with frontmatter and task lists understood, as the preset has it. */
const PRESET_TREE = 'planproofTree';

function markTree(): (tree: Root, file: VFile) => void {
  return (_tree, file) => {
    file.data[PRESET_TREE] = true;
  };
}

function usable(tree: Root, file: VFile, text: string): boolean {
  const hasPositions = tree.position?.start.offset !== undefined;
  return (
    file.data[PRESET_TREE] === true && hasPositions && text.startsWith('---') === (tree.children[0]?.type === 'yaml')
  );
}

/** The index with this text in place of the file's: an editor lints what is not saved yet. */
function indexWith(document: Document, { index }: DocumentSet): DocumentIndex {
  const others = index.documents.filter((other) => other.path !== document.path);
  return indexDocuments([...others, document], index.boards);
}

async function judge(file: VFile, tree: Root): Promise<readonly Finding[]> {
  const set = await documentsAround(file.cwd);
  const { workspace } = set;
  const path = relative(workspace.top, resolve(file.cwd, file.path ?? '<stdin>'))
    .split(sep)
    .join('/');
  const text = String(file);
  const facts = parse(text, workspace.parser, usable(tree, file, text) ? tree : undefined);
  const document = describe(path, locate(path, workspace), readAs(facts), workspace.types);
  if (!document.type || ignorer(workspace)(path)) return [];
  const saved = workspace.source.read(path);
  const isSaved = saved instanceof Uint8Array && Buffer.from(saved).toString('utf8') === text;
  const options = judgeOptions(workspace, new Date().toISOString().slice(0, 10), commandError);
  return judgeDocument(document, { workspace, index: isSaved ? set.index : indexWith(document, set), options });
}

const judged = new WeakMap<VFile, Promise<readonly Finding[]>>();

function judgeOnce(file: VFile, tree: Root): Promise<readonly Finding[]> {
  const known = judged.get(file);
  if (known) return known;
  const findings = judge(file, tree);
  judged.set(file, findings);
  return findings;
}

/** Every rule as a remark-lint rule of its own, by id; each can be used alone and given a severity. */
export const rules: Readonly<Record<string, RemarkLintRule>> = Object.fromEntries(
  RULES.map((rule) => [rule.id, remarkLintRule(rule, judgeOnce)]),
);

/** The preset: all rules in their default severity. `<!-- lint disable rule -->` of remark-lint silences them too. */
const preset: RemarkPreset = {
  plugins: [
    [remarkFrontmatter, ['yaml']],
    remarkGfm,
    markTree,
    ...RULES.map((rule) => [rules[rule.id], [rule.severity === 'error' ? 'error' : 'warn']]),
    [remarkMessageControl, { name: 'lint', source: ['planproof'] }],
  ],
};

export default preset;
