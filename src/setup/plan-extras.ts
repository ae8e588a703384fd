import { CONFIG_FILES } from '../model/config.ts';
import { applyEdits } from '../model/edit.ts';
import { changeJson } from '../model/json-edit.ts';
import { readStructured } from '../model/structured-file.ts';
import type { Workspace } from '../pipeline/workspace.ts';
import { schemaAddress } from './plan-config.ts';
import type { Project } from './project.ts';
import { byHand, emptyText, fileStep, type Step } from './step.ts';
import { below, readTextFile } from './text-file.ts';

/** The same line ends on every machine, so that a document's diff shows what was changed. */
export function planGitattributes(project: Project, roots: readonly string[]): Step[] {
  const path = below(project.base, '.gitattributes');
  const text = readTextFile(project.source, path)?.text ?? '';
  const known = text.split(/\r\n|\n/).map((line) => line.trim().split(/\s/, 1)[0]);
  const patterns = roots
    .map((root) => (root === '.' ? '*.md' : `${root.replaceAll(' ', '?')}/**`))
    .filter((pattern) => !known.includes(pattern));
  if (patterns.length === 0) return [];
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const start = text === '' || text.endsWith('\n') ? text : text + lineEnd;
  const lines = patterns.map((pattern) => `${pattern} text=auto eol=lf${lineEnd}`);
  return fileStep(project.source, path, start + lines.join(''), 'documents have the same line ends on every machine');
}

const SETTINGS = '.vscode/settings.json';

/** Checks and completes config and boards in the editor. */
export function planVscode(project: Project, { types }: Workspace): Step[] {
  const source = readTextFile(project.source, SETTINGS) ?? emptyText('{}\n');
  const { data, errors } = readStructured('settings.jsonc', source.text);
  const boards = [...new Set([...types.values()].flatMap(({ board }) => (board === undefined ? [] : [`**/${board}`])))];
  const top = { ...project, base: '' };
  const wanted = [
    {
      fileMatch: CONFIG_FILES.filter((name) => !name.endsWith('.yaml')),
      url: schemaAddress(top, 'config.schema.json'),
    },
    ...(boards.length === 0 ? [] : [{ fileMatch: boards, url: schemaAddress(top, 'board.schema.json') }]),
  ];
  const known = (data as { 'json.schemas'?: unknown } | undefined)?.['json.schemas'];
  if (errors.length > 0 || (known !== undefined && !Array.isArray(known)))
    return [
      byHand(
        `${SETTINGS} cannot be extended safely: put this into it`,
        JSON.stringify({ 'json.schemas': wanted }, null, 2),
      ),
    ];
  const urls = new Set((known ?? []).map((one) => (one as { url?: unknown } | null)?.url));
  const missing = wanted.filter(({ url }) => !urls.has(url));
  if (missing.length === 0) return [];
  const changes =
    known === undefined
      ? [{ path: ['json.schemas'], value: missing }]
      : missing.map((value) => ({ path: ['json.schemas', -1], value, insert: true }));
  const after = Buffer.from(applyEdits(source.bytes, changeJson(source, changes)))
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  return fileStep(project.source, SETTINGS, after, 'the editor checks and completes config and boards');
}
