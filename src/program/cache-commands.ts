import type { Command } from 'commander';
import { type Act, examples, jsonOption } from './options.ts';

/** Adds the commands about what earlier runs have shown; the module is loaded when one of them runs. */
export function addCacheCommands(program: Command, act: Act): void {
  const load = () => import('../commands/cache.ts');
  const cache = program
    .command('cache')
    .description('what is remembered of earlier runs, so that lint judges only what may have changed')
    .addHelpText('after', examples('cache stats', 'cache clear'));
  cache
    .command('stats')
    .description('say where it lies, how large it is, what it holds, and whether the next lint uses it')
    .addOption(jsonOption())
    .addHelpText('after', examples('cache stats', 'cache stats --json'))
    .action((options) => act(async (io) => (await load()).cacheStatsCommand(options, io)));
  cache
    .command('clear')
    .description('remove it: the next lint judges all documents anew')
    .addOption(jsonOption())
    .addHelpText('after', examples('cache clear', 'cache clear --json'))
    .action((options) => act(async (io) => (await load()).cacheClearCommand(options, io)));
}
