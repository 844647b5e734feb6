import { type Dirent, existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { withoutPatches } from './kustomization';
import type { ReadingProblem, Source } from './read';

/** The texts that paths name, and the paths that name nothing. */
export interface SourceFiles {
  readonly sources: readonly Source[];
  readonly problems: readonly ReadingProblem[];
}

export interface SourceOptions {
  /** Paths are relative to it, and are shown so. */
  readonly cwd: string;
  /** What `-` reads. */
  readonly stdin?: string;
}

const manifestFile = /\.(ya?ml|json)$/i;
const skippedFolders: ReadonlySet<string> = new Set(['node_modules', '.git', '.svn', '.terraform']);

/**
 * Files, folders (with what is in them, by extension .yaml, .yml and .json), globs (`*`, `**`, `?`, `{a,b}`) and `-` for standard input.
 * Patches that a kustomization among them names are left out.
 * Reads only; a path that is not there is a problem.
 */
export function readSources(paths: readonly string[], options: SourceOptions): SourceFiles {
  const sources: Source[] = [];
  const problems: ReadingProblem[] = [];
  const seen = new Set<string>();
  const add = (file: string): void => {
    const absolute = resolve(options.cwd, file);
    if (seen.has(absolute)) return;
    seen.add(absolute);
    try {
      sources.push({ file: shown(absolute, file, options.cwd), text: readFileSync(absolute, 'utf8') });
    } catch (error) {
      problems.push({ file, line: 1, message: `cannot be read: ${reason(error)}` });
    }
  };
  for (const path of paths) {
    if (path === '-') {
      sources.push({ file: '<stdin>', text: options.stdin ?? '' });
      continue;
    }
    const absolute = resolve(options.cwd, path);
    if (existsSync(absolute)) {
      if (statSync(absolute).isDirectory()) filesUnder(absolute, problems).filter((file) => manifestFile.test(file)).forEach(add);
      else add(path);
    } else if (isGlob(path)) {
      const found = expandGlob(path, options.cwd, problems);
      if (found.length === 0) problems.push({ file: path, line: 1, message: 'no file matches' });
      found.forEach(add);
    } else {
      problems.push({ file: path, line: 1, message: 'no such file or folder' });
    }
  }
  return { sources: withoutPatches(sources), problems };
}

function shown(absolute: string, given: string, cwd: string): string {
  if (!isAbsolute(given)) return given;
  const inside = relative(cwd, absolute);
  return inside.startsWith('..') ? absolute : inside;
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message.replace(/^[A-Z]+: /, '') : String(error);
}

/** Every file below a folder, sorted, so that the same input always reads in the same order. Symbolic links to folders are not followed. */
function filesUnder(folder: string, problems: ReadingProblem[]): string[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    problems.push({ file: folder, line: 1, message: `cannot be read: ${reason(error)}` });
    return [];
  }
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return skippedFolders.has(entry.name) ? [] : filesUnder(path, problems);
      return [path];
    });
}

function isGlob(path: string): boolean {
  return /[*?{[]/.test(path);
}

function expandGlob(pattern: string, cwd: string, problems: ReadingProblem[]): string[] {
  const parts = pattern.split(/[/\\]/);
  const fixed = parts.slice(0, parts.findIndex(isGlob));
  const base = resolve(cwd, fixed.join(sep) || (pattern.startsWith('/') ? sep : '.'));
  if (!existsSync(base)) return [];
  const matches = globExpression(parts.slice(fixed.length).join('/'));
  return filesUnder(base, problems).filter((file) => matches.test(relative(base, file).split(sep).join('/')));
}

function globExpression(pattern: string): RegExp {
  let source = '';
  let depth = 0;
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i] ?? '';
    if (pattern.startsWith('**/', i)) { source += '(?:[^/]+/)*'; i += 2; }
    else if (pattern.startsWith('**', i)) { source += '.*'; i += 1; }
    else if (c === '*') source += '[^/]*';
    else if (c === '?') source += '[^/]';
    else if (c === '{') { source += '(?:'; depth++; }
    else if (c === '}' && depth > 0) { source += ')'; depth--; }
    else if (c === ',' && depth > 0) source += '|';
    else source += c.replace(/[.+^$()|[\]\\{}]/, '\\$&');
  }
  return new RegExp(`^${source}${')'.repeat(depth)}$`);
}
