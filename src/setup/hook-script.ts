/** The lines of a shell script that do something. */
function commandLines(script: string): string[] {
  return script.split(/\r\n|\n|\r/).filter((line) => !/^\s*(?:#|$)/.test(line));
}

/** Whether a script names a program in a line that is no comment. */
export function names(script: string, program: string): boolean {
  return commandLines(script).some((line) =>
    new RegExp(`(?:^|[^\\w-])${program.replaceAll('-', '\\-')}(?![\\w-])`).test(line.replace(/\s#.*$/, '')),
  );
}

/** What stands in front of a script's name. */
const RUNNER = '\\b(?:npm|pnpm|yarn|bun)\\s+(?:-\\S+\\s+)*(?:run(?:-script)?\\s+)?(?:-\\S+\\s+)*';

/** The scripts of package.json that a script starts, behind it, and those that they start. */
export function withScripts(script: string, scripts: Readonly<Record<string, string>>): string {
  const texts = [script];
  const open = new Map(Object.entries(scripts));
  for (let at = 0; at < texts.length; at += 1) {
    for (const [name, text] of open) {
      const word = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      const call = new RegExp(`${RUNNER}${word}(?![\\w:.-])`);
      if (!call.test(texts[at] as string)) continue;
      texts.push(text);
      open.delete(name);
    }
  }
  return texts.join('\n');
}

/** Whether a script is one for a shell: it says so, or says nothing. */
function isShell(script: string): boolean {
  const [first = ''] = script.split('\n', 1);
  return !first.startsWith('#!') || /\b(?:sh|bash|dash|zsh|ksh)\b/.test(first);
}

const ENDS = /^(?:exit|exec)\b/;
const CONTINUES = /(?:\\|&&|\|\||\|)\s*$/;

/**
 * A script with one more command, which comes last but for a line that ends the script.
 *
 * @returns undefined where it cannot be told whether the command would run
 */
export function withCommand(script: string, command: string): string | undefined {
  if (script.trim() === '') return `${command}\n`;
  const commands = commandLines(script);
  const [before, last] = [commands.at(-2) ?? '', commands.at(-1) ?? ''];
  if (!isShell(script) || CONTINUES.test(last) || /^\s+(?:exit|exec)\b/.test(last)) return undefined;
  const lineEnd = /\r\n|\n/.exec(script)?.[0] ?? '\n';
  const lines = script.trimEnd().split(lineEnd);
  if (ENDS.test(last)) {
    if (CONTINUES.test(before)) return undefined;
    lines.splice(lines.lastIndexOf(last), 0, command);
  } else lines.push(command);
  return lines.join(lineEnd) + lineEnd;
}
