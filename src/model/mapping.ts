/**
 * The keys and values of a mapping, and no others: nothing is inherited, not even `constructor`. To the engine an object without
 * any prototype is a hash table, which takes twice the time to make and to read; those of a class share their shapes.
 */
export class Mapping {
  [key: string]: unknown;
}
Reflect.deleteProperty(Mapping.prototype, 'constructor');
Object.setPrototypeOf(Mapping.prototype, null);
