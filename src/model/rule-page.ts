import { packageVersion } from './package-files.ts';

/**
 * The address of a rule's page. The pages are part of the package, so the copy that npm's file mirror serves for the
 * very version that printed the finding is the one that fits it.
 */
export function rulePage(rule: string): string {
  return `https://unpkg.com/planproof@${packageVersion()}/docs/rules/${rule}.md`;
}
