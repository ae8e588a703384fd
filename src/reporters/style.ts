/** How a terminal reporter marks words; every function is the identity where there is no terminal. */
export interface Style {
  readonly error: Mark;
  readonly warning: Mark;
  readonly strong: Mark;
  readonly faint: Mark;
  readonly good: Mark;
  /** A word that leads to an address. */
  readonly link: <Text extends string>(text: Text, address: string) => Text;
}

/** Puts text between marks; what was escaped stays so. */
type Mark = <Text extends string>(text: Text) => Text;

const same: Mark = (text) => text;

/** No colour, no links. */
export const PLAIN: Style = { error: same, warning: same, strong: same, faint: same, good: same, link: same };

const paint =
  (open: number, close: number): Mark =>
  <Text extends string>(text: Text) =>
    `\u001b[${open}m${text}\u001b[${close}m` as Text;

/** ANSI colours, and links by OSC 8. */
export const COLOUR: Style = {
  error: paint(31, 39),
  warning: paint(33, 39),
  strong: paint(1, 22),
  faint: paint(2, 22),
  good: paint(32, 39),
  link: <Text extends string>(text: Text, address: string) =>
    `\u001b]8;;${address}\u001b\\${text}\u001b]8;;\u001b\\` as Text,
};

/** Colour on a terminal only; NO_COLOR and FORCE_COLOR are obeyed, the first of them before the second. */
export function styleFor(isTerminal: boolean, environment: NodeJS.ProcessEnv): Style {
  if (environment['NO_COLOR']) return PLAIN;
  const forced = environment['FORCE_COLOR'];
  if (forced !== undefined) return forced === '0' || forced === 'false' ? PLAIN : COLOUR;
  return isTerminal && environment['TERM'] !== 'dumb' ? COLOUR : PLAIN;
}
