import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { adr, plan } from '../helpers/documents.ts';
import { environment, PROJECT, Repository } from '../helpers/repository.ts';

const REMARK = join(PROJECT, 'node_modules', 'remark-cli', 'cli.js');
const PRESET = join(PROJECT, 'dist', 'remark.js');
const BROKEN = 'dev_ops/plans/PLAN-001-rate-limit.md';

/** Runs the real remark-cli with planproof's preset. */
function remark(
  repository: Repository,
  args: readonly string[],
  input?: string,
): { code: number | null; messages: string[] } {
  const { status, stderr } = spawnSync(process.execPath, [REMARK, '--no-color', '--use', PRESET, ...args], {
    cwd: repository.folder,
    env: environment(),
    encoding: 'utf8',
    ...(input === undefined ? {} : { input }),
  });
  const messages = stderr.split('\n').flatMap((line) => {
    const match = /^\s*(\d+:\d+)(?:-\d+:\d+)?\s+(error|warning)\s+(.*?)\s+(\S+)\s+planproof$/.exec(line);
    return match ? [`${match[1]} ${match[2]} ${match[4]} ${match[3]}`] : [];
  });
  return { code: status, messages };
}

describe('planproof/remark under the real remark-cli', () => {
  const files = {
    'dev_ops/adrs/ADR-015-tokens.md': adr('ADR-015', 'Tokens'),
    'dev_ops/adrs/README.md': '# Decisions\n\nTBD\n',
    [BROKEN]: plan({ status: 'Active', related: '[ADR-115, "#7"]' }).replace('- [ ] Run the load test.', 'TBD'),
  };

  it('says what planproof says, in the same places', () => {
    const repository = new Repository(files);
    const own = repository.report().map((f) => `${f.line}:${f.column} ${f.severity} ${f.rule} ${f.message}`);
    expect(own).toHaveLength(2);
    const { code, messages } = remark(repository, ['--frail', 'dev_ops']);
    expect([code, messages]).toEqual([1, own]);
  });

  it('lints text that is not saved yet, against the documents that are', () => {
    const repository = new Repository(files);
    const text = repository.read(BROKEN).replace('ADR-115', 'ADR-015').replace('id: PLAN-001', 'id: ADR-15');
    const { messages } = remark(repository, ['--file-path', BROKEN], text);
    expect(messages.map((message) => message.split(' ').slice(0, 3).join(' '))).toEqual([
      '2:5 error id-format',
      '26:1 error placeholder',
    ]);
  });

  it('obeys both its own inline control and that of remark-lint', () => {
    const repository = new Repository(files);
    const text = repository.read(BROKEN);
    const own = text.replace(
      '## Verification',
      '<!-- planproof-disable-next-line placeholder -- later -->\n## Verification',
    );
    expect(remark(repository, ['--file-path', BROKEN], own).messages.map((message) => message.split(' ')[2])).toEqual([
      'relation-exists',
      'unused-directive',
      'placeholder',
    ]);
    const theirs = text.replace('## Verification', '<!-- lint disable placeholder -->\n\n## Verification');
    expect(
      remark(repository, ['--file-path', BROKEN], theirs).messages.map((message) => message.split(' ')[2]),
    ).toEqual(['relation-exists']);
  });

  it('is silent about files that are no documents', () => {
    const repository = new Repository({ ...files, 'notes.md': '# Notes\n\nTBD\n' });
    expect(remark(repository, ['notes.md', 'dev_ops/adrs']).messages).toEqual([]);
  });
});
