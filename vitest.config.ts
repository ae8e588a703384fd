import { defineConfig, type ViteUserConfig } from 'vitest/config';

const config: ViteUserConfig = defineConfig({
  plugins: [
    {
      // Packages as users get them: the development builds of remark's parts are slower, and throw where these go on.
      name: 'release-builds',
      configResolved: ({ ssr }) => {
        ssr.resolve = { ...ssr.resolve, conditions: ['module', 'node'] };
      },
    },
  ],
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', './scripts/totals-reporter.ts'],
    globalSetup: ['test/global-setup.ts'],
    // Most of the time goes by in child processes: a worker less than cores would leave one idle.
    maxWorkers: '100%',
    // Two noisy cores: a real command in a real repository may take its time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    env: { NO_COLOR: '1', GITHUB_ACTIONS: '', GITLAB_CI: '' },
  },
});

export default config;
