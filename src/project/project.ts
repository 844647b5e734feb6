import { locate, ProblemError } from '../model/problem';
import { checkProjectName, nameFromFolder } from './name';
import { projectFiles } from './template';
import { filesInTheWay, writeNew } from './write-new';

/** A project as it was written. */
export interface NewProject {
  readonly name: string;
  /** The paths of its files in its folder. */
  readonly files: readonly string[];
}

/**
 * Writes a project that uses this version of the library into a folder.
 *
 * @throws ProblemError with all that is wrong with the name and all that is in the way; nothing was written then
 */
export function newProject(folder: string, version: string, given?: string): NewProject {
  const name = given ?? nameFromFolder(folder);
  const files = projectFiles(name, version);
  const problems = [...locate(given === undefined ? folder : '', checkProjectName('--name', name)), ...filesInTheWay(folder, files.keys())];
  if (problems.length > 0) throw new ProblemError(problems);
  writeNew(folder, files);
  return { name, files: [...files.keys()] };
}
