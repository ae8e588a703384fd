import type { Rule } from '../src/model/rule.ts';

const rule: Rule = {
  id: 'board-schema',
  area: 'board',
  severity: 'error',
  summary: 'The board is JSON of the shape of a board, and each of its items has an id of its own.',
  *checkBoard(board) {
    yield* board.mistakes;
  },
};

export default rule;
