import { Refusal } from './refusal.mjs';

const PREFIX = 'PLANPROOF_INPUT_';
const EXACT_VERSION = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/;

function read(environment, name) {
  return (environment[`${PREFIX}${name.toUpperCase().replaceAll('-', '_')}`] ?? '').trim();
}

function line(environment, name) {
  const value = read(environment, name);
  if (/[\u0000-\u001f\u007f]/.test(value)) throw new Refusal(`Unexpected line break in \`${name}\`, expected one line`);
  return value;
}

function lines(environment, name) {
  const all = read(environment, name)
    .split(/\r?\n/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
  if (all.some((one) => /[\u0000-\u001f\u007f]/.test(one)))
    throw new Refusal(`Unexpected control character in \`${name}\``);
  return all;
}

function oneOf(environment, name, values) {
  const value = line(environment, name) || values[0];
  if (!values.includes(value))
    throw new Refusal(
      `Unexpected \`${value}\` as \`${name}\`, expected ${values.slice(0, -1).join(', ')} or ${values.at(-1)}`,
    );
  return value;
}

function base(environment) {
  const value = line(environment, 'base');
  if (value.startsWith('-'))
    throw new Refusal(`Unexpected \`${value}\` as \`base\`, expected a commit, a branch, a tag or none`);
  return value;
}

function version(environment) {
  const value = line(environment, 'version');
  if (value !== '' && !EXACT_VERSION.test(value))
    throw new Refusal(`Unexpected \`${value}\` as \`version\`, expected an exact version such as 1.2.3`);
  return value;
}

function formats(environment) {
  return lines(environment, 'format').map((text) => {
    const [, name, file] = /^([a-z]+)(?:=(.+))?$/.exec(text) ?? [];
    if (name === undefined) throw new Refusal(`Unexpected \`${text}\` as \`format\`, expected name or name=file`);
    return { name, file };
  });
}

/**
 * The inputs of the action.
 *
 * @throws Refusal on a value that cannot be meant
 */
export function readInputs(environment) {
  const inputs = {
    paths: lines(environment, 'paths'),
    base: base(environment),
    formats: formats(environment),
    workingDirectory: line(environment, 'working-directory') || '.',
    failOn: oneOf(environment, 'fail-on', ['error', 'warning', 'never']),
    version: version(environment),
    use: oneOf(environment, 'use', ['package', 'project']),
    sarifFile: line(environment, 'sarif-file'),
  };
  if (inputs.use === 'project' && inputs.version !== '')
    throw new Refusal(
      'Both `version` and `use: project`',
      'Give one of them: the project has the version it installed.',
    );
  return inputs;
}

/** The environment without the inputs. */
export function withoutInputs(environment) {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith(PREFIX)));
}
