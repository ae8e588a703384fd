import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RULES } from '../../rules/registry.ts';
import preset, { rules } from '../../src/remark.ts';
import { PROJECT } from '../helpers/repository.ts';

const NOT_RULES = ['adapter.ts', 'registry.ts'];
const ids = RULES.map((rule) => rule.id).sort();

describe('the registry, in both directions', () => {
  it('every rule file is in it, and every rule has a file of its name', async () => {
    const files = readdirSync(join(PROJECT, 'rules')).filter((file) => !NOT_RULES.includes(file));
    expect(files.sort()).toEqual(ids.map((id) => `${id}.ts`).sort());
    for (const file of files) {
      const { default: rule } = (await import(join(PROJECT, 'rules', file))) as { default: { id: string } };
      expect(`${rule.id}.ts`).toBe(file);
    }
  });

  it('every rule has a page, and every page a rule', () => {
    const pages = readdirSync(join(PROJECT, 'docs', 'rules')).filter((file) => file !== 'README.md');
    expect(pages.sort()).toEqual(ids.map((id) => `${id}.md`).sort());
  });

  it('every page opens with the id and the summary', () => {
    for (const rule of RULES) {
      const page = readFileSync(join(PROJECT, 'docs', 'rules', `${rule.id}.md`), 'utf8');
      expect(page.startsWith(`# ${rule.id}\n`), rule.id).toBe(true);
      expect(page.replace(/\s+/g, ' '), rule.id).toContain(rule.summary);
      expect(page, rule.id).toContain('<!-- facts -->');
    }
  });

  it('every rule is a remark-lint rule of the preset', () => {
    expect(Object.keys(rules).sort()).toEqual(ids);
    const inPreset = preset.plugins.flatMap((plugin) =>
      Array.isArray(plugin) ? (plugin[0] as { name: string }).name : [],
    );
    for (const id of ids) expect(inPreset).toContain(`planproof:${id}`);
  });

  it('every rule says one sentence, and a rule without a check is one of the engine', () => {
    for (const rule of RULES) {
      expect(rule.summary, rule.id).toMatch(/^[A-Z].*\.$/s);
      expect(rule.check !== undefined || rule.checkBoard !== undefined || rule.area === 'engine', rule.id).toBe(true);
    }
  });
});

describe('the layers', () => {
  const sources = (folder: string): string[] =>
    readdirSync(join(PROJECT, folder), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  /** A file of a package is no layer. */
  const importsOf = (file: string): string[] =>
    [...readFileSync(join(PROJECT, file), 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)]
      .map((match) => match[1] as string)
      .filter((target) => !target.includes('/node_modules/'));

  it('a rule imports the model and nothing else', () => {
    for (const file of sources('rules').filter((name) => !NOT_RULES.includes(name))) {
      for (const target of importsOf(join('rules', file))) expect(target, file).toMatch(/^\.\.\/src\/model\//);
    }
  });

  it('the model imports neither pipeline, commands, reporters nor rules', () => {
    for (const file of sources('src/model')) {
      for (const target of importsOf(join('src/model', file))) expect(target, file).toMatch(/^\.\/[a-z-]+\.ts$/);
    }
  });

  it('only the command-line files touch the process', () => {
    const own = ['cli.ts', 'command.ts', 'remark.ts'];
    for (const file of sources('src').filter((name) => !own.includes(name))) {
      expect(readFileSync(join(PROJECT, 'src', file), 'utf8'), file).not.toMatch(
        /\bprocess\.(?:env|argv|exit|stdout|stderr|stdin|cwd)\b/,
      );
    }
  });

  it('no section name, prefix, status or folder of a type stands in the code', () => {
    const words = new Set<string>();
    for (const file of readdirSync(join(PROJECT, 'schemas', 'devops'))) {
      const schema = JSON.parse(readFileSync(join(PROJECT, 'schemas', 'devops', file), 'utf8'));
      const { id, folder, lifecycle } = schema['x-document'];
      const template = readFileSync(join(PROJECT, 'templates', 'devops', file.replace('.schema.json', '.md')), 'utf8');
      const sections = [...template.matchAll(/^## (.+)$/gm)].map((match) => match[1] as string);
      for (const word of [id?.prefix, folder, ...Object.keys(lifecycle?.transitions ?? {}), ...sections])
        if (word) words.add(word);
    }
    words.delete('*');
    // The folder of task documents has the name of a key in the JSON of boards.
    words.delete('tasks');
    expect(words.size).toBeGreaterThan(30);
    for (const file of [
      ...sources('src').map((name) => join('src', name)),
      ...sources('rules').map((name) => join('rules', name)),
    ]) {
      // Comments, help texts and examples in messages may name types; string values that decide may not.
      const code = readFileSync(join(PROJECT, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
      for (const [, text] of code.matchAll(/'((?:[^'\\\n]|\\.)*)'/g))
        expect(words.has(text as string), `${file}: '${text}'`).toBe(false);
    }
  });
});
