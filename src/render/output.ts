import fs from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { checkLabelName } from '../model/names';
import { locate, type Problem, ProblemError } from '../model/problem';
import { isDiskError } from './disk-error';
import { LIST_NAME } from './file-list';
import type { Files } from './layout';
import { replaceTrees, settle, STATE, writerOf } from './swap';
import { planTree, type TreePlan } from './tree';

/** Files to be written, by environment. */
export type Rendered = ReadonlyMap<string, Files>;

/** What would change below `out`, without writing or mending anything. */
export function compareOutput(out: string, rendered: Rendered): readonly TreePlan[] {
  return onDisk(out, () => {
    raise(outProblems(out));
    if (fs.existsSync(join(out, STATE))) throw new ProblemError([unfinished(out)]);
    return plansFor(out, rendered, true);
  });
}

/**
 * Writes every environment into its own folder below `out`. Refuses, before anything is touched, where that would overwrite or
 * remove what ladder did not write; `force` gives up edits of generated files, nothing else.
 */
export function writeOutput(out: string, rendered: Rendered, force = false): readonly TreePlan[] {
  return onDisk(out, () => {
    raise(outProblems(out));
    if (fs.existsSync(join(out, STATE))) {
      if (writerOf(out) !== undefined) throw new ProblemError([unfinished(out)]);
      settle(out);
    }
    const plans = plansFor(out, rendered, force);
    raise(plans.flatMap(({ problems }) => problems));
    const changed = plans.filter(({ changes }) => changes.length > 0);
    if (changed.length > 0) replaceTrees(out, changed);
    return plans;
  });
}

/** Folders that ladder wrote for environments that are not among these any more. They may still run somewhere, so they stay. */
export function strayFolders(out: string, environments: Iterable<string>): string[] {
  const known = new Set(environments);
  if (!fs.existsSync(out)) return [];
  return fs.readdirSync(out).filter((name) => !known.has(name) && fs.existsSync(join(out, name, LIST_NAME))).sort();
}

function plansFor(out: string, rendered: Rendered, force: boolean): TreePlan[] {
  raise([...rendered.keys()].flatMap((name) => locate(`environment ${name}`, checkLabelName('name', name))));
  return [...rendered].map(([environment, files]) => planTree(environment, join(out, environment), files, force));
}

function outProblems(out: string): Problem[] {
  const problems: Problem[] = [];
  for (let folder = resolve(out); ; folder = dirname(folder)) {
    if (fs.existsSync(folder) && !fs.statSync(folder).isDirectory()) {
      problems.push({ code: 'OUT_IS_FILE', severity: 'error', path: folder, rule: 'The output goes into a folder, and this is a file.', fix: 'Give another folder with --out.' });
    }
    if (fs.existsSync(join(folder, LIST_NAME))) {
      problems.push({
        code: 'OUT_IN_ENVIRONMENT', severity: 'error', path: folder, rule: `This folder is itself an environment that ladder wrote (${LIST_NAME} lies there).`,
        fix: `Give the folder above it: --out ${dirname(folder)}`,
      });
    }
    if (folder === dirname(folder)) return problems;
  }
}

function unfinished(out: string): Problem {
  const pid = writerOf(out);
  return pid === undefined
    ? { code: 'OUT_UNFINISHED', severity: 'error', path: join(out, STATE), rule: 'An earlier run was interrupted here.', fix: 'Run ladder synth: it puts everything back in place first.' }
    : { code: 'OUT_BUSY', severity: 'error', path: join(out, STATE), value: pid, rule: 'Another ladder is writing here.', fix: `Wait until process ${pid} is done; if that is no ladder, delete ${basename(join(out, STATE))}/pid.` };
}

function raise(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new ProblemError(problems);
}

/** What the file system refuses is the user's to mend: no stack trace, and the path that it is about. */
function onDisk<T>(out: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!isDiskError(error)) throw error;
    throw new ProblemError([{
      code: 'OUT_UNWRITABLE', severity: 'error', path: error.path ?? out, rule: `${error.message}.`,
      fix: 'Nothing is half written. Check the permissions and the space on this disk, or choose another --out.',
    }]);
  }
}
