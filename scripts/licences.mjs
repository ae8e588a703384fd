// The licence texts of everything that ends up in the bundle.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of the package that a module belongs to; undefined for our own. */
function packageOf(module) {
  return /^\0?(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(module)?.[1];
}

const MIT = (holder) => `MIT License

Copyright (c) ${holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

/** The licence by its short name; old packages have a list. */
function licenceOf({ license, licenses }) {
  return license ?? licenses?.map(({ type }) => type).join(' OR ');
}

/** The text that lies in the package, or for an MIT package without one the standard text with its author. */
function licenceText(folder, { name, author, ...manifest }) {
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(?:[.-].*)?$/i.test(entry));
  if (file) return readFileSync(join(folder, file), 'utf8').trim();
  const license = licenceOf(manifest);
  const holder = typeof author === 'string' ? author : author?.name;
  if (license !== 'MIT' || !holder) throw new Error(`No licence text for the bundled package ${name} (${license})`);
  return MIT(holder.replace(/\s*[<(].*$/, ''));
}

/**
 * The content of THIRD-PARTY-LICENSES.
 *
 * @param {Iterable<string>} modules ids of the modules in the bundle
 */
export function thirdPartyLicences(modules) {
  // The validators are built in a folder of our own below node_modules, gone by now.
  const folders = new Set([...modules].map(packageOf).filter((folder) => folder !== undefined && existsSync(folder)));
  const packages = [...folders].map((folder) => {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return {
      title: `${manifest.name} ${manifest.version} (${licenceOf(manifest)})`,
      text: licenceText(folder, manifest),
    };
  });
  packages.sort((a, b) => (a.title < b.title ? -1 : 1));
  const intro = 'planproof contains code of the following packages, each under its own licence.';
  return `${intro}\n\n${packages.map(({ title, text }) => `${'='.repeat(80)}\n${title}\n\n${text}\n`).join('\n')}`;
}
