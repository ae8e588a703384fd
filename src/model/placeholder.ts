/** What stands for text that is to come. A function: the engine looks classes of Unicode up where it meets the pattern. */
export const placeholderPattern = (): RegExp => /\{\{[^{}\n]*\}\}|(?<![\p{L}\p{N}_])(?:XXX|TBD)(?![\p{L}\p{N}_])/gu;
