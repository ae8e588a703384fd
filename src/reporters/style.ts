/** How a terminal reporter marks words; every function is the identity where there is no terminal. */
export interface Style {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly good: (text: string) => string;
  /** A word that leads to an address. */
  readonly link: (text: string, address: string) => string;
}

const same = (text: string): string => text;

/** No colour, no links. */
export const PLAIN: Style = { error: same, warning: same, strong: same, faint: same, good: same, link: same };

const paint =
  (open: number, close: number) =>
  (text: string): string =>
    `\u001b[${open}m${text}\u001b[${close}m`;

/** ANSI colours, and links by OSC 8. */
export const COLOUR: Style = {
  error: paint(31, 39),
  warning: paint(33, 39),
  strong: paint(1, 22),
  faint: paint(2, 22),
  good: paint(32, 39),
  link: (text, address) => `\u001b]8;;${address}\u001b\\${text}\u001b]8;;\u001b\\`,
};

/** Colour on a terminal only; NO_COLOR and FORCE_COLOR are obeyed, the first of them before the second. */
export function styleFor(isTerminal: boolean, environment: NodeJS.ProcessEnv): Style {
  if (environment['NO_COLOR']) return PLAIN;
  const forced = environment['FORCE_COLOR'];
  if (forced !== undefined) return forced === '0' || forced === 'false' ? PLAIN : COLOUR;
  return isTerminal && environment['TERM'] !== 'dumb' ? COLOUR : PLAIN;
}
