import { readFileSync } from 'node:fs';
import { packageFile } from '../model/package-files.ts';
import { explainErrors } from '../model/schema-errors.ts';
import { UserError } from '../model/user-error.ts';
import { validatorOf } from '../model/validator.ts';
import type { ShardMark } from '../reporters/report.ts';

/** How a report is written: what merges are made of, and what a merge gives unless it is told otherwise. */
export type Kind = 'json' | 'sarif';

/** A report that was written to a file. */
export interface Part {
  /** What messages call the file. */
  readonly name: string;
  readonly kind: Kind;
  /** What the file says, of the form of its kind. */
  readonly data: unknown;
  readonly shard: ShardMark | undefined;
}

const HELP = 'planproof lint --shard 1/3 --format json=report-1.json writes one of three.';

/** @throws UserError that the file is no report */
function refuse(name: string, message: string): never {
  throw new UserError(`${name}: ${message}`, HELP);
}

function textOf(file: string, name: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return refuse(name, code === 'ENOENT' ? 'No such file' : message);
  }
}

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return refuse(name, `Unexpected ${text.trim() === '' ? 'empty file' : 'text'}, expected a whole report in JSON`);
  }
}

const SHARD = {
  type: 'object',
  required: ['index', 'count', 'set'],
  properties: {
    index: { type: 'integer', minimum: 1 },
    count: { type: 'integer', minimum: 1 },
    set: { type: 'string' },
  },
};

/** What a merge relies on in a SARIF log: that planproof wrote it, and where its results stand. */
const SARIF_SCHEMA: string = JSON.stringify({
  type: 'object',
  required: ['version', 'runs'],
  properties: {
    version: { const: '2.1.0' },
    runs: { type: 'array', minItems: 1, maxItems: 1, items: { $ref: '#/$defs/run' } },
  },
  $defs: {
    run: {
      type: 'object',
      required: ['tool', 'results'],
      properties: {
        tool: {
          type: 'object',
          required: ['driver'],
          properties: {
            driver: {
              type: 'object',
              required: ['name', 'semanticVersion'],
              properties: { name: { const: 'planproof' }, semanticVersion: { type: 'string' } },
            },
          },
        },
        properties: { type: 'object', properties: { shard: SHARD } },
        results: { type: 'array', items: { $ref: '#/$defs/result' } },
      },
    },
    result: {
      type: 'object',
      required: ['ruleId', 'level', 'locations'],
      properties: {
        ruleId: { type: 'string' },
        level: { enum: ['error', 'warning'] },
        locations: { type: 'array', minItems: 1, maxItems: 1, items: { $ref: '#/$defs/location' } },
      },
    },
    location: {
      type: 'object',
      required: ['physicalLocation'],
      properties: {
        physicalLocation: {
          type: 'object',
          required: ['artifactLocation', 'region'],
          properties: {
            artifactLocation: { type: 'object', required: ['uri'], properties: { uri: { type: 'string' } } },
            region: {
              type: 'object',
              required: ['startLine', 'startColumn'],
              properties: { startLine: { type: 'integer' }, startColumn: { type: 'integer' } },
            },
          },
        },
      },
    },
  },
});

const schemaOf = (kind: Kind): string =>
  kind === 'sarif' ? SARIF_SCHEMA : readFileSync(packageFile('schemas', 'report.schema.json'), 'utf8');

async function checkForm(data: unknown, kind: Kind, name: string): Promise<void> {
  const validate = await validatorOf(schemaOf(kind), `${kind} report`);
  const [mistake] = explainErrors(validate(data), data, []);
  if (mistake) refuse(name, `${mistake.message} (at \`${mistake.pointer || '/'}\`)`);
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Which part a report is, by its own word. */
function shardOf(data: unknown, kind: Kind): ShardMark | undefined {
  if (kind === 'json') return (data as { shard?: ShardMark }).shard;
  return (data as { runs: [{ properties?: { shard?: ShardMark } }] }).runs[0].properties?.shard;
}

/**
 * Reads a report that `planproof lint` wrote as JSON or SARIF.
 *
 * @param file absolute path
 * @param name what messages call it
 * @throws UserError when it is missing, damaged or somebody else's
 */
export async function readReport(file: string, name: string): Promise<Part> {
  const data = parsed(textOf(file, name), name);
  if (!isObject(data) || !('findings' in data || 'runs' in data))
    refuse(name, 'Unexpected JSON, expected a JSON report or a SARIF log of planproof');
  const kind = 'runs' in data ? 'sarif' : 'json';
  await checkForm(data, kind, name);
  return { name, kind, data, shard: shardOf(data, kind) };
}
