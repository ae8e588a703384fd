const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const FULL = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/** A day of the calendar as YYYY-MM-DD; undefined when there is none. */
function day(year: string, month: string | number, date: string): string | undefined {
  const text = `${year}-${String(Number(month)).padStart(2, '0')}-${String(Number(date)).padStart(2, '0')}`;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) ? text : undefined;
}

/** The number of a month by its English name, whole or cut to three letters; `Sept` too. */
function monthNamed(name: string): number {
  const word = name
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^sept$/, 'sep');
  return Math.max(MONTHS.indexOf(word), FULL.indexOf(word)) + 1;
}

/** What two numbers and a year mean: a day where only one order of them is one, or both are the same. */
function eitherOrder(first: string, second: string, year: string): string | undefined {
  const dayFirst = day(year, second, first);
  const monthFirst = day(year, first, second);
  if (dayFirst !== undefined && monthFirst !== undefined) return dayFirst === monthFirst ? dayFirst : undefined;
  return dayFirst ?? monthFirst;
}

const FORMS: readonly (readonly [RegExp, (...parts: string[]) => string | undefined])[] = [
  [/^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/, (year, _sign, month, date) => day(year, month, date)],
  [/^(\d{4})(\d{2})(\d{2})$/, (year, month, date) => day(year, month, date)],
  [/^(\d{4})-(\d{2})-(\d{2})[Tt ]\d{2}:\d{2}.*$/, (year, month, date) => day(year, month, date)],
  [/^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/, (date, month, year) => day(year, month, date)],
  [/^(\d{1,2})([-/])(\d{1,2})\2(\d{4})$/, (first, _sign, second, year) => eitherOrder(first, second, year)],
  [/^(\d{1,2})(?:st|nd|rd|th)?\.? ([A-Za-z]+\.?),? (\d{4})$/, (date, name, year) => day(year, monthNamed(name), date)],
  [/^([A-Za-z]+\.?) (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/, (name, date, year) => day(year, monthNamed(name), date)],
];

/**
 * The day, YYYY-MM-DD, that a date in another form means: `2026/1/5`, `2026-01-05T10:00:00Z`, `05.01.2026`,
 * `5 January 2026`, `13/02/2026`. Undefined when it is no date, or could be two days, such as `03/04/2026`.
 */
export function looseDate(text: string): string | undefined {
  const words = text.trim().replace(/\s+/g, ' ');
  for (const [form, read] of FORMS) {
    const match = form.exec(words);
    if (match) return read(...match.slice(1));
  }
  return undefined;
}
