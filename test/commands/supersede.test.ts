import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { adr, PLAN_BODY, plan } from '../helpers/documents.ts';
import { PROJECT, Repository } from '../helpers/repository.ts';

const OLD = 'dev_ops/adrs/ADR-001-count-in-memory.md';
const NEW = 'dev_ops/adrs/ADR-002-count-in-a-store.md';
const THIRD = 'dev_ops/adrs/ADR-003-count-twice.md';

const active = (parts: { id: string; status?: string; related: string; extra?: string }): string =>
  plan({ status: 'Draft', title: 'Rate limit', ...parts, body: PLAN_BODY });

const files = {
  [OLD]: adr(),
  [NEW]: adr('ADR-002', 'Count in a store'),
  [THIRD]: adr('ADR-003', 'Count twice').replace('Accepted', 'Proposed'),
  'dev_ops/plans/PLAN-001-rate-limit.md': active({ id: 'PLAN-001', related: '[ADR-001]' }),
  'dev_ops/plans/PLAN-002-rate-limit.md': active({
    id: 'PLAN-002',
    related: '[ADR-002]',
    extra: 'downstream: [ADR-001]\n',
  }),
  'dev_ops/plans/PLAN-003-rate-limit.md': active({
    id: 'PLAN-003',
    related: '[ADR-001]',
    status: 'Superseded',
    extra: 'superseded_by: [PLAN-002]\n',
  }),
};

describe('supersede', () => {
  it('writes both sides of the pair, the status and the note, and lists what rests on the old one', () => {
    const repository = new Repository(files);
    expect(repository.run(['supersede', 'ADR-001', 'ADR-002'])).toEqual({
      code: 0,
      stdout: `ADR-001  Accepted → Superseded by ADR-002\n  ${OLD}\n  ${NEW}\nrests on it: PLAN-001 Draft\n`,
      stderr: '',
    });
    expect(repository.read(OLD)).toBe(
      adr()
        .replace('Accepted', 'Superseded')
        .replace('[]\n---', '[]\nsuperseded_by:\n  - ADR-002\n---')
        .replace(
          '# ADR-001 - Count in memory\n',
          '# ADR-001 - Count in memory\n\n> Superseded by [ADR-002](ADR-002-count-in-a-store.md).\n',
        ),
    );
    expect(repository.read(NEW)).toBe(
      adr('ADR-002', 'Count in a store').replace('[]\n---', '[]\nsupersedes:\n  - ADR-001\n---'),
    );
    expect(repository.findings()).toEqual([]);
    const done = [repository.read(OLD), repository.read(NEW)];
    expect(repository.run(['supersede', 'ADR-001', 'ADR-002'])).toEqual({
      code: 0,
      stdout: 'rests on it: PLAN-001 Draft\n',
      stderr: 'planproof: ADR-001 is superseded by ADR-002 already.\n',
    });
    expect([repository.read(OLD), repository.read(NEW)]).toEqual(done);
  });

  it('adds what is missing of a pair that was begun by hand', () => {
    const half = adr().replace('Accepted', 'Superseded').replace('[]\n---', '[]\nsuperseded_by: [adr-2]\n---');
    const repository = new Repository({ [OLD]: half, [NEW]: adr('ADR-002', 'Count in a store') });
    expect(repository.run(['supersede', 'ADR-001', 'ADR-002']).code).toBe(0);
    expect(repository.read(OLD)).toBe(
      half
        .replace('memory\n', 'memory\n')
        .replace(
          '# ADR-001 - Count in memory\n',
          '# ADR-001 - Count in memory\n\n> Superseded by [ADR-002](ADR-002-count-in-a-store.md).\n',
        ),
    );
    expect(repository.read(NEW)).toContain('supersedes:\n  - ADR-001\n');
  });

  it('shows what it would do as a diff that git takes, and tells it to programs', () => {
    const repository = new Repository(files);
    repository.commit();
    const dry = repository.run(['supersede', OLD, NEW, '--dry-run']);
    expect(dry.stderr).toBe(
      'planproof: ADR-001  Accepted → Superseded by ADR-002\nplanproof: rests on it: PLAN-001 Draft\n',
    );
    expect(repository.git('status', '--porcelain')).toBe('');
    repository.write({ 'it.diff': dry.stdout });
    repository.git('apply', '--check', 'it.diff');
    expect(JSON.parse(repository.run(['supersede', 'ADR-001', 'ADR-002', '--json']).stdout)).toEqual({
      old: 'ADR-001',
      new: 'ADR-002',
      from: 'Accepted',
      status: 'Superseded',
      restingOnIt: [{ id: 'PLAN-001', status: 'Draft', path: 'dev_ops/plans/PLAN-001-rate-limit.md' }],
      dryRun: false,
      changed: [{ path: OLD }, { path: NEW }],
    });
  });

  it('knows key, status and words from the data of the type alone', () => {
    const read = (path: string): string => readFileSync(join(PROJECT, path), 'utf8');
    const schema = read('schemas/devops/adr.schema.json')
      .replaceAll('Superseded', 'Replaced')
      .replaceAll('"supersedes"', '"replaces"')
      .replaceAll('"adr"', '"decision"')
      .replace('"ADR"', '"DEC"')
      .replace('"adrs"', '"decisions"')
      .replaceAll('"backlog", "bug", "plan", "research", "task", "external"', '"external"')
      .replace('"task": {\n        "to": ["task"],', '"task": {\n        "to": ["external"],')
      .replace('"linked_tasks": {\n        "to": ["task"]', '"linked_tasks": {\n        "to": ["external"]');
    const decision = (id: string): string => adr(id, 'A').replace('type: adr', 'type: decision');
    const repository = new Repository({
      'planproof.config.json': '{"preset": [], "types": {"decision": {"schema": "d.schema.json", "template": "d.md"}}}',
      'd.schema.json': schema,
      'd.md': read('templates/devops/adr.md'),
      'dev_ops/decisions/DEC-001-a.md': decision('DEC-001'),
      'dev_ops/decisions/DEC-002-a.md': decision('DEC-002'),
    });
    expect(repository.findings()).toEqual([]);
    expect(repository.run(['supersede', 'DEC-001', 'DEC-002']).stdout).toMatch(
      /^DEC-001 {2}Accepted → Replaced by DEC-002\n/,
    );
    expect(repository.read('dev_ops/decisions/DEC-001-a.md')).toContain(
      '\n\n> Replaced by [DEC-002](DEC-002-a.md).\n\n',
    );
    expect(repository.read('dev_ops/decisions/DEC-002-a.md')).toContain('\nreplaces:\n  - DEC-001\n');
    expect(repository.findings()).toEqual([]);
  });

  it('says what it refuses, and changes nothing', () => {
    const repository = new Repository({
      ...files,
      'dev_ops/bugs/BUG-001-a.md': adr('BUG-001', 'A').replace('type: adr', 'type: bug'),
      'dev_ops/bugs/BUG-002-b.md': adr('BUG-002', 'B').replace('type: adr', 'type: bug'),
      'dev_ops/adrs/ADR-004-empty.md': adr('ADR-004', 'Empty').replace('We count in memory.\n', ''),
      'dev_ops/adrs/ADR-005-gone.md': adr('ADR-005', 'Gone').replace(
        'status: Accepted',
        'status: Superseded\nsuperseded_by: [ADR-002]',
      ),
      'dev_ops/adrs/ADR-006-no.md': adr('ADR-006', 'No').replace('Accepted', 'Rejected'),
    });
    repository.commit();
    const refused = (old: string, successor: string): [number | null, string] => {
      const { code, stdout, stderr } = repository.run(['supersede', old, successor]);
      return [code, stdout + stderr];
    };
    expect(refused('ADR-001', 'ADR-001')).toEqual([2, 'planproof: ADR-001 cannot supersede itself\n']);
    expect(refused('ADR-001', 'PLAN-001')).toEqual([
      2,
      'planproof: PLAN-001 (plan) cannot supersede ADR-001 (adr): expected two documents of one type\n',
    ]);
    expect(refused('BUG-001', 'BUG-002')).toEqual([
      2,
      'planproof: Documents of the type `bug` do not supersede each other\n',
    ]);
    expect(refused('ADR-001', 'ADR-003')).toEqual([
      1,
      'planproof: ADR-003 is Proposed and has not taken the place of anything yet: planproof move ADR-003 Accepted comes first.\n',
    ]);
    expect(refused('ADR-001', 'ADR-006')).toEqual([
      1,
      'planproof: ADR-006 is Rejected and cannot take the place of another.\n',
    ]);
    expect(refused('ADR-003', 'ADR-002')).toEqual([
      1,
      'planproof: ADR-003 is Proposed and cannot become Superseded. It can become Accepted or Rejected.\n',
    ]);
    expect(refused('ADR-005', 'ADR-001')).toEqual([1, 'planproof: ADR-005 is superseded by ADR-002 already.\n']);
    expect(refused('ADR-004', 'ADR-002')).toEqual([
      1,
      `ADR-004 stays Accepted
  Empty section \`Decision\`, expected text while the status is \`Superseded\`  dev_ops/adrs/ADR-004-empty.md:16:1  empty-section
`,
    ]);
    expect(repository.git('status', '--porcelain')).toBe('');
  });
});
