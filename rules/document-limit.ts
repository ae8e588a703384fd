import { FILE_START } from '../src/model/place.ts';
import type { Rule } from '../src/model/rule.ts';

const rule: Rule = {
  id: 'document-limit',
  area: 'engine',
  severity: 'error',
  summary: 'Every document keeps within the limits of size and nesting, so that no file can stall a run.',
  // Only of what could not be read.
  isAbout: () => false,
  check({ problem }) {
    return problem?.kind === 'limit' ? [{ message: problem.message, place: FILE_START, subject: '' }] : [];
  },
};

export default rule;
