// Where the results are kept, written again after each race so that a run that is broken off leaves what it has.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bar, figures } from './table.mjs';

/** @typedef {ReturnType<typeof import('./race.mjs').outcome>} Outcome */

const path = (name) => fileURLToPath(new URL(`../results/${name}`, import.meta.url));
const LATEST = path('latest.json');

const isSameRace = (one, other) =>
  one.corpus === other.corpus && one.documents === other.documents && one.case === other.case;

/** Results that grow race by race. */
export class Results {
  #about;
  #notes;
  #races;

  /**
   * @param {{ about: string, notes: string[] }} run machine and versions, and what else is to be said
   * @param {boolean} adds begin with the races of the last results
   */
  constructor({ about, notes }, adds) {
    const last = adds && existsSync(LATEST) ? JSON.parse(readFileSync(LATEST, 'utf8')) : undefined;
    if (last && last.about !== about) throw new Error(`--add: the last results are of ${last.about}`);
    this.#about = about;
    this.#notes = notes;
    this.#races = last?.races ?? [];
  }

  /** @param {Outcome} race takes the place of an older one of the same case */
  add(race) {
    this.#races = [...this.#races.filter((one) => !isSameRace(one, race)), race];
    mkdirSync(path(''), { recursive: true });
    writeFileSync(LATEST, `${JSON.stringify(this.#all(), null, 2)}\n`);
  }

  /** @returns {string} everything as Markdown */
  finish() {
    const text = `## The bar\n\n${bar(this.#all())}\n\n## Figures\n\n${figures(this.#all())}\n`;
    writeFileSync(path('latest.md'), text);
    return text;
  }

  #all() {
    return { about: this.#about, notes: this.#notes, races: this.#races };
  }
}
