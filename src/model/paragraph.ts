import type { Prose } from './facts.ts';
import { collapse } from './node-text.ts';
import type { Place } from './place.ts';

/** A whole paragraph. Its text is worked out when somebody asks: where templates have no sample text nobody does. */
export class Paragraph implements Prose {
  readonly section: number;
  readonly place: Place;
  readonly source: string;

  constructor(section: number, source: string, place: Place) {
    this.section = section;
    this.source = source;
    this.place = place;
  }

  get text(): string {
    return collapse(this.source);
  }
}
