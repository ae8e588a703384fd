// npm run new-rule -- <id> <area>: the skeleton of a rule, its page, and its place in the registry.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const top = fileURLToPath(new URL('..', import.meta.url));
const AREAS = ['identity', 'body', 'relations', 'board', 'exit criteria', 'workflow', 'history', 'engine'];
const [id, ...words] = process.argv.slice(2);
const area = words.join(' ');

function fail(message) {
  console.error(message);
  process.exit(2);
}

if (!/^[a-z]+(-[a-z]+)*$/.test(id ?? '') || !AREAS.includes(area)) {
  fail(`usage: npm run new-rule -- <id> <area>, for example: relation-mentioned relations\nareas: ${AREAS.join(', ')}`);
}
const rule = join(top, 'rules', `${id}.ts`);
const page = join(top, 'docs', 'rules', `${id}.md`);
if (existsSync(rule) || existsSync(page)) fail(`${id} exists already`);

writeFileSync(
  rule,
  `import type { Rule } from '../src/model/rule.ts';

const rule: Rule = {
  id: '${id}',
  area: '${area}',
  severity: 'error',
  summary: 'What holds when the rule is silent.',
  check(facts, { document: { type } }) {
    if (!type) return [];
    return facts.sections.map(({ heading: { place, text } }) => ({
      message: 'Unexpected X, expected Y',
      place,
      subject: text,
    }));
  },
};

export default rule;
`,
);
writeFileSync(
  page,
  `# ${id}

What holds when the rule is silent.

<!-- facts -->
<!-- /facts -->

Why it matters, and how it judges.

**Fix.** None: why not, or what \`--fix\` does.

## Incorrect

\`\`\`markdown file=dev_ops/plans/PLAN-001-example.md
---
type: plan
---

## Goal
\`\`\`

\`\`\`text findings
dev_ops/plans/PLAN-001-example.md:5:1-5:8 Unexpected X, expected Y
\`\`\`

## Correct

\`\`\`markdown file=dev_ops/plans/PLAN-001-example.md
---
type: plan
---
\`\`\`
`,
);

const registry = join(top, 'rules', 'registry.ts');
const name = id.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());
const text = readFileSync(registry, 'utf8')
  .replace(/\n\n\/\*\* Every rule/, `\nimport ${name} from './${id}.ts';\n\n/** Every rule`)
  .replace(/(export const RULES[^\n]*\n(?: {2}\w+,\n)*)/, `$1  ${name},\n`);
writeFileSync(registry, text);
console.log(
  `written: rules/${id}.ts, docs/rules/${id}.md, and a line in rules/registry.ts\nnext: npx vitest run test/rules, npm run generate, npm run format`,
);
