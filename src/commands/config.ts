import { resolve } from 'node:path';
import { RULES } from '../../rules/registry.ts';
import { EXIT, type Io } from '../io.ts';
import { describe, readAs } from '../model/document.ts';
import { asksFor } from '../model/lifecycle.ts';
import { pathFrom } from '../model/slashes.ts';
import { UserError } from '../model/user-error.ts';
import { factsOf } from '../pipeline/document-set.ts';
import { locate } from '../pipeline/locate.ts';
import { openWorkspace, type Workspace } from '../pipeline/workspace.ts';
import { surroundingsOf } from './surroundings.ts';

interface Setting {
  readonly key: string;
  readonly value: unknown;
  readonly origin: string;
}

/** Every setting in force, with where it comes from: file and line, or the default. */
function settings({ config, types }: Workspace): Setting[] {
  const originOf = (key: string): string =>
    config.origins.get(key) ?? config.origins.get(key.split('.')[0] as string) ?? 'default';
  const plain = ['preset', 'roots', 'ignore', 'parser', 'externalPrefixes'] as const;
  const documentTypes = [...types.values()].map((type) => ({
    key: `types.${type.name}`,
    value: { folder: type.folder, id: type.id?.prefix ?? null },
    origin: type.source,
  }));
  const rules = RULES.map((rule) => ({
    key: `rules.${rule.id}`,
    value: config.rules[rule.id] ?? rule.severity,
    origin: config.origins.get(`rules.${rule.id}`) ?? 'default',
  }));
  const limits = Object.entries(config.limits).map(([key, value]) => ({
    key: `limits.${key}`,
    value,
    origin: config.origins.get(`limits.${key}`) ?? 'default',
  }));
  return [
    ...plain.map((key) => ({ key, value: config[key], origin: originOf(key) })),
    ...limits,
    ...documentTypes,
    ...rules,
  ];
}

/** What holds for one file: its type, and which rules speak of it in its present status. */
function forFile(argument: string, workspace: Workspace, cwd: string): Record<string, unknown> {
  const path = pathFrom(workspace.top, resolve(cwd, argument));
  const facts = factsOf(path, workspace);
  if (!facts) throw new UserError(`No such file: \`${argument}\``);
  const { type, id, status, folderType, root } = describe(
    path,
    locate(path, workspace),
    readAs(facts),
    workspace.types,
  );
  const speaks = RULES.filter(
    (rule) =>
      type !== undefined &&
      workspace.config.rules[rule.id] !== 'off' &&
      !type.exempt.has(rule.id) &&
      (!rule.gate || asksFor(type.lifecycle, status, rule.gate)),
  );
  return {
    path,
    root: root ?? null,
    folder: folderType?.folder ?? null,
    type: type?.name ?? null,
    source: type?.source ?? null,
    id: id?.canonical ?? null,
    status: status ?? null,
    rules: speaks.map((rule) => rule.id),
  };
}

const show = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Shows the configuration in force. @returns the exit code */
export async function configCommand(
  path: string | undefined,
  options: { readonly json?: boolean },
  io: Io,
): Promise<number> {
  const workspace = await openWorkspace(surroundingsOf(io));
  if (path !== undefined) {
    const about = forFile(path, workspace, io.cwd);
    const lines = Object.entries(about).map(
      ([key, value]) => `${key}: ${Array.isArray(value) ? value.join(', ') : show(value)}`,
    );
    io.stdout.write(options.json ? `${JSON.stringify(about, null, 2)}\n` : `${lines.join('\n')}\n`);
    return EXIT.clean;
  }
  const all = settings(workspace);
  const file = workspace.config.file === undefined ? null : pathFrom(io.cwd, workspace.config.file);
  if (options.json) io.stdout.write(`${JSON.stringify({ file, settings: all }, null, 2)}\n`);
  else
    io.stdout.write(
      `config file: ${file ?? 'none'}\n${all.map(({ key, value, origin }) => `${key}: ${show(value)}  (${origin})\n`).join('')}`,
    );
  return EXIT.clean;
}
