import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { App } from 'cdk8s';
import { Environment } from '../../src/constructs/environment';
import { Exposure } from '../../src/constructs/services/exposure';
import { Traefik } from '../../src/constructs/fronts/traefik';
import type { KubeObject } from '../../src/manifest/object';
import { kind } from '../../src/platforms/kind';
import { collect } from '../../src/render/collect';
import { Api } from './cluster/api';
import { ask, send } from './cluster/client';
import { type Ground, ground as groundOf } from './cluster/ground';
import { laptop } from './cluster/place';
import { moveTo } from './cluster/shop';
import { namespacesGone, rolledOut, until } from './cluster/wait';

/** TLS on kind, through the real Traefik. */
let api: Api;
let ground: Ground;

beforeAll(async () => {
  ground = groundOf();
  api = new Api();
  await namespacesGone(api, ['shop', 'traefik']);
});

describe('the development certificate', () => {
  const data = mkdtempSync(join(tmpdir(), 'ladder-'));
  const ingress = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'shop', namespace: 'shop' } };
  const hosts = ['shop.localhost', 'python.shop.localhost'];
  const ca = () => readFileSync(join(data, 'service-ladder/authority/ca.crt'));

  beforeAll(async () => {
    await moveTo(api, 'kind-ingress');
    await api.patch(ingress, { spec: { tls: [{ hosts, secretName: 'shop-tls' }] } });
  });
  afterAll(async () => {
    await api.patch(ingress, { spec: { tls: null } });
    await api.remove({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'shop-tls', namespace: 'shop' } });
    rmSync(data, { recursive: true });
    api.close();
  });

  it('serves the routes without it, until the Secret is there', async () => {
    await ask(ground, laptop, { url: 'http://shop.localhost:8080/blue', dial: '127.0.0.1:8080' });
    expect(await ask(ground, laptop, { url: 'https://shop.localhost:8443/blue', dial: '127.0.0.1:8443' })).toMatchObject({ forwardedProto: 'https' });
    const command = `${process.execPath} dist/bin/ladder.js certificate kind-ingress --secret | kubectl apply --server-side -f -`;
    execFileSync('sh', ['-c', command], { env: { ...process.env, XDG_DATA_HOME: data }, stdio: ['ignore', 'ignore', 'inherit'] });
  });

  it.each(hosts)('serves https://%s:8443 to a client that trusts the authority', async (name) => {
    await until('Traefik has read the Secret', async () => (await handshake(name, ca())) === 'authorized', 30);
  });

  it('and has nothing for a client that does not, or for another name', async () => {
    expect(await handshake('shop.localhost')).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
    expect(await handshake('other.localhost', ca())).not.toBe('authorized');
  });

  it('redirects http to the port that the laptop dials, where Traefik is told to', async () => {
    await api.apply(redirecting('traefik', 'traefik'));
    await rolledOut(api, 'traefik');
    const [received] = await send(ground, laptop, [{ url: 'http://shop.localhost:8080/blue?a=b', dial: '127.0.0.1:8080' }]);
    expect(received).toMatchObject({ status: 301, location: 'https://shop.localhost:8443/blue?a=b' });
  });
});

/** What a TLS client on the laptop says of the server's certificate. */
function handshake(servername: string, ca?: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port: 8443, servername, rejectUnauthorized: false, ...(ca && { ca }) }, () => {
      resolve(socket.authorized ? 'authorized' : String(socket.authorizationError));
      socket.end();
    });
    socket.on('error', reject);
  });
}

/** Traefik's Deployment as it is on kind, with the redirect. */
function redirecting(namespace: string, name: string): KubeObject {
  const app = new App();
  const environment = new Environment(app, 'redirecting', { platform: kind() });
  new Traefik(environment, 'traefik', { exposure: Exposure.nodePort({ nodePorts: { websecure: { nodePort: 30011, hostPort: 8443 } } }), watchNamespaces: ['shop'], redirectToHttps: true });
  const found = collect(environment).objects.find(({ object }) => object.kind === 'Deployment' && object.metadata.namespace === namespace && object.metadata.name === name);
  if (!found) throw new Error(`There is no Deployment ${name}.`);
  return found.object;
}
