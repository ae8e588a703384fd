// Words, sentences and blocks that read like planning documents. Nothing here looks like an id or a placeholder.

const THINGS = [
  'the dispatcher',
  'the nightly import',
  'the label service',
  'the search index',
  'the rate limiter',
  'the export job',
  'the partner gateway',
  'the session store',
  'the invoice writer',
  'the event queue',
  'the map renderer',
  'the audit trail',
  'the payment callback',
  'the address parser',
  'the report builder',
  'the mail relay',
  'the stock counter',
  'the feature switch',
  'the backup runner',
  'the login page',
  'the price list',
  'the webhook sender',
  'the cache in front of the catalogue',
  'the retry loop',
];
const ACTIONS = [
  'keeps every open request in memory',
  'reads the whole table again',
  'drops the second of two equal messages',
  'answers with the state of the day before',
  'waits for a lock that nobody holds',
  'writes the same row three times',
  'loses the time zone of the sender',
  'counts a cancelled order as a sale',
  'holds one connection for each tenant',
  'sorts by name instead of by date',
  'takes the first address it finds',
  'gives up after the third attempt',
  'sends a mail to everybody on the list',
  'starts over from the first page',
  'trusts the clock of the client',
  'ignores the limit of the partner',
  'rounds half a cent down',
  'shows the number of the wrong branch',
  'needs a full minute to start',
  'leaves a file behind in the shared folder',
];
const OCCASIONS = [
  'when the carrier answers late',
  'after a deploy in the middle of the day',
  'while the backup is running',
  'as soon as two people save at once',
  'on the first day of the month',
  'when the queue holds more than a thousand entries',
  'if the header is missing',
  'until somebody restarts the worker',
  'whenever the certificate is renewed',
  'once the disk is four fifths full',
  'in the hour after midnight',
  'before the second page has arrived',
];
const VERBS = ['Split', 'Bound', 'Measure', 'Replace', 'Cache', 'Document', 'Retire', 'Batch', 'Verify', 'Isolate'];
const ASPECTS = ['start', 'memory', 'ordering', 'retries', 'limits', 'backlog', 'schema', 'alarms', 'access', 'paging'];
const PEOPLE = ['ana', 'bo', 'chidi', 'dana', 'emre', 'fumi', 'grete', 'hugo', 'ines', 'jun'];
const TAGS = ['billing', 'search', 'partners', 'operations', 'security', 'mobile', 'import', 'reporting'];
const NAMES = ['retry_after', 'max_open', 'received_at', 'tenant_id', 'page_size', 'ttl', 'batch_size', 'last_seen'];
const WIDTH = 112;

/** @param {string} text */
export const capital = (text) => text[0].toUpperCase() + text.slice(1);

/** @param {import('./random.mjs').Chance} chance */
export const person = (chance) => chance.pick(PEOPLE);

/** @param {import('./random.mjs').Chance} chance */
export const tags = (chance) => [...new Set([chance.pick(TAGS), chance.pick(TAGS)])];

/** @returns {string} a title of three to seven words */
export function title(chance) {
  return `${chance.pick(VERBS)} the ${chance.pick(ASPECTS)} of ${chance.pick(THINGS)}`;
}

/** @returns {string} an imperative without a full stop, for a list or a box */
export function piece(chance) {
  return `${chance.pick(VERBS)} the ${chance.pick(ASPECTS)} of ${chance.pick(THINGS)} ${chance.pick(OCCASIONS)}`;
}

const SENTENCES = [
  (c) => `${capital(c.pick(THINGS))} ${c.pick(ACTIONS)} ${c.pick(OCCASIONS)}.`,
  (c) => `${capital(c.pick(OCCASIONS))}, ${c.pick(THINGS)} ${c.pick(ACTIONS)}.`,
  (c) => `${capital(c.pick(THINGS))} ${c.pick(ACTIONS)}, and ${c.pick(THINGS)} ${c.pick(ACTIONS)}.`,
  (c) => `Of ${c.between(2, 90) * 100} requests in the week of the test, ${c.between(2, 99)} took this path.`,
  (c) => `That ${c.pick(THINGS)} ${c.pick(ACTIONS)} is **not** the cause: that began in ${c.between(2015, 2024)}.`,
  (c) => `The setting \`${c.pick(NAMES)}\` stays at ${c.between(2, 60)}, because ${c.pick(THINGS)} depends on it.`,
  (c) => `It is *rare*, but ${c.pick(THINGS)} ${c.pick(ACTIONS)} ${c.pick(OCCASIONS)}.`,
  (c) => `The [dashboard](https://example.com/boards/${c.between(1, 900)}) shows when ${c.pick(THINGS)} is behind.`,
];

/** @returns {string} */
export function sentence(chance) {
  return chance.pick(SENTENCES)(chance);
}

/** Breaks a text into lines as people keep them, none of which begins with `#`; further lines are indented. */
export function wrap(text, indent = '') {
  const lines = [];
  let line = '';
  for (const word of text.split(/ (?!#)/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length <= WIDTH) line = longer;
    else {
      lines.push(line);
      line = `${indent}${word}`;
    }
  }
  return [...lines, line].join('\n');
}

/** @returns {string} a paragraph of so many sentences */
export function paragraph(chance, sentences) {
  return wrap(chance.times(sentences, () => sentence(chance)).join(' '));
}

function bullets(chance) {
  return chance
    .times(chance.between(2, 4), () => {
      const nested = chance.percent(30) ? `\n  - ${capital(chance.pick(OCCASIONS))}` : '';
      return `${wrap(`- ${sentence(chance)}`, '  ')}${nested}`;
    })
    .join('\n');
}

function steps(chance) {
  return Array.from({ length: chance.between(2, 4) }, (_, index) => `${index + 1}. ${piece(chance)}`).join('\n');
}

function code(chance) {
  const [first, second] = [chance.pick(NAMES), chance.pick(NAMES)];
  const lines = chance.times(chance.between(2, 6), () => `  if (${first} > ${chance.between(1, 99)}) ${second} += 1;`);
  return ['```js', `function settle(${first}) {`, `  let ${second}_now = 0;`, ...lines, '}', '```'].join('\n');
}

function table(chance) {
  const rows = chance.times(chance.between(2, 5), () => {
    const [before, after] = [chance.between(100, 900), chance.between(5, 99)];
    return `| ${chance.pick(THINGS)} | ${before} ms | ${after} ms |`;
  });
  return ['| Part | Before | After |', '| --- | ---: | ---: |', ...rows].join('\n');
}

const quote = (chance) => `> ${sentence(chance)}`;

const FIGURES = [bullets, steps, code, table, quote];

/** @returns {string} a paragraph, or a sentence and a list, code, table or quote */
export function block(chance) {
  if (chance.percent(35)) return paragraph(chance, chance.between(2, 4));
  return `${wrap(sentence(chance))}\n\n${chance.pick(FIGURES)(chance)}`;
}

function looseList(chance) {
  return chance
    .times(
      chance.between(2, 4),
      () => `${wrap(`- ${sentence(chance)}`, '  ')}\n\n${indented(paragraph(chance, 1), '  ')}`,
    )
    .join('\n\n');
}

function nestedList(chance) {
  const inner = (depth) => {
    const indent = '  '.repeat(depth);
    return chance
      .times(chance.between(1, 3), () => {
        const below = depth < 3 && chance.percent(45) ? `\n${inner(depth + 1)}` : '';
        return `${indent}- ${capital(chance.pick(OCCASIONS))}${below}`;
      })
      .join('\n');
  };
  return inner(0);
}

const indented = (text, indent) => text.replace(/^(?=.)/gm, indent);

function referenceLinks(chance) {
  const label = `board-${chance.between(1, 1e9)}`;
  const text = wrap(`The [board of ${chance.pick(PEOPLE)}][${label}] shows it: ${sentence(chance)}`);
  return `${text}\n\n[${label}]: https://example.com/boards/${label} "${capital(chance.pick(TAGS))}"`;
}

function footnote(chance) {
  const label = `note-${chance.between(1, 1e9)}`;
  return `${wrap(`${sentence(chance)}[^${label}] ${sentence(chance)}`)}\n\n[^${label}]: ${sentence(chance)}`;
}

const comment = (chance) => `<!-- ${capital(person(chance))}: ${sentence(chance)}\n\n${paragraph(chance, 1)} -->`;

function wideTable(chance) {
  const names = chance.times(chance.between(4, 6), () => `\`${chance.pick(NAMES)}\``);
  const rows = chance.times(chance.between(4, 12), () => names.map(() => String(chance.between(1, 9999))));
  return [names, names.map(() => '---:'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const longQuote = (chance) => `${quote(chance)}\n>\n> - ${piece(chance)}\n> - ${piece(chance)}`;

const RICH_FIGURES = [
  ...[looseList, nestedList, referenceLinks, footnote, comment, wideTable, longQuote],
  ...[steps, code, table],
];

/** @returns {string} a sentence and something that takes a parser more than a paragraph does */
export function richBlock(chance) {
  if (chance.percent(20)) return paragraph(chance, chance.between(2, 5));
  return `${wrap(sentence(chance))}\n\n${chance.pick(RICH_FIGURES)(chance)}`;
}
