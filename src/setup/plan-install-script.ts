import { applyEdits } from '../model/edit.ts';
import { changeJson } from '../model/json-edit.ts';
import type { Project } from './project.ts';
import { byHand, type Step } from './step.ts';

/**
 * A script of package.json that runs a command after every install: in each clone once, without anybody's doing.
 *
 * @param what the command
 */
export function installScript({ manifest, packages }: Project, what: string, why: string): Step[] {
  if (!manifest || !packages) return [];
  const [word] = what.split(' || ') as [string];
  if (Object.values(manifest.scripts).some((script) => script.includes(word))) return [];
  const name = packages.hooks.find((hook) => manifest.scripts[hook] === undefined);
  // A package that is published must not run this where it is installed.
  const isUnsafe = name === 'postinstall' && manifest.data['private'] !== true;
  if (name === undefined || isUnsafe)
    return [byHand(`${manifest.path} has no script left that runs after an install here: add this to one`, what)];
  const after = applyEdits(
    manifest.source.bytes,
    changeJson(manifest.source, [{ path: ['scripts', name], value: what }]),
  );
  return [{ kind: 'file', change: { path: manifest.path, before: manifest.source.bytes, after }, why }];
}
