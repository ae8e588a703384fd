// A repository of decisions in the form of MADR, which madr-lint and planproof can both judge.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commit } from '../corpus.mjs';
import { EMPTY, node, ours, readAll } from './contest.mjs';
import { environment } from './measure.mjs';
import { peerBin } from './peers.mjs';
import { capital, paragraph, person, piece, sentence, title } from './prose.mjs';
import { Chance, STREAMS } from './random.mjs';
import { forget } from './state.mjs';

/** The settings of both linters, with the document type. */
const SETTINGS = fileURLToPath(new URL('../madr', import.meta.url));
const FOLDER = 'docs/adr';
const OPTIONS = 3;
/** One decision in so many takes the place of the one before it. */
const SUCCESSION = 9;
const FIRST_DAY = Date.UTC(2020, 2, 2);
const DAY = 86_400_000;
const SEED = 1;

const number = (index) => String(index + 1).padStart(4, '0');
const id = (index) => `ADR-${number(index)}`;
const chanceOf = (index, purpose) => new Chance(SEED, purpose, index);
const titleOf = (index) => title(chanceOf(index, STREAMS.identity));
const fileName = (index) => `${number(index)}-${titleOf(index).toLowerCase().replaceAll(' ', '-')}.md`;

const isSuccessor = (index) => index % SUCCESSION === SUCCESSION - 1;
const isSuperseded = (index, count) => index + 1 < count && isSuccessor(index + 1);

/** The decisions that one links to: its neighbours and one anywhere. */
function targetsOf(index, count, chance) {
  const targets = [index - 1, index + 1, chance.between(0, count - 1)];
  return [...new Set(targets)].filter((one) => one >= 0 && one < count && one !== index);
}

function statusOf(index, count, chance) {
  if (isSuperseded(index, count)) return 'superseded';
  return isSuccessor(index) ? 'accepted' : chance.pick(['proposed', 'accepted', 'rejected']);
}

function frontmatter(index, count, targets, chance) {
  return [
    `id: ${id(index)}`,
    `title: ${titleOf(index)}`,
    `status: ${statusOf(index, count, chance)}`,
    `date: ${new Date(FIRST_DAY + index * DAY).toISOString().slice(0, 10)}`,
    `decision-makers: [${person(chance)}]`,
    `related: [${targets.map(id).join(', ')}]`,
    ...(isSuccessor(index) ? [`supersedes: [${id(index - 1)}]`] : []),
    ...(isSuperseded(index, count) ? [`superseded-by: [${id(index + 1)}]`] : []),
  ].join('\n');
}

const bullets = (chance, count, make) => chance.times(count, () => `- ${make(chance)}`).join('\n');

const outcome = (option, chance) =>
  [
    `Chosen: "${option}". ${sentence(chance)}`,
    `### Consequences\n\n${bullets(chance, 4, sentence)}`,
    `### Confirmation\n\n${paragraph(chance, 2)}`,
  ].join('\n\n');

function sections(targets, chance) {
  const options = chance.times(OPTIONS, () => capital(piece(chance)));
  const weighed = options.map((option) => `### ${option}\n\n${bullets(chance, 3, sentence)}`);
  const links = targets.map((one) => `- [${id(one)}](./${fileName(one)}): ${sentence(chance)}`);
  return [
    ['Context and Problem Statement', `${paragraph(chance, 4)}\n\n${paragraph(chance, 3)}`],
    ['Decision Drivers', bullets(chance, 3, sentence)],
    ['Considered Options', options.map((option) => `- ${option}`).join('\n')],
    ['Decision Outcome', outcome(options[0], chance)],
    ['Pros and Cons of the Options', weighed.join('\n\n')],
    ['More Information', links.join('\n') || 'It stands alone.'],
  ].map(([name, text]) => `## ${name}\n\n${text}`);
}

function documentText(index, count) {
  const chance = chanceOf(index, STREAMS.text);
  const targets = targetsOf(index, count, chance);
  const head = `---\n${frontmatter(index, count, targets, chance)}\n---\n\n# ${id(index)} - ${titleOf(index)}`;
  return `${[head, ...sections(targets, chance)].join('\n\n')}\n`;
}

/** Writes a git repository of decisions, the same ones each time, with the settings of both linters. */
export function writeDecisions(count, folder) {
  cpSync(SETTINGS, folder, { recursive: true });
  mkdirSync(join(folder, FOLDER), { recursive: true });
  for (let index = 0; index < count; index += 1)
    writeFileSync(join(folder, FOLDER, fileName(index)), documentText(index, count), { flag: 'wx' });
  commit(folder);
}

/** @returns {string | undefined} where madr-lint's command lies, if it can run here at all */
export function findMadrLint(given) {
  const path = given ?? peerBin('madr-lint', 'dist', 'cli.js');
  if (existsSync(path)) return path;
  if (given === undefined) return undefined;
  throw new Error(`--madr-lint: there is no ${given}`);
}

const exitCode = ({ argv }, cwd) => spawnSync(argv[0], argv.slice(1), { cwd, env: environment() }).status;

/** Throws unless each linter passes the documents, and sees an unknown status. */
function proveBothLint(folder, linters) {
  const file = join(folder, FOLDER, fileName(0));
  const text = readFileSync(file, 'utf8');
  const expect = (code) => {
    for (const linter of linters) {
      const found = exitCode(linter, folder);
      if (found !== code) throw new Error(`${linter.name} ended with ${found} on MADR documents, expected ${code}`);
    }
  };
  expect(0);
  writeFileSync(file, text.replace(/^status: .*$/m, 'status: perhaps'));
  expect(1);
  writeFileSync(file, text);
}

/**
 * The cases on decisions: all of them, without what earlier runs have left and with it.
 *
 * @param {string} folder
 * @param {string | undefined} madrLint its command
 * @returns {import('./cases.mjs').Case[]}
 */
export function decisionCases(folder, madrLint) {
  const own = ours('lint');
  const cache = join(folder, '.git', 'madr-lint');
  const peer = (name, ...args) => ({ name, argv: node(madrLint, FOLDER, ...args), isOptional: true });
  const cold = madrLint === undefined ? [] : [peer('madr-lint', '--no-cache')];
  const warm = madrLint === undefined ? [] : [{ ...peer('madr-lint, warm cache', '--cache-dir', cache), cache }];
  proveBothLint(folder, [own, ...cold]);
  const coldOwn = { ...own, before: () => forget(folder) };
  return [
    { name: 'whole', entrants: [EMPTY, readAll(FOLDER), coldOwn, ...cold] },
    { name: 'whole, nothing changed', entrants: [EMPTY, own, ...warm] },
  ];
}
