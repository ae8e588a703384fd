/** Whether a text is printable ASCII alone, as most are: it needs no look at each sign. */
export const isPrintableAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);
