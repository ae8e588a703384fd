import { existsSync, readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { CONFIG_FILES, defaultRoots } from '../model/config.ts';
import type { DocumentType } from '../model/document-type.ts';
import { applyEdits } from '../model/edit.ts';
import { changeJson } from '../model/json-edit.ts';
import { packageFile, packageVersion } from '../model/package-files.ts';
import { pathFrom } from '../model/slashes.ts';
import { SourceText } from '../model/source-text.ts';
import type { Workspace } from '../pipeline/workspace.ts';
import type { Survey } from './guess-documents.ts';
import type { Layout } from './guess-layout.ts';
import type { Project } from './project.ts';
import { fileStep, note, type Step } from './step.ts';
import { below } from './text-file.ts';

/** Where copies of the preset's types go that the repository changes. */
const TYPES_FOLDER = 'planproof';

/** The address of a schema of this package, as a file of the repository names it. */
export function schemaAddress({ manifest, base }: Project, file: string): string {
  if (!manifest) return `https://unpkg.com/planproof@${packageVersion()}/schemas/${file}`;
  const way = relative(`/${base}`, `/${below(manifest.folder, `node_modules/planproof/schemas/${file}`)}`);
  const path = way.split(sep).join('/');
  return path.startsWith('../') ? path : `./${path}`;
}

/** The files of a preset's type. */
function presetFiles(
  { name }: DocumentType,
  presets: readonly string[],
): { schema: string; template: string } | undefined {
  return presets
    .map((preset) => ({
      schema: packageFile('schemas', preset, `${name}.schema.json`),
      template: packageFile('templates', preset, `${name}.md`),
    }))
    .findLast(({ schema }) => existsSync(schema));
}

/** A type of the preset as the repository's own, with another folder. */
function ownType(
  project: Project,
  workspace: Workspace,
  type: DocumentType,
  folder: string,
): { steps: Step[]; paths: object } | undefined {
  const files = presetFiles(type, workspace.config.preset);
  if (!files) return undefined;
  const source = new SourceText(readFileSync(files.schema));
  const schema = applyEdits(source.bytes, changeJson(source, [{ path: ['x-document', 'folder'], value: folder }]));
  const own = { schema: `${TYPES_FOLDER}/${type.name}.schema.json`, template: `${TYPES_FOLDER}/${type.name}.md` };
  const write = (path: string, text: string, why: string): Step[] => {
    const file = below(project.base, path);
    return project.source.exists(file) ? [] : fileStep(project.source, file, text, why);
  };
  const why = `the type ${type.name} with its documents in \`${folder}\`; from now on it is yours`;
  const steps = [
    ...write(own.schema, Buffer.from(schema).toString('utf8'), why),
    ...write(own.template, readFileSync(files.template, 'utf8'), `the sections of the type ${type.name}`),
  ];
  return { steps, paths: own };
}

/** What the survey tells, in words. */
function words({ documents, bare }: Survey, { stray }: Layout, roots: readonly string[]): Step[] {
  const some = stray.slice(0, 3).join(', ') + (stray.length > 3 ? `, and ${stray.length - 3} more` : '');
  return [
    note(
      documents.length === 0
        ? `documents: none yet; new ones go below ${roots[0]}/`
        : `documents: ${documents.length}; roots: ${roots.join(', ')}`,
    ),
    ...(stray.length === 0 ? [] : [note(`in no type's folder, and so not judged: ${some}`)]),
    ...bare.map(({ folder, type, count }) =>
      note(
        `${folder}/: ${count === 1 ? 'a file looks' : `${count} files look`} like type ${type}, without an id: not touched, not judged`,
      ),
    ),
  ];
}

/** The config, where there is none. @returns the steps, and the roots that hold from then on */
export function planConfig(
  project: Project,
  workspace: Workspace,
  seen: Survey,
  layout: Layout,
): { steps: Step[]; roots: readonly string[] } {
  const { config } = workspace;
  if (config.file !== undefined) {
    const path = pathFrom(project.top, config.file);
    return { steps: [note(`config: ${path}, left as it is`)], roots: config.roots };
  }
  const roots = layout.roots.length === 0 ? defaultRoots() : layout.roots;
  const isDefault = roots.join() === defaultRoots().join();
  const own = layout.moved.flatMap(({ type, folder }) => {
    const made = ownType(project, workspace, type, folder);
    return made ? [{ name: type.name, ...made }] : [];
  });
  const settings = {
    $schema: schemaAddress(project, 'config.schema.json'),
    ...(isDefault ? {} : { roots }),
    ...(own.length === 0 ? {} : { types: Object.fromEntries(own.map(({ name, paths }) => [name, paths])) }),
  };
  const path = below(project.base, CONFIG_FILES[0] as string);
  const why = isDefault ? 'says that documents are kept here; all else is as by default' : 'where the documents lie';
  const file = fileStep(project.source, path, `${JSON.stringify(settings, null, 2)}\n`, why);
  return { steps: [...words(seen, layout, roots), ...file, ...own.flatMap(({ steps }) => steps)], roots };
}
