import * as fc from 'fast-check';

/**
 * Random Markdown, biased towards what planning documents hold and towards what parsers get wrong. The documents are
 * grown from a grammar, then torn a little, so that most constructs are whole and some are not.
 */

const WORDS = [
  'plan',
  'Goal',
  'a',
  'is',
  'done',
  'If tracked',
  'snake_case_word',
  '2*3',
  '1.',
  'x',
  'and/or',
  'C#',
  '+1',
];
const IDS = [
  'ADR-015',
  'PLAN-3',
  'BUG-0042',
  'RES‑008',
  'XXX',
  'TBD',
  '{{title}}',
  'task-7.',
  '(ADR-1)',
  'ADR-1_',
  'x-1-y',
];
const FOREIGN = [
  'é',
  'ß',
  '日本語',
  'naïve',
  '👍',
  '👩‍💻',
  'e\u0301',
  '\u00a0',
  '\u2003',
  'ÄÖÜ',
  '«a»',
  '“q”',
  '…',
  '\u200b',
  '𝒳',
];
const DELIMITERS = [
  '*',
  '**',
  '***',
  '_',
  '__',
  '~',
  '~~',
  '`',
  '``',
  '[',
  ']',
  '![',
  '(',
  ')',
  '<',
  '>',
  '|',
  '&',
  '\\',
  '!',
  ':',
  '"',
  "'",
  '#',
  '{{',
  '}}',
  '-->',
  '<!--',
  '$',
  '^',
  '=',
  '-',
];
const ENTITIES = [
  '&amp;',
  '&lt;',
  '&nbsp;',
  '&#42;',
  '&#x41;',
  '&#0;',
  '&bogus;',
  '&copy',
  '&ouml;',
  '&#91;',
  '&lbrack;',
  '&NewLine;',
  '&Tab;',
];
const ESCAPES = ['\\*', '\\_', '\\[', '\\]', '\\\\', '\\`', '\\<', '\\#', '\\&', '\\|', '\\a', '\\!', '\\-'];
const TAGS = [
  '<b>',
  '</b>',
  '<br/>',
  '<a href="x">',
  "<i\nclass='y'>",
  '<?php ?>',
  '<!X>',
  '<![CDATA[ z ]]>',
  '<b',
  '<3',
  '<a  b = c >',
  '</ x>',
];
const COMMENTS = [
  '<!-- note -->',
  '<!---->',
  '<!-->',
  '<!--->',
  '<!-- a -- b -->',
  '<!-- two\nlines -->',
  '<!-- planproof: check linked -->',
  '<!-- planproof: evidence PR-12; check gate Active -->',
  '<!-- planproof: bogus -->',
  '<!-- planproof-disable relation-exists -- old -->',
  '<!-- planproof-enable -->',
  '<!-- unclosed',
];
const LINKS = [
  '[a](b)',
  '[text](../adrs/ADR-015-x.md "title")',
  '[text](<a b>)',
  '[t](#goal)',
  '![alt](i.png)',
  '[![i](j)](k)',
  '[a]',
  '[a][]',
  '[x][a]',
  '![a]',
  '[ADR-015]',
  '[nested [brackets]](u)',
  '[a](b "c\nd")',
  '[](e)',
  '[t]( u )',
  '[t](u(v))',
  '[t](u\\)v)',
  '[t](ä&amp;%20)',
  '[a](b\nc)',
  '[^1]',
  '[^note]',
  '![^1]',
];
const AUTOLINKS = [
  '<https://example.com/a>',
  '<mailto:a@b.co>',
  '<a@b.co>',
  'https://example.com/a_b?c=d&amp;e',
  'http://example.com.',
  'www.example.com',
  'www.example.com/(x))',
  'a@b.co',
  'a.b-c_d@e-f.org',
  'xhttps://example.com',
  'git+ssh://git@github.com/a/b',
  'https://example.com/ADR-015',
  'https://',
  'www.',
  'mailto:a@b.co',
];
const CODE = [
  '`code`',
  '`planproof lint`',
  '`` a`b ``',
  '` `',
  '`a\nb`',
  '`npx planproof show --template plan`',
  '`ADR-1`',
  '`\\`',
  '`<!--`',
];
const BOXES = ['[ ]', '[x]', '[X]', '[]', '[-]', '[  ]', '[\t]', '[ x ]', '[x](y)', '[ ]:', '[\u00a0]'];
const BREAKS = ['  \n', '\\\n', '\n', '\n', ' \n', '   \n'];

const atom: fc.Arbitrary<string> = fc.oneof(
  { weight: 10, arbitrary: fc.constantFrom(...WORDS) },
  { weight: 4, arbitrary: fc.constantFrom(...IDS) },
  { weight: 3, arbitrary: fc.constantFrom(...FOREIGN) },
  { weight: 4, arbitrary: fc.constantFrom(...DELIMITERS) },
  { weight: 2, arbitrary: fc.constantFrom(...ENTITIES) },
  { weight: 2, arbitrary: fc.constantFrom(...ESCAPES) },
  { weight: 1, arbitrary: fc.constantFrom(...TAGS) },
  { weight: 2, arbitrary: fc.constantFrom(...COMMENTS) },
  { weight: 4, arbitrary: fc.constantFrom(...LINKS) },
  { weight: 2, arbitrary: fc.constantFrom(...AUTOLINKS) },
  { weight: 3, arbitrary: fc.constantFrom(...CODE) },
  { weight: 1, arbitrary: fc.constantFrom(...BOXES) },
  { weight: 2, arbitrary: fc.constantFrom(...BREAKS) },
);

const wrapped: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom('*', '**', '_', '__', '~~', '***'), fc.array(atom, { minLength: 1, maxLength: 3 }))
  .map(([mark, atoms]) => `${mark}${atoms.join(' ')}${mark}`);

/** Words with markup; may hold line ends. */
const inline: fc.Arbitrary<string> = fc
  .array(
    fc.tuple(
      fc.oneof({ weight: 6, arbitrary: atom }, { weight: 1, arbitrary: wrapped }),
      fc.constantFrom(' ', ' ', ' ', ' ', '', '\t'),
    ),
    { minLength: 1, maxLength: 7 },
  )
  .map((parts) => parts.flat().join(''));

const oneLine: fc.Arbitrary<string> = inline.map((text) => text.replaceAll('\n', ' '));

const indent: fc.Arbitrary<string> = fc.constantFrom('', '', '', '', '', '', ' ', '  ', '   ', '    ', '\t', ' \t');

const heading: fc.Arbitrary<string> = fc
  .tuple(
    indent,
    fc.constantFrom('# ', '## ', '## ', '## ', '### ', '###### ', '####### ', '#', '##\t', '##'),
    oneLine,
    fc.constantFrom('', '', '', ' ##', ' #  ', '#', ' \\#'),
  )
  .map((parts) => parts.join(''));

const setext: fc.Arbitrary<string> = fc
  .tuple(inline, fc.constantFrom('\n===', '\n---', '\n-', '\n  =  ', '\n----  ', '\n    ---', '\n= ='))
  .map((parts) => parts.join(''));

const paragraph: fc.Arbitrary<string> = fc.tuple(indent, inline).map((parts) => parts.join(''));

const fence: fc.Arbitrary<string> = fc
  .record({
    indent,
    mark: fc.constantFrom('```', '```', '~~~', '````', '~~~~'),
    info: fc.constantFrom('', '', 'sh', ' md title', 'a`b', '\\*&amp;'),
    lines: fc.array(
      fc.oneof(
        oneLine,
        fc.constantFrom(
          '',
          '## Not a heading',
          '- [ ] not a box',
          '<!-- planproof-enable x -->',
          '$ planproof lint',
          'npx planproof',
          '```',
          '~~~',
          '\ttab',
          '  ',
        ),
      ),
      { maxLength: 4 },
    ),
    close: fc.constantFrom('same', 'same', 'same', 'longer', 'shorter', 'none', 'text', 'indented'),
  })
  .map(({ indent, mark, info, lines, close }) => {
    const ends: Record<string, string> = {
      same: `\n${indent}${mark}`,
      longer: `\n${mark}${mark[0]}  `,
      shorter: `\n${mark.slice(1)}`,
      none: '',
      text: `\n${mark} text`,
      indented: `\n    ${mark}`,
    };
    return `${indent}${mark}${info}\n${lines.join('\n')}${ends[close]}`;
  });

const code: fc.Arbitrary<string> = fc
  .array(
    fc.tuple(
      fc.constantFrom('    ', '\t', '     ', '  \t', '      '),
      fc.oneof(oneLine, fc.constantFrom('', 'planproof lint', '## x')),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((lines) => lines.map((line) => line.join('')).join('\n'));

const html: fc.Arbitrary<string> = fc
  .tuple(
    indent,
    fc.oneof(
      fc.constantFrom(
        '<!-- planproof-disable placeholder -- later -->',
        '<!-- planproof-disable-next-line\nplaceholder -- later -->',
        '<!-- a comment\n\n## that spans\n- [ ] lines -->',
        '<!-- closed --> and text ADR-015',
        '<!-- unclosed comment',
        '<!-- one --><!-- two -->',
        '<div>\n*a*\n</div>',
        '<details>\n<summary>ADR-1</summary>\n\n- [ ] inside\n\n</details>',
        '<script>\n\n- [ ] no\n</script>',
        '<pre>\n\nx',
        '<?x\n\n?>',
        '<!DOCTYPE html>',
        '<![CDATA[\n\n]]>',
        '<b>inline</b>',
        '<b>\ntype seven\n',
        '</p>',
        '<textarea>\n',
        '<a href="x\ny">',
      ),
      oneLine.map((text) => `<div>${text}`),
    ),
  )
  .map((parts) => parts.join(''));

const table: fc.Arbitrary<string> = fc
  .record({
    head: fc.array(oneLine, { minLength: 1, maxLength: 3 }),
    rule: fc.constantFrom('---', ':--', '--:', ':-:', '-', ' --- '),
    columns: fc.constantFrom(0, 0, 0, 0, 1, -1),
    rows: fc.array(fc.array(oneLine, { maxLength: 4 }), { maxLength: 3 }),
    edges: fc.boolean(),
    indent,
  })
  .map(({ head, rule, columns, rows, edges, indent }) => {
    const row = (cells: readonly string[]): string => indent + (edges ? `| ${cells.join(' | ')} |` : cells.join(' | '));
    const rules = Array.from({ length: Math.max(1, head.length + columns) }, () => rule);
    return [row(head), row(rules), ...rows.map(row)].join('\n');
  });

const definition: fc.Arbitrary<string> = fc
  .tuple(
    indent,
    fc.constantFrom('[a]', '[ADR-015]', '[x]', '[X]', '[ ]', '[A  b]', '[ẞ]', '[a\nb]'),
    fc.constantFrom(':', ': ', ':\n', ':\t', ' :'),
    fc.constantFrom('/url', '<u v>', 'https://example.com/ADR-015', '', '<>', '#goal'),
    fc.constantFrom('', '', ' "title"', "\n'title'", ' (t', ' "a\nb"', ' text', '\n"unclosed'),
  )
  .map((parts) => parts.join(''));

const footnote: fc.Arbitrary<string> = fc
  .tuple(
    indent,
    fc.constantFrom('[^1]: ', '[^note]:', '[^1]:\n    ', '[^a b]: ', '[^]: '),
    inline,
    fc.constantFrom('', '', '\n\n    more', '\n    - [ ] box', '\n\n  less'),
  )
  .map((parts) => parts.join(''));

const rule: fc.Arbitrary<string> = fc.constantFrom(
  '---',
  '***',
  '* * *',
  '___',
  '- - -',
  '--',
  '-',
  '+',
  '*',
  '=',
  '\\',
  '>',
  '|',
);

const prefixed = (text: string, first: string, rest: string): string =>
  text
    .split('\n')
    .map((line, index) => (index === 0 ? first : line === '' ? '' : rest) + line)
    .join('\n');

const marker: fc.Arbitrary<string> = fc.constantFrom(
  '-',
  '-',
  '-',
  '-',
  '*',
  '+',
  '1.',
  '1.',
  '2)',
  '10.',
  '0.',
  '1234567890.',
);

const gap: fc.Arbitrary<string> = fc.constantFrom(
  ' ',
  ' ',
  ' ',
  ' ',
  ' ',
  ' ',
  '  ',
  '   ',
  '    ',
  '     ',
  '\t',
  '\n',
  '',
);

const box: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constant('') },
  { weight: 5, arbitrary: fc.constantFrom('[ ] ', '[x] ', '[X] ') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '[ ]',
      '[x]\t',
      '[ ]  ',
      '[ ]\n',
      '[x]\n',
      '[] ',
      '[  ] ',
      '[xx] ',
      '[-] ',
      '[ ](u) ',
      '[\t] ',
      '[x]: ',
      '[ ]\u00a0',
      '[\n] ',
      '[ ] [x] ',
      ' [ ] ',
    ),
  },
);

const { block } = fc.letrec<{ block: string; list: string; quote: string; blocks: string }>((tie) => ({
  block: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { weight: 5, arbitrary: paragraph },
    { weight: 4, arbitrary: heading },
    { weight: 1, arbitrary: setext },
    { weight: 2, arbitrary: fence },
    { weight: 1, arbitrary: code },
    { weight: 3, arbitrary: html },
    { weight: 2, arbitrary: table },
    { weight: 2, arbitrary: definition },
    { weight: 1, arbitrary: footnote },
    { weight: 1, arbitrary: rule },
    { weight: 7, arbitrary: tie('list') },
    { weight: 2, arbitrary: tie('quote') },
  ),
  blocks: fc
    .array(fc.tuple(tie('block'), fc.constantFrom('\n', '\n\n', '\n\n', '\n \n', '\n\n\n')), {
      minLength: 1,
      maxLength: 3,
    })
    .map((parts) => parts.flat().slice(0, -1).join('')),
  list: fc
    .array(
      fc.record({
        indent,
        marker,
        gap,
        box,
        body: fc.oneof({ maxDepth: 3 }, { weight: 3, arbitrary: inline }, { weight: 2, arbitrary: tie('blocks') }),
        lead: fc.constantFrom('right', 'right', 'right', 'right', 'lazy', 'less', 'tab'),
        after: fc.constantFrom('\n', '\n', '\n', '\n\n'),
      }),
      { minLength: 1, maxLength: 3 },
    )
    .map((items) =>
      items
        .map(({ indent, marker, gap, box, body, lead, after }) => {
          const width = indent.length + marker.length + (gap.trim() === '' && gap.length < 5 ? gap.length : 1);
          const leads: Record<string, string> = {
            right: ' '.repeat(width),
            lazy: '',
            less: ' '.repeat(width - 1),
            tab: '\t',
          };
          return prefixed(box + body, indent + marker + gap, leads[lead] as string) + after;
        })
        .join('')
        .trimEnd(),
    ),
  quote: fc
    .tuple(indent, fc.constantFrom('> ', '> ', '>', '>  ', '>\t'), fc.constantFrom('> ', '> ', '>', ''), tie('blocks'))
    .map(([indent, first, rest, text]) =>
      text
        .split('\n')
        .map((line, index) => indent + (index === 0 ? first : rest) + line)
        .join('\n'),
    ),
}));

const frontmatter: fc.Arbitrary<string> = fc.constantFrom(
  '',
  '',
  '',
  '---\nid: ADR-001\n---\n',
  '---\nid: ADR-001\nstatus: Draft # planproof-disable-line status -- why\n---\n\n',
  '---\n',
  '---\nunclosed: yes\n',
  '--- js\nx\n---\n',
);

/** Where a document is torn: the text between two fractions of its length is replaced. */
const tear = fc.tuple(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.nat(3),
  fc.constantFrom(
    '',
    '',
    '\n',
    '\n\n',
    ' ',
    '\t',
    '    ',
    '>',
    '- ',
    '`',
    '*',
    '[',
    ']',
    '<',
    '\\',
    '|',
    '\r',
    '\u00a0',
  ),
);

/** A whole document with the line ends of one kind. */
export const markdownDocument: fc.Arbitrary<string> = fc
  .record({
    frontmatter,
    blocks: fc.array(fc.tuple(block, fc.constantFrom('\n', '\n\n', '\n\n', '\n\n\n', '\n\t\n')), {
      minLength: 1,
      maxLength: 7,
    }),
    tears: fc.oneof(
      { weight: 2, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(tear, { maxLength: 2 }) },
    ),
    end: fc.constantFrom('\n', '\n', '\n', '', '\n\n', ' ', '\t\n'),
    lineEnd: fc.constantFrom('\n', '\n', '\n', '\n', '\r\n', '\r\n', '\r'),
  })
  .map(({ frontmatter, blocks, tears, end, lineEnd }) => {
    let text = frontmatter + blocks.flat().slice(0, -1).join('') + end;
    for (const [at, length, insert] of tears) {
      const from = Math.floor(at * text.length);
      text = text.slice(0, from) + insert + text.slice(from + length);
    }
    return text.replace(/\p{Surrogate}/gu, '\ufffd').replaceAll('\n', lineEnd);
  });
