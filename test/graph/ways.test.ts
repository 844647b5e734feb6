import { catalogue, explain, parseRequest } from '../../src/explain';
import { renderTraceText } from '../../src/explain/output/trace-text';
import pc from 'picocolors';
import { cardsOf, graphOf, webAndService, worldFrom, worldOfEnvironment } from './pictures-of';

describe('ways over the cards', () => {
  test.each([
    ['kind-ingress', 'http://shop.localhost:8080/blue', ['Client/laptop', 'Node/kind-control-plane', 'Service/traefik/traefik', 'Deployment/traefik/traefik', 'Ingress/shop/shop/shop.localhost', 'Service/shop/blue-service', 'Deployment/shop/blue-service']],
    ['kind-ingress', 'http://orders.shop.localhost:8080/', ['Client/laptop', 'Node/kind-control-plane', 'Service/traefik/traefik', 'Deployment/traefik/traefik', 'Ingress/shop/shop/orders.shop.localhost', 'Service/shop/orders', 'Deployment/shop/orders']],
    ['kind-ingress', 'tcp://blue-service:80', ['Deployment/shop/orders', 'Service/shop/blue-service', 'Deployment/shop/blue-service']],
    ['kind-ingress', 'tcp://my-database.shop:5432', ['Client/pods', 'Service/shop/my-database', 'External/my-database.example.com']],
    ['kind-nodeport', 'tcp://localhost:30080', ['Client/laptop', 'Node/kind-control-plane', 'Service/shop/python-nodeport-service', 'Deployment/shop/python-nodeport-service']],
    ['gke-loadbalancer', 'tcp://whoami:80 --via service/shop/whoami', ['Client/internet', 'Balancer/shop/whoami', 'Service/shop/whoami', 'Deployment/shop/whoami']],
    ['gke-ingress', 'http://shop.example.com/blue', ['Client/internet', 'Front/GKE Ingress', 'Ingress/shop/shop/shop.example.com']],
  ])('%s: %s', async (environment, request, cards) => {
    expect(cardsOf(graphOf(await worldOfEnvironment(environment)), request)).toEqual(cards);
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
