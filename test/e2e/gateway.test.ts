import { App } from 'cdk8s';
import { Environment } from '../../src/constructs/environment';
import { Exposure } from '../../src/constructs/services/exposure';
import { Microservice } from '../../src/constructs/services/microservice';
import { AppNamespace } from '../../src/constructs/namespace';
import { SharedGateway } from '../../src/constructs/site/shared-gateway';
import { Site } from '../../src/constructs/site/site';
import { Traefik } from '../../src/constructs/fronts/traefik';
import { explain, parseRequest } from '../../src/explain';
import { kind } from '../../src/platforms/kind';
import { collect } from '../../src/render/collect';
import { Api } from './cluster/api';
import { standInProgram } from './cluster/build';
import { pipe, seenIn, send } from './cluster/client';
import { type Ground, ground as groundOf } from './cluster/ground';
import { laptop } from './cluster/place';
import { STAND_IN } from './cluster/pod-of';
import { namespacesGone, rolledOut, until } from './cluster/wait';
import { dialled, foretold, name, outcome, type Row } from './row';
import { dump, worldOf } from './topology/dump';

/** Two sites of two namespaces behind one Gateway of Traefik, with all that an Ingress cannot say; asked, and foretold. */
const NAMESPACES = ['gate', 'blue', 'green'] as const;

const rows: readonly Row[] = [
  { url: 'http://blue.localhost:8080/', comes: 'web' },
  { url: 'http://blue.localhost:8080/cart', comes: 'cart' },
  { url: 'http://blue.localhost:8080/cart/1', comes: 'cart' },
  { url: 'http://blue.localhost:8080/carts', comes: 'web' },
  { url: 'http://blue.localhost:8080/Cart', comes: 'web' },
  { url: 'http://blue.localhost:8080/exact', comes: 'cart' },
  { url: 'http://blue.localhost:8080/exact/', comes: 'web' },
  { url: 'http://blue.localhost:8080/', headers: { 'x-version': '2' }, comes: 'next' },
  { url: 'http://blue.localhost:8080/', headers: { 'X-Version': '3' }, comes: 'web' },
  { url: 'http://blue.localhost:8080/cart', headers: { 'x-version': '2' }, comes: 'cart' },
  { url: 'http://blue.localhost:8080/write', method: 'POST', comes: 'cart' },
  { url: 'http://blue.localhost:8080/write', method: 'PUT', comes: 'cart' },
  { url: 'http://blue.localhost:8080/write', comes: 'web' },
  { url: 'http://blue.localhost:8080/?beta=yes', comes: 'next' },
  { url: 'http://blue.localhost:8080/?beta=no', comes: 'web' },
  { url: 'http://blue.localhost:8080/api/v1/orders', comes: 'next', seen: { path: '/orders' } },
  { url: 'http://blue.localhost:8080/api/v1', comes: 'next', seen: { path: '/' } },
  { url: 'http://blue.localhost:8080/whole/1', comes: 'next', seen: { path: '/all', host: 'inner.example.com' } },
  { url: 'http://blue.localhost:8080/marked', comes: 'next', seen: { mark: 'gateway' } },
  { url: 'http://blue.localhost:8080/old/1?q=2', comes: 'http://blue.localhost:8080/new/1?q=2' },
  { url: 'http://blue.localhost:8080/away', comes: 'https://www.example.com/away' },
  { url: 'http://blue.localhost:8080/far', comes: 'far' },
  { url: 'http://none.localhost:8080/', comes: 404 },
  { url: 'http://a.wild.localhost:8080/', comes: 'web' },
  { url: 'http://a.b.wild.localhost:8080/', comes: 'web' },
  { url: 'http://wild.localhost:8080/', comes: 404 },
  // Traefik weighs a path more than a host: the wildcard's longer path wins over the host's own route.
  { url: 'http://own.wild.localhost:8080/', comes: 'cart' },
  { url: 'http://own.wild.localhost:8080/deep', comes: 'next' },
  { url: 'http://green.localhost:8080/', comes: 'https://green.localhost:8443/' },
  { url: 'https://green.localhost:8443/', comes: 'far' },
  { url: 'https://green.localhost:8443/empty', comes: 503 },
];

let api: Api;
let ground: Ground;

beforeAll(async () => {
  ground = groundOf();
  api = new Api();
  await namespacesGone(api, ['shop', 'traefik', ...NAMESPACES]);
  for (const object of await objects()) await api.apply(object);
  for (const namespace of ['traefik', 'blue', 'green']) await rolledOut(api, namespace);
  await until('the Gateway serves', async () => {
    const [received] = await send(ground, laptop, [dialled({ url: 'https://green.localhost:8443/', comes: '' })]);
    return received?.status === 200;
  }, 60);
});
afterAll(async () => {
  if (!api) return;
  await namespacesGone(api, ['traefik', ...NAMESPACES]);
  await api.remove({ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'GatewayClass', metadata: { name: 'traefik' } });
  api.close();
});

it('comes and goes as the table says, each request as it was foretold from the live dump', async () => {
  const world = worldOf(await dump(api));
  const received = await send(ground, laptop, rows.map(dialled));
  const seen = rows.map((row, index) => [name(row), outcome(received[index]), foretold(explain(world, parseRequest(row.url, {
    from: 'laptop', ...(row.method !== undefined && { method: row.method }), headers: Object.entries(row.headers ?? {}).map(([key, value]) => `${key}: ${value}`),
  })))]);
  expect(seen).toEqual(rows.map((row) => [name(row), row.comes, row.comes]));
  rows.forEach((row, index) => { if (row.seen) expect([name(row), seenIn(received[index], row.url)]).toMatchObject([name(row), row.seen]); });
});

it('splits by weight: nine and one of ten', async () => {
  const received = await send(ground, laptop, Array.from({ length: 400 }, () => dialled({ url: 'http://blue.localhost:8080/canary', comes: '' })));
  const share = received.filter((each) => outcome(each) === 'next').length / received.length;
  expect(received.every(({ status }) => status === 200)).toBe(true);
  // Six standard deviations of a fair draw; Traefik's round robin is far closer.
  expect(Math.abs(share - 0.1)).toBeLessThan(0.09);
});

it('ends TLS with the certificate of the site that is asked for', async () => {
  const [received] = await send(ground, laptop, [dialled({ url: 'https://green.localhost:8443/', comes: '' })]);
  expect(received?.certificate).toEqual(['green.localhost']);
});

it('is told of in the status: every listener and every route is accepted', async () => {
  const [gateway] = await api.list('gateway.networking.k8s.io/v1', 'Gateway', 'gate');
  const routes = (await Promise.all(['blue', 'green'].map((namespace) => api.list('gateway.networking.k8s.io/v1', 'HTTPRoute', namespace)))).flat();
  const conditions = [gateway, ...routes].map((object) => JSON.stringify(object?.status));
  expect(conditions).toHaveLength(6);
  for (const text of conditions) {
    expect(text).toContain('"status":"True"');
    expect(text).not.toContain('"status":"False"');
  }
});

/** As its files have them, and a Secret. */
async function objects(): Promise<Parameters<Api['apply']>[0][]> {
  const app = new App();
  const environment = new Environment(app, 'gate', { platform: kind() });
  const traefik = new Traefik(environment, 'traefik', {
    exposure: Exposure.nodePort({ nodePorts: { web: { nodePort: 30010, hostPort: 8080 }, websecure: { nodePort: 30011, hostPort: 8443 } } }), watchNamespaces: NAMESPACES, replicas: 1,
  });
  const gate = new SharedGateway(new AppNamespace(environment, 'gate'), 'gate', { front: traefik.gateway });
  const [blue, green] = [new AppNamespace(environment, 'blue'), new AppNamespace(environment, 'green')];
  const service = (namespace: AppNamespace, id: string, replicas = 1): Microservice => new Microservice(namespace, id, { image: STAND_IN, port: { containerPort: 8080, port: 80 }, replicas });
  const [web, cart, next] = [service(blue, 'web'), service(blue, 'cart'), service(blue, 'next')];
  const [far, empty] = [service(green, 'far'), service(green, 'empty', 0)];
  new Site(blue, 'blue', { front: gate, host: 'blue.localhost' })
    .route(web).route(cart, { path: '/cart' }).route(cart, { path: '/exact', pathType: 'Exact' })
    .route(next, { headers: { 'X-Version': '2' } }).route(next, { queryParams: { beta: 'yes' } }).route(cart, { path: '/write', methods: ['POST', 'PUT'] })
    .route(next, { path: '/api/v1', rewrite: { prefix: '/' } }).route(next, { path: '/whole', rewrite: { path: '/all', host: 'inner.example.com' } })
    .route(next, { path: '/marked', requestHeaders: { set: { 'X-Mark': 'gateway' } } })
    .route(web, { path: '/canary', weight: 90 }).route(next, { path: '/canary', weight: 10 })
    .redirect({ prefix: '/new' }, { path: '/old' }).redirect({ scheme: 'https', host: 'www.example.com', status: 308 }, { path: '/away' })
    .route(far, { path: '/far' })
    .route(web, { host: '*.wild.localhost' }).route(next, { host: '*.wild.localhost', path: '/deep' }).route(cart, { host: 'own.wild.localhost' });
  new Site(green, 'green', { front: gate, host: 'green.localhost', tlsSecretName: 'green-tls' }).route(far).route(empty, { path: '/empty' });
  const { objects: built, problems } = collect(app);
  // No pods is what is meant, and what two hosts of the table are about.
  expect(problems.map(({ code }) => code).filter((code) => !['REPLICAS', 'WILDCARD_LABELS', 'TRAEFIK_HOST_ORDER'].includes(code))).toEqual([]);
  const stringData = JSON.parse(await pipe([standInProgram, 'certificate', 'green.localhost'], '')) as Readonly<Record<string, string>>;
  const secret = { apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/tls', metadata: { name: 'green-tls', namespace: 'green' }, stringData };
  const [namespaces, others] = [built.filter(({ object }) => object.kind === 'Namespace'), built.filter(({ object }) => object.kind !== 'Namespace')];
  return [...namespaces.map(({ object }) => object), secret, ...others.map(({ object }) => object)];
}
