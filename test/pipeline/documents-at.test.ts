import { describe, expect, it } from 'vitest';
import { readDocumentsAt } from '../../src/pipeline/document-set.ts';
import { adr, plan } from '../helpers/documents.ts';
import { environment, Repository } from '../helpers/repository.ts';

const at = (repository: Repository, ref: string, cwd = repository.folder) =>
  readDocumentsAt(ref, { cwd, environment: environment(), notify: () => {} });

describe('the documents of a commit', () => {
  it('are those it had, with its board, as the config of today sees them', async () => {
    const board = '{ "items": [{ "id": "TASK-007", "title": "x", "status": "todo" }] }';
    const repository = new Repository({
      'dev_ops/plans/PLAN-001-a.md': plan({ title: 'Before' }),
      'dev_ops/plans/old/PLAN-002-b.md': plan({ id: 'PLAN-002' }),
      'dev_ops/kanban/board.json': board,
      'dev_ops/planproof.config.json': '{ "ignore": ["plans/PLAN-001-a.md"] }',
    });
    repository.commit();
    repository.remove('dev_ops/planproof.config.json');
    repository.write({
      'planproof.config.json': '{ "ignore": ["dev_ops/plans/old/"] }',
      'dev_ops/plans/PLAN-001-a.md': plan({ title: 'After' }),
      'dev_ops/adrs/ADR-001-c.md': adr(),
      'dev_ops/kanban/board.json': '{ "items": [] }',
    });
    repository.commit();
    const { index } = await at(repository, 'HEAD~1', `${repository.folder}/dev_ops`);
    expect(index.documents.map(({ path, facts }) => [path, facts.frontmatter?.data['title']])).toEqual([
      ['dev_ops/plans/PLAN-001-a.md', 'Before'],
    ]);
    expect(index.ids()).toEqual(['PLAN-001', 'TASK-007']);
    expect((await at(repository, 'main')).index.ids()).toEqual(['ADR-001', 'PLAN-001']);
  });

  it('cannot be read outside git', async () => {
    const repository = new Repository({ 'dev_ops/plans/PLAN-001-a.md': plan() }, { git: false });
    await expect(at(repository, 'main')).rejects.toThrow(`No git repository at ${repository.folder}`);
  });
});
