/** Names that `--hook` takes; `git` is a hook without a manager, `none` leaves hooks alone. */
export const HOOK_MANAGERS = ['husky', 'lefthook', 'pre-commit', 'simple-git-hooks', 'git', 'none'] as const;
/** What runs the hooks of a repository. */
export type HookManagerName = (typeof HOOK_MANAGERS)[number];

/** Names that `--ci` takes. */
export const CI_SERVICES = ['github', 'gitlab', 'none'] as const;
/** What runs in CI. */
export type CiService = (typeof CI_SERVICES)[number];
