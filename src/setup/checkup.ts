import { UserError } from '../model/user-error.ts';

/** What the doctor says of one thing. */
export interface Check {
  /** Only `fail` means that something does not work. */
  readonly state: 'ok' | 'warn' | 'fail';
  /** What was looked at, in a word. */
  readonly subject: string;
  readonly message: string;
  /** The command that mends it, or what to do where none does. */
  readonly mend: string | undefined;
}

export const ok = (subject: string, message: string): Check => ({ state: 'ok', subject, message, mend: undefined });
export const warn = (subject: string, message: string, mend?: string): Check => ({
  state: 'warn',
  subject,
  message,
  mend,
});
export const fail = (subject: string, message: string, mend?: string): Check => ({
  state: 'fail',
  subject,
  message,
  mend,
});

/** Looks at one thing; what cannot even be read has failed. */
export async function looking(subject: string, look: () => Check[] | Promise<Check[]>): Promise<Check[]> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [fail(subject, error.message, error.help)];
  }
}

/** Whether a version, such as `2.39.5`, is at least another one. */
export function isAtLeast(version: string, least: string): boolean {
  const [own, other] = [version, least].map((text) => text.split('.').map((part) => Number.parseInt(part, 10) || 0));
  for (const [index, part] of (other as number[]).entries()) {
    const mine = (own as number[])[index] ?? 0;
    if (mine !== part) return mine > part;
  }
  return true;
}
