import type { Rule } from '../src/model/rule.ts';

const rule: Rule = {
  id: 'baseline-outdated',
  area: 'engine',
  severity: 'warning',
  summary: 'Every finding that the baseline holds still occurs; raised by the engine, which applies it.',
};

export default rule;
