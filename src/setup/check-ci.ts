import { type Check, ok, warn } from './checkup.ts';
import { findCi, GITLAB } from './ci-files.ts';
import { commandAtTop, type Project } from './project.ts';

/** Whether CI judges what no hook saw. */
export function checkCi(project: Project): Check[] {
  const { files, running } = findCi(project);
  if (running.length > 0) return [ok('ci', `${running.join(', ')} runs planproof`)];
  const service = files.includes(GITLAB) ? 'gitlab' : 'github';
  const seen = files.length === 0 ? 'no CI found' : `none of ${files.join(', ')} runs planproof`;
  return [
    warn('ci', `${seen}: commits that no hook saw are not judged`, commandAtTop(project, `init --ci ${service}`)),
  ];
}
