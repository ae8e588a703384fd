import type { Root } from 'mdast';
import { lintRule } from 'unified-lint-rule';
import type { VFile } from 'vfile';
import type { Finding } from '../src/model/finding.ts';
import type { Rule } from '../src/model/rule.ts';
import { rulePage } from '../src/model/rule-page.ts';

/** A remark plug-in that takes `[severity]` as its option; the shape of `unified`'s plug-ins without its types. */
export type RemarkLintRule = (this: unknown, ...options: unknown[]) => unknown;

/** The findings of all rules in one file; asked once a rule, so it should remember. */
export type JudgeFile = (file: VFile, tree: Root) => Promise<readonly Finding[]>;

/**
 * Makes a remark-lint rule of a rule: `planproof:<id>`, with its page as `url`. Its messages carry what the rule said,
 * after planproof's own inline control.
 */
export function remarkLintRule(rule: Rule, judge: JudgeFile): RemarkLintRule {
  const meta = { origin: `planproof:${rule.id}`, url: rulePage(rule.id) };
  const plugin = lintRule<Root>(meta, async (tree, file) => {
    for (const finding of await judge(file, tree)) {
      if (finding.rule !== rule.id) continue;
      const start = { line: finding.line, column: finding.column };
      const end = { line: finding.endLine, column: finding.endColumn };
      const message = file.message(finding.message, { start, end });
      if (finding.help !== undefined) message.note = finding.help;
    }
  });
  return plugin as unknown as RemarkLintRule;
}
