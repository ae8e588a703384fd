import { describe, expect, it } from 'vitest';
import type { Document } from '../../src/model/document.ts';
import { applyEdits } from '../../src/model/edit.ts';
import { loadParser } from '../../src/model/markdown.ts';
import { relink } from '../../src/model/relink.ts';
import { SourceText } from '../../src/model/source-text.ts';
import { parse } from '../../src/pipeline/parse.ts';

const OLD = 'dev_ops/plans/PLAN-003-rate-limit.md';
const parsers = [await loadParser('satteri', () => {}), await loadParser('remark', () => {})];

/** Texts by path after the moves are followed, and the addresses left alone. */
function follow(files: Readonly<Record<string, string>>, moves: Readonly<Record<string, string>>, parser = parsers[0]) {
  const sources = new Map(Object.entries(files).map(([path, text]) => [path, new SourceText(Buffer.from(text))]));
  const documents = [...sources].map(
    ([path, { text }]) => ({ path, facts: parse(text, parser as (typeof parsers)[0]) }) as Document,
  );
  const sourceOf = ({ path }: Document) => sources.get(path) as SourceText;
  const { replacements, left } = relink(documents, new Map(Object.entries(moves)), sourceOf);
  const texts = Object.fromEntries(
    documents.map((document) => {
      const source = sourceOf(document);
      const edits = (replacements.get(document.path) ?? []).map(({ place, text }) => source.edit(place, text));
      return [document.path, Buffer.from(applyEdits(source.bytes, edits)).toString()];
    }),
  );
  return { texts, left: left.map(({ url }) => url) };
}

/** One document in another folder, its text after PLAN-003 has moved. */
function inOther(text: string, to = 'dev_ops/plans/PLAN-007-rate-limit.md'): string {
  const path = 'dev_ops/adrs/ADR-001-a.md';
  const results = parsers.map((parser) => follow({ [path]: text }, { [OLD]: to }, parser));
  expect(results[1]).toEqual(results[0]);
  expect(results[0]?.left).toEqual([]);
  return results[0]?.texts[path] as string;
}

describe('links that lead to a moved document', () => {
  const link = '../plans/PLAN-003-rate-limit.md';
  const moved = '../plans/PLAN-007-rate-limit.md';

  it.each<[string, string, string]>([
    ['an inline link', `[a](${link})`, `[a](${moved})`],
    ['an anchor', `[a](${link}#goal)`, `[a](${moved}#goal)`],
    ['a query and an anchor', `[a](${link}?plain=1#go%20al)`, `[a](${moved}?plain=1#go%20al)`],
    ['a title', `[a](${link} "see ](${link}) there")`, `[a](${moved} "see ](${link}) there")`],
    ['a title in parentheses', `[a](  ${link}  (b) )`, `[a](  ${moved}  (b) )`],
    ['angle brackets', `[a](<${link}>)`, `[a](<${moved}>)`],
    ['brackets in the words', `[a [b] \\](x) c](${link})`, `[a [b] \\](x) c](${moved})`],
    ['an image', `![a](${link})`, `![a](${moved})`],
    ['an image in a link', `[![a](b.png)](${link})`, `[![a](b.png)](${moved})`],
    ['a link around an image of it', `[![a](${link})](${link})`, `[![a](${moved})](${moved})`],
    ['code in the words', `[\`](${link})\`](${link})`, `[\`](${link})\`](${moved})`],
    ['a definition', `[a]\n\n[a]: ${link} 'b'`, `[a]\n\n[a]: ${moved} 'b'`],
    ['a definition in angle brackets', `[a][b c]\n\n[b c]:\n  <${link}>\n`, `[a][b c]\n\n[b c]:\n  <${moved}>\n`],
    ['an escape', '[a](../plans/PLAN\\-003-rate-limit.md)', '[a](../plans/PLAN-007-rate-limit.md)'],
    ['percent signs', '[a](../plans/PLAN%2D003-rate-limit.md)', '[a](../plans/PLAN-007-rate-limit.md)'],
    [
      'a way of its own',
      '[a](./../adrs/../plans/PLAN-003-rate-limit.md)',
      '[a](./../adrs/../plans/PLAN-007-rate-limit.md)',
    ],
    ['a slash for the top', '[a](/dev_ops/plans/PLAN-003-rate-limit.md)', '[a](/dev_ops/plans/PLAN-007-rate-limit.md)'],
    ['a quote over lines', `> [a\n> b](${link}\n> "c")`, `> [a\n> b](${moved}\n> "c")`],
    ['CRLF', `x\r\n\r\n[a\r\nb](${link})\r\n`, `x\r\n\r\n[a\r\nb](${moved})\r\n`],
    ['letters of all kinds before it', `ä 😀 [é](${link}) [a](${link})`, `ä 😀 [é](${moved}) [a](${moved})`],
  ])('with %s', (_what, before, after) => {
    expect(inOther(before)).toBe(after);
  });

  it.each([
    ['code', `\`[a](${link})\``],
    ['a code block', `\`\`\`\n[a](${link})\n\`\`\``],
    ['a comment', `<!-- [a](${link}) -->`],
    [
      'another file',
      '[a](../plans/PLAN-003-rate-limit.md.txt) [b](../plans/PLAN-0031-x.md) [c](PLAN-003-rate-limit.md)',
    ],
    ['another host', `[a](https://example.com/${OLD}) <https://example.com/${OLD}>`],
    ['an anchor alone', '[a](#goal)'],
  ])('not in %s', (_what, text) => {
    expect(inOther(text)).toBe(text);
  });

  it('into another folder, by a new way', () => {
    const to = 'dev_ops/plans/2026/PLAN-003-rate-limit.md';
    expect(inOther(`[a](${link}) [b](/${OLD}#x)`, to)).toBe(`[a](../plans/2026/PLAN-003-rate-limit.md) [b](/${to}#x)`);
    expect(inOther(`[a](${link})`, 'dev_ops/adrs/b.md')).toBe('[a](b.md)');
    expect(inOther(`[a](./${link})`, 'dev_ops/adrs/b.md')).toBe('[a](./b.md)');
  });

  it('to a name that has to be written in another way', () => {
    const to = (name: string) => `dev_ops/plans/${name}`;
    expect(inOther(`[a](${link})`, to('ä b(1)#?%.md'))).toBe('[a](../plans/ä%20b%281%29%23%3F%25.md)');
    expect(inOther(`[a](<${link}>)`, to('ä b(1)<.md'))).toBe('[a](<../plans/ä b(1)%3C.md>)');
    expect(inOther('[a](<../plans/PLAN%2D003-rate-limit.md>)', to('a&amp;b.md'))).toBe('[a](<../plans/a%26amp;b.md>)');
  });

  it('keeps letters in percent where they were', () => {
    const old = 'dev_ops/plans/PLAN-003-größe.md';
    const path = 'dev_ops/plans/PLAN-004-a.md';
    const files = { [path]: '[a](PLAN-003-gr%C3%B6%C3%9Fe.md) [b](PLAN-003-größe.md)' };
    expect(follow(files, { [old]: 'dev_ops/plans/PLAN-007-größe.md' }).texts[path]).toBe(
      '[a](PLAN-007-gr%C3%B6%C3%9Fe.md) [b](PLAN-007-größe.md)',
    );
  });

  it('leaves alone, and names, a link whose address it cannot find', () => {
    const path = 'dev_ops/plans/PLAN-004-a.md';
    const text = '[a](PLAN-003&#45;rate-limit.md)';
    const { texts, left } = follow({ [path]: text }, { [OLD]: 'dev_ops/plans/PLAN-007-x.md' });
    expect([texts[path], left]).toEqual([text, ['PLAN-003-rate-limit.md']]);
  });
});

describe('links in a moved document', () => {
  it('keep their goal when it goes to another folder', () => {
    const files = {
      [OLD]:
        '[a](PLAN-004-b.md#x) [b](../adrs/) [c](../../src/a.ts) [d](#goal) [e](/README.md) [f](PLAN-003-rate-limit.md) [g](https://example.com)',
    };
    expect(follow(files, { [OLD]: 'dev_ops/plans/2026/PLAN-003-rate-limit.md' }).texts[OLD]).toBe(
      '[a](../PLAN-004-b.md#x) [b](../../adrs/) [c](../../../src/a.ts) [d](#goal) [e](/README.md) [f](PLAN-003-rate-limit.md) [g](https://example.com)',
    );
  });

  it('follow when two documents change places', () => {
    const other = 'dev_ops/adrs/ADR-001-a.md';
    const files = { [OLD]: '[a](../adrs/ADR-001-a.md)', [other]: '[a](../plans/PLAN-003-rate-limit.md)' };
    const { texts } = follow(files, { [OLD]: 'dev_ops/a.md', [other]: 'dev_ops/b/c.md' });
    expect(texts).toEqual({ [OLD]: '[a](b/c.md)', [other]: '[a](../a.md)' });
  });
});
