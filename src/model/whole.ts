/**
 * An object of a team's schema with all the keys that it may have, undefined where it has none: where the shapes of objects
 * differ from type to type, the engine compiles the rules for each anew.
 */
export type Whole<T> = { readonly [Key in keyof Required<T>]: T[Key] };
