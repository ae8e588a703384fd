const MAX_LENGTH = 60;

/** Marks that NFKD splits off Latin letters (é → e + mark): dropped, so that slugs of European titles stay ASCII. */
const LATIN_MARKS = /[\u0300-\u036f]/g;

/**
 * The slug of a title: lower case letters and digits of any script, joined by single hyphens, at most 60 units long,
 * cut between words. A title without a letter or digit gives the empty string.
 */
export function slugify(title: string): string {
  const words = title
    .normalize('NFKD')
    .replace(LATIN_MARKS, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/['’]/g, '')
    .match(/[\p{L}\p{N}\p{M}]+/gu);
  let slug = '';
  for (const word of words ?? []) {
    const longer = slug === '' ? word : `${slug}-${word}`;
    if (longer.length > MAX_LENGTH) return slug === '' ? [...word].slice(0, MAX_LENGTH / 2).join('') : slug;
    slug = longer;
  }
  return slug;
}

/** A slug of ASCII alone: the engine takes a millisecond to look classes of Unicode up, where it meets a pattern with them. */
const ASCII_SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const slugPattern = (): RegExp => /^[\p{L}\p{N}\p{M}]+(?:-[\p{L}\p{N}\p{M}]+)*$/u;

/** Whether a text is a slug as `slugify` writes it, of any length. */
export function isSlug(text: string): boolean {
  return ASCII_SLUG.test(text) || (text === text.toLowerCase() && slugPattern().test(text));
}
