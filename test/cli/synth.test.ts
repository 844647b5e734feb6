import fs from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import pc from 'picocolors';
import { parseAllDocuments } from 'yaml';
import { environments } from '../../src/apps/environments';
import { run as runIn } from '../../src/cli/run';
import type { KubeObject } from '../../src/manifest/object';
import { readTree, scratchFolder, writeTree } from '../render/disk';
import { ladder as run } from './memory-terminal';

const ladder = (args: readonly string[], cwd: string) => run(args, { cwd });

const root = scratchFolder();
let cwd: string;
beforeEach(() => {
  cwd = fs.mkdtempSync(join(root, 'case-'));
});

/** An app as its author would compile it, next to this repository's own libraries. */
function app(body: string): string {
  const file = join(cwd, 'app.js');
  fs.writeFileSync(file, `
    const { ApiObject, Chart, Lazy } = require('cdk8s');
    const platform = { type: 'gke', loadBalancer: { provided: true, by: 'gke' } };
    const chart = (app, name) => Object.assign(new Chart(app, name, { namespace: 'shop', disableResourceNameHashes: true }), { platform });
    const configMap = (scope, id, data) => new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: id }, data });
    ${body}`);
  const modules = join(cwd, 'node_modules');
  if (!fs.existsSync(modules)) fs.symlinkSync(join(__dirname, '../../node_modules'), modules);
  return 'app.js';
}

const SMALL = `exports.environments = [
  { name: 'one', description: 'the first', build: (app) => { const c = chart(app, 'one'); configMap(c, 'settings', { a: Lazy.any({ produce: () => 'lazy' }) }); return c; } },
  { name: 'two', description: 'the second', build: (app) => { const c = chart(app, 'two'); configMap(c, 'settings', { a: 'b' }); return c; } },
];`;

describe('synth', () => {
  test('writes every environment of the example into deploy/, and says what it did', async () => {
    const { code, out, err } = await ladder(['synth', '--no-findings'], cwd);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(fs.readdirSync(join(cwd, 'deploy')).sort()).toEqual(environments.map(({ name }) => name).sort());
    for (const { name } of environments) expect(out).toMatch(new RegExp(`^deploy/${name} +\\d+ files: \\d+ added$`, 'm'));
    expect((await ladder(['synth', '--no-findings'], cwd)).out).not.toMatch(/\d (added|changed|removed)/);
  });

  test('writes only the environments that are named', async () => {
    await ladder(['synth', 'kind-ingress', '--out', 'here', '--no-findings'], cwd);
    expect(fs.readdirSync(join(cwd, 'here'))).toEqual(['kind-ingress']);
    expect(readTree(join(cwd, 'here/kind-ingress'))).toHaveProperty(['workloads/shop/service/blue-service.yaml']);
  });

  test('an app of one\'s own, with its own cdk8s and its lazy values', async () => {
    const { code } = await ladder(['synth', '--app', app(SMALL), '--no-findings'], cwd);
    expect(code).toBe(0);
    expect(fs.readFileSync(join(cwd, 'deploy/one/workloads/shop/configmap/settings.yaml'), 'utf8')).toBe('apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  a: lazy\n');
  });

  test('--list', async () => {
    const listed = await ladder(['synth', '--app', app(SMALL), '--list'], cwd);
    expect(listed).toEqual({ code: 0, out: 'one  the first\ntwo  the second\n', err: '' });
    expect(JSON.parse((await ladder(['synth', '--list', '--json'], cwd)).out)).toEqual(environments.map(({ name, description }) => ({ name, description })));
    expect(fs.existsSync(join(cwd, 'deploy'))).toBe(false);
  });

  test('--stdout prints one environment and writes nothing', async () => {
    const { code, out } = await ladder(['synth', 'kind-nodeport', '--stdout'], cwd);
    expect(code).toBe(0);
    const objects = parseAllDocuments(out).map((document) => document.toJSON() as KubeObject);
    expect(objects[0]?.kind).toBe('Namespace');
    expect(objects.filter(({ kind }) => kind === 'Deployment')).toHaveLength(5);
    expect(fs.readdirSync(cwd)).toEqual([]);
    expect(await ladder(['synth', '--stdout'], cwd)).toMatchObject({ code: 2, out: '', err: expect.stringContaining('Name it: kind-clusterip,') as string });
  });

  test('--json says which files', async () => {
    await ladder(['synth', 'kind-nodeport', '--out', 'deploy', '--no-findings'], cwd);
    fs.renameSync(join(cwd, 'deploy/kind-nodeport'), join(cwd, 'deploy/kind-ingress'));
    const { out } = await ladder(['synth', 'kind-ingress', '--no-findings', '--json'], cwd);
    const { environments: [environment] } = JSON.parse(out) as { environments: Record<string, string[]>[] };
    expect(environment).toMatchObject({ name: 'kind-ingress', folder: join(cwd, 'deploy/kind-ingress') });
    expect(environment?.['added']).toContain('routes/shop/ingress.networking.k8s.io/shop.yaml');
    expect(environment?.['changed']).toContain('kustomization.yaml');
    expect(environment?.['removed']).toEqual([]);
  });

  test('warnings are printed, and do not stop it', async () => {
    const { code, err } = await ladder(['synth', 'one', '--app', app(`
      const warn = (c) => { c[Symbol.for('service-ladder.problems')] = [() => [{ code: 'OLD', severity: 'warning', path: 'one x', rule: 'It is old.', fix: 'Renew it.' }]]; return c; };
      exports.environments = [{ name: 'one', description: '', build: (app) => { const c = chart(app, 'one'); configMap(c, 'a', {}); return warn(c); } }];`), '--no-findings'], cwd);
    expect({ code, err }).toEqual({ code: 0, err: 'warning one x: OLD: It is old.\n    fix: Renew it.\n' });
  });

  test('names environments that are gone, and leaves them', async () => {
    await ladder(['synth', '--no-findings'], cwd);
    const { err } = await ladder(['synth', '--app', app(SMALL), '--no-findings'], cwd);
    expect(err).toContain('No environment belongs to deploy/gke-gateway, deploy/gke-ingress, ');
    expect(fs.existsSync(join(cwd, 'deploy/gke-ingress/kustomization.yaml'))).toBe(true);
    expect((await ladder(['synth', 'one', '--app', 'app.js', '--no-findings'], cwd)).err).toBe('');
  });
});

test('long work says what it is at, on one line that is gone at the end, also when it fails', async () => {
  const status = async (...args: string[]) => {
    const said: string[] = [];
    await runIn(args, {
      cwd, stdin: Readable.from([]), colors: pc.createColors(false), out: () => {}, err: () => {}, status: (text) => { said.push(text); },
    });
    return said;
  };
  expect(await status('synth', 'kind-nodeport')).toEqual(['rendering', 'rendering kind-nodeport', '', 'writing', '', 'following requests', '']);
  writeTree(cwd, { 'deploy/kind-nodeport/kustomization.yaml': 'edited' });
  expect((await status('synth', 'kind-nodeport')).at(-1)).toBe('');
});

describe('synth --check', () => {
  test('is silent and 0 when the files are right', async () => {
    await ladder(['synth', '--no-findings'], cwd);
    expect(await ladder(['synth', '--check'], cwd)).toEqual({ code: 0, out: '', err: '' });
  });

  test('shows what differs and exits with 1, and writes nothing', async () => {
    await ladder(['synth', 'kind-nodeport', '--no-findings'], cwd);
    const service = join(cwd, 'deploy/kind-nodeport/workloads/shop/service/nginx-service.yaml');
    fs.writeFileSync(service, fs.readFileSync(service, 'utf8').replace('30001', '30002'));
    fs.rmSync(join(cwd, 'deploy/kind-nodeport/workloads/shop/service/orders.yaml'));
    const before = readTree(cwd);
    const { code, out, err } = await ladder(['synth', 'kind-nodeport', '--check'], cwd);
    expect(code).toBe(1);
    expect(out).toContain('--- deploy/kind-nodeport/workloads/shop/service/nginx-service.yaml\n+++ deploy/kind-nodeport/workloads/shop/service/nginx-service.yaml\n');
    expect(out).toMatch(/\n-.*30002\n\+.*30001\n/);
    expect(out).toContain('--- /dev/null\n+++ deploy/kind-nodeport/workloads/shop/service/orders.yaml\n');
    expect(err).toBe('kind-nodeport: not what the code says. Run ladder synth and commit.\n');
    expect(readTree(cwd)).toEqual(before);
    expect(JSON.parse((await ladder(['synth', 'kind-nodeport', '--check', '--json'], cwd)).out)).toMatchObject({
      environments: [{ added: ['workloads/shop/service/orders.yaml'], changed: ['workloads/shop/service/nginx-service.yaml'], removed: [] }],
    });
  });
});

describe('synth --gitops', () => {
  test('argocd: an Application and waves, at the path in the repository', async () => {
    fs.mkdirSync(join(cwd, '.git'));
    fs.mkdirSync(join(cwd, 'inner'));
    await ladder(['synth', 'kind-nodeport', '--no-findings', '--gitops', 'argocd', '--repo', 'https://example.com/shop.git'], join(cwd, 'inner'));
    const tree = readTree(join(cwd, 'inner/deploy/kind-nodeport'));
    expect(tree['argocd-application.yaml']).toContain('path: inner/deploy/kind-nodeport\n    repoURL: https://example.com/shop.git\n    targetRevision: main\n');
    expect(tree['workloads/kustomization.yaml']).toContain('argocd.argoproj.io/sync-wave: "2"');
    expect(tree['kustomization.yaml']).not.toContain('argocd');
  });

  test('flux, and then without: the file goes again', async () => {
    await ladder(['synth', 'kind-nodeport', '--no-findings', '--gitops', 'flux', '--path', 'manifests', '--revision', 'live', '--repo', 'ssh://git@example.com/shop'], cwd);
    const file = join(cwd, 'deploy/kind-nodeport/flux-kustomizations.yaml');
    expect(fs.readFileSync(file, 'utf8')).toContain('path: ./manifests/kind-nodeport/workloads');
    await ladder(['synth', 'kind-nodeport', '--no-findings'], cwd);
    expect(fs.existsSync(file)).toBe(false);
  });

  test.each([
    [['--gitops', 'argocd'], 'give its URL with --repo'],
    [['--repo', 'https://example.com/shop.git', '--path', 'x'], '--repo and --path only matter with --gitops'],
    [['--gitops', 'jenkins'], 'Allowed choices are argocd, flux'],
    [['--check', '--stdout'], 'cannot be used with'],
  ])('%j is refused', async (flags, message) => {
    expect(await ladder(['synth', 'kind-nodeport', ...flags], cwd)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(message) as string });
    expect(fs.readdirSync(cwd)).toEqual([]);
  });

  test('outside of a Git repository the path has to be said', async () => {
    expect(await ladder(['synth', 'kind-nodeport', '--gitops', 'flux'], cwd)).toMatchObject({ code: 2, err: expect.stringContaining('--path') as string });
    expect(fs.readdirSync(cwd)).toEqual([]);
  });
});

describe('bad input is one message, exit code 2, and nothing written', () => {
  test.each([
    ['an environment that does not exist', ['kind-nodeprt'], 'Did you mean kind-nodeport?'],
    ['two of them', ['nowhere', 'elsewhere'], 'There is no environment elsewhere. There are: kind-clusterip,'],
    ['an app that does not exist', ['--app', 'nowhere.js'], 'nowhere.js cannot be loaded'],
    ['one of an app that was not named', ['laptop'], 'These are the environments of the example; --app FILE names those of your own'],
  ])('%s', async (_, args, message) => {
    const { code, out, err } = await ladder(['synth', ...args], cwd);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
    expect(err).not.toMatch(/\n\s+at /);
    expect(fs.readdirSync(cwd)).toEqual([]);
  });

  test.each([
    ['that exports no environments', 'exports.environment = [];', 'does not export environments'],
    ['whose environments are no definitions', 'exports.environments = [{ name: 1 }];', 'does not export environments'],
    ['that throws', "throw new Error('no config');", 'app.js cannot be loaded: no config'],
    ['that is no JavaScript', 'const x: number = 1;', 'compile TypeScript first'],
    ['with a name twice', "exports.environments = [1, 2].map(() => ({ name: 'one', description: '', build() {} }));", 'Two environments are called one'],
    ['with a name that is no folder', "exports.environments = [{ name: '../up', description: '', build: (app) => chart(app, 'x') }];", 'NAME_RFC1123'],
    ['whose build throws', "exports.environments = [{ name: 'one', description: '', build() { throw new Error('no image'); } }];", 'one: BUILD_FAILED: The environment could not be built: no image.'],
    ['with problems in two environments', `exports.environments = ['one', 'two'].map((name) => ({ name, description: '', build: (app) => {
      const c = chart(app, name); configMap(c, 'a', { x: '[object Object]' }); new ApiObject(c, 'b', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }); return c; } }));`,
    '4 problems\n  one/a data.x: TOKEN_UNRESOLVED'],
  ])('an app %s', async (_, body, message) => {
    const file = app(body);
    const before = readTree(cwd);
    const { code, out, err } = await ladder(['synth', '--app', file], cwd);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
    expect(err).not.toMatch(/\n\s+at /);
    expect(readTree(cwd)).toEqual(before);
  });

  test('a file that was edited, unless forced', async () => {
    await ladder(['synth', 'kind-nodeport', '--no-findings'], cwd);
    writeTree(cwd, { 'deploy/kind-nodeport/kustomization.yaml': 'edited\n' });
    const before = readTree(cwd);
    expect(await ladder(['synth', 'kind-nodeport'], cwd)).toMatchObject({ code: 2, out: '', err: expect.stringContaining('FILE_EDITED') as string });
    expect(readTree(cwd)).toEqual(before);
    expect(await ladder(['synth', 'kind-nodeport', '--force', '--no-findings'], cwd)).toMatchObject({ code: 0, err: '' });
    expect(await ladder(['synth', 'kind-nodeport', '--check'], cwd)).toMatchObject({ code: 0 });
  });
});
