import { lstatSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { messageOf } from '../model/problem';
import { type Terminal, UsageError } from './terminal';

/** Writes a file that a flag names, and its folder: whole, or not at all. @throws UsageError when it cannot */
export function writeText(file: string, text: string, { cwd }: Pick<Terminal, 'cwd'>): void {
  const path = resolve(cwd, file);
  try {
    mkdirSync(dirname(path), { recursive: true });
    // A device, a pipe or a link stays what it is.
    if (lstatSync(path, { throwIfNoEntry: false })?.isFile() === false) writeFileSync(path, text);
    else replace(path, text);
  } catch (error) {
    throw new UsageError(`${file}: cannot be written: ${messageOf(error)}`);
  }
}

function replace(path: string, text: string): void {
  const beside = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(beside, text);
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
