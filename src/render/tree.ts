import { type Dirent, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../model/problem';
import { isMissing } from './disk-error';
import { type FileList, formatList, hashOf, LIST_NAME, readList, sameText } from './file-list';
import type { Files } from './layout';

/** What becomes of one file. */
export interface Change {
  readonly path: string;
  /** Its text now; none when it is new. */
  readonly before?: string;
  /** Its text afterwards; none when it goes. */
  readonly after?: string;
}

/** How an environment's folder gets from what it is to what it should be. */
export interface TreePlan {
  readonly environment: string;
  readonly folder: string;
  /** All files that ladder will have written, the list of them too. */
  readonly files: Files;
  readonly changes: readonly Change[];
  /** What is not ladder's and stays: files, links and empty folders. */
  readonly kept: readonly string[];
  /** Why the plan cannot be carried out without touching what is not ladder's. */
  readonly problems: readonly Problem[];
}

/** Compares an environment's folder with the files it should have. Reads only. */
export function planTree(environment: string, folder: string, rendered: Files, force = false): TreePlan {
  const files = new Map([...rendered, [LIST_NAME, formatList(rendered)]]);
  const plan = { environment, folder, files, changes: [] as Change[], kept: [] as string[], problems: [] as Problem[] };
  const blocked = folderProblem(folder);
  if (blocked) return { ...plan, problems: [blocked] };

  const list = readList(folder);
  const seen = new Set<string>();
  const folders = foldersOf(files);
  for (const { path, entry } of walk(folder)) {
    const after = files.get(path);
    seen.add(path);
    if (path === LIST_NAME || (entry.isFile() && (list.has(path) || after !== undefined))) {
      compareFile(plan, list, path, after, force);
    } else {
      plan.kept.push(path);
      const blocks = after !== undefined || (folders.has(path) && !entry.isDirectory()) || parentsOf(path).some((parent) => files.has(parent));
      if (blocks) plan.problems.push(inTheWay(folder, path));
    }
  }
  for (const [path, after] of files) {
    if (!seen.has(path)) plan.changes.push({ path, after });
  }
  plan.changes.sort((a, b) => (a.path < b.path ? -1 : 1));
  return plan;
}

/** Every file, link and empty folder below a folder, by its path from there; nothing where the folder is not there. */
export function* walk(root: string, below = ''): Generator<{ readonly path: string; readonly entry: Dirent }> {
  for (const entry of entriesOf(join(root, below))) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (!entry.isDirectory() || entriesOf(join(root, path)).length === 0) yield { path, entry };
    else yield* walk(root, path);
  }
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function compareFile(plan: { folder: string; changes: Change[]; problems: Problem[] }, list: FileList, path: string, after: string | undefined, force: boolean): void {
  const before = readFileSync(join(plan.folder, path), 'utf8');
  if (after !== undefined && sameText(before, after)) return;
  plan.changes.push({ path, before, ...(after !== undefined && { after }) });
  const written = list.get(path);
  if (path === LIST_NAME) return;
  if (written === undefined) plan.problems.push(inTheWay(plan.folder, path));
  else if (written !== hashOf(before) && !force) plan.problems.push(edited(plan.folder, path));
}

function foldersOf(files: Files): Set<string> {
  return new Set([...files.keys()].flatMap(parentsOf));
}

function parentsOf(path: string): string[] {
  const parents: string[] = [];
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) parents.push(path.slice(0, slash));
  return parents;
}

function folderProblem(folder: string): Problem | undefined {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (!found || found.isDirectory()) return undefined;
  return found.isSymbolicLink()
    ? { code: 'FOLDER_IS_LINK', severity: 'error', path: folder, rule: 'An environment\'s folder is replaced by renaming, which would replace the link.', fix: 'Make it a folder, or give the real parent with --out.' }
    : { code: 'FOLDER_IS_FILE', severity: 'error', path: folder, rule: 'Here goes the folder of an environment, and there is a file.', fix: 'Move the file away, or choose another --out.' };
}

function inTheWay(folder: string, path: string): Problem {
  return {
    code: 'FILE_NOT_OURS', severity: 'error', path: join(folder, path), rule: 'ladder writes here, and what is there was not written by it.',
    fix: 'Move it to another name (ladder keeps files of other names), or choose another --out.',
  };
}

function edited(folder: string, path: string): Problem {
  return {
    code: 'FILE_EDITED', severity: 'error', path: join(folder, path), rule: 'This file was changed since ladder wrote it, and would be overwritten or removed.',
    fix: 'Make the change in the constructs and undo it here, or give --force to lose it.',
  };
}
