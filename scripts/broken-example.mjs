// examples/broken as examples/defects.json makes it of examples/dev_ops.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Applies one defect to a set of files; its text must occur exactly once, so that no entry rots unseen. */
function apply(files, { file, find, replace, rename }) {
  const text = files.get(file);
  if (text === undefined) throw new Error(`examples/defects.json: no such file ${file}`);
  if (rename !== undefined) {
    files.delete(file);
    files.set(rename, text);
    return;
  }
  if (text.split(find).length !== 2)
    throw new Error(`examples/defects.json: ${JSON.stringify(find)} does not occur once in ${file}`);
  files.set(
    file,
    text.replace(find, () => replace),
  );
}

/**
 * The files of the broken copy.
 *
 * @param {string} top the repository
 * @returns {Map<string, string>} by path relative to the top
 */
export function brokenExample(top) {
  const examples = join(top, 'examples');
  const files = new Map(
    readdirSync(join(examples, 'dev_ops'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [relative(examples, path).split(sep).join('/'), readFileSync(path, 'utf8')]),
  );
  const { defects } = JSON.parse(readFileSync(join(examples, 'defects.json'), 'utf8'));
  for (const defect of defects) apply(files, defect);
  return new Map([...files].map(([path, text]) => [`examples/broken/${path}`, text]));
}
