import type { Io } from '../io.ts';
import { type DocumentType, propertySchema } from '../model/document-type.ts';
import { UserError } from '../model/user-error.ts';

/** Prompts need somebody on both ends: without a terminal nobody is ever asked. */
function canAsk(io: Io): boolean {
  return io.stdin.isTerminal && io.stdout.isTerminal;
}

type Clack = typeof import('@clack/prompts');

async function prompt(run: (clack: Clack) => Promise<unknown>): Promise<string> {
  const clack = await import('@clack/prompts');
  const answer = await run(clack);
  if (clack.isCancel(answer)) throw new UserError('Cancelled, nothing written');
  return String(answer);
}

/** Questions; the answer is undefined where nobody can be asked. */
export const ask = {
  text: async (io: Io, message: string): Promise<string | undefined> =>
    canAsk(io)
      ? prompt((clack) =>
          clack.text({ message, validate: (value) => (value?.trim() ? undefined : 'One line, please.') }),
        )
      : undefined,
  choice: async (io: Io, message: string, values: readonly string[]): Promise<string | undefined> =>
    canAsk(io)
      ? prompt((clack) => clack.select({ message, options: values.map((value) => ({ value, label: value })) }))
      : undefined,
};

/** Asks for the keys that the schema requires and that have no value yet. */
export async function askMissing(io: Io, type: DocumentType, fields: Map<string, unknown>): Promise<void> {
  for (const key of type.schema.required ?? []) {
    if (fields.has(key)) continue;
    const { enum: allowed, description } = propertySchema(type, key) ?? {};
    const question = description === undefined ? `${key}?` : `${key}: ${description}`;
    const answer = allowed ? await ask.choice(io, question, allowed.map(String)) : await ask.text(io, question);
    if (answer !== undefined) fields.set(key, answer);
  }
}
