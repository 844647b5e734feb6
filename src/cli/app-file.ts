import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../model/problem';
import { type Terminal, UsageError } from './terminal';

/** The flag of every command that renders environments. */
export const APP_FLAG = ['--app <file>', "compiled module that exports environments (default: the project's by package.json, else the example shop)"] as const;

/**
 * The app of the project in this folder, where its package.json says `"ladder": { "app": "dist/main.js" }`: so that no command takes
 * the example for it. @throws UsageError when it says something else
 */
export function appFileOf({ cwd }: Pick<Terminal, 'cwd'>): string | undefined {
  const file = join(cwd, 'package.json');
  if (!existsSync(file)) return undefined;
  const { ladder } = readPackage(file) as { readonly ladder?: { readonly app?: unknown } };
  if (ladder === undefined) return undefined;
  if (typeof ladder?.app !== 'string' || ladder.app === '') {
    throw new UsageError(`package.json: ladder is ${JSON.stringify(ladder)}; it names the compiled module that exports environments. Write "ladder": { "app": "dist/main.js" }.`);
  }
  return ladder.app;
}

function readPackage(file: string): object {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof value === 'object' && value !== null ? value : {};
  } catch (error) {
    throw new UsageError(`package.json cannot be read: ${messageOf(error).split('\n')[0]}`);
  }
}
