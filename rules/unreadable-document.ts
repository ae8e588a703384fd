import { FILE_START } from '../src/model/place.ts';
import type { Rule } from '../src/model/rule.ts';

const rule: Rule = {
  id: 'unreadable-document',
  area: 'engine',
  severity: 'error',
  summary: 'Every document can be read: a regular file of UTF-8 text.',
  // Only of what could not be read.
  isAbout: () => false,
  check({ problem }) {
    return problem?.kind === 'unreadable' ? [{ message: problem.message, place: FILE_START, subject: '' }] : [];
  },
};

export default rule;
