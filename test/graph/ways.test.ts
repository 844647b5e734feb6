import { catalogue, explain, parseRequest } from '../../src/explain';
import { renderTraceText } from '../../src/explain/output/trace-text';
import pc from 'picocolors';
import { type Case, tables, worldOf } from '../explain/table';
import { cardsOf, edgesOf, graphOf, webAndService, worldFrom, worldOfEnvironment } from './pictures-of';

describe('ways over the cards', () => {
  test.each([
    ['kind-ingress', 'http://shop.localhost:8080/blue', ['Client/laptop', 'Node/kind-control-plane', 'Service/traefik/traefik', 'Deployment/traefik/traefik', 'Ingress/shop/shop/shop.localhost', 'Service/shop/blue-service', 'Deployment/shop/blue-service']],
    ['kind-ingress', 'http://orders.shop.localhost:8080/', ['Client/laptop', 'Node/kind-control-plane', 'Service/traefik/traefik', 'Deployment/traefik/traefik', 'Ingress/shop/shop/orders.shop.localhost', 'Service/shop/orders', 'Deployment/shop/orders']],
    ['kind-ingress', 'tcp://blue-service:80', ['Deployment/shop/orders', 'Service/shop/blue-service', 'Deployment/shop/blue-service']],
    ['kind-ingress', 'tcp://my-database.shop:5432', ['Client/pods', 'Service/shop/my-database', 'External/my-database.example.com']],
    ['kind-nodeport', 'tcp://localhost:30080', ['Client/laptop', 'Node/kind-control-plane', 'Service/shop/python-nodeport-service', 'Deployment/shop/python-nodeport-service']],
    ['gke-loadbalancer', 'tcp://whoami:80 --via service/shop/whoami', ['Client/internet', 'Balancer/shop/whoami', 'Service/shop/whoami', 'Deployment/shop/whoami']],
    ['gke-loadbalancer', 'tcp://orders:80 --via service/shop/orders', ['Client/network', 'Balancer/shop/orders', 'Service/shop/orders', 'Deployment/shop/orders']],
    ['gke-ingress', 'http://shop.example.com/blue', ['Client/internet', 'Front/GKE Ingress', 'Ingress/shop/shop/shop.example.com']],
  ])('%s: %s', async (environment, request, cards) => {
    expect(cardsOf(graphOf(await worldOfEnvironment(environment)), request)).toEqual(cards);
  });

  test.each([['gke-l7-rilb', 'Client/network'], ['gke-l7-regional-external-managed', 'Client/internet']])('a Gateway of %s is asked by %s', (gatewayClassName, from) => {
    const graph = graphOf(worldFrom(`${webAndService('ports: [{ port: 80, targetPort: 8080 }]')}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: gate, namespace: shop }
spec: { gatewayClassName: ${gatewayClassName}, listeners: [{ name: http, protocol: HTTP, port: 80 }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec: { parentRefs: [{ name: gate }], hostnames: [a.example.com], rules: [{ backendRefs: [{ name: web, port: 80 }] }] }
`, { platform: 'gke' }));
    expect(graph.ways.filter(({ request }) => request.startsWith('http')).map(({ start }) => start)).toEqual([from]);
    expect(graph.nodes.filter(({ kind }) => kind === 'client').map(({ id }) => id)).toContain(from);
    expect(graph.nodes.some(({ id }) => id === 'Client/internet')).toBe(from === 'Client/internet');
  });

  test('a way runs along edges of the picture, at the row of its path', async () => {
    const graph = graphOf(await worldOfEnvironment('kind-ingress'));
    const way = graph.ways.find(({ request }) => request === 'http://shop.localhost:8080/whoami');
    const edges = way?.links.map(({ edge }) => (edge === undefined ? undefined : graph.edges[edge]));
    expect(edges?.every((edge) => edge !== undefined)).toBe(true);
    const rule = graph.nodes.find(({ id }) => id === 'Ingress/shop/shop/shop.localhost');
    expect(edges?.filter((edge) => edge?.from === rule?.id).map((edge) => rule?.rows[edge?.fromRow ?? -1]?.text)).toEqual(['/whoami']);
  });

  test('what a controller lets out is told at the controller', async () => {
    const { ways } = graphOf(await worldOfEnvironment('kind-ingress'));
    const steps = ways.find(({ request }) => request === 'http://shop.localhost:8080/blue')?.steps ?? [];
    expect(steps.filter(({ kind }) => kind.endsWith('-policy')).map(({ kind, node }) => `${kind} ${node}`)).toEqual([
      'ingress-policy Deployment/traefik/traefik', 'egress-policy Deployment/traefik/traefik', 'ingress-policy Deployment/shop/blue-service',
    ]);
  });
});

test('the lines of a way are those of ladder explain', async () => {
  const world = await worldOfEnvironment('kind-ingress');
  const trace = explain(world, parseRequest('http://shop.localhost:8080/blue'));
  const [way] = graphOf(world, [trace]).ways;
  const printed = renderTraceText(trace, { colors: pc.createColors(false) });
  expect(printed.split('\n')[0]).toBe(`✓ ${way?.headline}`);
  for (const { number, kind, text, where } of way?.steps ?? []) {
    expect(printed).toMatch(new RegExp(`^ +${number} . ${kind} +`, 'm'));
    expect(printed).toContain(text);
    expect(printed).toContain(where);
  }
  expect(way?.steps).toHaveLength(12);
});

test('a way that breaks says where, why and what to do', () => {
  const world = worldFrom(webAndService('ports: [{ port: 80, targetPort: http }]').replace('selector: { app: web }, ', 'selector: { app: wbe }, '));
  const [way] = graphOf(world).ways;
  expect(way).toMatchObject({ verdict: 'broken', start: 'Client/pods' });
  expect(way?.steps.filter(({ breaksHere }) => breaksHere).map(({ kind, node }) => [kind, node])).toEqual([['service', 'Service/shop/web']]);
  expect(way?.reasons.map(({ id, fix }) => [id, fix])).toEqual([['SVC001', expect.stringContaining('app: web') as string]]);
  expect(catalogue.map(({ id }) => id)).toContain('SVC001');
});

test('a request that is asked for comes first, and once', async () => {
  const world = await worldOfEnvironment('kind-nodeport');
  const { ways } = graphOf(world, [explain(world, parseRequest('tcp://localhost:30080', { from: 'laptop' }))]);
  expect(ways.filter(({ request, from }) => request === 'tcp://localhost:30080' && from === 'laptop')).toHaveLength(1);
  expect(ways[0]?.request).toBe('tcp://localhost:30080');
});

test('what fails comes before what works', async () => {
  const world = worldFrom(webAndService('type: NodePort, ports: [{ port: 80, targetPort: http, nodePort: 30001 }]'), { platform: 'kind' });
  expect(graphOf(world).ways.map(({ verdict }) => verdict)).toEqual(['broken', 'ok']);
});

describe('a live cluster', () => {
  const live = tables.flatMap(({ cases }) => cases).find(({ title }) => title === 'a dump of a running cluster is the truth') as Case;
  const asked = (request: string, from?: string, more = '') => {
    const world = worldOf({ ...live, manifest: `${live.manifest}${more}` });
    const graph = graphOf(world, [explain(world, parseRequest(request, { from }))]);
    return { graph, cards: cardsOf(graph, graph.ways[0]?.request ?? ''), breaks: graph.ways[0]?.steps.filter(({ breaksHere }) => breaksHere).map(({ kind, node }) => `${kind} ${node}`) };
  };

  test('a way goes on to the workload of the pods', () => {
    expect(asked('http://172.18.0.3:31234')).toMatchObject({ cards: ['Client/laptop', 'Node/*', 'Service/shop/web', 'Deployment/shop/web'], breaks: [] });
    expect(asked('http://10.244.1.5:8080', 'pod:shop/web-6d4-bbbbb').cards).toEqual(['Deployment/shop/web']);
  });

  test('what breaks at a pod breaks at its workload', () => {
    const deny = '---\n{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: deny, namespace: shop}, spec: {podSelector: {}, policyTypes: [Ingress]}}\n';
    expect(asked('http://web.shop', 'pod:other/x', deny).breaks).toEqual(['ingress-policy Deployment/shop/web']);
    expect(asked('http://10.244.1.5:80', 'pod:other/x').breaks).toEqual(['container Deployment/shop/web']);
  });

  test('an address without a pod is where the way ends', () => {
    const outside = `---
{apiVersion: v1, kind: Service, metadata: {name: db, namespace: shop}, spec: {clusterIP: 10.96.0.9, ports: [{port: 5432}]}}
---
{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: db-1, namespace: shop, labels: {kubernetes.io/service-name: db}}, addressType: IPv4, ports: [{name: '', port: 5432, protocol: TCP}], endpoints: [{addresses: [192.0.2.9], conditions: {ready: true}}]}
`;
    expect(asked('tcp://db.shop:5432', 'pod:shop/web-6d4-aaaaa', outside).cards).toEqual(['Deployment/shop/web', 'Service/shop/db', 'External/shop/db']);
  });

  test('the line to pods that are not ready ends at their port, and says it', () => {
    const cold = `---
{apiVersion: v1, kind: Service, metadata: {name: cold, namespace: shop}, spec: {clusterIP: 10.96.0.8, selector: {app: web}, ports: [{port: 80, targetPort: http}]}}
---
{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: cold-1, namespace: shop, labels: {kubernetes.io/service-name: cold}}, addressType: IPv4, ports: [{name: '', port: 8080, protocol: TCP}], endpoints: [{addresses: [10.244.0.5], conditions: {ready: false}}]}
`;
    expect(edgesOf(asked('http://cold.shop', undefined, cold).graph)).toContain('service cold[80 → http] cut :8080> workload web[:8080]');
  });

  test('the line of a Deployment is its own, though its pods are in the input', () => {
    const { graph } = asked('http://web.shop', 'pod:shop/web-6d4-aaaaa');
    const deployment = live.manifest.split('\n').findIndex((line) => line.includes('apiVersion: apps/v1')) + 1;
    expect(graph.nodes.find(({ id }) => id === 'Deployment/shop/web')?.place).toBe(`case.yaml:${deployment}`);
  });
});

describe('a Traefik that runs', () => {
  const example = tables.flatMap(({ cases }) => cases).find(({ title }) => title === 'Traefik serves a listener by the entry point of its port') as Case;
  const pod = `---
apiVersion: v1
kind: Pod
metadata: { name: traefik-1, namespace: traefik, labels: { app: traefik }, ownerReferences: [{ apiVersion: apps/v1, kind: Deployment, name: traefik, controller: true }] }
spec: { nodeName: kind-control-plane, containers: [{ name: c, image: 'traefik:v3.7.13', args: ['--entrypoints.web.address=:8000/tcp'], ports: [{ name: web, containerPort: 8000 }] }] }
status: { phase: Running, podIP: 10.244.0.5, conditions: [{ type: Ready, status: 'True' }] }
---
{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: traefik-1, namespace: traefik, labels: {kubernetes.io/service-name: traefik}}, addressType: IPv4, ports: [{name: web, port: 8000, protocol: TCP}], endpoints: [{addresses: [10.244.0.5], conditions: {ready: true}, targetRef: {kind: Pod, name: traefik-1, namespace: traefik}}]}
`;
  const routed = ['Deployment/traefik/traefik', 'Gateway/shop/right', 'HTTPRoute/shop/right', 'Service/shop/web', 'Pod/shop/web'];

  test.each([
    ['as manifests', '', 'http://right.localhost:8080/', undefined, ['Client/laptop', 'Node/kind-control-plane', 'Service/traefik/traefik', ...routed]],
    ['live', pod, 'http://right.localhost:8080/', undefined, ['Client/laptop', 'Node/kind-control-plane', 'Service/traefik/traefik', ...routed]],
    ['that is named as the way in', '', 'http://right.localhost/', 'gateway/shop/right', ['Client/laptop', ...routed]],
  ])('%s, is passed', (_title, more, request, via, cards) => {
    const world = worldOf({ ...example, manifest: `${example.manifest}${more}` });
    expect(cardsOf(graphOf(world, [explain(world, parseRequest(request, { via }))]), request)).toEqual(cards);
  });
});

test('what no rule takes is at the default backend', () => {
  const example = tables.flatMap(({ cases }) => cases).find(({ title }) => title === 'default backends, and rules without a host') as Case;
  const world = worldOf(example);
  expect(cardsOf(graphOf(world, [explain(world, parseRequest('http://a.example.com/b'))]), 'http://a.example.com/b')).toContain('Ingress/default/web/everything else');
});

describe('every request of the cases of explain, and every one that they invite', () => {
  const ways = tables.flatMap(({ cases }) => cases).flatMap((entry) => {
    const world = worldOf(entry);
    const graph = graphOf(world, (entry.requests ?? []).map((row) => explain(world, parseRequest(row.request, row))));
    return graph.ways.map((way) => ({ graph, way, lineless: way.links.filter(({ edge }) => edge === undefined) }));
  });

  test('happens at cards that are drawn', () => {
    expect(ways.length).toBeGreaterThan(700);
    expect(ways.flatMap(({ graph, way }) => way.steps.filter(({ node }) => !graph.nodes.some(({ id }) => id === node)))).toEqual([]);
  });

  test('runs along lines of the picture once it is sent; the rest has reasons', () => {
    const lacking = 'a rule names a port that the Service lacks: the way breaks there';
    // A headless name resolves to its pods, also where none has a port of the name that the Service gives.
    const nameless = 'Service/shop/nameless > Pod/shop/web';
    const seen = ways.flatMap(({ way, lineless }) => lineless.filter(({ from }) => from !== way.start).map(({ from, to }) =>
      way.steps.some(({ node, breaksHere, text }) => node === to && breaksHere && /^Service \S+ has no port /.test(text)) ? lacking : `${from} > ${to}`));
    expect(new Set(seen)).toEqual(new Set([lacking, nameless]));
  });

  test('is sent without a line of the picture only where the picture has none for such a sender', () => {
    const reasons = {
      'Client/internet > Ingress': 'no controller serves it',
      'Client/internet > Service': 'the nodePort of a load balancer\'s Service, which its card says',
      'Client/laptop > Deployment': 'a port-forward, an address of a pod, or --via a Gateway of that controller',
      'Client/laptop > Node': 'the machine is in the network of the nodes',
      'Client/laptop > Pod': 'a port-forward, or an address of a pod',
      'Client/laptop > Service': 'a port-forward, a name of the cluster, or a cluster IP',
      'Client/pods > Deployment': 'an address of a pod',
      'Client/pods > Service': 'any pod may call: a line only where nothing else leads to the Service',
      'Node > Deployment': 'a node dials an address of a pod',
      'Node > Service': 'a node dials itself, or a cluster IP',
      'Pod > Node': 'a pod dials an address of a node',
      'Pod > Pod': 'a pod dials an address of a pod',
    };
    const kind = (id: string): string => (id.startsWith('Client/') ? id : id.split('/')[0] ?? '');
    const seen = ways.flatMap(({ way, lineless }) => lineless.filter(({ from }) => from === way.start));
    expect([...new Set(seen.map(({ from, to }) => `${kind(from)} > ${kind(to)}`))].sort()).toEqual(Object.keys(reasons));
  });

  test('passes whoever leads to a rule or a Gateway', () => {
    const missed = ways.flatMap(({ graph, lineless }) => lineless.filter(({ to }) => /^(Ingress|Gateway|\w+Route)\//.test(to) && graph.edges.some((edge) => edge.to === to)));
    expect(missed).toEqual([]);
  });
});
