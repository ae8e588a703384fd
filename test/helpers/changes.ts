import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { MUTANTS } from '../fixtures/mutants/index.ts';
import { asWritten, cleanFiles, type Mutant } from './mutants.ts';
import { environment, Repository } from './repository.ts';

const BOARD = 'dev_ops/kanban/board.json';
const CONFIG = 'planproof.config.json';
const BASELINE = '.planproof-baseline.json';

/** Files that are no documents, and that documents name. */
const OTHERS = [
  'docs/tides.md',
  'docs/step.svg',
  'services/berths/holds.py',
  'services/gate/slips.py',
  'ignored/made.log',
  'dev_ops/ignored/made.log',
  'dev_ops/plans/map.png',
  'dev_ops/plans/_scratch.md',
  'dev_ops/plans/only/here.txt',
  'notes.txt',
];

/** What somebody writes into a document. */
const LINES = [
  'Some more words.',
  'See PLAN-001, ADR-003, ADR-099 and TASK-002.',
  '- [ ] Still to do.',
  '- [x] Done.',
  '## Context',
  '## Something new',
  '### Goal',
  '```',
  '<!-- planproof-disable-next-line code-path -- it comes later -->',
  'TODO: say more.',
  'The code is in `services/berths/holds.py`, `src/none.ts` and `ignored/made.log`.',
  'Made by commit 1234567890abcdef1234567890abcdef12345678.',
  '<PLACEHOLDER>',
  '[a](../adrs/ADR-003-hold-a-berth-for-fifteen-minutes.md#decision) [b](#goal) [c](../plans/only/)',
  '[d](map.png) [e](../../docs/tides.md#heights) [f](../ignored/made.log) [g](../../ignored)',
  '[h](../../docs/code/berths/holds.py) [i](../../docs/code) `docs/code/gate/slips.py`',
  '\u0000',
  '',
];

/** What somebody writes into frontmatter. */
const FIELDS = [
  'status: Draft',
  'status: Accepted',
  'status: Superseded',
  'status: Complete',
  'status: In Progress',
  'status: Nonsense',
  'related_docs: []',
  'related_docs: [ADR-001, PLAN-002]',
  'related_docs: [ADR-099, adr-1]',
  'supersedes: ADR-001',
  'supersedes: ADR-003',
  'superseded_by: ADR-002',
  'superseded_by: ADR-009',
  'formerly: [PLAN-042]',
  'formerly: [PLAN-001, ADR-001]',
  'id: PLAN-001',
  'id: PLAN-042',
  'id: ADR-003',
  'id: ADR-1',
  'date: 2026-06-29',
  'date: 2026-07-02',
  'date: 2025-02-30',
  'title: Another title',
  'type: adr',
  'nonsense: {',
  'priority: High',
];

const CONFIGS: readonly unknown[] = [
  { rules: { 'code-path': 'off' } },
  { rules: { placeholder: 'warning' } },
  { ignore: ['dev_ops/plans/'] },
  { types: { adr: { template: 'own/adr.md' } } },
  { roots: ['dev_ops', 'docs'] },
  { nonsense: true },
];

const BASELINES = [
  '{"version":1,"findings":[]}',
  '{"version":1,"findings":[{"document":"PLAN-001","rule":"relation-exists","subject":"related_docs ADR-099"}]}',
  '{"version":1,"findings":[{"document":"ADR-003","rule":"duplicate-section","subject":"Context"}]}',
  '{',
];

/** What may be done with a working tree and its git index between two runs. */
export type Deed = (tree: ChangingTree, first: number, second: number) => void;

/** A repository with documents of all types, at which somebody works. */
export class ChangingTree {
  readonly repository: Repository;
  /** The day it is. */
  today = '2026-06-30';
  #count = 0;

  constructor() {
    this.repository = new Repository(asWritten(cleanFiles()));
    this.repository.write({ '.gitignore': 'ignored/\n*.tmp\n' });
    this.repository.commit();
    this.git('branch', 'side');
  }

  get folder(): string {
    return this.repository.folder;
  }

  /** Runs git, which may well refuse. */
  git(...args: readonly string[]): string {
    const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
    const { stdout } = spawnSync('git', [...identity, ...args], {
      cwd: this.folder,
      env: environment({ GIT_EDITOR: 'true' }),
      encoding: 'utf8',
    });
    return stdout;
  }

  at(path: string): string {
    return join(this.folder, path);
  }

  /** The number of what is made next. */
  next(): number {
    this.#count += 1;
    return this.#count;
  }

  /** The paths of documents. */
  documents(): string[] {
    const folder = this.at('dev_ops');
    if (!existsSync(folder) || !lstatSync(folder).isDirectory()) return [];
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((path) => `dev_ops/${path}`)
      .filter((path) => path.endsWith('.md') && lstatSync(this.at(path)).isFile())
      .sort();
  }

  /** One of the documents; undefined where none is left. */
  document(number: number): string | undefined {
    const all = this.documents();
    return all[number % all.length];
  }

  /** Changes the text of one of the documents. */
  edit(number: number, change: (text: string) => string): void {
    const path = this.document(number);
    if (path !== undefined) this.write(path, change(readFileSync(this.at(path), 'latin1')));
  }

  /** Writes a file, whatever was there. @param text its bytes as characters */
  write(path: string, text: string): void {
    try {
      if (existsSync(this.at(path)) && !lstatSync(this.at(path)).isFile()) this.remove(path);
      mkdirSync(dirname(this.at(path)), { recursive: true });
      writeFileSync(this.at(path), text, 'latin1');
    } catch {
      // A file stands where its folder would be.
    }
  }

  remove(path: string): void {
    rmSync(this.at(path), { recursive: true, force: true });
  }

  /** Changes the board, if it is one. */
  board(change: (items: Record<string, unknown>[]) => void): void {
    try {
      const board = JSON.parse(readFileSync(this.at(BOARD), 'utf8'));
      change(board.items);
      this.write(BOARD, `${JSON.stringify(board, null, 2)}\n`);
    } catch {
      this.write(BOARD, Buffer.from(asWritten(cleanFiles())[BOARD] as string).toString('latin1'));
    }
  }
}

const pick = <T>(list: readonly T[], number: number): T => list[number % list.length] as T;
const latin1 = (content: string | Uint8Array): string => Buffer.from(content as string).toString('latin1');

function insertLine(text: string, line: string, number: number): string {
  const lines = text.split('\n');
  lines.splice(number % (lines.length + 1), 0, Buffer.from(line).toString('latin1'));
  return lines.join('\n');
}

function setField(text: string, field: string): string {
  const key = field.slice(0, field.indexOf(':') + 1);
  const present = new RegExp(`^${key}.*$`, 'm');
  return present.test(text) ? text.replace(present, field) : text.replace(/^---\n/, `---\n${field}\n`);
}

/** The id and the name of a document, and another number for both. */
function renumber(tree: ChangingTree, path: string, number: number, formerly: boolean): void {
  const id = /([A-Z]+)-(\d+)/.exec(path);
  if (!id) return;
  const now = `${id[1]}-${String(number % 60).padStart(3, '0')}`;
  const text = readFileSync(tree.at(path), 'latin1').replaceAll(id[0], now);
  tree.remove(path);
  tree.write(path.replace(id[0], now), formerly ? setField(text, `formerly: [${id[0]}]`) : text);
}

/** A document's text with a defect; undefined where the defect is another one. */
function mutated(tree: ChangingTree, { file, change }: Mutant): string | undefined {
  const unmarked = (text: string): string => text.replace(/[⟦⟧]/g, '');
  if ('write' in change) return latin1(typeof change.write === 'string' ? unmarked(change.write) : change.write);
  if (!('find' in change)) return undefined;
  return readFileSync(tree.at(file), 'latin1').replace(latin1(change.find), () => latin1(unmarked(change.replace)));
}

function mutate(tree: ChangingTree, mutant: Mutant): void {
  const { file, change } = mutant;
  const isFile = existsSync(tree.at(file)) && lstatSync(tree.at(file)).isFile();
  if (!isFile && !('write' in change)) return;
  const text = mutated(tree, mutant) ?? readFileSync(tree.at(file), 'latin1');
  if (!('write' in change || 'find' in change)) tree.remove(file);
  if (!('remove' in change)) tree.write('moveTo' in change ? change.moveTo : file, text);
}

const STATUSES = ['todo', 'in_progress', 'done', 'nonsense'];

/** By what they are called in a failure. */
export const DEEDS: Readonly<Record<string, Deed>> = {
  addLine: (tree, a, b) => tree.edit(a, (text) => insertLine(text, pick(LINES, b), Math.floor(b / LINES.length))),
  setField: (tree, a, b) => tree.edit(a, (text) => setField(text, pick(FIELDS, b))),
  renameHeading: (tree, a, b) =>
    tree.edit(a, (text) => {
      const headings = text.match(/^##+ .*$/gm) ?? [];
      return headings.length === 0 ? text : text.replace(pick(headings, b), `${pick(headings, b)} again`);
    }),
  removeLine: (tree, a, b) =>
    tree.edit(a, (text) => {
      const lines = text.split('\n');
      lines.splice(b % lines.length, 1);
      return lines.join('\n');
    }),
  mutate: (tree, a) => mutate(tree, pick(MUTANTS, a)),
  mend: (tree) => {
    for (const [path, content] of Object.entries(asWritten(cleanFiles()))) tree.write(path, latin1(content));
  },
  mendOne: (tree, a) => {
    const [path, content] = pick(Object.entries(asWritten(cleanFiles())), a);
    tree.write(path, latin1(content));
  },
  touch: (tree, a) => {
    const path = tree.document(a);
    if (path !== undefined) utimesSync(tree.at(path), a, a);
  },
  crlf: (tree, a) => tree.edit(a, (text) => text.replace(/\r?\n/g, '\r\n')),
  lf: (tree, a) => tree.edit(a, (text) => text.replaceAll('\r\n', '\n')),
  mark: (tree, a) => tree.edit(a, (text) => `\u00ef\u00bb\u00bf${text}`),
  invalidUtf8: (tree, a) => tree.edit(a, (text) => `${text}\u00ff\u00fe`),
  empty: (tree, a) => tree.edit(a, () => ''),
  executable: (tree, a) => {
    const path = tree.document(a);
    if (path !== undefined) chmodSync(tree.at(path), 0o755);
  },
  removeDocument: (tree, a) => {
    const path = tree.document(a);
    if (path !== undefined) tree.remove(path);
  },
  move: (tree, a, b) => {
    const path = tree.document(a);
    const to = `dev_ops/${pick(['plans', 'adrs', 'bugs', 'archive'], b)}`;
    if (path === undefined || (existsSync(tree.at(to)) && !lstatSync(tree.at(to)).isDirectory())) return;
    mkdirSync(tree.at(to), { recursive: true });
    renameSync(tree.at(path), tree.at(`${to}/${path.slice(path.lastIndexOf('/') + 1)}`));
  },
  rename: (tree, a) => {
    const path = tree.document(a);
    if (path !== undefined) renameSync(tree.at(path), tree.at(path.replace(/\.md$/, '-x.md')));
  },
  copy: (tree, a) => {
    const path = tree.document(a);
    if (path !== undefined) copyFileSync(tree.at(path), tree.at(path.replace(/\.md$/, `-copy${tree.next()}.md`)));
  },
  swap: (tree, a, b) => {
    const [one, other] = [tree.document(a), tree.document(b)];
    if (one === undefined || other === undefined || one === other) return;
    const text = readFileSync(tree.at(one), 'latin1');
    tree.write(one, readFileSync(tree.at(other), 'latin1'));
    tree.write(other, text);
  },
  renumber: (tree, a, b) => {
    const path = tree.document(a);
    if (path !== undefined) renumber(tree, path, b, b % 2 === 0);
  },
  link: (tree, a) => {
    const path = tree.document(a);
    if (path === undefined) return;
    tree.remove(path);
    symlinkSync('../../docs/tides.md', tree.at(path));
  },
  linkFolder: (tree, a, b) => {
    const path = pick(['docs/code', 'dev_ops/archive'], a);
    tree.remove(path);
    if (b % 4 === 0) return;
    if (b % 4 === 1) tree.write(path, 'services\n');
    else {
      mkdirSync(tree.at('docs'), { recursive: true });
      symlinkSync('../services', tree.at(path));
    }
  },
  folderInPlace: (tree, a) => {
    const path = tree.document(a);
    if (path === undefined) return;
    tree.remove(path);
    tree.write(`${path}/inside.txt`, 'inside');
  },
  otherFile: (tree, a, b) => {
    const path = pick(OTHERS, a);
    if (existsSync(tree.at(path)) && b % 3 > 0) tree.remove(path);
    else tree.write(path, `# Heights\n\n${'x'.repeat(b % 3)}\n`);
  },
  removeFolder: (tree, a) => tree.remove(pick(['docs', 'services', 'dev_ops/kanban', 'dev_ops/bugs', 'ignored'], a)),
  item: (tree, a, b) =>
    tree.board((items) => {
      const item = pick(items, a);
      const artifacts = [{ id: pick(['PLAN-001', 'ADR-099', 'BUG-002', 'PLAN-042'], b), relation: 'output' }];
      Object.assign(
        item,
        pick<object>([{ status: pick(STATUSES, b) }, { artifacts }, { confirmed: {} }, { owner: `o${b}` }], b),
      );
    }),
  removeItem: (tree, a) => tree.board((items) => items.splice(a % items.length, 1)),
  doubleItem: (tree, a) => tree.board((items) => items.push(pick(items, a))),
  breakBoard: (tree, a) => tree.write(BOARD, pick(['{', '[]', '{"version":1}', '\u00ff'], a)),
  config: (tree, a) => {
    tree.write('own/adr.md', '---\nid: {{id}}\n---\n\n# {{title}}\n\n## Reasons\n');
    tree.write(CONFIG, JSON.stringify(pick(CONFIGS, a)));
  },
  noConfig: (tree) => tree.remove(CONFIG),
  nestedConfig: (tree) => tree.write('dev_ops/plans/planproof.config.json', '{}'),
  ownTemplate: (tree, a) => tree.write('own/adr.md', `---\nid: x\n---\n\n# T\n\n## Reasons ${a % 2}\n`),
  ignoreMore: (tree, a) => tree.write('.gitignore', `ignored/\n*.tmp\n${pick(['only/', '*.png', 'ADR-*', ''], a)}\n`),
  attributes: (tree, a) => tree.write('.gitattributes', pick(['* text=auto\n', '*.md text eol=crlf\n', ''], a)),
  baseline: (tree, a) => tree.write(BASELINE, pick(BASELINES, a)),
  noBaseline: (tree) => tree.remove(BASELINE),
  day: (tree, a) => {
    tree.today = pick(['2026-06-30', '2026-07-01', '2027-06-30', '2024-01-01'], a);
  },
  add: (tree) => tree.git('add', '-A'),
  addOne: (tree, a) => tree.git('add', '--', tree.document(a) ?? '.'),
  announce: (tree, a) => tree.git('add', '-N', '--', tree.document(a) ?? '.'),
  unstage: (tree) => tree.git('reset', '-q'),
  unstageOne: (tree, a) => tree.git('reset', '-q', '--', tree.document(a) ?? '.'),
  dropFromIndex: (tree, a) => tree.git('rm', '-q', '--cached', '--', tree.document(a) ?? '.'),
  commit: (tree) => tree.git('commit', '-q', '-m', 'change'),
  commitAll: (tree) => {
    tree.git('add', '-A');
    tree.git('commit', '-q', '-m', 'change');
  },
  amend: (tree) => tree.git('commit', '-q', '--amend', '-a', '-m', 'other'),
  discard: (tree) => tree.git('reset', '-q', '--hard'),
  back: (tree) => tree.git('reset', '-q', '--soft', 'HEAD~1'),
  checkout: (tree, a) => tree.git('checkout', '-q', pick(['main', 'side'], a)),
  forceCheckout: (tree, a) => tree.git('checkout', '-q', '-f', pick(['main', 'side', 'HEAD~1'], a)),
  stash: (tree, a) => tree.git('stash', pick(['push', 'pop'], a), '-q'),
  merge: (tree, a) => tree.git('merge', '-q', '--no-commit', '--no-ff', pick(['main', 'side'], a)),
  abort: (tree) => tree.git('merge', '--abort'),
  pack: (tree) => {
    tree.git('gc', '-q');
    tree.git('pack-refs', '--all');
  },
  version: (tree, a) => tree.git('update-index', '--index-version', pick(['4', '2', '3'], a)),
  refresh: (tree) => tree.git('status'),
};
