import { execPath } from 'node:process';
import { run } from './command.mjs';
import { baseOf, isOwnCode, readEvent } from './event.mjs';
import { hasCommit, isShallow, parents } from './git.mjs';
import { readInputs, withoutInputs } from './inputs.mjs';
import { ownVersion, projectCommand, publishedCommand } from './package.mjs';
import { fromRunner, Refusal } from './refusal.mjs';
import { Reports } from './reports.mjs';
import { annotateError, forLog, setOutputs } from './runner.mjs';
import { forOtherSteps, workingFolder } from './workspace.mjs';

const CLEAN = 0;
const FINDINGS = 1;
const FAILED = 2;

/** Files by which a step steers the next ones: the command needs none of them. */
const STEERING = ['GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STATE'];

function surroundings(environment) {
  const workspace = fromRunner(environment, 'GITHUB_WORKSPACE');
  const temp = fromRunner(environment, 'RUNNER_TEMP');
  const passedOn = withoutInputs(environment);
  for (const name of STEERING) delete passedOn[name];
  return { workspace, temp, environment: passedOn };
}

function commandOf(inputs, event, folder, where) {
  if (inputs.use === 'package') return publishedCommand(inputs.version || ownVersion(), where);
  if (!isOwnCode(event))
    throw new Refusal(
      '`use: project` would run code that anybody may have proposed',
      'Leave `use` at `package` for pull requests from forks.',
    );
  return projectCommand(folder, where.workspace);
}

async function compareWith(inputs, event, folder, { environment }) {
  if (inputs.base === 'none') return undefined;
  if (inputs.base !== '') return inputs.base;
  return baseOf(event, {
    isKnown: (hash) => hasCommit(folder, hash, environment),
    parents: () => parents(folder, environment),
  });
}

/** Says why the command could not judge. */
async function explain(stderr, base, folder, { environment }) {
  const said = stderr.trim().replace(/^planproof: /gm, '') || 'It ended without a report.';
  const advice =
    base !== undefined && (await isShallow(folder, environment))
      ? '\nThe checkout has only a part of the history: set fetch-depth: 0 in actions/checkout.'
      : '';
  annotateError('planproof could not run', `${said}${advice}`);
}

function verdict({ errors, warnings }, failOn) {
  const counted = { error: errors, warning: errors + warnings, never: 0 }[failOn];
  return counted > 0 ? FINDINGS : CLEAN;
}

/** The counts, if the command came to a verdict that they bear out. */
function judged(code, reports) {
  const counts = reports.counts();
  if (counts === undefined || (code !== CLEAN && code !== FINDINGS)) return undefined;
  return code === FINDINGS && counts.errors + counts.warnings === 0 ? undefined : counts;
}

async function judge(inputs, where, environment) {
  const folder = workingFolder(where.workspace, inputs.workingDirectory);
  const event = readEvent(environment);
  const base = await compareWith(inputs, event, folder, where);
  const sarif = inputs.sarifFile === '' ? [] : [{ name: 'sarif', file: inputs.sarifFile }];
  const reports = new Reports([...inputs.formats, ...sarif], [where.workspace, where.temp]);
  try {
    const command = await commandOf(inputs, event, folder, where);
    const options = [...reports.options, base === undefined ? [] : `--base=${base}`].flat();
    const line = [execPath, command, 'lint', ...options, '--', ...inputs.paths];
    const { code, stderr } = await run(line, { cwd: folder, environment: where.environment });
    process.stderr.write(forLog(stderr));
    const counts = judged(code, reports);
    if (counts === undefined) {
      await explain(stderr, base, folder, where);
      return FAILED;
    }
    reports.publish();
    const file = inputs.sarifFile && forOtherSteps(where.workspace, inputs.sarifFile);
    setOutputs({ ...counts, 'sarif-file': file }, environment);
    return verdict(counts, inputs.failOn);
  } finally {
    reports.dispose();
  }
}

/**
 * The action as a function.
 *
 * @param {NodeJS.ProcessEnv} environment as the runner and action.yml set it
 * @returns {Promise<number>} the exit code: 0 passes, 1 findings that `fail-on` names, 2 could not judge
 */
export async function main(environment) {
  try {
    return await judge(readInputs(environment), surroundings(environment), environment);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    annotateError('planproof', [error.message, error.help].filter((part) => part !== undefined).join('\n'));
    return FAILED;
  }
}
