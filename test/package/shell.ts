import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export const ROOT = join(__dirname, '../..');

/** Runs a command and gives what it prints. @throws Error with all that it said, when it fails */
export function shell(cwd: string, command: string): string {
  // As in a shell of the user's own, not inside this run of npm; its settings (registry, cache, proxy) stay.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_(?!config_)|^npm_config_local_prefix$|^NODE_ENV$|^JEST/.test(name)));
  const { status, stdout, stderr } = spawnSync('bash', ['-c', command], { cwd, env, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(`${command}\n${stdout}\n${stderr}`);
  return stdout;
}

/** Installs the packed library, and what a project's package.json asks for, from the registry or npm's cache of it. */
export function install(cwd: string): void {
  shell(cwd, `npm install --no-audit --no-fund --prefer-offline ${packed().file}`);
}

export interface Packed {
  readonly file: string;
  readonly files: readonly { readonly path: string; readonly size: number; readonly mode: number }[];
}

/** What `npm pack` made for this run. */
export function packed(): Packed {
  return JSON.parse(process.env.PACKED ?? '') as Packed;
}
