import { describe, expect, it } from 'vitest';
import { adr as acceptedAdr, plan } from '../helpers/documents.ts';
import { type Files, Repository } from '../helpers/repository.ts';

const PLAN = 'dev_ops/plans/PLAN-001-a.md';
const ADR = 'dev_ops/adrs/ADR-001-use-x.md';
const HISTORY = /(?:frozen-content|status-transition|id-(?:changed|reused|taken))/;

/** A decision, in whatever status. */
const adr = (status = 'Accepted', decision = 'We count in memory.'): string =>
  acceptedAdr('ADR-001', 'Use X')
    .replace('status: Accepted\n', `status: ${status}\n${status === 'Superseded' ? 'superseded_by: ADR-002\n' : ''}`)
    .replace('We count in memory.', decision);

/** What the rules of history say of the step from one state of the repository to another, staged. */
function step(before: Files, after: Files): string[] {
  const repository = new Repository(before);
  repository.commit();
  for (const path of Object.keys(before)) if (!(path in after)) repository.remove(path);
  repository.write(after);
  repository.git('add', '-A');
  return repository
    .report(['--staged'])
    .filter(({ rule }) => HISTORY.test(rule))
    .map(({ file, line, rule }) => `${file}:${line} ${rule}`);
}

describe('the rules of history', () => {
  it.each<[string, Files, Files, readonly string[]]>([
    ['a status without a way', { [ADR]: adr('Rejected') }, { [ADR]: adr('Accepted') }, [`${ADR}:6 status-transition`]],
    ['a word that is no status', { [ADR]: adr('Proposed') }, { [ADR]: adr('Acepted') }, []],
    ['a status that was no word', { [ADR]: adr('Acepted') }, { [ADR]: adr('Proposed') }, []],
    ['a plan and its status back', { [PLAN]: plan({ status: 'Complete' }) }, { [PLAN]: plan({ status: 'Draft' }) }, []],
    ['a decision that is accepted', { [ADR]: adr('Proposed') }, { [ADR]: adr('Accepted', 'We count in a file.') }, []],
    [
      'a decision that is reworded and deprecated at once',
      { [ADR]: adr('Accepted') },
      { [ADR]: adr('Deprecated', 'We counted in memory.') },
      [`${ADR}:16 frozen-content`],
    ],
    [
      'a title that is frozen',
      { [ADR]: adr() },
      { [ADR]: adr().replaceAll('Use X', 'Use Y') },
      [`${ADR}:3 frozen-content`],
    ],
    [
      'a section that is frozen and gone',
      { [ADR]: adr() },
      { [ADR]: adr().replace(/## Decision\n\n.*\n\n/, '') },
      [`${ADR}:1 frozen-content`],
    ],
    ['related documents of a decision, and its status', { [ADR]: adr() }, { [ADR]: adr('Superseded') }, []],
    ['line ends and spaces at the end', { [ADR]: adr() }, { [ADR]: adr().replaceAll('\n', ' \r\n') }, []],
    ['another name of the file', { [PLAN]: plan() }, { 'dev_ops/plans/PLAN-001-b.md': plan() }, []],
    [
      'another name, title and text',
      { [PLAN]: plan() },
      { 'dev_ops/plans/PLAN-001-b.md': plan({ title: 'Other', body: 'Other.\n' }) },
      [],
    ],
    [
      'another number',
      { [PLAN]: plan() },
      { 'dev_ops/plans/PLAN-002-a.md': plan({ id: 'PLAN-002' }) },
      ['dev_ops/plans/PLAN-002-a.md:2 id-changed'],
    ],
    ['another number in place', { [PLAN]: plan() }, { [PLAN]: plan({ id: 'PLAN-002' }) }, [`${PLAN}:2 id-changed`]],
    [
      'another number that is kept in mind',
      { [PLAN]: plan() },
      { 'dev_ops/plans/PLAN-002-a.md': plan({ id: 'PLAN-002', extra: 'formerly: [PLAN-001]\n' }) },
      [],
    ],
    ['a number in another form', { [PLAN]: plan({ id: 'PLN-1' }) }, { [PLAN]: plan() }, []],
    [
      'the number of a document that goes',
      { [PLAN]: plan() },
      { 'dev_ops/plans/PLAN-001-b.md': plan({ title: 'Other' }).replace('2026-01-31', '2026-06-01') },
      ['dev_ops/plans/PLAN-001-b.md:2 id-reused'],
    ],
    ['a document that is deleted', { [PLAN]: plan(), [ADR]: adr() }, { [ADR]: adr() }, []],
    [
      'a copy that gets a number of its own',
      { [PLAN]: plan() },
      { [PLAN]: plan(), 'dev_ops/plans/PLAN-002-a.md': plan({ id: 'PLAN-002' }) },
      [],
    ],
  ])('%s', (_name, before, after, found) => {
    expect(step(before, after)).toEqual(found);
  });

  it('say nothing of a decision that has a section twice, when another file changes', () => {
    const twice = adr().replace('## Consequences', '## Decision\n\nIn one process only.\n\n## Consequences');
    expect(step({ [ADR]: twice, [PLAN]: plan() }, { [ADR]: twice, [PLAN]: plan({ status: 'In Progress' }) })).toEqual(
      [],
    );
    const changed = twice.replace('In one process only.', 'In all of them.');
    expect(step({ [ADR]: twice }, { [ADR]: changed })).toEqual([`${ADR}:20 frozen-content`]);
  });

  it('say nothing of a merge that brings what the other side has done', () => {
    const repository = new Repository({ [ADR]: adr(), [PLAN]: plan() });
    repository.commit();
    repository.git('checkout', '-q', '-b', 'side');
    repository.write({ [ADR]: adr('Accepted', 'We count in a file.'), [PLAN]: plan({ id: 'PLAN-007' }) });
    repository.commit();
    repository.git('checkout', '-q', 'main');
    repository.write({ 'dev_ops/plans/PLAN-002-b.md': plan({ id: 'PLAN-002' }) });
    repository.commit();
    repository.git('merge', '-q', '--no-commit', '--no-ff', 'side');
    expect(repository.report(['--staged'])).toEqual([]);
  });
});
