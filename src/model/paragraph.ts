import type { Prose } from './facts.ts';
import { collapse } from './node-text.ts';
import { FILE_START, type LineTable, type Place } from './place.ts';
import type { Written } from './tree-source.ts';

/** A whole paragraph. What it says is worked out when somebody asks: where templates have no sample text nobody does. */
export class Paragraph implements Prose {
  readonly section: number;
  readonly #written: Written;
  readonly #lines: LineTable;

  /** @param written not its node: facts are kept longer than trees */
  constructor(section: number, written: Written, lines: LineTable) {
    this.section = section;
    this.#written = written;
    this.#lines = lines;
  }

  get text(): string {
    return collapse(this.#written.source);
  }

  get place(): Place {
    const { source, start } = this.#written;
    return start === undefined ? FILE_START : this.#lines.place(start, start + source.length);
  }
}
