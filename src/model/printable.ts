/** Whether a text is printable ASCII alone, as most are: it needs no look at each sign. */
export const isPrintableAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

/** A text with its signs composed: what reads the same is the same then. */
export const composed = (text: string): string => (isPrintableAscii(text) ? text : text.normalize('NFC'));
