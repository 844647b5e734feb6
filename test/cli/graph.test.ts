import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { webAndService } from '../graph/pictures-of';
import { folder, ladder } from './memory-terminal';

const web = webAndService('ports: [{ port: 80, targetPort: http }]');

describe('graph', () => {
  test('--format svg prints the picture', async () => {
    const { code, out, err } = await ladder(['graph', '-f', 'web.yaml', '--format', 'svg'], { cwd: folder({ 'web.yaml': web }) });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^<svg [^>]*aria-label="web.yaml">[^]*<\/svg>\n$/);
  });

  test('--format mermaid prints a flowchart', async () => {
    const { code, out } = await ladder(['graph', '--format', 'mermaid', '-f', '-'], { stdin: web });
    expect(code).toBe(0);
    expect(out).toMatch(/^flowchart LR\n[^]*-->\|"8080"\|/);
  });

  test('-o writes a file, and its folder', async () => {
    const cwd = folder({ 'web.yaml': web });
    expect(await ladder(['graph', 'web.yaml', '--format', 'svg', '-o', 'out/web.svg', '--title', 'The shop'], { cwd })).toEqual({ code: 0, out: '', err: '' });
    expect(readFileSync(join(cwd, 'out/web.svg'), 'utf8')).toContain('<title>The shop</title>');
  });

  test('--request lights a way, from where --from says', async () => {
    const { code, out } = await ladder(['graph', 'web.yaml', '--format', 'svg', '--request', 'http://web', '--from', 'pod:shop/web'], { cwd: folder({ 'web.yaml': web }) });
    expect(code).toBe(0);
    expect(out).toContain('class="leg"');
    expect(out).toContain('class="card workload on"');
  });

  test('a request that breaks is drawn all the same', async () => {
    const { code, out } = await ladder(['graph', 'docs/examples', '--request', 'http://localhost:30001', '--format', 'svg']);
    expect(code).toBe(0);
    expect(out).toContain('breaks here');
    expect(out).toContain('KIND002');
  });

  test('--environment draws an environment with the ports of its kind cluster', async () => {
    const { code, out, err } = await ladder(['graph', '--environment', 'kind-ingress', '--format', 'mermaid']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('8080 #8594; 30010');
  });

  test('--app brings environments of its own', async () => {
    const root = join(__dirname, '../..');
    const app = `
const { Environment, kind, AppNamespace, Microservice, Exposure } = require('./library.js');
exports.environments = [{ name: 'mine', description: '', build: (app) => {
  const shop = new AppNamespace(new Environment(app, 'mine', { platform: kind() }), 'shop');
  new Microservice(shop, 'greeter', { image: 'traefik/whoami:v1.11.0', args: ['--port=8080'], port: { containerPort: 8080, port: 80 }, exposure: Exposure.nodePort({ nodePort: 30001 }) });
  return shop.node.scope;
} }];`;
    const cwd = folder({ 'app.js': app });
    buildSync({ entryPoints: [join(root, 'src/index.ts')], outfile: join(cwd, 'library.js'), bundle: true, platform: 'node', logLevel: 'silent' });
    const { code, out, err } = await ladder(['graph', '--environment', 'mine', '--app', 'app.js', '--format', 'mermaid'], { cwd });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('greeter');
  });

  test('what cannot be read is said, the rest is drawn, and the exit code is 2', async () => {
    const cwd = folder({ 'web.yaml': web, 'bad.yaml': 'kind: [' });
    const { code, out, err } = await ladder(['graph', 'web.yaml', 'bad.yaml', '--format', 'svg'], { cwd });
    expect(code).toBe(2);
    expect(err).toMatch(/^bad\.yaml:1: not YAML/);
    expect(out).toContain('>web<');
  });

  test.each([
    [['graph'], 'No manifests are given'],
    [['graph', 'nowhere.yaml'], 'nowhere.yaml'],
    [['graph', 'docs/examples', '--from', 'laptop'], '--from says where a request comes from'],
    [['graph', 'docs/examples', '--app', 'app.js'], '--app only matters with --environment'],
    [['graph', 'docs/examples', '--environment', 'kind-ingress'], 'not both'],
    [['graph', '--environment', 'kind-ingress', '--platform', 'kind'], 'not both'],
    [['graph', '--environment', 'kind-ingres'], 'Did you mean kind-ingress?'],
    [['graph', 'docs/examples', '--request', 'ftp://x'], 'is no scheme that is followed'],
    [['graph', 'docs/examples', '--format', 'png'], 'Allowed choices are html, svg, mermaid'],
    [['graph', 'docs/examples', '--format', 'svg', '-o', 'README.md/x.svg'], 'cannot be written'],
  ])('%j is refused', async (args, message) => {
    expect(await ladder(args)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(message) as string });
  });

  test('a cluster without anything to draw is an empty picture', async () => {
    const { code, out } = await ladder(['graph', '-f', '-', '--format', 'svg'], { stdin: 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }' });
    expect(code).toBe(0);
    expect(out).not.toContain('NaN');
    expect(out).not.toContain('Infinity');
  });
});

describe('the installed command', () => {
  const root = folder({});
  beforeAll(() => {
    buildSync({ entryPoints: ['src/cli/ladder.ts'], outfile: join(root, 'dist/bin/ladder.js'), bundle: true, platform: 'node', external: ['@viz-js/viz'], logLevel: 'silent' });
    copyFileSync('package.json', join(root, 'package.json'));
    writeFileSync(join(root, 'web.yaml'), web);
  });
  const run = (...args: string[]) => spawnSync(process.execPath, ['dist/bin/ladder.js', ...args], { cwd: root, encoding: 'utf8' });

  test('does not need the layout library for anything else', () => {
    expect(existsSync(join(root, 'node_modules'))).toBe(false);
    expect(run('check', 'web.yaml')).toMatchObject({ status: 0, stderr: '' });
  });

  test('without the program of the page it says how to build it; with it, it prints a page', () => {
    symlinkSync(join(__dirname, '../../node_modules'), join(root, 'node_modules'));
    expect(run('graph', 'web.yaml')).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('npm run build') as string });
    buildSync({ entryPoints: ['src/graph/browser/main.ts'], outfile: join(root, 'dist/bin/page.js'), bundle: true, format: 'iife', platform: 'browser', minify: true, logLevel: 'silent' });
    const { status, stdout, stderr } = run('graph', 'web.yaml');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^<!doctype html>[^]*<\/html>\n$/);
    expect(stdout.match(/<\/script>/g)).toHaveLength(2);
  });
});
