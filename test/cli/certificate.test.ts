import { X509Certificate } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { trustStores } from '../../src/certificate/trust';
import { scratchFolder } from '../render/disk';
import { ladder } from './memory-terminal';

const root = scratchFolder();
const before = process.env['XDG_DATA_HOME'];
let data: string;
beforeEach(() => {
  data = mkdtempSync(join(root, 'data-'));
  process.env['XDG_DATA_HOME'] = data;
});
afterAll(() => {
  if (before === undefined) delete process.env['XDG_DATA_HOME'];
  else process.env['XDG_DATA_HOME'] = before;
});

/** An app of one's own: two sites share a Secret, one names none, one has its certificate from elsewhere. */
const app = join(root, 'app.js');
writeFileSync(app, `
const src = ${JSON.stringify(join(__dirname, '../../src/index'))};
const { AppNamespace, ClusterIssuer, Environment, Exposure, kind, Microservice, SharedGateway, Site, Traefik } = require(src);
const build = (platform, sites) => (app) => {
  const environment = new Environment(app, 'one', { platform });
  const front = new Traefik(environment, 'traefik', { exposure: Exposure.nodePort() });
  const shop = new AppNamespace(environment, 'shop');
  const web = new Microservice(shop, 'web', { image: 'example.com/web:1.0.0', port: 8080 });
  for (const [id, props] of Object.entries(sites(ClusterIssuer))) new Site(shop, id, { front, ...props }).route(web);
  return environment;
};
module.exports.environments = [
  { name: 'shared', description: 'd', build: build(kind({ clusterName: 'dev' }), () => ({ a: { host: 'a.localhost', tlsSecretName: 'tls' }, b: { host: '*.b.localhost', tlsSecretName: 'tls' }, c: { host: 'c.localhost' } })) },
  { name: 'issued', description: 'd', build: build(kind(), (ClusterIssuer) => ({ a: { host: 'a.example.org', issuer: ClusterIssuer.named('platform') } })) },
  { name: 'gate', description: 'd', build: (app) => {
    const environment = new Environment(app, 'one', { platform: kind() });
    const traefik = new Traefik(environment, 'traefik', { exposure: Exposure.nodePort() }).gateway;
    const front = new SharedGateway(new AppNamespace(environment, 'infra'), 'public', { front: traefik, tlsSecretName: 'gate-tls' });
    for (const [name, props] of Object.entries({ shop: {}, blog: {}, own: { tlsSecretName: 'own-tls' } })) {
      const namespace = new AppNamespace(environment, name);
      new Site(namespace, name, { front, host: name + '.localhost', ...props }).route(new Microservice(namespace, 'web', { image: 'example.com/web:1.0.0', port: 8080 }));
    }
    return environment;
  } },
];
`);

const files = (name: string) => ['tls.crt', 'tls.key'].map((file) => join(data, 'service-ladder', 'certificates', name, file));
const authority = () => join(data, 'service-ladder', 'authority', 'ca.crt');

describe('certificate', () => {
  test('for hosts: says where the files are, and how browsers come to trust them', async () => {
    const { code, out, err } = await ladder(['certificate', 'shop.localhost', '*.shop.localhost', '127.0.0.1']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^shop\.localhost, \*\.shop\.localhost, 127\.0\.0\.1\n {2}new, good until \d{4}-\d\d-\d\d\n/);
    for (const file of [...files('shop.localhost'), authority()]) expect(out).toContain(file);
    expect(out).toContain('The authority that signed is new');
    expect(out).not.toContain('kubectl');
    const [crt = ''] = files('shop.localhost');
    expect(new X509Certificate(readFileSync(crt)).checkHost('any.shop.localhost')).toBe('*.shop.localhost');
    const again = await ladder(['certificate', 'shop.localhost', '*.shop.localhost', '127.0.0.1']);
    expect(again.out).toContain('  kept, good until');
    expect(again.out).toContain('once for all certificates');
  });

  test('for an environment of the example: its hosts, and what its site still lacks', async () => {
    const { code, out, err } = await ladder(['certificate', 'kind-ingress']);
    expect(code).toBe(0);
    expect(out).toMatch(/^shop\.localhost, python\.shop\.localhost, orders\.shop\.localhost\n/);
    expect(out).toContain('  npx ladder certificate kind-ingress --secret | kubectl --context kind-kind apply --server-side -f -\n');
    expect(err).toBe("Site shop names no Secret, so nobody serves its certificate yet: give it tlsSecretName: 'shop-tls'.\n");
  });

  test('for an app: one certificate for each Secret', async () => {
    const { out, err } = await ladder(['certificate', 'shared', '--app', app]);
    expect(out).toContain('a.localhost, *.b.localhost\n');
    expect(out).toContain('\nc.localhost\n');
    expect(out).toContain(`  npx ladder certificate shared --app ${app} --secret | kubectl --context kind-dev apply --server-side -f -\n`);
    expect(err).toBe("Site c names no Secret, so nobody serves its certificate yet: give it tlsSecretName: 'c-tls'.\n");
  });

  test("for sites of a shared Gateway: its Secret for all that have none of their own", async () => {
    const { out, err } = await ladder(['certificate', 'gate', '--app', app, '--secret']);
    expect(err).toBe('');
    const secrets = parseAllDocuments(out).map((document) => document.toJS() as { readonly metadata: object; readonly data: Readonly<Record<string, string>> });
    expect(secrets.map(({ metadata, data: { 'tls.crt': crt = '' } }) => ({ ...metadata, names: new X509Certificate(Buffer.from(crt, 'base64')).subjectAltName }))).toEqual([
      { name: 'gate-tls', namespace: 'infra', names: 'DNS:shop.localhost, DNS:blog.localhost' }, { name: 'own-tls', namespace: 'own', names: 'DNS:own.localhost' },
    ]);
  });

  test('--secret prints the Secrets into a pipe, and nothing else', async () => {
    const { code, out } = await ladder(['certificate', 'shared', '--app', app, '--secret']);
    expect(code).toBe(0);
    const secrets = parseAllDocuments(out).map((document) => document.toJS() as { readonly data: Readonly<Record<string, string>> });
    expect(secrets).toEqual([['tls', 'shared.shop.tls'], ['c-tls', 'shared.shop.c-tls']].map(([name = '', folder = '']) => {
      const [crt = '', key = ''] = files(folder);
      return {
        apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'shop' }, type: 'kubernetes.io/tls',
        data: { 'tls.crt': readFileSync(crt).toString('base64'), 'tls.key': readFileSync(key).toString('base64') },
      };
    }));
  });

  test('--trust says every way to trust the authority, and to take the trust away, and makes the authority if need be', async () => {
    const { code, out, err } = await ladder(['certificate', '--trust']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^Service Ladder development CA [0-9a-f]{8}, good until \d{4}-\d\d-\d\d\n {2}certificate {2}/);
    const [name] = /Service Ladder development CA \w+/.exec(out) ?? [];
    for (const { trust, remove } of trustStores(process.platform, { name: name ?? '', certificateFile: authority() })) {
      expect(out).toContain(`  trust   ${trust}\n  remove  ${remove}\n`);
    }
    expect((await ladder(['certificate', 'shop.localhost'])).out).toContain('once for all certificates');
  });

  test('no private key is ever printed otherwise', async () => {
    for (const args of [['kind-ingress'], ['shop.localhost']]) {
      const { out, err } = await ladder(['certificate', ...args]);
      expect(out + err).not.toMatch(/PRIVATE KEY|LS0tLS1/);
    }
  });

  test.each<[string, readonly string[], RegExp]>([
    ['--secret on a screen or into a file', ['kind-ingress', '--secret'], /only into a pipe/],
    ['--secret for hosts', ['shop.localhost', '--secret'], /is for an environment/],
    ['--app for hosts', ['shop.localhost', '--app', app], /hosts need none/],
    ['an environment and a host', ['kind-ingress', 'shop.localhost'], /one environment, or hosts/],
    ['an environment without a site', ['kind-nodeport'], /has no site/],
    ['an environment that there is not', ['kind-ingres'], /Did you mean kind-ingress\?/],
    ['hosts of the internet', ['www.example.com', 'printer.local'], /2 problems[^]*LOCAL_HOST[^]*LOCAL_HOST/],
    ['an environment with hosts of the internet', ['gke-ingress'], /3 problems/],
    ['a wildcard of all local names', ['*.localhost'], /no wildcard for a whole top-level domain/],
    ['a URL', ['https://web.localhost:8443/'], /HOST \("https:\/\/web\.localhost:8443\/"\): A host is a DNS name[^]*fix: Write e\.g\. web\.localhost\./],
    ['a name in capitals', ['Shop.localhost'], /fix: Write e\.g\. shop\.localhost\./],
    ['a label that is too long', [`${'a'.repeat(64)}.localhost`], /fix: Write e\.g\. shop\.localhost\./],
    ['an address of somebody', ['192.168.0.1'], /LOCAL_HOST/],
    ['certificates that cert-manager makes', ['issued', '--app', app], /has its certificates from cert-manager/],
    ['nothing', [], /Give an environment, or hosts/],
    ['--trust of a host', ['shop.localhost', '--trust'], /leave out shop\.localhost/],
    ['--trust with --secret', ['--trust', '--secret'], /cannot be used with/],
  ])('refuses %s, and makes nothing', async (_, args, message) => {
    const { code, out, err } = await ladder(['certificate', ...args], { outIsPipe: !args.includes('kind-ingress') });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
    expect(existsSync(join(data, 'service-ladder', 'certificates'))).toBe(false);
  });

  test('says what is wrong with an authority, and with the disk', async () => {
    await ladder(['certificate', 'shop.localhost']);
    writeFileSync(authority(), 'half');
    expect(await ladder(['certificate', 'shop.localhost'])).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/AUTHORITY_UNREADABLE[^]*fix: Delete .*authority/) as string });
    process.env['XDG_DATA_HOME'] = app;
    expect(await ladder(['certificate', 'shop.localhost'])).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/service-ladder: .*ENOTDIR/) as string });
  });
});
