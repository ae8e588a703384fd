import { posix } from 'node:path';
import { pathFrom } from '../model/slashes.ts';
import { discover } from '../pipeline/discover.ts';
import { boardPaths, buildIndex } from '../pipeline/document-set.ts';
import type { Workspace } from '../pipeline/workspace.ts';
import { type Check, fail, ok, warn } from './checkup.ts';
import { commandAtTop, type Project, quoted } from './project.ts';

/** The config, and the types that it brings into force. */
function checkConfig({ config, types, top }: Workspace): Check[] {
  const file = config.file === undefined ? undefined : pathFrom(top, config.file);
  const own = Object.keys(config.types).length;
  return [
    ok('config', file ?? 'none: the defaults hold'),
    ok(
      'types',
      `${types.size}, ${own === 0 ? 'all of a preset' : `${own} of this repository`}; schemas and templates hold`,
    ),
  ];
}

/** Documents and boards: whether there are any, and can be read. Whether they hold is what lint says. */
export function checkDocuments(project: Project, workspace: Workspace): Check[] {
  const documents = discover(workspace);
  const roots = workspace.roots.map((root) => `${root || '.'}/`).join(', ');
  const create = commandAtTop(project, 'create');
  const some =
    documents.length === 0
      ? warn('documents', `none below ${roots}`, `${create} --help`)
      : ok('documents', `${documents.length} below ${roots}`);
  const paths = boardPaths(workspace);
  const { boards } = buildIndex([], workspace);
  const broken = boards.flatMap((board) => {
    const [mistake] = board.mistakes;
    if (!mistake) return [];
    const below = posix.relative(project.base, board.path);
    const lint = commandAtTop(project, `lint ${quoted(below)}`);
    return [fail('board', `${board.path}:${mistake.place.line}: ${mistake.message}`, lint)];
  });
  const board = paths.length === 0 ? ok('board', 'none') : ok('board', paths.join(', '));
  return [...checkConfig(workspace), some, ...(broken.length > 0 ? broken : [board])];
}
