import { describe, expect, it } from 'vitest';
import { describe as describeDocument, readAs } from '../../src/model/document.ts';
import { frozenAt, frozenZones } from '../../src/model/frozen.ts';
import { SourceText } from '../../src/model/source-text.ts';
import { parse } from '../../src/pipeline/parse.ts';
import { adr } from '../helpers/documents.ts';
import { workspace } from '../helpers/mutants.ts';

const PATH = 'dev_ops/adrs/ADR-001-count-in-memory.md';

async function documentOf(text: string) {
  const { types, parser } = await workspace();
  const location = { root: 'dev_ops', folderType: types.get('adr') };
  return describeDocument(PATH, location, readAs(parse(text, parser)), types);
}

describe('the frozen zones', () => {
  it('are keys with their values, and sections without the space behind them', async () => {
    const source = new SourceText(Buffer.from(adr()));
    const zones = frozenZones(await documentOf(adr()));
    expect(zones.map(({ name, place }) => [name, source.at(place)])).toEqual([
      ['title', 'title: Count in memory'],
      ['Context', '## Context\n\nTwo ways were weighed.'],
      ['Decision', '## Decision\n\nWe count in memory.'],
      ['Consequences', '## Consequences\n\nCounters are lost on a restart.'],
    ]);
  });

  it('are none in another status, or without one', async () => {
    expect(frozenZones(await documentOf(adr().replace('Accepted', 'Proposed')))).toEqual([]);
    expect(frozenZones(await documentOf(adr().replace('status: Accepted\n', '')))).toEqual([]);
  });

  it('may have new sections beside them, and no text at their end', async () => {
    const document = await documentOf(adr());
    const zone = frozenZones(document).at(-1)?.place;
    if (!zone) throw new Error('Expected a zone');
    const [start, end] = [
      { ...zone, endLine: zone.line, endColumn: zone.column },
      { ...zone, line: zone.endLine, column: zone.endColumn },
    ];
    const reason = `\`Consequences\` of ${PATH} is frozen in the status \`Accepted\``;
    expect([frozenAt(document, start, '## New\n\n'), frozenAt(document, end, '\n\n## New')]).toEqual([
      undefined,
      undefined,
    ]);
    expect([frozenAt(document, end, ' And more.'), frozenAt(document, zone, '## New')]).toEqual([reason, reason]);
  });
});
