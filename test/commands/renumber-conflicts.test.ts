import { describe, expect, it } from 'vitest';
import { Clones } from '../helpers/clones.ts';
import { adr, PLAN_BODY, plan } from '../helpers/documents.ts';
import { type Files, Repository } from '../helpers/repository.ts';

const OLD = 'dev_ops/plans/PLAN-001-old.md';
const OURS = 'dev_ops/plans/PLAN-002-ours.md';
const THEIRS = 'dev_ops/plans/PLAN-002-theirs.md';
const NOTES = 'dev_ops/plans/PLAN-003-notes.md';
const BOARD = 'dev_ops/kanban/board.json';

const old = (notes = '', related = '[]'): string =>
  plan({ title: 'Old', related, body: `${PLAN_BODY}\n## Notes\n\nNothing yet.\n${notes}` });

const boardOf = (...items: readonly (readonly [id: string, title: string, ...outputs: string[]])[]): string =>
  `${JSON.stringify(
    {
      version: 1,
      items: items.map(([id, title, ...outputs]) => ({
        id,
        title,
        status: 'todo',
        artifacts: outputs.map((output) => ({ id: output, relation: 'output' })),
      })),
    },
    null,
    2,
  )}\n`;

/** A clone whose branch has added one thing while main has added another, and knows of it. */
function parted(start: Files, ours: Files, theirs: Files): { here: Repository; there: Repository } {
  const first = new Repository(start);
  first.commit('start');
  const clones = new Clones(first);
  const [here, there] = [clones.clone('mine'), clones.clone()];
  here.write(ours);
  here.commit('ours');
  there.write(theirs);
  there.commit('theirs');
  there.git('push', '-q', 'origin', 'main');
  here.git('fetch', '-q');
  return { here, there };
}

const both = () =>
  parted(
    { [OLD]: old() },
    {
      [OURS]: plan({ id: 'PLAN-002', title: 'Ours', related: '[PLAN-001]' }),
      [NOTES]: plan({ id: 'PLAN-003', title: 'Notes', related: '[PLAN-002]' }),
      [OLD]: old('\nSee PLAN-002.\n', '[PLAN-002]'),
    },
    { [THEIRS]: plan({ id: 'PLAN-002', title: 'Theirs' }) },
  );

describe('renumber --conflicts', () => {
  it('before the merge: gives the documents of the branch free numbers, and what the branch has written follows', () => {
    const { here } = both();
    const outcome = here.run(['renumber', '--conflicts']);
    expect(outcome).toEqual({
      code: 0,
      stdout: `PLAN-002 → PLAN-004
  ${OLD}
  ${NOTES}
  ${OURS} → dev_ops/plans/PLAN-004-ours.md
`,
      stderr: '',
    });
    expect(here.read('dev_ops/plans/PLAN-004-ours.md')).toBe(
      plan({ id: 'PLAN-004', title: 'Ours', related: '[PLAN-001]' }),
    );
    expect(here.read(OLD)).toBe(old('\nSee PLAN-004.\n', '[PLAN-004]'));
    here.commit('renumber');
    here.git('merge', '-q', '--no-edit', 'origin/main');
    expect(here.findings()).toEqual([]);
    expect(here.run(['renumber', '--conflicts'])).toEqual({
      code: 0,
      stdout: '',
      stderr: 'planproof: No id clashes with origin/main.\n',
    });
  });

  it('after the merge: what the base had written stays with the base', () => {
    const { here, there } = both();
    there.write({
      [OLD]: old()
        .replace('Clients get', 'As PLAN-002 says, clients get')
        .replace('id: PLAN-001\n', 'id: PLAN-001\nupstream: [PLAN-002]\n'),
    });
    there.commit('more');
    there.git('push', '-q');
    here.git('fetch', '-q');
    here.git('merge', '-q', '--no-edit', 'origin/main');
    expect(here.findings()).toContain(`${OURS}:2:5-2:13 unique-id`);
    expect(here.run(['renumber', '--conflicts']).stdout).toMatch(/^PLAN-002 → PLAN-004\n/);
    expect(here.has(THEIRS)).toBe(true);
    const text = here.read(OLD);
    expect(text).toContain('As PLAN-002 says, ');
    expect(text).toContain('upstream: [PLAN-002]\n');
    expect(text).toContain('related_docs: [PLAN-004]\n');
    expect(text).toContain('See PLAN-004.\n');
    expect(here.findings()).toEqual([]);
  });

  it('tells two references in one line apart, one from each side', () => {
    const { here, there } = both();
    there.write({ [NOTES]: plan({ id: 'PLAN-003', title: 'Notes', related: '[PLAN-001, PLAN-002]' }) });
    there.commit('more');
    there.git('push', '-q');
    here.git('rm', '-q', NOTES);
    here.git('commit', '-q', '-m', 'without notes');
    here.git('fetch', '-q');
    here.git('merge', '-q', '--no-edit', 'origin/main');
    here.write({ [NOTES]: here.read(NOTES).replace('[PLAN-001, PLAN-002]', '[PLAN-001, PLAN-002, PLAN-002]') });
    expect(here.run(['renumber', '--conflicts']).code).toBe(0);
    expect(here.read(NOTES)).toContain('related_docs: [PLAN-001, PLAN-002, PLAN-004]\n');
  });

  it('renumbers a task that both sides have put on the board, with what the branch says of it', () => {
    const { here } = parted(
      { [BOARD]: boardOf(['TASK-001', 'Old']), [OLD]: old() },
      {
        [BOARD]: boardOf(['TASK-001', 'Old'], ['TASK-002', 'Ours', 'PLAN-002']),
        [OURS]: plan({ id: 'PLAN-002', title: 'Ours', extra: 'task: TASK-002\n' }),
      },
      {
        [BOARD]: boardOf(['TASK-001', 'Old'], ['TASK-002', 'Theirs', 'PLAN-002']),
        [THEIRS]: plan({ id: 'PLAN-002', title: 'Theirs', extra: 'task: TASK-002\n' }),
      },
    );
    expect(here.run(['renumber', '--conflicts']).stdout).toMatch(/^PLAN-002 → PLAN-003\nTASK-002 → TASK-003\n/);
    const ours = 'dev_ops/plans/PLAN-003-ours.md';
    expect(here.read(BOARD)).toBe(boardOf(['TASK-001', 'Old'], ['TASK-003', 'Ours', 'PLAN-003']));
    expect(here.read(ours)).toContain('task: TASK-003\n');
    expect(here.findings()).toEqual([]);
  });

  it('tells the items and artifacts of a merged board apart', () => {
    const { here } = parted(
      { [BOARD]: boardOf(['TASK-001', 'Old']), [OLD]: old() },
      { [OURS]: plan({ id: 'PLAN-002', title: 'Ours', extra: 'task: TASK-002\n' }) },
      {
        [BOARD]: boardOf(['TASK-001', 'Old'], ['TASK-002', 'Theirs', 'PLAN-002']),
        [THEIRS]: plan({ id: 'PLAN-002', title: 'Theirs', extra: 'task: TASK-002\n' }),
      },
    );
    here.git('merge', '-q', '--no-edit', 'origin/main');
    here.write({
      [BOARD]: boardOf(['TASK-001', 'Old'], ['TASK-002', 'Ours', 'PLAN-002'], ['TASK-002', 'Theirs', 'PLAN-002']),
    });
    expect(here.run(['renumber', '--conflicts']).code).toBe(0);
    expect(here.read(BOARD)).toBe(
      boardOf(['TASK-001', 'Old'], ['TASK-003', 'Ours', 'PLAN-003'], ['TASK-002', 'Theirs', 'PLAN-002']),
    );
    expect(here.read('dev_ops/plans/PLAN-003-ours.md')).toContain('task: TASK-003\n');
    expect(here.read(THEIRS)).toContain('task: TASK-002\n');
    expect(here.findings()).toEqual([]);
  });

  it('takes a document that has moved, or was squashed into the base, for the same one', () => {
    const moved = parted({ [OLD]: old() }, { a: '' }, { b: '' });
    moved.here.git('mv', OLD, 'dev_ops/plans/PLAN-001-elsewhere.md');
    moved.there.write({ [OLD]: old('\nMore.\n') });
    expect(moved.here.run(['renumber', '--conflicts', '--dry-run']).stdout).toBe('');
    const squashed = parted(
      { [OLD]: old() },
      { [OURS]: plan({ id: 'PLAN-002', title: 'Ours' }) },
      { [OURS]: plan({ id: 'PLAN-002', title: 'Ours' }) },
    );
    expect(squashed.here.run(['renumber', '--conflicts']).stderr).toBe('planproof: No id clashes with origin/main.\n');
  });

  it('lets references by a former id and links to a former path follow, whoever wrote them', () => {
    const link = `${PLAN_BODY}\n## Notes\n\nSee [PLAN-001](PLAN-001-old.md).\n`;
    const { here } = parted(
      { [OLD]: old() },
      { a: '' },
      { [THEIRS]: plan({ id: 'PLAN-002', title: 'Theirs', related: '[PLAN-001]', body: link }) },
    );
    here.run(['renumber', 'PLAN-001', 'PLAN-009']);
    here.commit('renumber');
    here.git('merge', '-q', '--no-edit', 'origin/main');
    expect(here.findings()).toHaveLength(3);
    expect(here.run(['renumber', '--conflicts']).code).toBe(0);
    expect(here.read(THEIRS)).toContain('See [PLAN-009](PLAN-009-old.md).');
    expect(here.findings()).toEqual([]);
  });

  it('says when no history tells whose the id is', () => {
    const twins = {
      [OURS]: plan({ id: 'PLAN-002', title: 'Ours' }),
      [THEIRS]: plan({ id: 'PLAN-002', title: 'Theirs' }),
    };
    const repository = new Repository({ [OLD]: old(), ...twins });
    repository.commit();
    expect(repository.run(['renumber', '--conflicts'])).toEqual({
      code: 1,
      stdout: '',
      stderr: `planproof: PLAN-002 is the id of ${OURS} and ${THEIRS}, and the history does not tell which of them is newer: planproof renumber ${THEIRS}\n`,
    });
  });

  it('a document that is not committed yet gives way to one that is', () => {
    const repository = new Repository({ [OURS]: plan({ id: 'PLAN-002', title: 'Ours' }) });
    repository.commit();
    repository.write({ 'dev_ops/plans/PLAN-002-a.md': plan({ id: 'PLAN-002', title: 'A' }) });
    expect(repository.run(['renumber', '--conflicts']).stdout).toBe(
      'PLAN-002 → PLAN-003\n  dev_ops/plans/PLAN-002-a.md → dev_ops/plans/PLAN-003-a.md\n',
    );
    expect(repository.findings()).toEqual([]);
  });

  it('refuses what it cannot judge', () => {
    const repository = new Repository({ [OLD]: old(), 'dev_ops/adrs/ADR-001-a.md': adr() });
    const refused = (...args: string[]): string => {
      const { code, stdout, stderr } = repository.run(['renumber', '--conflicts', ...args]);
      expect([code, stdout]).toEqual([2, '']);
      return stderr;
    };
    expect(refused()).toBe(
      'planproof: No base to compare with: neither origin/HEAD nor an upstream, main or master\n  Name one: planproof renumber --conflicts --base <ref>. git remote set-head origin --auto sets that of origin.\n',
    );
    expect(refused('--base', 'nowhere')).toMatch(/^planproof: Unknown commit `nowhere`/);
    repository.commit();
    repository.git('checkout', '-q', '-b', 'other');
    repository.write({ [OLD]: old('\nOne.\n') });
    repository.commit();
    repository.git('checkout', '-q', 'main');
    repository.write({ [OLD]: old('\nTwo.\n') });
    repository.commit();
    expect(() => repository.git('merge', '-q', 'other')).toThrow();
    expect(refused('--base', 'other')).toBe(
      `planproof: ${OLD} has conflict markers of a merge\n  Resolve them first, then run this again.\n`,
    );
    const outside = new Repository({ [OLD]: old() }, { git: false });
    expect(outside.run(['renumber', '--conflicts']).stderr).toBe(
      'planproof: No git repository here, so there is no base to compare with (--conflicts)\n',
    );
  });
});
