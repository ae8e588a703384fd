import type { Rule } from '../src/model/rule.ts';

const rule: Rule = {
  id: 'unused-directive',
  area: 'engine',
  severity: 'warning',
  summary: 'Every inline control comment keeps a finding silent; raised by the engine, which applies them.',
};

export default rule;
