import type { Call } from '../../src/apps/calls';
import { Api } from './cluster/api';
import { ask, pipe, type Seen, seenIn, send } from './cluster/client';
import { type Ground, ground as groundOf, hasLoadBalancers } from './cluster/ground';
import { host, laptop, node, type Place, pod } from './cluster/place';
import { throughPortForward } from './cluster/port-forward';
import { callsIn, moveTo, servicesIn } from './cluster/shop';
import { addressOf, namespacesGone, type NodeFacts, nodesOf, podsOf, until } from './cluster/wait';

/** Up the ladder: each environment is applied over the one before, as in a repository whose exposures change. */
const describeWithLoadBalancers = hasLoadBalancers ? describe : describe.skip;

let api: Api;
let ground: Ground;
let nodes: readonly NodeFacts[];
let firstPods: readonly string[];

beforeAll(async () => {
  ground = groundOf();
  api = new Api();
  nodes = await nodesOf(api);
  await namespacesGone(api, ['shop', 'traefik']);
});
afterAll(() => api?.close());

describe('kind-clusterip', () => {
  beforeAll(async () => {
    await moveTo(api, 'kind-clusterip');
    firstPods = await uidsOfShop();
  });
  answersAsTheTableSays('kind-clusterip');
  answersOtherPods('kind-clusterip');

  it('enforces Pod Security restricted: a plain pod is refused', async () => {
    const { status, body } = await api.dryRun({
      apiVersion: 'v1', kind: 'Pod', metadata: { name: 'root', namespace: 'shop' }, spec: { containers: [{ name: 'root', image: 'busybox' }] },
    });
    expect(status).toBe(403);
    expect(body.message).toContain('violates PodSecurity "restricted');
  });
});

describe('kind-nodeport', () => {
  beforeAll(() => moveTo(api, 'kind-nodeport'));
  answersAsTheTableSays('kind-nodeport');
  answersOtherPods('kind-nodeport');

  it.each(servicesIn('kind-nodeport').flatMap(({ service, ports }) => ports.map((port) => [service, port.nodePort ?? 0] as const)))(
    '%s answers on port %i of every node, from the host and from each node, with a node as the client', async (service, nodePort) => {
      const urls = nodes.map(({ address }) => ({ url: `http://${address}:${nodePort}/` }));
      for (const place of [host, ...nodes.map(({ name }) => node(name))]) {
        for (const [index, answer] of (await send(ground, place, urls)).entries()) {
          const seen = seenIn(answer, urls[index]?.url ?? '');
          await expectFromPodOf('kind-nodeport', service, seen);
          expect(isNode(seen.client)).toBe(true);
        }
      }
    });

  it('refuses the node port at a pod\'s own address: pods know nothing of it', async () => {
    const [blue] = await podsOf(api, 'shop', 'blue-service');
    const [received] = await send(ground, node(blue?.node ?? ''), [{ url: `http://${blue?.address}:30000/` }]);
    expect(received?.symptom).toBe('refused');
  });
});

describeWithLoadBalancers('gke-loadbalancer', () => {
  beforeAll(async () => {
    await moveTo(api, 'gke-loadbalancer');
    await loadBalancersUp();
  });
  answersAsTheTableSays('gke-loadbalancer');
  answersOtherPods('gke-loadbalancer');

  it('shows a pod behind traffic policy Local the client\'s own address, and one behind Cluster a node\'s', async () => {
    const [whoami, blue] = await Promise.all(['whoami', 'blue-service'].map(async (service) => ask(ground, host, { url: `http://${await addressOf(api, 'shop', service)}/` })));
    expect(whoami?.client).toBe(ground.hostAddress);
    expect(isNode(blue?.client ?? '')).toBe(true);
  });

  it('checks the health of a node without a pod of a Local service as failed', async () => {
    const [service] = (await api.list('v1', 'Service', 'shop')).filter(({ metadata }) => metadata.name === 'whoami');
    const { healthCheckNodePort } = service?.spec as { readonly healthCheckNodePort: number };
    const pods = await podsOf(api, 'shop', 'whoami');
    for (const { name, address } of nodes) {
      const [received] = await send(ground, host, [{ url: `http://${address}:${healthCheckNodePort}/healthz` }]);
      expect(received?.status).toBe(pods.some((each) => each.node === name) ? 200 : 503);
    }
  });
});

describe('kind-ingress', () => {
  beforeAll(async () => {
    await moveTo(api, 'kind-ingress');
    // Traefik reads new routes every two seconds, each of its pods by itself.
    const request = { url: 'http://shop.localhost:8080/', dial: '127.0.0.1:8080' };
    await until('Traefik has read the routes', async () => (await send(ground, laptop, Array.from({ length: 10 }, () => request))).every(({ status }) => status === 200), 60);
  });
  answersAsTheTableSays('kind-ingress');
  answersOtherPods('kind-ingress');

  it('has Traefik as the pod\'s client, and says in X-Forwarded headers how the request came', async () => {
    const seen = await ask(ground, laptop, { url: 'http://shop.localhost:8080/blue', dial: '127.0.0.1:8080' });
    const traefiks = await podsOf(api, 'traefik', 'traefik');
    expect(traefiks.map(({ address }) => address)).toContain(seen.client);
    expect(seen).toMatchObject({ host: 'shop.localhost:8080', path: '/blue', forwardedProto: 'http' });
    expect(isNode(seen.forwardedFor)).toBe(true);
  });

  it('serves the same routes over TLS', async () => {
    const seen = await ask(ground, laptop, { url: 'https://shop.localhost:8443/blue', dial: '127.0.0.1:8443' });
    await expectFromPodOf('kind-ingress', 'blue-service', seen);
    expect(seen.forwardedProto).toBe('https');
  });

  takesTheSameAsTheIngress('kind-ingress');

  it('has no node port of the rung below left: 30000 is refused', async () => {
    const [received] = await send(ground, host, nodes.slice(0, 1).map(({ address }) => ({ url: `http://${address}:30000/` })));
    expect(received?.symptom).toBe('refused');
  });
});

describe.each(['kind-ingress-and-gateway', 'kind-gateway'])('%s', (environment) => {
  beforeAll(async () => {
    await moveTo(api, environment);
    await until('the Gateway is programmed', async () => JSON.stringify((await api.list('gateway.networking.k8s.io/v1', 'Gateway', 'shop'))[0]?.status).includes('"attachedRoutes":3'), 60);
  });
  answersAsTheTableSays(environment);
  takesTheSameAsTheIngress(environment);
});

describeWithLoadBalancers('gke-ingress-traefik', () => {
  beforeAll(async () => {
    await moveTo(api, 'gke-ingress-traefik');
    await loadBalancersUp();
  });
  answersAsTheTableSays('gke-ingress-traefik');

  it('publishes the load balancer\'s address in the Ingress', async () => {
    const address = await addressOf(api, 'traefik', 'traefik');
    await until('the Ingress has the address', async () => {
      const [ingress] = await api.list('networking.k8s.io/v1', 'Ingress', 'shop');
      return JSON.stringify(ingress?.status).includes(`"ip":"${address}"`);
    }, 30);
  });
});

describe('moving over all rungs', () => {
  it('keeps every pod on the way down too: no rung touches a Deployment', async () => {
    await moveTo(api, 'kind-clusterip');
    expect(await uidsOfShop()).toEqual(firstPods);
  });
});

/** Each row of the table of `npm start`: what it says to type is typed. */
function answersAsTheTableSays(environment: string): void {
  it.each(callsIn(environment).map((call) => [call.service, call.address, call] as const))('%s answers at %s as the table says', async (service, _, call) => {
    if (call.rung === 'ExternalName') expect(await alias(call)).toBe(call.address.split(' → ')[1]);
    else await expectFromPodOf(environment, service, await typed(call));
  });
}

/** Paths and hosts and their near misses, the same through Ingress and Gateway. */
function takesTheSameAsTheIngress(environment: string): void {
  it.each([
    ['/blue', 'blue-service'], ['/blue/', 'blue-service'], ['/blue/x', 'blue-service'], ['/blues', 'nginx-service'], ['/Blue', 'nginx-service'], ['/whoami', 'whoami'], ['/', 'nginx-service'],
  ])('takes %s to %s', async (path, service) => {
    await expectFromPodOf(environment, service, await ask(ground, laptop, { url: `http://shop.localhost:8080${path}`, dial: '127.0.0.1:8080' }));
  });

  it.each(['other.localhost', 'x.python.shop.localhost'])('answers 404 for the host %s that no rule has', async (name) => {
    const [received] = await send(ground, laptop, [{ url: `http://${name}:8080/`, dial: '127.0.0.1:8080' }]);
    expect(received?.status).toBe(404);
  });
}

/** `orders` calls three of the services, and no other pod may call the two that it does not. */
function answersOtherPods(environment: string): void {
  const called = ['blue-service', 'python-nodeport-service', 'whoami'];
  const services = servicesIn(environment).filter(({ namespace }) => namespace === 'shop');
  const names = services.flatMap(({ service, namespace, ports }) => ports.flatMap(({ port }) => [
    [service, `${service}:${port}`], [service, `${service}.${namespace}.svc.cluster.local:${port}`],
  ] as const));

  it.each(names.filter(([service]) => called.includes(service)))('%s answers a pod that declares the call at %s, and sees that pod\'s own address', async (service, name) => {
    const caller = (await podsOf(api, 'shop', 'orders'))[0];
    const seen = await ask(ground, pod('shop', caller?.name ?? ''), { url: `http://${name}/` });
    await expectFromPodOf(environment, service, seen);
    expect(seen.client).toBe(caller?.address);
  });

  it('drops the calls of pods that do not declare them', async () => {
    const closed = names.filter(([service]) => !called.includes(service));
    const received = await send(ground, pod('shop', 'deploy/orders'), closed.map(([, name]) => ({ url: `http://${name}/`, timeoutMs: 2000 })));
    expect(received.map(({ symptom }) => symptom)).toEqual(closed.map(() => 'timeout'));
  });
}

async function expectFromPodOf(environment: string, service: string, seen: Seen): Promise<void> {
  const pods = await podsOf(api, 'shop', service);
  expect(pods.filter(({ ready }) => ready).map(({ name }) => name)).toContain(seen.pod);
  const { ports } = servicesIn(environment).find((each) => each.service === service) ?? { ports: [] };
  expect(ports.map(({ containerPort }) => String(containerPort))).toContain(seen.port);
}

/** A node is seen by its address, or by its end of the wire to a pod of its own. */
function isNode(client: string): boolean {
  return nodes.some(({ address }) => address === client) || /^10\.244\.\d+\.1$/.test(client);
}

async function uidsOfShop(): Promise<readonly string[]> {
  const pods = await api.list('v1', 'Pod', 'shop');
  return pods.map(({ metadata }) => metadata.uid ?? '').sort();
}

async function typed({ curl: command }: Call): Promise<Seen> {
  const [, forward, curl] = /^(kubectl .*port-forward .*) & .*?(curl [^;]*)/.exec(command) ?? [];
  if (forward !== undefined && curl !== undefined) {
    // The suite's one cluster has the port mappings of all environments, and 8080 is one of them.
    const free = (text: string): string => text.replace(/\b8080\b/, '18080');
    return throughPortForward(free(forward), () => curled(free(curl), laptop));
  }
  return curled(command, command.includes('$(') ? host : laptop);
}

/** The words of a curl command, expanded by a shell; curl itself runs where the address is reached. */
async function curled(command: string, from: Place): Promise<Seen> {
  const words = (await pipe(['sh', '-c', `printf '%s\\n' ${command}`], '')).trim().split('\n').slice(1);
  const resolve = words.indexOf('--resolve');
  const [hostName, port, address] = resolve < 0 ? [] : (words[resolve + 1] ?? '').split(':');
  const url = words.at(-1) ?? '';
  // As curl does, and not every resolver: *.localhost is this machine.
  const local = new URL(url).hostname.endsWith('localhost') ? `127.0.0.1:${new URL(url).port}` : undefined;
  const dial = hostName === undefined ? local : `${address}:${port}`;
  return ask(ground, from, { url, ...(dial !== undefined && { dial }) });
}

/** The table says nslookup; the stand-in asks the same question. */
async function alias({ service }: Call): Promise<string> {
  return (await pipe(ground.command(pod('shop', 'deploy/orders'), ['cname', `${service}.shop.svc.cluster.local`]), '')).trim();
}

/** Until every load balancer has an address and its health checks let requests through. */
async function loadBalancersUp(): Promise<void> {
  const services = (await Promise.all(['shop', 'traefik'].map((namespace) => api.list('v1', 'Service', namespace)))).flat()
    .filter(({ spec }) => (spec as { readonly type: string }).type === 'LoadBalancer');
  for (const { metadata: { name, namespace } } of services) {
    await until(`the load balancer of ${name} answers`, async () => {
      const address = await addressOf(api, namespace ?? '', name);
      const [received] = address === undefined ? [] : await send(ground, host, [{ url: `http://${address}/`, timeoutMs: 1000 }]);
      return received?.status !== undefined;
    }, 60);
  }
}
