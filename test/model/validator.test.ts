import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainErrors } from '../../src/model/schema-errors.ts';
import { AJV_OPTIONS, schemaKey, validatorOf } from '../../src/model/validator.ts';
import { PROJECT } from '../helpers/repository.ts';

const FILES = [
  'config.schema.json',
  'board.schema.json',
  'baseline.schema.json',
  ...readdirSync(join(PROJECT, 'schemas', 'devops')).map((file) => join('devops', file)),
];
const read = (file: string): string => readFileSync(join(PROJECT, 'schemas', file), 'utf8');

describe('the validators that the build makes', () => {
  it('are those of the schemas as they are now', () => {
    const compiled = readdirSync(join(PROJECT, 'dist', 'validators')).filter((file) =>
      /^[0-9a-f]{40}\.cjs$/.test(file),
    );
    expect(compiled.sort()).toEqual(FILES.map((file) => `${schemaKey(read(file))}.cjs`).sort());
  });

  it('are made with the options of those made at run time', () => {
    const build = readFileSync(join(PROJECT, 'scripts', 'build.mjs'), 'utf8');
    const [, options = ''] = /const options = (\{[^}]*\});/.exec(build) ?? [];
    expect(JSON.parse(options.replace(/(\w+):/g, '"$1":').replace(/,\s*\}/, '}'))).toEqual(AJV_OPTIONS);
  });

  it.each(FILES)('%s: both say the same', async (file) => {
    const text = read(file);
    const built = await validatorOf(text, file);
    // One more line end, and the text is no longer that of a built-in schema.
    const made = await validatorOf(`${text}\n`.replace(/\{/, `{ "$id": "x:${file.replaceAll('\\', '/')}", `), file);
    const schema = JSON.parse(text) as { properties: Record<string, { enum?: string[] }> };
    const values = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.constant(null),
      fc.boolean(),
      fc.array(fc.oneof(fc.string(), fc.integer())),
      fc.constantFrom(
        '2026-01-31',
        '2026-13-01',
        'Superseded',
        'plan',
        'PLAN-XXX',
        ...Object.values(schema.properties).flatMap((property) => property.enum ?? []),
      ),
    );
    const data = fc.dictionary(fc.constantFrom(...Object.keys(schema.properties), 'other', 'constructor'), values, {
      maxKeys: 12,
    });
    const plain = (errors: readonly { instancePath: string; keyword: string; params: unknown }[]) =>
      errors.map(({ instancePath, keyword, params }) => JSON.stringify([instancePath, keyword, params])).sort();
    fc.assert(
      fc.property(data, (value) => {
        expect(plain(built(value))).toEqual(plain(made(value)));
      }),
      { seed: 9, numRuns: 200 },
    );
  });
});

describe('schema mistakes in words', () => {
  const mistakes = async (schema: object, data: unknown): Promise<string[]> => {
    const properties = (schema as { properties?: object }).properties ?? {};
    const text = JSON.stringify({
      $id: `x:${JSON.stringify(schema).length}${Math.abs(
        JSON.stringify([schema, data])
          .split('')
          .reduce((a, c) => (a * 31 + c.charCodeAt(0)) | 0, 7),
      )}`,
      type: 'object',
      'x-document': { folder: 'x', marker: 'x' },
      ...schema,
    });
    const errors = (await validatorOf(text, 'x'))(data);
    return explainErrors(errors, data, Object.keys(properties)).map(({ pointer, message }) => `${pointer} ${message}`);
  };

  it.each<[string, object, unknown, string[]]>([
    [
      'a list for text',
      { properties: { a: { type: 'string' } } },
      { a: [] },
      ['/a Unexpected list for a, expected text'],
    ],
    [
      'a number for text',
      { properties: { a: { type: 'string' } } },
      { a: 404 },
      ['/a Unexpected `404` for a, expected text: put it in quotes, `"404"`'],
    ],
    [
      'several kinds',
      { properties: { a: { type: ['string', 'array'] } } },
      { a: 1 },
      ['/a Unexpected `1` for a, expected text or a list: put it in quotes, `"1"`'],
    ],
    [
      'an entry',
      { properties: { a: { type: 'array', items: { enum: ['x', 'y'] } } } },
      { a: ['x', 'z'] },
      ['/a/1 Unexpected entry 2 of `a` `z`, expected one of `x` or `y`: did you mean `x`?'],
    ],
    [
      'a range',
      { properties: { a: { type: 'number', minimum: 1, maximum: 5 } } },
      { a: 9 },
      ['/a Unexpected a `9`, expected at most 5'],
    ],
    [
      'empty text',
      { properties: { a: { type: 'string', minLength: 1 } } },
      { a: '' },
      ['/a Unexpected empty a, expected text'],
    ],
    [
      'an unknown key',
      { properties: { alpha: {} }, additionalProperties: false },
      { alpah: 1 },
      [' Unknown key `alpah`: did you mean `alpha`?'],
    ],
    [
      'twice the same',
      { properties: { a: { type: 'array', uniqueItems: true } } },
      { a: ['x', 'y', 'x'] },
      ['/a Entry 3 of a stands in it twice'],
    ],
    [
      'text or a list of texts, meant as a list',
      { properties: { a: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] } } },
      { a: ['x', 7] },
      ['/a/1 Unexpected `7` for entry 2 of `a`, expected text: put it in quotes, `"7"`'],
    ],
    [
      'an alternative by a constant',
      {
        properties: {
          a: {
            oneOf: [
              {
                type: 'object',
                properties: { kind: { const: 'x' }, size: { type: 'integer' } },
                required: ['kind', 'size'],
              },
              { type: 'object', properties: { kind: { const: 'y' } }, required: ['kind'] },
            ],
          },
        },
      },
      { a: { kind: 'x', size: 'big' } },
      ['/a/size Unexpected `big` for `a.size`, expected a whole number'],
    ],
    [
      'a condition',
      {
        properties: { a: {}, b: {} },
        if: { properties: { a: { const: 1 } }, required: ['a'] },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: { required: ['b'] },
      },
      { a: 1 },
      [' Missing key `b`'],
    ],
  ])('%s', async (_what, schema, data, expected) => {
    expect(await mistakes(schema, data)).toEqual(expected);
  });
});
