import { rename } from '../generator/rename.ts';
import { EXIT, type Io, notifier } from '../io.ts';
import { stringField } from '../model/document.ts';
import { type ChangeOptions, carryOut, notifyLeft, working } from './carry-out.ts';
import { oneLine } from './create.ts';
import { knownDocument } from './renumber-target.ts';

/** Options of `planproof rename`. */
export interface RenameOptions extends ChangeOptions {
  readonly title: string;
}

/** Gives a document another title; heading, file name and links follow. @returns the exit code */
export function renameCommand(text: string, options: RenameOptions, io: Io): Promise<number> {
  const title = oneLine(options.title);
  return working(options, io, (set) => {
    const document = knownDocument(text, set, io.cwd);
    const name = document.id?.canonical ?? document.path;
    const from = stringField(document, 'title');
    const { changes, left, path } = rename(document, title, set);
    const isSame = changes.length === 0;
    if (isSame) notifier(io)(`${name} has this title already.`);
    notifyLeft(left, [], io);
    const data = { id: document.id?.canonical ?? null, path, oldPath: document.path, title, oldTitle: from ?? null };
    carryOut(
      { changes, lines: isSame ? [] : [`${name}  ${from === undefined ? '' : `${from} → `}${title}`], data },
      options,
      set,
      io,
    );
    return EXIT.clean;
  });
}
