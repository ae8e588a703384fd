import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/model/config.ts';
import { PROJECT, Repository } from '../helpers/repository.ts';

const read = (path: string): string => readFileSync(join(PROJECT, path), 'utf8');
const PAGES = [
  ...readdirSync(PROJECT).filter((file) => file.endsWith('.md')),
  ...readdirSync(join(PROJECT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file)),
  join('bench', 'README.md'),
  join('examples', 'README.md'),
];

describe('the pages', () => {
  it.each(PAGES)('%s: every relative link leads to a file', (page) => {
    const prose = read(page)
      .replace(/^(`{3,})[\s\S]*?^\1/gm, '')
      .replace(/`[^`\n]*`/g, '');
    const targets = [...prose.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)].map(
      (match) => match[1] as string,
    );
    for (const target of targets)
      expect(existsSync(join(PROJECT, dirname(page), decodeURI(target))), target).toBe(true);
  });

  it('every npm script they name exists', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    for (const page of PAGES) {
      for (const [, name] of read(page).matchAll(/npm (?:run )?(test|(?<=run )[a-z-]+)/g))
        expect(scripts, page).toHaveProperty(name as string);
    }
  });

  it('.ci/run and the CI workflow call exactly the test command of the README', () => {
    const command = 'npm ci && npm test';
    expect(read('README.md')).toContain(`\`\`\`sh\n${command}\n\`\`\``);
    expect(read('.ci/run').trim().split('\n').at(-1)).toBe(command);
    expect(read('.github/workflows/ci.yml')).toContain(`- run: ${command}\n`);
  });

  it('the example of the configuration page is a config that holds', async () => {
    const example = /```jsonc\n([\s\S]*?)```/.exec(read('docs/configuration.md'))?.[1] ?? '';
    const repository = new Repository({ 'planproof.config.jsonc': example });
    const config = await loadConfig(repository.folder, join(repository.folder, 'planproof.config.jsonc'));
    expect(config.roots).toEqual((parse(example) as { roots: string[] }).roots);
  });

  it('the hook that docs/hook.md describes is the one that this repository has', () => {
    expect(read('docs/hook.md')).toContain(`\`\`\`sh\n${read('.husky/pre-commit')}\`\`\``);
  });

  it('the finding that the README shows is one that the command prints', () => {
    const shown = /```text\n\$ npx planproof\n([\s\S]*?)\n\n1 error/.exec(read('README.md'))?.[1];
    const fields = 'title: Rate limit\ntype: plan\ndate: 2026-01-31\nstatus: Draft';
    const body = ['Goal', 'Context', 'Proposed Changes', 'Verification', 'Related', 'Exit Criteria']
      .map((name) => `## ${name}\n`)
      .join('\n');
    const repository = new Repository({
      'dev_ops/adrs/ADR-015-a.md': '---\nid: ADR-015\n---\n',
      'dev_ops/plans/PLAN-003-rate-limit.md': `---\nid: PLAN-003\n${fields.replace('\ntype: plan', '').replace('status: Draft', 'status: Draft\nrelated_docs:')}\n  - ADR-115\ntype: plan\n---\n\n# PLAN-003 - Rate limit\n\n${body}`,
    });
    expect(repository.run(['lint', 'dev_ops/plans']).stdout).toContain(shown);
  });
});
