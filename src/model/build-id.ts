/** The build puts its hash here. */
declare const PLANPROOF_BUILD_ID: string | undefined;

/**
 * What this build of planproof is made of, as a hash: two builds with the same id give the same verdicts on the same files.
 *
 * @returns undefined when it runs from its sources, which may change between two runs: nothing can be remembered then
 */
export function buildId(): string | undefined {
  return typeof PLANPROOF_BUILD_ID === 'undefined' ? undefined : PLANPROOF_BUILD_ID;
}
