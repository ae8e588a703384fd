// What the runner reads: workflow commands in the log, and the file of outputs.
import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { fromRunner } from './refusal.mjs';

/** The runner obeys the older commands anywhere in a line. */
const withoutOldCommands = (text) => text.replaceAll('##[', '## [');

/** Text of others for the log: none of its lines is a command to the runner, for which U+0085 is white space too. */
export function forLog(text) {
  return withoutOldCommands(text).replace(/^([\s\u0085]*):(?=:)/gm, '$1\u200b:');
}

/** One annotation at the step. */
export function annotateError(title, text) {
  const message = withoutOldCommands(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  console.log(`::error title=${title}::${message}`);
}

/** Sets outputs of the step. A mark that nobody can guess closes each, whatever lines its value has. */
export function setOutputs(outputs, environment) {
  const file = fromRunner(environment, 'GITHUB_OUTPUT');
  for (const [name, value] of Object.entries(outputs)) {
    const mark = `planproof_${randomUUID()}`;
    appendFileSync(file, `${name}<<${mark}\n${value}\n${mark}\n`);
  }
}
