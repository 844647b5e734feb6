import { existsSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { type Problem, ProblemError } from '../model/problem';

/** Where a user's programs keep what is theirs alone. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/**
 * The folder of the development authority: XDG_DATA_HOME where it is set, else what the system has for this.
 *
 * @see https://specifications.freedesktop.org/basedir-spec/latest/
 */
export function dataFolder({ platform, env, home }: Surroundings): string {
  const { XDG_DATA_HOME: xdg, LOCALAPPDATA: local } = env;
  if (xdg !== undefined && isAbsolute(xdg)) return join(xdg, 'service-ladder');
  switch (platform) {
    case 'darwin': return join(home, 'Library', 'Application Support', 'service-ladder');
    case 'win32': return join(local ?? join(home, 'AppData', 'Local'), 'service-ladder');
    default: return join(home, '.local', 'share', 'service-ladder');
  }
}

/** What marks a folder whose files are copied elsewhere: repositories, and manifests that ladder or kustomize hand on. */
const SHARED = ['.git', '.hg', '.svn', '.jj', '.ladder-files.json', 'kustomization.yaml'];

/**
 * Private keys are never written where they could be committed or applied.
 *
 * @throws ProblemError when the folder is inside such a place
 */
export function refuseSharedFolder(folder: string): void {
  for (const parent of parentsOf(realFolder(folder))) {
    const mark = SHARED.find((name) => existsSync(join(parent, name)));
    if (mark !== undefined) throw new ProblemError([sharedFolder(folder, parent, mark)]);
  }
}

/** Where it is, or will be, behind all links: dotfiles are often kept in a repository and linked from where they belong. */
function realFolder(folder: string): string {
  const there = parentsOf(folder).find((parent) => existsSync(parent)) ?? folder;
  return join(realpathSync(there), relative(there, folder));
}

/** A folder and all above it. */
function parentsOf(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...parentsOf(parent)];
}

function sharedFolder(folder: string, parent: string, mark: string): Problem {
  return {
    code: 'KEY_IN_SHARED_FOLDER', severity: 'error', path: folder,
    rule: `A private key is never written into a repository or among manifests, and ${parent} has a ${mark}.`,
    fix: 'Set XDG_DATA_HOME to a folder of yours outside of it, e.g. XDG_DATA_HOME=/var/tmp/me.',
  };
}
