import type { Rule } from '../src/model/rule.ts';

const rule: Rule = {
  id: 'baseline-grown',
  area: 'engine',
  severity: 'error',
  summary: 'The baseline holds nothing that the one of `--base` does not; raised by the engine, which compares them.',
};

export default rule;
