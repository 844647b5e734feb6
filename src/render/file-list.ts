import { createHash } from 'node:crypto';
import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemError } from '../model/problem';
import { isMissing } from './disk-error';
import type { Files } from './layout';

/** Beside the kustomization of an environment: what was written there, so that only that is ever replaced or removed. */
export const LIST_NAME = '.ladder-files.json';

/** SHA-256 of each file that was written, by path. */
export type FileList = ReadonlyMap<string, string>;

/** The list as it is written into the tree. It does not name itself. */
export function formatList(files: Files): string {
  const hashes = [...files].map(([path, text]): [string, string] => [path, hashOf(text)]).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify({ comment: 'Written by ladder synth; it replaces and removes only these files.', files: Object.fromEntries(hashes) }, null, 2)}\n`;
}

/** The list in a folder; empty where there is none. */
export function readList(folder: string): FileList {
  const file = join(folder, LIST_NAME);
  if (!lstatSync(file, { throwIfNoEntry: false })) return new Map();
  const text = readText(file) ?? '';
  const files = parseFiles(text);
  if (files) return new Map(files);
  throw new ProblemError([{
    code: 'LIST_UNREADABLE', severity: 'error', path: file, rule: 'The list of the files that ladder wrote is not as it wrote it.',
    fix: 'Restore it from Git, or delete it: then files that are already right are taken over, and others are left to you.',
  }]);
}

/** Git may have changed the line ends on the way to a Windows disk. */
export function sameText(a: string, b: string): boolean {
  return a === b || withoutReturns(a) === withoutReturns(b);
}

export function hashOf(text: string): string {
  return createHash('sha256').update(withoutReturns(text)).digest('hex');
}

/** The file's text, or undefined where there is no such file. */
export function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function withoutReturns(text: string): string {
  return text.includes('\r') ? text.replaceAll('\r\n', '\n') : text;
}

function parseFiles(text: string): [string, string][] | undefined {
  try {
    const { files } = JSON.parse(text) as { files?: unknown };
    if (typeof files !== 'object' || files === null) return undefined;
    return Object.entries(files).map(([path, hash]) => [path, String(hash)]);
  } catch {
    return undefined;
  }
}
