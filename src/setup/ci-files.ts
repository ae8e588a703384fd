import { names, withScripts } from './hook-script.ts';
import type { Project } from './project.ts';
import { readTextFile } from './text-file.ts';

/** Where CI services look, each a file or a folder of files; all relative to the top. */
const PLACES: readonly RegExp[] = [
  /^\.github\/workflows\/[^/]+\.ya?ml$/,
  /^\.gitlab-ci\.yml$/,
  /^\.gitlab\/.*\.ya?ml$/,
  /^\.(?:forgejo|gitea)\/workflows\/[^/]+\.ya?ml$/,
  /^\.circleci\/config\.ya?ml$/,
  /^(?:azure-pipelines|bitbucket-pipelines|appveyor|\.travis|\.drone|\.woodpecker|buildspec)\.ya?ml$/,
  /^\.(?:woodpecker|buildkite|ci)\/.+/,
  /^Jenkinsfile$/,
];

/** What a file has CI run: its text, the scripts of package.json that it starts, and the files of the repository too. */
function everything(project: Project, text: string): string {
  return withScripts(text, project.manifest?.scripts ?? {});
}

/** The CI files of a repository, and those that have planproof run, directly or by a script of package.json. */
export function findCi(project: Project): { readonly files: readonly string[]; readonly running: readonly string[] } {
  const { source } = project;
  const files = source.list(['']).filter((path) => PLACES.some((place) => place.test(path)));
  const running = files.filter((path) => {
    const text = readTextFile(source, path)?.text ?? '';
    return names(everything(project, text), 'planproof');
  });
  return { files, running };
}

/** The folder of GitHub's workflows. */
export const GITHUB = '.github/workflows';
/** GitLab's one file. */
export const GITLAB = '.gitlab-ci.yml';
