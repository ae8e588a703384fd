import { describe, expect, it } from 'vitest';
import { adr as acceptedAdr, plan } from '../helpers/documents.ts';
import { type Files, Repository } from '../helpers/repository.ts';

const ADR = 'dev_ops/adrs/ADR-001-use-x.md';
const PLAN = 'dev_ops/plans/PLAN-001-a.md';

/** A decision, in whatever status. */
function adr({ id = 'ADR-001', title = 'Use X', status = 'Accepted', extra = '' } = {}): string {
  return acceptedAdr(id, title).replace('status: Accepted\n', `status: ${status}\n${extra}`);
}

const FILES: Files = { [ADR]: adr(), [PLAN]: plan({ related: '[ADR-001]' }) };

/** A repository with one commit on main, and a branch on which the working tree stands. */
function branched(files: Files = FILES): Repository {
  const repository = new Repository(files);
  repository.commit('first');
  repository.git('checkout', '-q', '-b', 'own');
  return repository;
}

/** Judges the branch against main: `file:line rule <- cause: change`. */
function judged(repository: Repository, ref = 'main', more: readonly string[] = []) {
  const { code, stdout, stderr } = repository.run(['lint', '--base', ref, '--format', 'json', ...more]);
  if (code === 2) return { code, findings: [stderr] };
  const { findings } = JSON.parse(stdout) as {
    findings: { file: string; line: number; rule: string; cause: { file: string; change: string } | null }[];
  };
  const told = findings.map(
    ({ file, line, rule, cause }) => `${file}:${line} ${rule} <- ${cause ? `${cause.file}: ${cause.change}` : 'older'}`,
  );
  return { code, findings: told };
}

const CLEAN = { code: 0, findings: [] };

describe('lint --base', () => {
  it('shows what the branch causes, not what main had or has since', () => {
    const repository = branched({ ...FILES, 'dev_ops/plans/PLAN-002-b.md': plan({ id: 'PLAN-002', status: 'Dratf' }) });
    repository.git('checkout', '-q', 'main');
    repository.git('rm', '-q', 'dev_ops/plans/PLAN-002-b.md');
    repository.write({ 'dev_ops/plans/PLAN-003-c.md': plan({ id: 'PLAN-003', status: 'Actve' }) });
    repository.commit();
    repository.git('checkout', '-q', 'own');
    expect(judged(repository)).toEqual(CLEAN);
    repository.remove(ADR);
    repository.commit();
    const broken = `${PLAN}:7 relation-exists <- ${ADR}: deleted`;
    expect(judged(repository)).toEqual({ code: 1, findings: [broken] });
    expect(judged(repository, 'main', ['--all']).findings).toEqual([
      broken,
      'dev_ops/plans/PLAN-002-b.md:6 frontmatter-schema <- older',
    ]);
    expect(repository.run(['lint', '--base', 'main', '--format', 'github']).stdout).toMatch(
      /^::error file=dev_ops\/plans\/PLAN-001-a\.md,.*%0ACaused by dev_ops\/adrs\/ADR-001-use-x\.md: deleted\n/,
    );
  });

  it('a document that is not committed yet counts as well', () => {
    const repository = branched();
    repository.write({ 'dev_ops/plans/PLAN-002-b.md': plan({ id: 'PLAN-002', related: '[ADR-002]' }) });
    expect(judged(repository).findings).toEqual([
      'dev_ops/plans/PLAN-002-b.md:7 relation-exists <- dev_ops/plans/PLAN-002-b.md: added',
    ]);
  });

  it('statuses may take several legal steps, over several commits, and no illegal one', () => {
    const repository = branched({ [ADR]: adr({ status: 'Proposed' }) });
    repository.write({ [ADR]: adr({ status: 'Accepted' }) });
    repository.commit();
    repository.write({ [ADR]: adr({ status: 'Deprecated' }) });
    repository.commit();
    expect(judged(repository)).toEqual(CLEAN);
    repository.git('checkout', '-q', '-B', 'main');
    repository.write({ [ADR]: adr({ status: 'Proposed' }) });
    expect(judged(repository).findings).toEqual([`${ADR}:6 status-transition <- ${ADR}: status Deprecated → Proposed`]);
  });

  it('an accepted decision keeps what it says, but for what follows from renumbering and superseding', () => {
    const repository = branched({
      ...FILES,
      'dev_ops/adrs/ADR-002-b.md': adr({ id: 'ADR-002', title: 'Use Y' })
        .replace('We count in memory.', 'As [ADR-001](ADR-001-use-x.md) says, and ADR-001 says why.')
        .replace('related_docs: []', 'related_docs: [ADR-001]'),
    });
    expect(repository.run(['renumber', 'ADR-001', 'ADR-007']).code).toBe(0);
    expect(judged(repository)).toEqual(CLEAN);
    const text = repository.read('dev_ops/adrs/ADR-002-b.md');
    repository.write({ 'dev_ops/adrs/ADR-002-b.md': text.replaceAll('\n', '\r\n') });
    expect(judged(repository)).toEqual(CLEAN);
    repository.write({ 'dev_ops/adrs/ADR-002-b.md': text.replace('says why', 'tells why') });
    expect(judged(repository)).toEqual({
      code: 1,
      findings: ['dev_ops/adrs/ADR-002-b.md:16 frozen-content <- dev_ops/adrs/ADR-002-b.md: changed'],
    });
  });

  it('one id taken on both branches: the branch says so before the merge', () => {
    const repository = branched();
    repository.git('checkout', '-q', 'main');
    repository.write({ 'dev_ops/plans/PLAN-002-theirs.md': plan({ id: 'PLAN-002', title: 'Theirs' }) });
    repository.commit();
    repository.git('checkout', '-q', 'own');
    repository.write({ 'dev_ops/plans/PLAN-002-own.md': plan({ id: 'PLAN-002', title: 'Own' }) });
    repository.commit();
    expect(judged(repository)).toEqual({
      code: 1,
      findings: ['dev_ops/plans/PLAN-002-own.md:2 id-taken <- dev_ops/plans/PLAN-002-own.md: added'],
    });
    expect(repository.run(['renumber', '--conflicts', '--base', 'main']).code).toBe(0);
    expect(judged(repository)).toEqual(CLEAN);
    repository.commit();
    repository.git('merge', '-q', 'main', '-m', 'merged');
    expect(judged(repository)).toEqual(CLEAN);
    expect(repository.run(['lint']).code).toBe(0);
  });

  it('a config that the other branch keeps elsewhere by now is not in force here', () => {
    const repository = branched({ ...FILES, 'planproof.config.json': '{}\n' });
    repository.git('checkout', '-q', 'main');
    repository.git('mv', 'planproof.config.json', 'dev_ops/planproof.config.json');
    repository.commit();
    repository.git('checkout', '-q', 'own');
    expect(judged(repository)).toEqual(CLEAN);
  });

  it('a base that is not there is never a pass', () => {
    const repository = branched();
    expect(judged(repository, 'nowhere')).toEqual({
      code: 2,
      findings: [expect.stringContaining('Unknown commit `nowhere`')],
    });
    expect(judged(repository, '--upload-pack=x').code).toBe(2);
    repository.git('commit', '-q', '--allow-empty', '-m', 'more');
    const clone = new Repository({}, { git: false });
    clone.git('clone', '-q', '--depth', '1', '--branch', 'own', `file://${repository.folder}`, '.');
    const { code, findings } = judged(clone, 'origin/main');
    expect([code, findings[0]]).toEqual([2, expect.stringContaining('git fetch')]);
    const empty = new Repository(FILES, { git: false });
    expect(empty.run(['lint', '--base', 'main']).code).toBe(2);
  });
});
