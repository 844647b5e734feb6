import { App } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Environment } from '../../src/constructs/environment';
import { Exposure } from '../../src/constructs/services/exposure';
import { Microservice } from '../../src/constructs/services/microservice';
import { AppNamespace } from '../../src/constructs/namespace';
import { Site } from '../../src/constructs/site/site';
import { Traefik } from '../../src/constructs/fronts/traefik';
import { kind } from '../../src/platforms/kind';
import { collect } from '../../src/render/collect';
import { Api, type LiveObject } from './cluster/api';
import { send, type Tally, underLoad } from './cluster/client';
import { type Ground, ground as groundOf, hasLoadBalancers } from './cluster/ground';
import { STAND_IN } from './cluster/pod-of';
import { host, node, pod } from './cluster/place';
import { moveTo } from './cluster/shop';
import { addressOf, namespacesGone, nodesOf, podsOf, rolledOut, until } from './cluster/wait';

const NAMESPACE = 'change';
const NAMESPACES = [NAMESPACE, 'traefik'] as const;

let api: Api;
let ground: Ground;
let targets: readonly string[];

beforeAll(async () => {
  ground = groundOf();
  api = new Api();
  await namespacesGone(api, [...NAMESPACES, 'shop']);
  for (const { object } of collect(threeWaysIn()).objects) await api.apply(object);
  for (const namespace of NAMESPACES) await rolledOut(api, namespace);
  const [first] = await nodesOf(api);
  targets = [
    `http://by-node-port/=${first?.address}:30000`,
    ...(hasLoadBalancers ? [`http://by-load-balancer/=${await until('the load balancer has an address', () => addressOf(api, NAMESPACE, 'by-load-balancer'))}:80`] : []),
    `http://change.localhost/=${first?.address}:30010`,
  ];
  // Until the load balancer and Traefik know their way.
  await until('every way in answers', async () => (await underLoad(ground, host, targets, () => seconds(1))).every(({ failed }) => failed === 0));
});
afterAll(async () => {
  if (!api) return;
  await namespacesGone(api, [...NAMESPACES, 'shop']);
  api.close();
});

it('loses no request in a rolling update', async () => {
  const tallies = await during('rolling update', async () => {
    for (const deployment of await api.list('apps/v1', 'Deployment', NAMESPACE)) {
      await api.patch(deployment, { spec: { template: { metadata: { annotations: { updated: new Date().toISOString() } } } } });
    }
    await rolledOut(api, NAMESPACE);
  });
  expect(failures(tallies)).toBe(0);
});

it('loses no request while a node is drained', async () => {
  const [worker] = (await nodesOf(api)).filter((each) => each.worker);
  const drained = { apiVersion: 'v1', kind: 'Node', metadata: { name: worker?.name ?? '' } };
  try {
    const tallies = await during('drain', async () => {
      await api.patch(drained, { spec: { unschedulable: true } });
      await evictAll(drained.metadata.name);
      for (const namespace of NAMESPACES) await rolledOut(api, namespace);
    });
    expect(failures(tallies)).toBe(0);
  } finally {
    await api.patch(drained, { spec: { unschedulable: false } });
  }
});

it('loses no request when a pod of the ingress controller is deleted', async () => {
  const tallies = await during('controller restart', async () => {
    const [traefik] = await api.list('v1', 'Pod', 'traefik');
    if (traefik) await api.remove(traefik);
    await rolledOut(api, 'traefik');
  });
  expect(failures(tallies)).toBe(0);
});

it('loses few requests when a process dies without warning, and none after', async () => {
  const tallies = await during('process dies', async () => {
    for (const service of ['by-node-port', 'by-load-balancer', 'by-ingress']) {
      const [victim] = await podsOf(api, NAMESPACE, service);
      if (victim) await send(ground, node(victim.node), [{ url: `http://${victim.address}:8080/exit` }]);
    }
    await seconds(1);
    await rolledOut(api, NAMESPACE);
  });
  for (const { sent, failed } of tallies) expect(failed / sent).toBeLessThan(0.2);
  expect(failures(await during('afterwards', () => seconds(3)))).toBe(0);
});

it('loses no call between pods while the environment moves up and down the ladder', async () => {
  const rungs = ['kind-clusterip', 'kind-nodeport', ...(hasLoadBalancers ? ['gke-loadbalancer'] : []), 'kind-ingress'];
  await namespacesGone(api, NAMESPACES);
  await moveTo(api, 'kind-clusterip');
  const tallies = await underLoad(ground, pod('shop', 'deploy/orders'), ['http://blue-service/', 'http://whoami.shop.svc.cluster.local/'], async () => {
    for (const rung of [...rungs.slice(1), ...rungs.reverse().slice(1)]) await moveTo(api, rung);
  });
  report('every rung, up and down', tallies);
  expect(failures(tallies)).toBe(0);
});

/** One service for each way in, with two pods each: what a Microservice is by default. */
function threeWaysIn(): App {
  const app = new App();
  const environment = new Environment(app, 'change', { platform: kind({ cloudProviderKind: hasLoadBalancers }) });
  const front = new Traefik(environment, 'traefik', { exposure: Exposure.nodePort({ nodePorts: { web: { nodePort: 30010, hostPort: 8080 }, websecure: { nodePort: 30011, hostPort: 8443 } } }) });
  const namespace = new AppNamespace(environment, NAMESPACE);
  const site = new Site(namespace, 'site', { front, host: 'change.localhost' });
  const serve = (name: string, exposure: Exposure): void => {
    new Microservice(namespace, name, { image: STAND_IN, port: { containerPort: 8080, port: 80 }, exposure, readiness: kplus.Probe.fromHttpGet('/') });
  };
  serve('by-node-port', Exposure.nodePort({ nodePort: 30000 }));
  if (hasLoadBalancers) serve('by-load-balancer', Exposure.loadBalancer());
  serve('by-ingress', Exposure.ingress({ site }));
  return app;
}

/** The load begins before the change and goes on after it. */
async function during(what: string, change: () => Promise<void>): Promise<readonly Tally[]> {
  const tallies = await underLoad(ground, host, targets, async () => {
    await seconds(1);
    await change();
    await seconds(2);
  });
  report(what, tallies);
  return tallies;
}

async function evictAll(node: string): Promise<void> {
  await until(`${node} is drained`, async () => {
    const pods = await podsOn(node);
    for (const each of pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined)) await api.evict(each);
    return pods.length === 0;
  });
}

async function podsOn(node: string): Promise<readonly LiveObject[]> {
  const pods = await Promise.all(NAMESPACES.map((namespace) => api.list('v1', 'Pod', namespace)));
  return pods.flat().filter(({ spec }) => (spec as { readonly nodeName?: string }).nodeName === node);
}

function failures(tallies: readonly Tally[]): number {
  return tallies.reduce((sum, { failed }) => sum + failed, 0);
}

function report(what: string, tallies: readonly Tally[]): void {
  for (const { url, sent, failed, reasons, first } of tallies) {
    process.stderr.write(`under change: ${what}: ${url}: ${failed} of ${sent} requests failed${failed > 0 ? ` ${JSON.stringify(reasons)} ${JSON.stringify(first)}` : ''}\n`);
  }
}

function seconds(count: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, count * 1000));
}
