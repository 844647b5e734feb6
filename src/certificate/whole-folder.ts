import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Makes a folder with all its files at once: they are written beside it, readable by the user alone, and the folder is then renamed.
 * Nobody ever sees half of it, and of two at a time one wins.
 *
 * @returns whether it was made; false when it was there already
 */
export function makeWhole(folder: string, files: Readonly<Record<string, string>>): boolean {
  const draft = beside(folder);
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(draft, name), text, { mode: 0o600 });
    renameSync(draft, folder);
    return true;
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (isTaken(error)) return false;
    throw error;
  }
}

/** Takes a folder away in one step. */
export function removeWhole(folder: string): void {
  const gone = beside(folder);
  try {
    renameSync(folder, gone);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  rmSync(gone, { recursive: true, force: true });
}

function beside(folder: string): string {
  return join(dirname(folder), `.${basename(folder)}-${randomBytes(6).toString('hex')}`);
}

/** A folder with files in it is not replaced; Windows says EPERM. */
function isTaken(error: unknown): boolean {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return syscall === 'rename' && (code === 'ENOTEMPTY' || code === 'EEXIST' || (process.platform === 'win32' && code === 'EPERM'));
}
