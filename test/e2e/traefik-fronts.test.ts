import { App } from 'cdk8s';
import { Environment } from '../../src/constructs/environment';
import { Exposure } from '../../src/constructs/services/exposure';
import { Microservice } from '../../src/constructs/services/microservice';
import { AppNamespace } from '../../src/constructs/namespace';
import type { Front } from '../../src/constructs/site/front';
import { Site } from '../../src/constructs/site/site';
import { Traefik } from '../../src/constructs/fronts/traefik';
import { explain, parseRequest } from '../../src/explain';
import { kind } from '../../src/platforms/kind';
import { collect } from '../../src/render/collect';
import { Api } from './cluster/api';
import { seenIn, send } from './cluster/client';
import { type Ground, ground as groundOf } from './cluster/ground';
import { laptop } from './cluster/place';
import { STAND_IN } from './cluster/pod-of';
import { namespacesGone, rolledOut, until } from './cluster/wait';
import { dialled, foretold, name, outcome, type Row } from './row';
import { dump, worldOf } from './topology/dump';

/** One site three times, behind the Ingress of a Traefik, its Gateway, and both: Traefik ranks each by numbers of its own, and is asked. */
const FRONTS = ['ingress', 'gateway', 'both'] as const;

const alike: readonly (readonly [string, string | number, Row['seen']?])[] = [
  ['/', 'web'], ['/x', 'web'],
  // Shorter than the rule of the prefix /.
  ['/cart', 'cart'], ['/cart/', 'web'], ['/cart/1', 'web'],
  // One path as both, and an Exact path below a prefix.
  ['/deep', 'next'], ['/deep/', 'cart'], ['/deep/1', 'cart'], ['/deep/er', 'next'], ['/deep/er/1', 'cart'], ['/deeper', 'web'],
  ['/plain', 'web', { protocol: 'HTTP/1.1' }], ['/h2c', 'web-h2c', { protocol: 'HTTP/2.0' }],
  // Nothing here speaks TLS.
  ['/tls', 500],
];

const rows: readonly Row[] = [
  ...FRONTS.flatMap((front) => alike.map(([path, comes, seen]) => ({ url: `http://${front}.localhost:8080${path}`, comes, ...(seen && { seen }) }))),
  { url: 'http://other.localhost:8080/', comes: 'rest' },
  { url: 'http://part.localhost:8080/part', comes: 'web' },
  { url: 'http://part.localhost:8080/parts', comes: 'rest' },
  // An Ingress's wildcard takes one label, the longest rule comes first, and what no rule takes is the rest's.
  { url: 'http://long.wild.localhost:8080/', comes: 'cart' },
  { url: 'http://long.wild.localhost:8080/deep', comes: 'next' },
  { url: 'http://any.wild.localhost:8080/', comes: 'web' },
  { url: 'http://any.thing.wild.localhost:8080/', comes: 'rest' },
  // The rules of both APIs are one order: a wildcard's rule of an Ingress is longer than the number of a Gateway's prefix / is high.
  { url: 'http://gate.wild.localhost:8080/', comes: 'web' },
  { url: 'http://gate.wild.localhost:8080/own', comes: 'cart' },
];

let api: Api;
let ground: Ground;

beforeAll(async () => {
  ground = groundOf();
  api = new Api();
  await namespacesGone(api, ['shop', 'traefik']);
  for (const object of objects()) await api.apply(object);
  for (const namespace of ['traefik', 'shop']) await rolledOut(api, namespace);
  await until('both fronts serve', async () => {
    const received = await send(ground, laptop, ['ingress', 'gateway'].map((front) => dialled({ url: `http://${front}.localhost:8080/`, comes: '' })));
    return received.every(({ status }) => status === 200);
  }, 60);
});
afterAll(async () => {
  if (!api) return;
  await namespacesGone(api, ['traefik', 'shop']);
  await api.remove({ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'GatewayClass', metadata: { name: 'traefik' } });
  api.close();
});

it('answers alike behind each, and as it was foretold from the live dump', async () => {
  const world = worldOf(await dump(api));
  const received = await send(ground, laptop, rows.map(dialled));
  expect(rows.map((row, index) => [name(row), outcome(received[index])])).toEqual(rows.map((row) => [name(row), row.comes]));
  rows.forEach((row, index) => { if (row.seen) expect([name(row), seenIn(received[index], row.url)]).toMatchObject([name(row), row.seen]); });
  // Whether pods speak the protocol of their port no manifest shows.
  const shown = rows.filter(({ comes }) => comes !== 500);
  expect(shown.map((row) => [name(row), foretold(explain(world, parseRequest(row.url, { from: 'laptop' })))])).toEqual(shown.map((row) => [name(row), row.comes]));
});

function objects(): Parameters<Api['apply']>[0][] {
  const app = new App();
  const environment = new Environment(app, 'fronts', { platform: kind() });
  const traefik = new Traefik(environment, 'traefik', {
    exposure: Exposure.nodePort({ nodePorts: { web: { nodePort: 30010, hostPort: 8080 }, websecure: { nodePort: 30011, hostPort: 8443 } } }), watchNamespaces: ['shop'], replicas: 1,
  });
  const shop = new AppNamespace(environment, 'shop');
  const service = (id: string, appProtocol?: string): Microservice => new Microservice(shop, id, { image: STAND_IN, port: { containerPort: 8080, port: 80, ...(appProtocol !== undefined && { appProtocol }) }, replicas: 1 });
  const [web, cart, next, rest] = [service('web'), service('cart'), service('next'), service('rest')];
  const [h2c, tls] = [service('web-h2c', 'kubernetes.io/h2c'), service('web-tls', 'HTTPS')];
  const fronts: Readonly<Record<typeof FRONTS[number], Front | readonly Front[]>> = { ingress: traefik, gateway: traefik.gateway, both: [traefik, traefik.gateway] };
  for (const front of FRONTS) {
    new Site(shop, front, { front: fronts[front], host: `${front}.localhost` })
      .route(web).route(cart, { path: '/cart', pathType: 'Exact' })
      .route(cart, { path: '/deep' }).route(next, { path: '/deep', pathType: 'Exact' }).route(next, { path: '/deep/er', pathType: 'Exact' })
      .route(h2c, { path: '/h2c' }).route(tls, { path: '/tls' });
  }
  new Site(shop, 'part', { front: traefik, host: 'part.localhost' }).route(web, { path: '/part' }).routeRest(rest);
  new Site(shop, 'wild', { front: traefik, host: '*.wild.localhost' }).route(web).route(next, { path: '/deep' }).route(cart, { host: 'long.wild.localhost' });
  new Site(shop, 'gate', { front: traefik.gateway, host: 'gate.wild.localhost' }).route(cart).route(cart, { path: '/own' });
  const { objects: built, problems } = collect(app);
  expect(problems.filter(({ code }) => code !== 'REPLICAS').map(({ code, path, value }) => [code, path, value])).toEqual([
    ['TRAEFIK_HOST_ORDER', 'fronts/shop/wild route *.wild.localhost/', 'gate.wild.localhost'], ['TRAEFIK_HOST_ORDER', 'fronts/shop/wild route *.wild.localhost/deep', 'long.wild.localhost'],
    ['TRAEFIK_HOST_ORDER', 'fronts/shop/wild route *.wild.localhost/deep', 'gate.wild.localhost'],
  ]);
  const [namespaces, others] = [built.filter(({ object }) => object.kind === 'Namespace'), built.filter(({ object }) => object.kind !== 'Namespace')];
  return [...namespaces, ...others].map(({ object }) => object);
}
