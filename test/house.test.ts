import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const SRC = join(__dirname, '../src');

/** Which rooms a room may look into: no arrow leads back. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  model: [],
  manifest: ['model'],
  certificate: ['model'],
  explain: ['manifest', 'model'],
  cost: ['explain', 'manifest', 'model'],
  graph: ['explain', 'manifest', 'model'],
  platforms: ['model'],
  constructs: ['manifest', 'model'],
  apps: ['constructs', 'manifest', 'model', 'platforms'],
  project: ['model', 'render'],
  render: ['apps', 'constructs', 'manifest', 'model', 'platforms'],
  pulumi: ['apps', 'constructs', 'explain', 'manifest', 'model', 'platforms', 'render'],
};

/** Which rooms may load what is slow to load, or belongs to one target. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  // cli and pulumi make the App that the rest builds in.
  cdk8s: ['constructs', 'apps', 'render', 'cli', 'pulumi'],
  'cdk8s-plus-27': ['constructs', 'apps'],
  constructs: ['constructs', 'apps', 'render'],
  commander: ['cli'],
  '@viz-js/viz': ['graph'],
};

interface Import {
  readonly target: string;
  readonly typeOnly: boolean;
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')).sort();
const sourceOf = (file: string) => readFileSync(join(SRC, file), 'utf8');
const roomOf = (file: string) => file.split('/')[0] ?? '';
const importsOf = (file: string): Import[] => [...sourceOf(file).matchAll(/(?:^|\n)\s*(?:import|export)\s+(type\s)?[^;'"]*?from\s+'([^']+)'|\b(?:require|import)\('([^']+)'\)/g)]
  .map(([, type, target, called]) => ({ target: target ?? called ?? '', typeOnly: type !== undefined }));

test('the house has files to look at', () => expect(files.length).toBeGreaterThan(50));

describe('arrows', () => {
  test.each(Object.entries(ROOMS))('%s looks only into %j', (room, allowed) => {
    const seen = files.filter((file) => roomOf(file) === room).flatMap((file) => importsOf(file)
      .filter(({ target }) => target.startsWith('.'))
      .map(({ target }) => [file, roomOf(relative(SRC, join(SRC, dirname(file), target)))] as const)
      .filter(([, other]) => other !== room && !allowed.includes(other)));
    expect(seen).toEqual([]);
  });

  test.each(Object.entries(PACKAGES))('%s is loaded in %j only', (name, rooms) => {
    const users = files.filter((file) => file.includes('/') && importsOf(file).some(({ target, typeOnly }) => target === name && !typeOnly)).map(roomOf);
    expect([...new Set(users)].filter((room) => !rooms.includes(room))).toEqual([]);
  });

  test('Pulumi is in its room only', () => {
    expect(files.filter((file) => roomOf(file) !== 'pulumi' && importsOf(file).some(({ target }) => target.startsWith('@pulumi/')))).toEqual([]);
  });

  test('what runs in a browser takes only types from where Node is', () => {
    const seen = new Set<string>();
    const wanted = files.filter((file) => file.startsWith('graph/browser/'));
    for (let file = wanted.pop(); file !== undefined; file = wanted.pop()) {
      if (seen.has(file)) continue;
      seen.add(file);
      for (const { target, typeOnly } of importsOf(file)) {
        if (typeOnly) continue;
        expect([file, target]).toEqual([file, expect.stringMatching(/^\./)]);
        wanted.push(`${relative(SRC, join(SRC, dirname(file), target))}.ts`);
      }
    }
    expect([...seen].filter((file) => roomOf(file) !== 'graph')).toEqual([]);
  });

  test('the model needs nothing but Node', () => {
    const packages = files.filter((file) => roomOf(file) === 'model').flatMap(importsOf).map(({ target }) => target).filter((target) => !target.startsWith('.'));
    expect(packages.filter((target) => !target.startsWith('node:'))).toEqual([]);
  });
});

describe.each(files)('%s', (file) => {
  test('is short and exports by name', () => {
    const source = sourceOf(file);
    const code = source.replace(/\/\*[\s\S]*?\*\//g, '').split('\n').filter((line) => line.trim() !== '' && !line.trim().startsWith('//'));
    expect(code.length).toBeLessThanOrEqual(300);
    expect(code.join('\n')).not.toMatch(/\bexport default\b|: any\b|as any\b/);
    expect(source).not.toMatch(/@ts-ignore|@ts-nocheck|\bTODO\b/);
  });
});

test('no room is for odds and ends', () => {
  expect(files.filter((file) => /(^|\/)(utils?|helpers?|misc|common)(\/|\.ts$)/.test(file))).toEqual([]);
  expect(existsSync(join(SRC, 'index.ts'))).toBe(true);
});
