import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { onTestFinished } from 'vitest';
import { PROJECT } from './repository.ts';

const OPTIONS: ts.CompilerOptions = {
  module: ts.ModuleKind.ESNext,
  target: ts.ScriptTarget.ES2023,
  rewriteRelativeImportExtensions: true,
  verbatimModuleSyntax: true,
};

/**
 * Makes plain JavaScript of folders below `src`, for tests that need processes of their own.
 *
 * @returns the folder that stands for `src`, removed when the test is over
 */
export function plainScripts(folders: readonly string[]): string {
  const target = mkdtempSync(join(tmpdir(), 'planproof-scripts-'));
  onTestFinished(() => rmSync(target, { recursive: true, force: true }));
  for (const folder of folders) {
    for (const name of readdirSync(join(PROJECT, 'src', folder))) {
      const file = join(target, folder, name.replace(/\.ts$/, '.js'));
      mkdirSync(dirname(file), { recursive: true });
      const text = readFileSync(join(PROJECT, 'src', folder, name), 'utf8');
      writeFileSync(file, ts.transpileModule(text, { compilerOptions: OPTIONS }).outputText);
    }
  }
  writeFileSync(join(target, 'package.json'), '{ "type": "module" }');
  return target;
}
