import { type ArtifactRelation, linkChanges, unlinkChanges } from '../generator/board.ts';
import { EXIT, type Io, notifier } from '../io.ts';
import { writeChanges } from '../writing/write-changes.ts';
import { changing, findDocument, findItem } from './find.ts';

/** Links a task and a document on both sides. @returns the exit code */
export function linkCommand(
  task: string,
  id: string,
  options: { readonly relation?: ArtifactRelation },
  io: Io,
): Promise<number> {
  return changing(io, (set) => {
    const item = findItem(task, set);
    const document = findDocument(id, set, io.cwd);
    const changes = linkChanges(item, document, options.relation ?? 'output', io.now, set);
    writeChanges(set.workspace.top, changes);
    if (changes.length === 0) notifier(io)(`${item.id.text} and ${document.id?.canonical} are linked already.`);
    else io.stdout.write(`${item.id.text} ↔ ${document.id?.canonical}\n`);
    return EXIT.clean;
  });
}

/** Takes the link between a task and a document off both sides. @returns the exit code */
export function unlinkCommand(task: string, id: string, io: Io): Promise<number> {
  return changing(io, (set) => {
    const item = findItem(task, set);
    const document = findDocument(id, set, io.cwd);
    const changes = unlinkChanges(item, document, io.now, set);
    writeChanges(set.workspace.top, changes);
    if (changes.length === 0) notifier(io)(`${item.id.text} and ${document.id?.canonical} are not linked.`);
    else io.stdout.write(`${item.id.text} and ${document.id?.canonical} are no longer linked\n`);
    return EXIT.clean;
  });
}
