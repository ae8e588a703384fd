import { Repository } from './repository.ts';

/** A shared repository and clones of it, which know of each other only what they fetch. */
export class Clones {
  readonly shared: Repository = new Repository({}, { git: false });

  constructor(start: Repository) {
    this.shared.git('init', '-q', '--bare', '-b', 'main');
    start.git('remote', 'add', 'origin', this.shared.folder);
    start.git('push', '-q', 'origin', 'main');
  }

  /** A clone, on a branch of its own or on main. */
  clone(branch?: string): Repository {
    const repository = new Repository({}, { git: false });
    repository.git('clone', '-q', this.shared.folder, '.');
    if (branch !== undefined) repository.git('checkout', '-q', '-b', branch);
    return repository;
  }
}
