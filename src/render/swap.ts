import fs from 'node:fs';
import { dirname, join } from 'node:path';
import { isDiskError } from './disk-error';
import { LIST_NAME, readList } from './file-list';
import { type TreePlan, walk } from './tree';

/**
 * New trees are built beside the old ones, in `<out>/.ladder/next`, and take their place by two renames: the old folder to
 * `.ladder/old`, the new one to where it was. Whatever stops the process, every folder is then whole: the old one in its place,
 * the new one in its place, or, between the two renames, the old one in `.ladder/old`, from where {@link settle} brings it back.
 */
export const STATE = '.ladder';

/** Replaces the folders of all plans. What is not ladder's comes along as hard links, so it is never moved itself. */
export function replaceTrees(out: string, plans: readonly TreePlan[]): void {
  const made = fs.mkdirSync(out, { recursive: true });
  fs.mkdirSync(join(out, STATE));
  try {
    fs.writeFileSync(join(out, STATE, 'pid'), String(process.pid));
    for (const plan of plans) stage(join(out, STATE, 'next', plan.environment), plan);
    for (const plan of plans) exchange(out, plan);
  } finally {
    settle(out);
    if (made !== undefined && fs.readdirSync(out).length === 0) fs.rmdirSync(out);
  }
}

/** The process at work in `out`, if it is alive. */
export function writerOf(out: string): number | undefined {
  const pid = Number(readIfThere(join(out, STATE, 'pid')));
  // In a container the next run easily has the number of the last.
  if (!(pid > 0) || pid === process.pid) return undefined;
  try {
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    return isDiskError(error) && error.code === 'EPERM' ? pid : undefined;
  }
}

/** Ends what a run began, however far it came: each folder in its place, nothing left at the side. */
export function settle(out: string): void {
  const state = join(out, STATE);
  for (const environment of namesIn(join(state, 'old'))) {
    const [old, folder] = [join(state, 'old', environment), join(out, environment)];
    if (!fs.existsSync(folder)) {
      fs.renameSync(old, folder);
      continue;
    }
    bringStragglers(old, folder);
    fs.mkdirSync(join(state, 'trash'), { recursive: true });
    fs.renameSync(old, join(state, 'trash', environment));
  }
  fs.rmSync(state, { recursive: true, force: true });
}

function stage(next: string, { folder, files, changes, kept }: TreePlan): void {
  const changed = new Set(changes.map(({ path }) => path));
  const made = new Set<string>();
  const place = (path: string): string => {
    const target = join(next, path);
    const parent = dirname(target);
    if (!made.has(parent)) fs.mkdirSync(parent, { recursive: true });
    made.add(parent);
    return target;
  };
  for (const [path, text] of files) {
    const target = place(path);
    if (changed.has(path)) fs.writeFileSync(target, text);
    else carry(join(folder, path), target);
  }
  for (const path of kept) carry(join(folder, path), place(path));
}

function exchange(out: string, { environment, folder }: TreePlan): void {
  const state = join(out, STATE);
  if (fs.existsSync(folder)) {
    fs.mkdirSync(join(state, 'old'), { recursive: true });
    fs.renameSync(folder, join(state, 'old', environment));
  }
  fs.renameSync(join(state, 'next', environment), folder);
}

/** What the user saved into the old folder while the new one was being built. */
function bringStragglers(old: string, folder: string): void {
  const ours = readList(old);
  for (const { path, entry } of walk(old)) {
    if (path === LIST_NAME || ours.has(path)) continue;
    const [from, to] = [join(old, path), join(folder, path)];
    if (isSame(from, to)) continue;
    fs.mkdirSync(dirname(to), { recursive: true });
    if (entry.isDirectory()) fs.mkdirSync(to, { recursive: true });
    else fs.renameSync(from, to);
  }
}

function isSame(a: string, b: string): boolean {
  const [one, other] = [fs.lstatSync(a), fs.lstatSync(b, { throwIfNoEntry: false })];
  if (!other) return false;
  if (one.isDirectory()) return other.isDirectory();
  if (one.isSymbolicLink()) return other.isSymbolicLink() && fs.readlinkSync(a) === fs.readlinkSync(b);
  return one.ino === other.ino || (one.size === other.size && one.mtimeMs <= other.mtimeMs);
}

/** A hard link, or a copy where the disk has no hard links. */
function carry(from: string, to: string): void {
  const found = fs.lstatSync(from);
  if (found.isDirectory()) fs.mkdirSync(to, { mode: found.mode });
  else if (found.isSymbolicLink()) fs.symlinkSync(fs.readlinkSync(from), to);
  else {
    try {
      fs.linkSync(from, to);
    } catch {
      fs.copyFileSync(from, to, fs.constants.COPYFILE_EXCL);
    }
  }
}

function namesIn(folder: string): string[] {
  return fs.existsSync(folder) ? fs.readdirSync(folder) : [];
}

function readIfThere(file: string): string | undefined {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
}
