import { edgesOf, graphOf, webAndService, worldFrom, worldOfEnvironment } from './pictures-of';

const gateway = (listener: string, route: string): string => `---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: front, namespace: infra }
spec: { gatewayClassName: gke-l7-global-external-managed, listeners: [${listener}] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec: ${route}
`;
const everywhere = '{ name: http, port: 80, protocol: HTTP, allowedRoutes: { namespaces: { from: All } } }';

describe.each([
  ['a ClusterIP is there for other pods', webAndService('ports: [{ port: 80, targetPort: http }]'), {}, [
    'service web[80 → http] :8080> workload web[:8080]', 'client Other pods :80> service web[80 → http]',
  ]],
  ['a targetPort that is a number leads to the row of that number', webAndService('ports: [{ port: 80, targetPort: 8080 }]'), {}, [
    'service web[80 → 8080] :8080> workload web[:8080]', 'client Other pods :80> service web[80 → 8080]',
  ]],
  ['a number that no container declares leads to the pods, not to a row', webAndService('ports: [{ port: 80, targetPort: 9090 }]'), {}, [
    'service web[80 → 9090] :9090> workload web', 'client Other pods :80> service web[80 → 9090]',
  ]],
  ['a nodePort is on the nodes', webAndService('type: NodePort, ports: [{ port: 80, targetPort: http, nodePort: 30001 }]'), { platform: 'bare' }, [
    'service web[30001 → 80 → http] :8080> workload web[:8080]', 'client Internet :30001> node The nodes[30001]', 'node The nodes[30001] :30001> service web[30001 → 80 → http]',
  ]],
  ['on kind nobody outside reaches a node whose port is not mapped', webAndService('type: NodePort, ports: [{ port: 80, targetPort: http, nodePort: 30001 }]'), { platform: 'kind' }, [
    'service web[30001 → 80 → http] :8080> workload web[:8080]', 'node The nodes[30001] :30001> service web[30001 → 80 → http]',
  ]],
  ['a mapping leads from the laptop through the node', webAndService('type: NodePort, ports: [{ port: 80, targetPort: http, nodePort: 30001 }]'), { platform: 'kind', nodes: [{ name: 'kind-control-plane', portMappings: [{ containerPort: 30001, hostPort: 8080 }] }] }, [
    'service web[30001 → 80 → http] :8080> workload web[:8080]', 'client Laptop :8080> node kind-control-plane[8080 → 30001]', 'node kind-control-plane[8080 → 30001] :30001> service web[30001 → 80 → http]',
  ]],
  ['a mapping that aims beside the nodePort ends at the node', webAndService('type: NodePort, ports: [{ port: 80, targetPort: http, nodePort: 30001 }]'), { platform: 'kind', nodes: [{ name: 'kind-control-plane', portMappings: [{ containerPort: 80, hostPort: 30001 }] }] }, [
    'service web[30001 → 80 → http] :8080> workload web[:8080]', 'client Laptop :30001> node kind-control-plane[30001 → 80]', 'node The nodes[30001] :30001> service web[30001 → 80 → http]',
  ]],
  ['a load balancer takes the port and dials the nodePort', webAndService('type: LoadBalancer, ports: [{ port: 80, targetPort: http, nodePort: 30001 }]'), { platform: 'gke' }, [
    'service web[30001 → 80 → http] :8080> workload web[:8080]', 'client Internet :80> balancer web[80]', 'balancer web[80] :30001> service web[30001 → 80 → http]',
  ]],
  ['an internal one is not on the Internet', webAndService('type: LoadBalancer, loadBalancerClass: networking.gke.io/l4-regional-internal, ports: [{ port: 80, targetPort: http }]'), { platform: 'gke' }, [
    'service web[80 → http] :8080> workload web[:8080]', 'client Private clients :80> balancer web[80]', 'balancer web[80] :80> service web[80 → http]',
  ]],
  ['a selector that selects nobody leads nowhere', webAndService('ports: [{ port: 80, targetPort: http }]').replace('selector: { app: web }, ', 'selector: { app: wbe }, '), {}, ['client Other pods :80> service web[80 → http]']],
  ['a Gateway has listeners, and a route the rules', webAndService('ports: [{ port: 80, targetPort: http }]', gateway(everywhere, '{ parentRefs: [{ name: front, namespace: infra }], hostnames: [shop.example.com], rules: [{ matches: [{ path: { value: /cart } }], backendRefs: [{ name: web, port: 80 }] }] }')), { platform: 'gke' }, [
    'service web[80 → http] :8080> workload web[:8080]', 'client Internet :80> balancer gke-l7-global-external-managed[80]', 'balancer gke-l7-global-external-managed[80] :80> gateway front[HTTP 80]',
    'gateway front[HTTP 80] > rule shop.example.com', 'rule shop.example.com[/cart] :80> service web[80 → http]',
  ]],
  ['the load balancer of a Gateway has a port for each listener', gateway(`${everywhere}, { name: https, port: 443, protocol: HTTPS }`, '{ parentRefs: [{ name: front, namespace: infra }], rules: [] }').replace(/^---/, ''), { platform: 'gke' }, [
    'client Internet :80> balancer gke-l7-global-external-managed[80]', 'balancer gke-l7-global-external-managed[80] :80> gateway front[HTTP 80]',
    'client Internet :443> balancer gke-l7-global-external-managed[443]', 'balancer gke-l7-global-external-managed[443] :443> gateway front[HTTPS 443]',
    'gateway front[HTTP 80] > rule any host',
  ]],
  ['a route to a port that the Service lacks ends at its rule', webAndService('ports: [{ port: 80, targetPort: http }]', gateway(everywhere, '{ parentRefs: [{ name: front, namespace: infra }], rules: [{ backendRefs: [{ name: web, port: 8080 }] }] }')), { platform: 'gke' }, [
    'service web[80 → http] :8080> workload web[:8080]', 'client Internet :80> balancer gke-l7-global-external-managed[80]', 'balancer gke-l7-global-external-managed[80] :80> gateway front[HTTP 80]',
    'gateway front[HTTP 80] > rule any host', 'client Other pods :80> service web[80 → http]',
  ]],
  ['a route that a listener does not take is cut off', webAndService('ports: [{ port: 80, targetPort: http }]', gateway('{ name: http, port: 80, protocol: HTTP }', '{ parentRefs: [{ name: front, namespace: infra }], rules: [{ backendRefs: [{ name: web, port: 80 }] }] }')), { platform: 'gke' }, [
    'service web[80 → http] :8080> workload web[:8080]', 'client Internet :80> balancer gke-l7-global-external-managed[80]', 'balancer gke-l7-global-external-managed[80] :80> gateway front[HTTP 80]',
    'gateway front cut > rule any host', 'rule any host[/] :80> service web[80 → http]',
  ]],
] as const)('%s', (_title, yaml, profile, expected) => {
  test('its edges', () => expect(edgesOf(graphOf(worldFrom(yaml, profile)))).toEqual(expected));
});

test('a call is labelled with the port that the request dials', () => {
  const caller = `---
apiVersion: v1
kind: Pod
metadata: { name: prometheus, namespace: shop, labels: { app: prometheus } }
spec: { containers: [{ name: p, image: p:1 }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec: { podSelector: { matchLabels: { app: web } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: prometheus } } }] }] }
`;
  const graph = graphOf(worldFrom(webAndService('ports: [{ name: metrics, port: 9100, targetPort: http }]', caller)));
  expect(edgesOf(graph)).toContain('workload prometheus call :9100> service web');
});

describe('the example behind Traefik on kind', () => {
  test('has one way from the laptop to every Service', async () => {
    const edges = edgesOf(graphOf(await worldOfEnvironment('kind-ingress')));
    expect(edges).toEqual(expect.arrayContaining([
      'client Laptop :8080> node kind-control-plane[8080 → 30010]',
      'node kind-control-plane[8080 → 30010] :30010> service traefik[30010 → 80 → web]',
      'service traefik[30010 → 80 → web] :8000> workload traefik[:8000]',
      'workload traefik > rule shop.localhost',
      'rule shop.localhost[/blue] :80> service blue-service[80 → http]',
      'service blue-service[80 → http] :5678> workload blue-service[:5678]',
      'workload orders call :80> service blue-service',
      'service my-database[5432] :5432> external my-database.example.com',
    ]));
    expect(edges.filter((edge) => edge.startsWith('client Internet'))).toEqual([]);
  });

  test('shows who may call, and that everything else is denied', async () => {
    const { nodes, namespaces } = graphOf(await worldOfEnvironment('kind-ingress'));
    expect(namespaces.map(({ name, denies }) => [name, denies])).toEqual([['shop', ['ingress', 'egress']], ['traefik', ['ingress', 'egress']]]);
    expect(nodes.find(({ id }) => id === 'Deployment/shop/blue-service')?.policies).toEqual([
      expect.stringMatching(/^blue-service: may call: orders of shop on 5678; traefik of traefik on 5678\. calls: k8s-app=kube-dns of kube-system on 53\/UDP, 53\.$/) as string, 'Everything else is denied.',
    ]);
  });
});

test('a live cluster shows on which nodes the pods are, and which are ready', () => {
  const pod = (name: string, node: string, ready: string): string => `---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: shop, labels: { app: web }, ownerReferences: [{ apiVersion: apps/v1, kind: Deployment, name: web, controller: true }] }
spec: { nodeName: ${node}, containers: [{ name: web, image: web:1, ports: [{ name: http, containerPort: 8080 }] }] }
status: { phase: Running, podIP: 10.0.0.${name.length}, conditions: [{ type: Ready, status: '${ready}' }] }
`;
  const { nodes } = graphOf(worldFrom(webAndService('ports: [{ port: 80, targetPort: http }]', pod('a', 'node-1', 'True') + pod('bb', 'node-1', 'False') + pod('ccc', 'node-2', 'True'))));
  const web = nodes.find(({ kind }) => kind === 'workload');
  expect(web).toMatchObject({ caption: 'Deployment · 3 pods', places: [{ node: 'node-1', ready: 1, notReady: 1 }, { node: 'node-2', ready: 1, notReady: 0 }] });
});

describe('findings', () => {
  const broken = webAndService('ports: [{ port: 80, targetPort: http }]').replace('selector: { app: web }, ', 'selector: { app: wbe }, ');

  test('are at the card of their object', () => {
    const { nodes, findings } = graphOf(worldFrom(broken));
    const service = nodes.find(({ kind }) => kind === 'service');
    expect(service?.findings.map((index) => findings[index]?.id)).toEqual(['SVC001']);
    expect(findings[0]?.nodes).toEqual(['Service/shop/web']);
  });

  test('of an Ingress with several hosts are at the host that has them', () => {
    const ingress = `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop, namespace: shop }
spec:
  ingressClassName: nginx
  rules:
    - host: good.example.com
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] }
    - host: bad.example.com
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 8080 } } } }] }
`;
    const { findings } = graphOf(worldFrom(webAndService('ports: [{ port: 80, targetPort: http }]', ingress)));
    expect(findings.map(({ id, nodes }) => [id, nodes])).toEqual([['ING002', ['Ingress/shop/shop/bad.example.com']]]);
  });

  test('of what has no card are at the frame of its namespace', () => {
    const policy = `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: narrow, namespace: shop }
spec: { podSelector: { matchLabels: { app: web } }, policyTypes: [Egress], egress: [{ to: [{ podSelector: { matchLabels: { app: other } } }] }] }
`;
    const { namespaces, findings } = graphOf(worldFrom(webAndService('ports: [{ port: 80, targetPort: http }]', policy)));
    expect(namespaces[0]?.findings.map((index) => findings[index]?.id)).toEqual(['NET002']);
  });
});
