import { describe, expect, it } from 'vitest';
import { newRanges } from '../../src/generator/new-text.ts';
import { plainRenaming } from '../../src/generator/renaming.ts';
import { renumber } from '../../src/generator/renumber.ts';
import { readId } from '../../src/model/document.ts';
import { type DocumentSet, readDocuments } from '../../src/pipeline/document-set.ts';
import { writeChanges } from '../../src/writing/write-changes.ts';
import { plan } from '../helpers/documents.ts';
import { environment, Repository } from '../helpers/repository.ts';

const read = (repository: Repository): Promise<DocumentSet> =>
  readDocuments({ cwd: repository.folder, environment: environment(), notify: () => {} });

/** Renumbers several at once: path → new id. */
async function renumberAll(repository: Repository, news: Readonly<Record<string, string>>): Promise<void> {
  const set = await read(repository);
  const ids = Object.entries(news).flatMap(([path, text]) => {
    const id = readId(text, set.workspace.types);
    return id ? [[path, id] as const] : [];
  });
  const { changes } = renumber(plainRenaming(new Map(ids), new Map(), set), set);
  await writeChanges(set.workspace.top, changes);
}

describe('renumbering several documents at once', () => {
  const A = 'dev_ops/plans/PLAN-001-same.md';
  const B = 'dev_ops/plans/PLAN-002-same.md';
  const files = {
    [A]: plan({ id: 'PLAN-001', title: 'A', related: '[PLAN-002]' }),
    [B]: plan({ id: 'PLAN-002', title: 'B', related: '[PLAN-001]', extra: 'formerly: [PLAN-009]\n' }),
    'dev_ops/plans/PLAN-003-c.md': plan({ id: 'PLAN-003', title: 'C', related: '[PLAN-001, PLAN-002, PLAN-001]' }),
  };

  it('lets two documents change places, under each other’s file names, and back', async () => {
    const repository = new Repository(files, { git: false });
    await renumberAll(repository, { [A]: 'PLAN-002', [B]: 'PLAN-001' });
    expect(repository.read(B)).toBe(plan({ id: 'PLAN-002', title: 'A', related: '[PLAN-001]' }));
    expect(repository.read(A)).toBe(
      plan({ id: 'PLAN-001', title: 'B', related: '[PLAN-002]', extra: 'formerly: [PLAN-009]\n' }),
    );
    expect(repository.read('dev_ops/plans/PLAN-003-c.md')).toContain('[PLAN-002, PLAN-001, PLAN-002]');
    await renumberAll(repository, { [A]: 'PLAN-002', [B]: 'PLAN-001' });
    for (const [path, text] of Object.entries(files)) expect(repository.read(path)).toBe(text);
  });

  it('moves a row of ids up by one', async () => {
    const repository = new Repository(files, { git: false });
    await renumberAll(repository, { [A]: 'PLAN-002', [B]: 'PLAN-003', 'dev_ops/plans/PLAN-003-c.md': 'PLAN-004' });
    expect(repository.has(A)).toBe(false);
    expect(repository.read('dev_ops/plans/PLAN-004-c.md')).toBe(
      plan({
        id: 'PLAN-004',
        title: 'C',
        related: '[PLAN-002, PLAN-003, PLAN-002]',
        extra: '',
      }),
    );
    expect(repository.read('dev_ops/plans/PLAN-003-same.md')).toContain('formerly: [PLAN-009]\n');
    expect(repository.read(B)).toBe(
      plan({ id: 'PLAN-002', title: 'A', related: '[PLAN-003]', extra: 'formerly:\n  - PLAN-001\n' }),
    );
  });
});

describe('what of a text is new', () => {
  const added = (before: string, after: string): string[] =>
    newRanges(before, after).map(({ start, end }) => after.slice(start, end));

  it('is a line that came in, as a whole', () => {
    expect(added('- PLAN-2: theirs\n', '- PLAN-2: ours\n- PLAN-2: theirs\n')).toEqual(['- PLAN-2: ours\n']);
    expect(added('a\r\nb', 'a\nb\n')).toEqual([]);
    expect(added('', 'a\nb\n')).toEqual(['a\nb\n']);
    expect(added('a\n', '')).toEqual([]);
  });

  it('is a word of a line that changed', () => {
    expect(added('x: [PLAN-1, PLAN-2]\n', 'x: [PLAN-1, PLAN-2, PLAN-3]\n')).toEqual([', PLAN-3']);
    expect(added('see PLAN-1.\n', 'now see PLAN-1, not PLAN-2.\n')).toEqual(['now', ', not PLAN-2']);
  });
});
