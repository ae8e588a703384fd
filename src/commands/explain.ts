import { readFileSync } from 'node:fs';
import { RULE_IDS, RULES } from '../../rules/registry.ts';
import { EXIT, type Io } from '../io.ts';
import { packageFile } from '../model/package-files.ts';
import type { Rule } from '../model/rule.ts';
import { rulePage } from '../model/rule-page.ts';
import { didYouMean } from '../model/suggest.ts';
import { UserError } from '../model/user-error.ts';

const about = ({ id, area, severity, gate, fixable, summary }: Rule): Record<string, unknown> => ({
  id,
  area,
  severity,
  gate: gate ?? null,
  fixable: fixable ?? null,
  summary,
  url: rulePage(id),
});

function listRules(): string {
  const width = Math.max(...RULE_IDS.map((id) => id.length));
  const areas = [...new Set(RULES.map((rule) => rule.area))];
  const block = (area: string): string =>
    RULES.filter((rule) => rule.area === area)
      .map((rule) => `  ${rule.id.padEnd(width)}  ${rule.severity === 'warning' ? '(warning) ' : ''}${rule.summary}\n`)
      .join('');
  return areas.map((area) => `${area}\n${block(area)}`).join('\n');
}

/** Prints the page of a rule, or the list of all. @returns the exit code */
export async function explainCommand(
  id: string | undefined,
  options: { readonly json?: boolean },
  io: Io,
): Promise<number> {
  if (id === undefined) {
    io.stdout.write(options.json ? `${JSON.stringify(RULES.map(about), null, 2)}\n` : listRules());
    return EXIT.clean;
  }
  const rule = RULES.find((known) => known.id === id);
  if (!rule)
    throw new UserError(`Unknown rule \`${id}\`${didYouMean(id, RULE_IDS)}`, 'planproof explain lists all rules.');
  // The comments mark the generated lines for the generator.
  const page = readFileSync(packageFile('docs', 'rules', `${id}.md`), 'utf8').replace(/^<!-- \/?facts -->\n/gm, '');
  io.stdout.write(options.json ? `${JSON.stringify({ ...about(rule), page }, null, 2)}\n` : page);
  return EXIT.clean;
}
