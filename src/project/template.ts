import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Source, library and bundle all lie two folders below it. */
const TEMPLATE = join(__dirname, '../../template');

/** What the template calls itself, wherever a name can stand. */
const NAME = 'my-app';

/** The files of a new project by path: the template under another name, with the version of the library that it gets. */
export function projectFiles(name: string, version: string): ReadonlyMap<string, string> {
  const paths = readdirSync(TEMPLATE, { recursive: true, encoding: 'utf8' }).filter((path) => statSync(join(TEMPLATE, path)).isFile()).map((path) => path.replaceAll('\\', '/'));
  return new Map(paths.map((path): [string, string] => {
    const text = readFileSync(join(TEMPLATE, path), 'utf8').replaceAll(NAME, name);
    // npm leaves a .gitignore out of what it packs.
    if (path === 'gitignore') return ['.gitignore', text];
    return [path, path === 'package.json' ? text.replace('"service-ladder": "*"', `"service-ladder": "${version}"`) : text];
  }).sort(([a], [b]) => (a < b ? -1 : 1)));
}
