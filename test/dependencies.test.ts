import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const ROOT = join(__dirname, '..');

interface PackageJson {
  readonly files: readonly string[];
  readonly exports: Readonly<Record<string, string | { readonly default: string }>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta: Readonly<Record<string, { readonly optional: boolean }>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const { files: packed, exports: entries, dependencies, peerDependencies, peerDependenciesMeta, devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as PackageJson;

/** The files that an entry of the package loads, and the packages that these load. */
function reach(entry: string): { readonly files: ReadonlySet<string>; readonly packages: ReadonlySet<string> } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    for (const [, from, called] of readFileSync(file, 'utf8').matchAll(/(?:^|\n)\s*(?:import|export)\s[^;'"]*?from\s+'([^']+)'|\b(?:require|import)\('([^']+)'\)/g)) {
      const target = from ?? called ?? '';
      if (target.startsWith('.')) visit(sourceOf(join(dirname(file), target)));
      else if (!target.startsWith('node:')) packages.add(target.split('/').slice(0, target.startsWith('@') ? 2 : 1).join('/'));
    }
  };
  visit(entry);
  return { files, packages };
}

function sourceOf(path: string): string {
  return [`${path}.ts`, join(path, 'index.ts'), path.replace(/\.js$/, '.ts')].find((file) => existsSync(file)) ?? path;
}

const reached = new Map(Object.entries(entries)
  .flatMap(([name, entry]) => (typeof entry === 'string' ? [] : [[name, reach(join(ROOT, entry.default.replace('dist/', 'src/').replace(/\.js$/, '.ts')))] as const])));
const optional = Object.keys(peerDependenciesMeta);

/** What the program loads beside the file that it is bundled into. */
const beside = (/external: \[([^\]]*)\]/.exec(readFileSync(join(ROOT, 'scripts/build.mjs'), 'utf8'))?.[1] ?? '').match(/[^', ]+/g) ?? [];

test('the package has the libraries that its entries and its program load, and no other', () => {
  expect([...reach(join(ROOT, 'src/cli/ladder.ts')).packages]).toEqual(expect.arrayContaining(beside));
  const loaded = [...[...reached.values()].flatMap(({ packages }) => [...packages]), ...beside];
  expect([...new Set(loaded)].sort()).toEqual([...Object.keys(dependencies), ...Object.keys(peerDependencies)].sort());
});

test('the entries beside Pulumi\'s need none of the optional ones', () => {
  for (const [name, { packages }] of reached) {
    if (!name.startsWith('./pulumi')) expect([name, [...packages].filter((each) => optional.includes(each))]).toEqual([name, []]);
  }
});

test('rooms that only the command line goes into are bundled into it, and left out of the package', () => {
  const files = [...reached.values()].flatMap((each) => [...each.files]).map((file) => relative(join(ROOT, 'src'), file));
  const rooms = readdirSync(join(ROOT, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const left = rooms.filter((room) => !files.some((file) => file.startsWith(`${room}/`))).sort();
  expect(left).toContain('cli');
  expect(packed.filter((pattern) => pattern.startsWith('!'))).toEqual(['!dist/main.*', ...left.map((room) => `!dist/${room}`)]);
});

test('it is developed with a version of every peer that it says it takes', () => {
  const major = (version: string): string => version.replace('^', '').split('.')[0] ?? '';
  expect(Object.keys(devDependencies)).toEqual(expect.arrayContaining(Object.keys(peerDependencies)));
  for (const [name, range] of Object.entries(peerDependencies)) expect([name, major(devDependencies[name] ?? '')]).toEqual([name, major(range)]);
});
