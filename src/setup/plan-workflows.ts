import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { defaultRoots } from '../model/config.ts';
import { readFrontmatter } from '../model/frontmatter.ts';
import { packageFile } from '../model/package-files.ts';
import { LineTable } from '../model/place.ts';
import type { Workspace } from '../pipeline/workspace.ts';
import type { Survey } from './guess-documents.ts';
import type { Layout } from './guess-layout.ts';
import type { Project } from './project.ts';
import { fileStep, type Step } from './step.ts';
import { below } from './text-file.ts';

/** Documents that a preset brings along, in the folder that its types have for them. */
function broughtBy(preset: string, folder: string): { name: string; text: string }[] {
  const path = packageFile('templates', preset, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((name) => name.endsWith('.md'))
    .map((name) => ({ name, text: readFileSync(packageFile('templates', preset, folder, name), 'utf8') }));
}

/** The text with paths as they are below another root. */
function atRoot(text: string, root: string): string {
  return text.replaceAll(`${defaultRoots()[0]}/`, root === '.' ? '' : `${root}/`);
}

/**
 * The documents of the preset for types that are known by a marker instead of an id, but for those whose marker has
 * the value of one that is there already.
 *
 * @param roots relative to the folder of the config
 */
export function planWorkflows(
  project: Project,
  workspace: Workspace,
  seen: Survey,
  layout: Layout,
  roots: readonly string[],
): Step[] {
  const root = roots[0] as string;
  return [...workspace.types.values()].flatMap((type) => {
    const { marker } = type;
    if (marker === undefined) return [];
    const there = new Set(seen.documents.filter((one) => one.type === type).map(({ data }) => data[marker]));
    const folder = layout.moved.find((one) => one.type === type)?.folder ?? type.folder;
    return workspace.config.preset
      .flatMap((preset) => broughtBy(preset, type.folder))
      .flatMap(({ name, text }) => {
        const path = below(project.base, root === '.' ? `${folder}/${name}` : `${root}/${folder}/${name}`);
        const value = readFrontmatter(text, new LineTable(text))?.data[marker];
        if (there.has(value) || project.source.exists(path)) return [];
        return fileStep(
          project.source,
          path,
          atRoot(text, root),
          `how a document of the kind ${value} comes about; yours to change`,
        );
      });
  });
}
