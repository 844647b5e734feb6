import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { messageOf } from '../model/problem';
import { type Terminal, UsageError } from './terminal';

/** Writes a file that a flag names, and its folder. @throws UsageError when it cannot */
export function writeText(file: string, text: string, terminal: Terminal): void {
  const path = resolve(terminal.cwd, file);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } catch (error) {
    throw new UsageError(`${file}: cannot be written: ${messageOf(error)}`);
  }
}
