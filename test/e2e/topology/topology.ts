import fc from 'fast-check';

/** A Deployment of the stand-in. */
export interface Workload {
  readonly name: string;
  readonly replicas: number;
  /** Pinned to one worker by number; otherwise the scheduler chooses. */
  readonly worker?: number;
  readonly tier: string;
  readonly ready: boolean;
  readonly portName: string;
  readonly containerPort: number;
}

/** Who a Service selects: a workload by its `app`, several by their `tier`, nobody by a label one letter off, or no selector. */
export type Selection = { readonly app: string } | { readonly tier: string } | { readonly nobody: true } | { readonly none: true };

export interface TopologyService {
  readonly name: string;
  readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'Headless' | 'ExternalName';
  readonly selects: Selection;
  readonly port: number;
  readonly targetPort: number | string;
  readonly externalTrafficPolicy: 'Cluster' | 'Local';
  readonly internalTrafficPolicy: 'Cluster' | 'Local';
  readonly publishNotReadyAddresses: boolean;
  readonly externalName: string;
}

export interface TopologyPolicy {
  readonly podSelector: object;
  readonly policyTypes: readonly ('Ingress' | 'Egress')[];
  readonly ingress: readonly object[];
  readonly egress: readonly object[];
}

export interface TopologyRoute {
  readonly path: string;
  readonly pathType: 'Prefix' | 'Exact';
  readonly service: string;
  readonly port: number | string;
}

/** What one namespace holds. */
export interface Topology {
  readonly workloads: readonly Workload[];
  readonly services: readonly TopologyService[];
  readonly policies: readonly TopologyPolicy[];
  readonly routes: readonly TopologyRoute[];
  readonly ingressClass: string;
}

/** Every stand-in listens here too, and no container says so: a numeric targetPort needs no declaration. */
export const UNDECLARED_PORT = 6060;

const APPS = ['a', 'b', 'c'] as const;
const SERVICES = ['s1', 's2', 's3', 's4'] as const;
const often = <T>(usual: T, weight: number, ...others: readonly T[]): fc.Arbitrary<T> => fc.oneof({ weight, arbitrary: fc.constant(usual) }, ...others.map((other) => ({ weight: 1, arbitrary: fc.constant(other) })));

const workload = (name: string): fc.Arbitrary<Workload> => fc.record({
  name: fc.constant(name),
  replicas: fc.constantFrom(0, 1, 1, 2, 2, 3),
  worker: fc.option(fc.integer({ min: 0, max: 1 }), { nil: undefined }),
  tier: fc.constantFrom('front', 'back'),
  ready: often(true, 6, false),
  portName: often('http', 2, 'web'),
  containerPort: fc.constantFrom(8080, 9090),
}).map(({ worker, ...rest }) => ({ ...rest, ...(worker !== undefined && { worker }) }));

const selection: fc.Arbitrary<Selection> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...APPS).map((app) => ({ app })) },
  { weight: 2, arbitrary: fc.constantFrom('front', 'back').map((tier) => ({ tier })) },
  { weight: 1, arbitrary: fc.constant({ nobody: true as const }) },
  { weight: 1, arbitrary: fc.constant({ none: true as const }) },
);

const anyService = (name: string): fc.Arbitrary<TopologyService & { readonly sameAsTarget: boolean }> => fc.record({
  name: fc.constant(name),
  type: fc.constantFrom<TopologyService['type'][]>('ClusterIP', 'ClusterIP', 'NodePort', 'NodePort', 'LoadBalancer', 'Headless', 'ExternalName'),
  selects: selection,
  // None that a stand-in listens on: what is dialled at a pod by mistake is then refused, as manifests let one expect.
  port: fc.constantFrom(80, 8000, 8081),
  targetPort: fc.constantFrom<number | string>('http', 'http', 'http', 'web', UNDECLARED_PORT, 'htpp'),
  externalTrafficPolicy: often('Cluster', 2, 'Local'),
  internalTrafficPolicy: often('Cluster', 4, 'Local'),
  publishNotReadyAddresses: often(false, 5, true),
  externalName: fc.constantFrom('s1', 's2', 'kubernetes.default'),
  sameAsTarget: fc.boolean(),
});

/** A headless Service remaps nothing: its port is right only when it is the pods' own. */
const service = (name: string): fc.Arbitrary<TopologyService> => anyService(name).map(({ sameAsTarget, ...each }) => (
  sameAsTarget && each.type === 'Headless' && typeof each.targetPort === 'number' ? { ...each, port: each.targetPort } : each
));

const podPeer = fc.oneof(
  fc.constantFrom(...APPS).map((app) => ({ podSelector: { matchLabels: { app } } })),
  fc.constantFrom('front', 'back').map((tier) => ({ podSelector: { matchExpressions: [{ key: 'tier', operator: 'In', values: [tier] }] } })),
  fc.constant({ namespaceSelector: {}, podSelector: { matchLabels: { app: 'a' } } }),
  fc.constant({ ipBlock: { cidr: '172.18.0.0/16' } }),
  fc.constant({ ipBlock: { cidr: '0.0.0.0/0', except: ['10.244.0.0/16'] } }),
);
const policyPorts = fc.constantFrom<readonly object[]>([], [{ port: 8080 }], [{ port: 'http' }], [{ port: 80 }], [{ port: 9090, protocol: 'TCP' }], [{ port: 8000, endPort: 9999 }]);
const rule = (direction: 'from' | 'to'): fc.Arbitrary<object> => fc.tuple(fc.array(podPeer, { maxLength: 2 }), policyPorts)
  .map(([peers, ports]) => ({ ...(peers.length > 0 && { [direction]: peers }), ...(ports.length > 0 && { ports }) }));
const DNS = { ports: [{ port: 53, protocol: 'UDP' }, { port: 53, protocol: 'TCP' }] };

const policy: fc.Arbitrary<TopologyPolicy> = fc.record({
  podSelector: fc.oneof(fc.constant({}), fc.constantFrom(...APPS).map((app) => ({ matchLabels: { app } })), fc.constant({ matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['front'] }] })),
  policyTypes: fc.constantFrom<readonly ('Ingress' | 'Egress')[]>(['Ingress'], ['Ingress'], ['Egress'], ['Ingress', 'Egress']),
  ingress: fc.array(rule('from'), { maxLength: 2 }),
  egress: fc.tuple(often(true, 4, false), fc.array(rule('to'), { maxLength: 2 })).map(([dns, rules]) => (dns ? [DNS, ...rules] : rules)),
});

const route: fc.Arbitrary<TopologyRoute> = fc.record({
  path: fc.constantFrom('/', '/a', '/a/b', '/b'),
  pathType: fc.constantFrom('Prefix', 'Exact'),
  service: fc.constantFrom(...SERVICES, 'missing'),
  port: fc.constantFrom<number | string>(80, 80, 8000, 8081, 'main', 'main', 'missing'),
});

export const topology: fc.Arbitrary<Topology> = fc.record({
  workloads: fc.tuple(...APPS.map(workload)),
  services: fc.tuple(...SERVICES.map(service)),
  policies: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 3, arbitrary: fc.array(policy, { minLength: 1, maxLength: 2 }) }),
  routes: fc.uniqueArray(route, { minLength: 1, maxLength: 4, selector: ({ path, pathType }) => `${path} ${pathType}` }),
  ingressClass: often('traefik', 6, 'nobody'),
});
