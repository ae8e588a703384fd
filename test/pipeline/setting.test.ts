import { describe, expect, it } from 'vitest';
import { openSetting, openWorkspace } from '../../src/pipeline/workspace.ts';
import { plan } from '../helpers/documents.ts';
import { environment, Repository } from '../helpers/repository.ts';

describe('what holds in a repository', () => {
  it.each([
    ['nothing said', {}],
    [
      'a config',
      { 'planproof.config.json': '{ "rules": { "placeholder": "warning" }, "roots": ["dev_ops", "docs"] }' },
    ],
  ])('is known before any document is read: %s', async (_what, files) => {
    const { folder } = new Repository({ ...files, 'dev_ops/plans/PLAN-001-rate-limit.md': plan() });
    const surroundings = { cwd: folder, environment: environment(), notify: () => {} };
    const { source: _source, progress: _progress, ...whole } = await openWorkspace(surroundings);
    const setting = await openSetting(surroundings);
    const plain = (value: unknown): unknown =>
      JSON.parse(JSON.stringify(value, (_key, inner) => (inner instanceof Map ? [...inner] : inner)));
    expect(plain(setting)).toEqual(plain(whole));
    expect([...setting.types.keys()]).toEqual([...whole.types.keys()]);
  });

  it('tells where a config sets what', async () => {
    const config = '{\n  "rules": { "placeholder": "off" }\n}\n';
    const { folder } = new Repository({ 'planproof.config.json': config });
    const { config: read } = await openSetting({ cwd: folder, notify: () => {} });
    expect([...read.origins]).toEqual([
      ['rules', 'planproof.config.json:2'],
      ['rules.placeholder', 'planproof.config.json:2'],
    ]);
  });
});
