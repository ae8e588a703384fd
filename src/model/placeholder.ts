/** Whether a text may have a placeholder: most have none, which the engine's own search tells faster than a pattern. */
export const mayHavePlaceholder = (text: string): boolean =>
  text.includes('{{') || text.includes('XXX') || text.includes('TBD');

/** What stands for text that is to come. A function: the engine looks classes of Unicode up where it meets the pattern. */
export const placeholderPattern = (): RegExp => /\{\{[^{}\n]*\}\}|(?<![\p{L}\p{N}_])(?:XXX|TBD)(?![\p{L}\p{N}_])/gu;
