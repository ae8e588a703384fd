/**
 * planproof cannot do what was asked, and the message says why and what to do about it: exit code 2, without a stack
 * trace. Anything else that is thrown is a defect of planproof.
 */
export class UserError extends Error {
  /** A line on what to do, shown below the message. */
  readonly help: string | undefined;

  constructor(message: string, help?: string) {
    super(message);
    this.help = help;
  }
}
