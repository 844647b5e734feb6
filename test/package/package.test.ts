import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { install, packed, ROOT, shell } from './shell';

interface PackageJson {
  readonly version: string;
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const { version, exports: entries, peerDependencies, devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as PackageJson;
const PEERS = ['cdk8s', 'cdk8s-plus-27', 'constructs'];

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'project-'));
  folders.push(folder);
  return folder;
}

describe('the package', () => {
  const paths = packed().files.map(({ path }) => path);

  test('has what its exports name, each with its types', () => {
    const targets = Object.values(entries).flatMap((entry) => (typeof entry === 'string' ? [] : [entry.types, entry.default])).map((path) => path.replace('./', ''));
    expect(targets.length).toBeGreaterThan(8);
    expect(targets.filter((path) => !paths.includes(path))).toEqual([]);
  });

  test('has the library, its types, the program, the schemas and the template, and nothing else', () => {
    const allowed = [
      /^dist\/(?!main\.|bin\/)[\w/-]+\.(js|d\.ts)$/, /^dist\/bin\/(ladder|page)\.js$/, /^dist\/bin\/LICENSES\.txt$/, /^schemas\/[\w-]+\.schema\.json$/, /^template\//,
      /^(package\.json|README\.md|CHANGELOG\.md|LICENSE)$/,
    ];
    expect(paths.filter((path) => !allowed.some((pattern) => pattern.test(path)))).toEqual([]);
    for (const pattern of allowed) expect(paths.some((path) => pattern.test(path))).toBe(true);
  });

  test('has a program that can be run', () => {
    expect(packed().files.find(({ path }) => path === 'dist/bin/ladder.js')?.mode).toBe(0o755);
  });
});

describe('in a plain cdk8s project of another folder', () => {
  // The newest that it was built with, and the oldest that it says it takes.
  const newest = Object.fromEntries(PEERS.map((name) => [name, devDependencies[name]]));
  const oldest = Object.fromEntries(PEERS.map((name) => [name, peerDependencies[name]?.replace('^', '')]));

  const texts: string[] = [];
  describe.each([['the newest', newest], ['the oldest', oldest]])('with %s cdk8s', (_, dependencies) => {
    let project: string;
    beforeAll(() => {
      project = newFolder();
      cpSync(join(__dirname, 'plain'), project, { recursive: true });
      writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'plain', private: true, dependencies, devDependencies: { typescript: devDependencies.typescript } }));
      install(project);
    });

    test('everybody shares the project\'s copies', () => {
      const found = JSON.parse(shell(project, `npm ls --json --all ${PEERS.join(' ')}`)) as Tree;
      for (const name of PEERS) expect(versionsOf(found, name)).toEqual([dependencies[name]]);
    });

    test.each([
      ['commonjs', 'node10'], ['node16', 'node16'], ['esnext', 'bundler'],
    ])('it compiles strictly, library types included: --module %s --moduleResolution %s', (module, resolution) => {
      shell(project, `npx tsc --noEmit --skipLibCheck false --module ${module} --moduleResolution ${resolution}`);
    });

    test('it synthesizes its own objects and ours, and explains the way to them', () => {
      shell(project, 'npx tsc');
      const { text, verdict } = JSON.parse(shell(project, 'node -p "JSON.stringify(require(\'./dist/main.js\'))"')) as Record<'text' | 'verdict', string>;
      expect([...text.matchAll(/^kind: (.*)/gm)].map(([, kind]) => kind)).toEqual(['ConfigMap', 'Deployment', 'Deployment', 'Service', 'PodDisruptionBudget', 'NetworkPolicy']);
      expect(verdict).toBe('ok');
      texts.push(text);
    });

    test('it renders the example on every rung', () => {
      writeFileSync(join(project, 'example.js'), `
        const { App } = require('cdk8s');
        const { environments } = require('./node_modules/service-ladder/dist/apps/environments.js');
        for (const { build } of environments) { const app = new App(); build(app); console.log(app.synthYaml()); }
      `);
      const text = shell(project, 'node example.js');
      expect(text.match(/^kind: Deployment$/gm)?.length).toBeGreaterThan(30);
      texts.push(text);
    });

    test('an ES module sees every name that CommonJS sees', () => {
      const names = Object.keys(entries).filter((path) => path === '.' || path === './explain').map((path) => path.replace('.', 'service-ladder'));
      for (const name of names) {
        const required = JSON.parse(shell(project, `node -p 'JSON.stringify(Object.keys(require("${name}")))'`)) as string[];
        expect(required.length).toBeGreaterThan(10);
        writeFileSync(join(project, 'names.mjs'), `import { ${required.join(', ')} } from '${name}';\nconsole.log([${required.join(', ')}].every((each) => each !== undefined));\n`);
        expect(shell(project, 'node names.mjs')).toBe('true\n');
      }
    });
  });

  test('the output is the same with both', () => {
    expect(texts).toHaveLength(4);
    expect(texts.slice(2)).toEqual(texts.slice(0, 2));
  });
});

describe('ladder init', () => {
  let project: string;
  beforeAll(() => {
    const folder = newFolder();
    shell(folder, `npm exec --yes --prefer-offline --package ${packed().file} -- ladder init shop`);
    project = join(folder, 'shop');
  });

  test('asks for the version that wrote it', () => {
    expect(JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'))).toMatchObject({ dependencies: { 'service-ladder': version } });
  });

  test('writes a project that installs, renders, passes its tests and its check', () => {
    install(project);
    expect(shell(project, 'npm run --silent build && npm start --silent')).toContain('curl http://localhost:30001/\n');
    expect(shell(project, 'npm run --silent synth')).toContain('no findings; 2 requests followed: 2 ok');
    expect(shell(project, 'npm test --silent')).toContain('3 tests: 3 passed, 0 failed');
    expect(shell(project, 'npm run --silent check')).toContain('no findings');
  });

  test('whose check fails when the code moves on without the files', () => {
    const main = join(project, 'src/main.ts');
    writeFileSync(main, readFileSync(main, 'utf8').replace('nodePort: 30001', 'nodePort: 30002'));
    expect(() => shell(project, 'npm run --silent check')).toThrow(/not what the code says/);
    expect(() => shell(project, 'npm test --silent')).toThrow(/1 failed/);
  });
});

interface Tree {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, Tree>>;
}

function versionsOf(tree: Tree, name: string): string[] {
  const found = Object.entries(tree.dependencies ?? {}).flatMap(([each, below]) => [...(each === name && below.version !== undefined ? [below.version] : []), ...versionsOf(below, name)]);
  return [...new Set(found)];
}
