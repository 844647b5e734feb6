import { lstatSync, mkdirSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { type Problem, ProblemError } from '../model/problem';
import { isDiskError } from '../render/disk-error';

/** What has the place of a file that is to be written, or is no folder where one must be. */
export function filesInTheWay(folder: string, paths: Iterable<string>): Problem[] {
  const found = new Set<string>();
  for (const path of paths) {
    const file = join(folder, path);
    const blocked = foldersAbove(file).find((parent) => isThere(parent) && !statSync(parent, { throwIfNoEntry: false })?.isDirectory());
    if (blocked !== undefined || isThere(file)) found.add(blocked ?? file);
  }
  if (found.size === 0) return [];
  const taken = [...found].map((path) => (path.startsWith(join(folder, sep)) ? relative(folder, path) : path));
  return [{
    code: 'FILE_EXISTS', severity: 'error', path: folder, rule: `A new project overwrites nothing, and there are already: ${taken.join(', ')}.`, fix: 'Move them away, or name another folder.',
  }];
}

/**
 * Writes files that are not there yet: all, or none.
 *
 * @throws ProblemError with what the disk says
 */
export function writeNew(folder: string, files: ReadonlyMap<string, string>): void {
  const undo: (() => void)[] = [];
  try {
    for (const [path, text] of files) {
      const file = join(folder, path);
      makeFolder(dirname(file), undo);
      writeFileSync(file, text, { flag: 'wx' });
      undo.push(() => rmSync(file));
    }
  } catch (error) {
    for (const step of undo.reverse()) step();
    if (!isDiskError(error)) throw error;
    throw new ProblemError([{
      code: 'DISK', severity: 'error', path: error.path ?? folder, rule: `${error.message}.`, fix: 'Nothing is half written. Check the permissions and the space on this disk, or name another folder.',
    }]);
  }
}

/** Like `mkdir -p`, and remembers what it made. */
function makeFolder(folder: string, undo: (() => void)[]): void {
  for (const each of [...foldersAbove(folder), folder]) {
    if (isThere(each)) continue;
    mkdirSync(each);
    undo.push(() => rmdirSync(each));
  }
}

/** From the root down. */
function foldersAbove(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [] : [...foldersAbove(parent), parent];
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
