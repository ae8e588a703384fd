import type { Rule } from '../src/model/rule.ts';

const rule: Rule = {
  id: 'board-schema',
  area: 'board',
  severity: 'error',
  summary: 'The board is JSON of the shape of a board, and each of its items has an id of its own.',
  readsMore: true,
  fixable: 'safe',
  *checkBoard(board, { index }) {
    yield* board.mistakes;
    for (const { id } of board.items) {
      const first = id.id && index.findItem(id.id.key);
      if (!first || first.board === board) continue;
      const message = `Duplicate item \`${id.text}\`, expected each id once: ${first.board.path} has it too`;
      yield { message, place: id.place, subject: id.text };
    }
  },
};

export default rule;
