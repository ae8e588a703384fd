/**
 * One task for the whole commit, whatever it touches: planproof judges the set of documents, so file names are of no
 * use to it. It is the working copy, built when it is older than its sources.
 */
const config = {
  '*': () => ['node scripts/ensure-built.mjs', 'node dist/cli.cjs lint --staged'],
};

export default config;
