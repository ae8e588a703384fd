/** What keeps the action from judging: told in one annotation, exit code 2. */
export class Refusal extends Error {
  /**
   * @param {string} message what is wrong
   * @param {string} [help] what to do
   */
  constructor(message, help) {
    super(message);
    this.help = help;
  }
}

/** A variable that the runner sets for every step. @throws Refusal where there is none */
export function fromRunner(environment, name) {
  const value = environment[name];
  if (!value) throw new Refusal(`No ${name} here, expected to run as a step of GitHub Actions`);
  return value;
}
