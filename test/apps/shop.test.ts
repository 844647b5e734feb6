import { App } from 'cdk8s';
import { callsOf } from '../../src/apps/calls';
import { environments } from '../../src/apps/environments';
import { Environment } from '../../src/constructs/environment';
import { Exposure } from '../../src/constructs/services/exposure';
import { Microservice } from '../../src/constructs/services/microservice';
import { AppNamespace } from '../../src/constructs/namespace';
import { SharedGateway } from '../../src/constructs/site/shared-gateway';
import { Site } from '../../src/constructs/site/site';
import { gkeGateway } from '../../src/constructs/fronts/gke-gateway';
import { Traefik } from '../../src/constructs/fronts/traefik';
import type { KubeObject } from '../../src/manifest/object';
import { gke } from '../../src/platforms/gke';
import { kind } from '../../src/platforms/kind';
import { buildEnvironments } from '../../src/render/environments';

const SERVICES = ['blue-service', 'python-nodeport-service', 'nginx-service', 'orders', 'whoami'];
const { environments: rendered, warnings } = buildEnvironments(environments, () => new App());
const objectsOf = (name: string): KubeObject[] => rendered.find((built) => built.name === name)?.objects.map(({ object }) => object) ?? [];
const service = (objects: readonly KubeObject[], name: string) => objects.find(({ kind, metadata }) => kind === 'Service' && metadata.name === name)?.spec as { type: string; ports: { port: number; nodePort?: number }[] } | undefined;

test('the shop is on every rung, on kind and on GKE, with nothing to warn of', () => {
  expect(warnings).toEqual([]);
  expect(environments.map(({ name }) => name)).toEqual(['kind-clusterip', 'kind-nodeport', 'kind-ingress', 'kind-gateway', 'gke-loadbalancer', 'gke-ingress-traefik', 'gke-ingress', 'gke-gateway']);
});

test.each([
  ['kind-clusterip', 'ClusterIP'], ['kind-nodeport', 'NodePort'], ['kind-ingress', 'ClusterIP'], ['gke-loadbalancer', 'LoadBalancer'], ['gke-ingress-traefik', 'ClusterIP'], ['gke-ingress', 'ClusterIP'], ['kind-gateway', 'ClusterIP'], ['gke-gateway', 'ClusterIP'],
])('%s: five services of type %s, called on 80, and an alias', (name, type) => {
  const objects = objectsOf(name);
  for (const each of SERVICES) expect([each, service(objects, each)]).toMatchObject([each, { type, ports: [{ port: 80 }] }]);
  expect(service(objects, 'my-database')).toMatchObject({ type: 'ExternalName' });
});

test('the pinned ports are those of the lessons', () => {
  const objects = objectsOf('kind-nodeport');
  expect(service(objects, 'python-nodeport-service')?.ports).toEqual([{ name: 'http', nodePort: 30080, port: 80, protocol: 'TCP', targetPort: 'http' }]);
  expect(service(objects, 'nginx-service')?.ports[0]?.nodePort).toBe(30001);
});

test('Deployments, budgets and the alias are the same in every environment', () => {
  const lasting = (name: string) => objectsOf(name).filter(({ kind, metadata }) => metadata.namespace === 'shop' && (kind === 'Deployment' || kind === 'PodDisruptionBudget' || metadata.name === 'my-database'));
  expect(lasting('kind-clusterip')).toHaveLength(11);
  for (const { name } of environments) expect(lasting(name)).toEqual(lasting('kind-clusterip'));
});

describe('the table of calls', () => {
  test.each(rendered.map(({ name, environment }) => [name, environment] as const))('%s has a row for every service and alias, each with a command', (name, environment) => {
    const calls = callsOf(environment);
    expect(calls.map((call) => call.service).sort()).toEqual([...SERVICES, 'my-database'].sort());
    for (const call of calls) {
      expect(call.environment).toBe(name);
      expect(call.curl).toMatch(/curl |nslookup /);
      expect(`${call.address} ${call.curl}`).not.toMatch(/undefined|null/);
    }
  });

  const row = (environment: string, name: string) => callsOf(rendered.find((built) => built.name === environment)?.environment ?? fail(environment)).find((call) => call.service === name);
  test.each([
    ['kind-clusterip', 'blue-service', 'ClusterIP', 'http://blue-service/'],
    ['kind-nodeport', 'python-nodeport-service', 'NodePort', 'http://localhost:30080/'],
    ['kind-ingress', 'blue-service', 'Ingress', 'http://shop.localhost:8080/blue'],
    ['kind-ingress', 'orders', 'Ingress', 'http://orders.shop.localhost:8080/'],
    ['gke-loadbalancer', 'whoami', 'LoadBalancer', 'http://<address>/'],
    ['gke-ingress-traefik', 'nginx-service', 'Ingress', 'http://shop.example.com/'],
    ['gke-ingress', 'whoami', 'Ingress', 'https://shop.example.com/whoami'],
    ['kind-gateway', 'orders', 'Gateway', 'http://orders.shop.localhost:8080/'],
    ['gke-gateway', 'whoami', 'Gateway', 'https://shop.example.com/whoami'],
    ['gke-ingress', 'my-database', 'ExternalName', 'my-database → my-database.example.com'],
  ])('%s: %s on %s is at %s', (environment, name, rung, address) => expect(row(environment, name)).toMatchObject({ rung, address }));
});

function fail(environment: string): never {
  throw new Error(`no environment ${environment}`);
}

test('a site with a certificate is called by https on the laptop, with a word on who makes it trusted there', () => {
  const app = new App();
  const laptop = new Environment(app, 'laptop', { platform: kind() });
  const nodePorts = { web: { nodePort: 30010, hostPort: 8080 }, websecure: { nodePort: 30011, hostPort: 8443 } };
  const shop = new AppNamespace(laptop, 'shop');
  const site = new Site(shop, 'shop', { front: new Traefik(laptop, 'traefik', { exposure: Exposure.nodePort({ nodePorts }) }), host: 'shop.localhost', tlsSecretName: 'shop-tls' });
  new Microservice(shop, 'web', { image: 'example.com/web:1.0.0', port: 8080, exposure: Exposure.ingress({ site, path: '/web' }) });
  expect(callsOf(laptop)[0]).toMatchObject({ address: 'https://shop.localhost:8443/web', note: 'with a certificate that this machine trusts: ladder certificate makes one' });
});

test('a site of a shared Gateway on GKE has the address of that Gateway', () => {
  const app = new App();
  const production = new Environment(app, 'production', { platform: gke() });
  const front = new SharedGateway(new AppNamespace(production, 'infra'), 'public', { front: gkeGateway() });
  const shop = new AppNamespace(production, 'shop');
  const site = new Site(shop, 'shop', { front, host: 'shop.example.com' });
  new Microservice(shop, 'web', { image: 'example.com/web:1.0.0', port: 8080, exposure: Exposure.ingress({ site }) });
  expect(callsOf(production)[0]).toMatchObject({ publishedBy: { kind: 'Gateway', namespace: 'infra', name: 'public' }, curl: expect.stringContaining('kubectl -n infra get gateway public ') as string });
});
