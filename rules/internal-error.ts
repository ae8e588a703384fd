import type { Rule } from '../src/model/rule.ts';

const rule: Rule = {
  id: 'internal-error',
  area: 'engine',
  severity: 'error',
  summary: 'No rule fails on a document; raised by the engine, and the other rules go on.',
};

export default rule;
