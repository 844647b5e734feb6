import { relative } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { LIST_NAME } from '../render/file-list';
import type { TreePlan } from '../render/tree';
import type { Terminal } from './terminal';

/** What differs, as `git diff` shows it: from the files that are there to those that should be. */
export function patchOf({ folder, changes }: TreePlan, { cwd, colors }: Terminal): string {
  const paint = (line: string): string => {
    if (line.startsWith('+')) return colors.green(line);
    if (line.startsWith('-')) return colors.red(line);
    return line.startsWith('@@') ? colors.cyan(line) : line;
  };
  const root = relative(cwd, folder) || '.';
  return changes
    .filter(({ path, before, after }) => path !== LIST_NAME || changes.length === 1 || before === undefined || after === undefined)
    .map(({ path, before, after }) => {
      const file = `${root}/${path}`;
      const patch = createTwoFilesPatch(before === undefined ? '/dev/null' : file, after === undefined ? '/dev/null' : file, before ?? '', after ?? '', '', '', { context: 3, headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true } });
      return patch.split('\n').map(paint).join('\n');
    })
    .join('');
}
