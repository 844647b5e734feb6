import fs from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { readTree, scratchFolder, writeTree } from '../render/disk';
import { ladder } from './memory-terminal';

const root = scratchFolder();
let cwd: string;
beforeEach(() => {
  cwd = fs.mkdtempSync(join(root, 'case-'));
});

const FILES = ['.gitignore', 'README.md', 'package.json', 'routes.test.yaml', 'src/main.ts', 'tsconfig.json'];

interface Package {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const packageIn = (folder: string): Package => JSON.parse(fs.readFileSync(join(folder, 'package.json'), 'utf8')) as Package;
const ours = packageIn(join(__dirname, '../..'));

/** What the guide shows, by the language of the block. */
const shown = (language: string): string[] => [...fs.readFileSync('docs/new-project.md', 'utf8').matchAll(/^```(\w+)\n(.*?)^```$/gms)]
  .filter(([, each]) => each === language).map(([, , text = '']) => text);

/** What `tsc` does, with this source in place of the package. */
function compile(project: string): void {
  buildSync({
    entryPoints: [join(project, 'src/main.ts')], outfile: join(project, 'dist/main.js'), bundle: true, platform: 'node', logLevel: 'silent',
    nodePaths: ['node_modules'], alias: { 'service-ladder': join(__dirname, '../../src') },
  });
}

describe('init', () => {
  test('writes a project into a folder that is not there, and says what to type next', async () => {
    const { code, out, err } = await ladder(['init', 'teams/shop'], { cwd });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe(`shop\n${FILES.map((path) => `  ${path}\n`).join('')}\nNext:\n  cd teams/shop\n  npm install\n  npm start\n`);
    expect(shown('text')).toContain(out.replace('teams/', ''));
    expect(Object.keys(readTree(join(cwd, 'teams/shop'))).sort()).toEqual([...FILES].sort());
  });

  test('pins this version of the library, and the versions beside it that it is tested with', async () => {
    await ladder(['init', 'shop'], { cwd });
    const { name, dependencies, devDependencies } = packageIn(join(cwd, 'shop'));
    expect(name).toBe('shop');
    const { 'service-ladder': library, ...others } = { ...dependencies, ...devDependencies };
    expect(library).toBe(ours.version);
    expect(ours.devDependencies).toMatchObject(others);
    expect(Object.keys(others)).toEqual(['cdk8s', 'cdk8s-plus-27', 'constructs', 'typescript']);
  });

  test('its project renders, and its tests of routing pass', async () => {
    await ladder(['init', 'shop'], { cwd });
    const project = join(cwd, 'shop');
    compile(project);
    const started = await ladder(['start'], { cwd: project });
    expect({ code: started.code, err: started.err }).toEqual({ code: 0, err: '' });
    expect(started.out).toContain('no findings; 2 requests followed: 2 ok\n');
    // The README shows the same commands.
    const readme = fs.readFileSync(join(project, 'README.md'), 'utf8');
    const [, curl = ''] = /(curl \S+)$/m.exec(started.out) ?? [];
    const commands = [...started.out.matchAll(/^ {2}(kind create .*|kubectl .*)$/gm)].map(([, command]) => command);
    expect(commands).toHaveLength(2);
    for (const command of [curl, ...commands]) expect(readme).toContain(`\n${command}\n`);
    expect(shown('text')).toContain(started.out);
    const tested = await ladder(['test', 'routes.test.yaml', '-f', 'deploy/laptop'], { cwd: project });
    expect(tested).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/\n3 tests: 3 passed, 0 failed\n$/) as string });
  });

  test('its project climbs as the guide shows, and so do its tests', async () => {
    await ladder(['init', 'shop'], { cwd });
    const project = join(cwd, 'shop');
    const [main = ''] = shown('ts');
    const [routes = ''] = shown('yaml');
    writeTree(project, { 'src/main.ts': main, 'routes.test.yaml': routes });
    compile(project);
    const started = await ladder(['start'], { cwd: project });
    expect(started).toMatchObject({ code: 0, err: '', out: expect.stringContaining('no findings; ') as string });
    expect(started.out).toContain('curl http://shop.localhost:8080/blue\n');
    const tested = await ladder(['test', 'routes.test.yaml', '-f', 'deploy/laptop'], { cwd: project });
    expect(tested).toMatchObject({ code: 0, err: '', out: expect.stringContaining('4 tests: 4 passed, 0 failed') as string });
  });

  test('here, under another name', async () => {
    const { code, out } = await ladder(['init', '.', '--name', 'blue'], { cwd });
    expect({ code, out: out.slice(out.indexOf('Next:')) }).toEqual({ code: 0, out: 'Next:\n  npm install\n  npm start\n' });
    const text = Object.values(readTree(cwd)).join('\n');
    expect(text).toContain("new AppNamespace(laptop, 'blue')");
    expect(text).not.toContain('my-app');
  });

  test('a folder with a space is quoted in what to type', async () => {
    const { out } = await ladder(['init', "it's mine"], { cwd });
    expect(out).toMatch(/^it-s-mine\n[^]*\n {2}cd 'it'\\''s mine'\n/);
  });

  test('beside what is there already, as long as it is something else', async () => {
    writeTree(cwd, { '.git/HEAD': '', 'LICENSE': '' });
    expect((await ladder(['init', '--name', 'shop'], { cwd })).code).toBe(0);
  });

  test('what is wrong with the name and what is in the way is said at once, and nothing is written', async () => {
    writeTree(cwd, { 'README.md': 'mine', 'src/main.ts': 'mine' });
    const before = readTree(cwd);
    const { code, out, err } = await ladder(['init', '--name', 'kube-system'], { cwd });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('--name: NAMESPACE_RESERVED ("kube-system")');
    expect(err).toContain(`${cwd}: FILE_EXISTS: A new project overwrites nothing, and there are already: README.md, src/main.ts.`);
    expect(readTree(cwd)).toEqual(before);
  });

  test('a folder whose name cannot be one asks for a name', async () => {
    const { code, err } = await ladder(['init', '___'], { cwd });
    expect({ code, there: fs.existsSync(join(cwd, '___')) }).toEqual({ code: 2, there: false });
    expect(err).toContain('--name: NAME_RFC1123');
  });
});
