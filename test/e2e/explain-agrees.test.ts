import fc from 'fast-check';
import { App } from 'cdk8s';
import { Environment } from '../../src/constructs/environment';
import { Exposure } from '../../src/constructs/services/exposure';
import { Traefik } from '../../src/constructs/fronts/traefik';
import { GATEWAY_GROUP } from '../../src/model/gateway-api';
import { kind } from '../../src/platforms/kind';
import { collect } from '../../src/render/collect';
import { cases } from './cases';
import { Api } from './cluster/api';
import { send } from './cluster/client';
import { type Ground, ground as groundOf } from './cluster/ground';
import { laptop } from './cluster/place';
import { namespacesGone, nodesOf, rolledOut, until } from './cluster/wait';
import { agreement } from './topology/agreement';
import { dump } from './topology/dump';
import { gatewayObjects, grantObjects, ground as rooms, MARKER_HOST, markerObjects, markerPath } from './topology/gateway-objects';
import { gatewayProbes } from './topology/gateway-probes';
import { gateways, grants, ROOMS } from './topology/gateways';
import { objectsOf } from './topology/objects';
import { probesOf } from './topology/probes';
import { topology } from './topology/topology';
import { foretold, foretoldByGateway, rejectMayBeDropped } from './topology/verdict';

const NAMESPACES = Array.from({ length: 8 }, (_, index) => `t${index}`);
const PROBES = 80;
const PROBES_OF_GATEWAY = 200;
const ROUNDS = Array.from({ length: cases(1).numRuns ?? 1 }, (_, round) => round);

let api: Api;
let ground: Ground;
let gatewayClass: string;

beforeAll(async () => {
  ground = groundOf();
  api = new Api();
  await namespacesGone(api, ['shop', 'traefik', ...ROOMS]);
  const app = new App();
  const environment = new Environment(app, 'front', { platform: kind() });
  const traefik = new Traefik(environment, 'traefik', { exposure: Exposure.nodePort({ nodePorts: { web: { nodePort: 30010, hostPort: 8080 }, websecure: { nodePort: 30011, hostPort: 8443 } } }) });
  gatewayClass = traefik.gateway.gatewayClassName;
  for (const { object } of collect(app).objects) await api.apply(object);
  await rolledOut(api, 'traefik');
});
afterAll(async () => {
  if (!api) return;
  await namespacesGone(api, ['traefik', ...NAMESPACES, ...ROOMS]);
  await api.remove({ apiVersion: `${GATEWAY_GROUP}/v1`, kind: 'GatewayClass', metadata: { name: gatewayClass } });
  api.close();
});

it.each(ROUNDS)('foretells what becomes of every request, in random topologies (round %i)', async (round) => {
  const seed = seedOf(round);
  const workers = (await nodesOf(api)).filter(({ worker }) => worker).map(({ name }) => name);
  await namespacesGone(api, NAMESPACES);
  const topologies = fc.sample(topology, { numRuns: NAMESPACES.length, seed });
  await Promise.all(topologies.map(async (each, index) => {
    const [namespace, ...objects] = objectsOf(`t${index}`, each, workers);
    if (namespace) await api.apply(namespace);
    for (const object of objects) await api.apply(object);
  }));
  await settled(NAMESPACES);

  const objects = await dump(api);
  const probes = NAMESPACES.flatMap((namespace, index) => some(PROBES, probesOf(namespace, objects), seed + index));
  const { wrong, notSaid } = await agreement(`round ${round}`, ground, objects, probes, (world, trace, received) => foretold(trace, received, rejectMayBeDropped(world, trace)));
  expect(wrong).toEqual([]);
  // A prophet who never commits himself is never wrong.
  expect(notSaid).toBeLessThan(probes.length / 20);
}, 600_000);

describe('behind Gateways', () => {
  beforeAll(async () => {
    for (const object of rooms) await api.apply(object);
    for (const room of ROOMS) await rolledOut(api, room);
  });

  it.each(ROUNDS)('foretells what becomes of every request, by random routes (round %i)', async (round) => {
    const seed = seedOf(round);
    await withoutRoutes();
    const made = fc.sample(gateways, { numRuns: 1, seed }).flat();
    const nameOf = (index: number): string => `g${index}`;
    const routes = made.flatMap((each, index) => gatewayObjects(nameOf(index), gatewayClass, each));
    for (const object of [...fc.sample(grants, { numRuns: 1, seed }).flatMap(grantObjects), ...routes, ...markerObjects(gatewayClass, round)]) await api.apply(object);
    await until('Traefik has read the routes', async () => {
      // Each of its pods, of which one answers.
      const asked = await send(ground, laptop, Array.from({ length: 16 }, () => ({ url: `http://${MARKER_HOST}:8080${markerPath(round)}`, dial: '127.0.0.1:8080' })));
      return asked.every(({ status }) => status === 308);
    }, 60);

    const probes = made.flatMap((_, index) => gatewayProbes(nameOf(index), PROBES_OF_GATEWAY, seed + index));
    const { wrong, notSaid } = await agreement(`round ${round} of Gateways`, ground, await dump(api), probes, (_, trace, received, { sent }) => foretoldByGateway(trace, received, sent));
    expect(wrong).toEqual([]);
    // Of rules that Traefik ranks the same, any may answer.
    expect(notSaid).toBeLessThan(probes.length / 10);
  }, 180_000);
});

function seedOf(round: number): number {
  return (cases(1).seed ?? 1) + round * 1000;
}

/** At most so many of them, by chance. */
function some<T>(count: number, all: readonly T[], seed: number): readonly T[] {
  const length = Math.min(count, all.length);
  return fc.sample(fc.shuffledSubarray([...all], { minLength: length, maxLength: length }), { numRuns: 1, seed }).flat();
}

/** Until every pod runs, those that can be ready are, and what follows them (endpoints, rules of nodes and policies) had its time. */
async function settled(namespaces: readonly string[]): Promise<void> {
  await until('the pods of the topologies run', async () => {
    const all = await dump(api);
    return namespaces.every((namespace) => {
      const wanted = all.filter(({ kind: of, metadata }) => of === 'Deployment' && metadata.namespace === namespace).reduce((sum, { spec }) => sum + (spec as { readonly replicas: number }).replicas, 0);
      const pods = all.filter(({ kind: of, metadata }) => of === 'Pod' && metadata.namespace === namespace);
      return pods.length === wanted && pods.every(settledPod);
    });
  }, 240);
  await new Promise((resolve) => setTimeout(resolve, 6000));
}

function settledPod({ spec, status }: { readonly [field: string]: unknown }): boolean {
  const { containers } = spec as { readonly containers: readonly { readonly readinessProbe: { readonly httpGet: { readonly path: string } } }[] };
  const { phase, conditions } = status as { readonly phase: string; readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
  const ready = conditions?.some(({ type, status: now }) => type === 'Ready' && now === 'True') ?? false;
  return phase === 'Running' && ready === (containers[0]?.readinessProbe.httpGet.path === '/');
}

/** Takes away the Gateways, routes and grants of the round before. */
async function withoutRoutes(): Promise<void> {
  for (const [apiVersion, of] of [['v1', 'HTTPRoute'], ['v1', 'Gateway'], ['v1beta1', 'ReferenceGrant']] as const) {
    for (const room of ROOMS) for (const object of await api.list(`${GATEWAY_GROUP}/${apiVersion}`, of, room)) await api.remove(object);
  }
}
