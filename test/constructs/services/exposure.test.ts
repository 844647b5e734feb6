import { Exposure } from '../../../src/constructs/services/exposure';
import { GkeLoadBalancer } from '../../../src/constructs/services/gke-load-balancer';
import { Microservice } from '../../../src/constructs/services/microservice';
import { built, find, specOf } from '../built';
import { IMAGE } from '../pods';
import { gke } from '../../../src/platforms/gke';

const port = { name: 'http', protocol: 'TCP', port: 80, targetPort: 'http' };
const common = { selector: { 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/instance': 'web' }, ports: [port] };
const external = 'networking.gke.io/l4-regional-external';
const internal = 'networking.gke.io/l4-regional-internal';

const serviceOf = (exposure: Exposure) => {
  const made = built((shop) => new Microservice(shop, 'web', { image: IMAGE, port: { containerPort: 8080, port: 80 }, exposure }), gke());
  expect(made.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return find(made, 'Service', 'web');
};

test.each<[string, Exposure, object]>([
  ['ClusterIP', Exposure.clusterIp(), { type: 'ClusterIP' }],
  ['session affinity', Exposure.clusterIp({ sessionAffinity: true }), { type: 'ClusterIP', sessionAffinity: 'ClientIP' }],
  ['no session affinity', Exposure.clusterIp({ sessionAffinity: false }), { type: 'ClusterIP' }],
  ['session affinity for a minute', Exposure.clusterIp({ sessionAffinity: { timeoutSeconds: 60 } }), {
    type: 'ClusterIP', sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } },
  }],
  ['internalTrafficPolicy', Exposure.clusterIp({ internalTrafficPolicy: 'Local' }), { type: 'ClusterIP', internalTrafficPolicy: 'Local' }],
  ['trafficDistribution', Exposure.clusterIp({ trafficDistribution: 'PreferSameZone' }), { type: 'ClusterIP', trafficDistribution: 'PreferSameZone' }],
  ['dual-stack', Exposure.clusterIp({ ipFamilies: { policy: 'PreferDualStack' } }), { type: 'ClusterIP', ipFamilyPolicy: 'PreferDualStack' }],
  ['dual-stack in order', Exposure.clusterIp({ ipFamilies: { policy: 'RequireDualStack', families: ['IPv6', 'IPv4'] } }), {
    type: 'ClusterIP', ipFamilyPolicy: 'RequireDualStack', ipFamilies: ['IPv6', 'IPv4'],
  }],
  ['headless', Exposure.headless(), { type: 'ClusterIP', clusterIP: 'None' }],
  ['headless, of pods that are not ready, on IPv6', Exposure.headless({ publishNotReadyAddresses: true, ipFamilies: { policy: 'SingleStack', families: ['IPv6'] } }), {
    type: 'ClusterIP', clusterIP: 'None', publishNotReadyAddresses: true, ipFamilyPolicy: 'SingleStack', ipFamilies: ['IPv6'],
  }],
  ['NodePort that the cluster chooses', Exposure.nodePort(), { type: 'NodePort' }],
  ['NodePort, pinned', Exposure.nodePort({ nodePort: 30080 }), { type: 'NodePort', ports: [{ ...port, nodePort: 30080 }] }],
  ['NodePort by name', Exposure.nodePort({ nodePorts: { http: { nodePort: 30080 } } }), { type: 'NodePort', ports: [{ ...port, nodePort: 30080 }] }],
  ['NodePort with every option', Exposure.nodePort({
    nodePort: 30080, externalTrafficPolicy: 'Local', internalTrafficPolicy: 'Cluster', trafficDistribution: 'PreferClose', sessionAffinity: true, ipFamilies: { policy: 'PreferDualStack' },
  }), {
    type: 'NodePort', ports: [{ ...port, nodePort: 30080 }], externalTrafficPolicy: 'Local', internalTrafficPolicy: 'Cluster', trafficDistribution: 'PreferClose',
    sessionAffinity: 'ClientIP', ipFamilyPolicy: 'PreferDualStack',
  }],
  ['LoadBalancer', Exposure.loadBalancer(), { type: 'LoadBalancer' }],
  ['LoadBalancer with every option', Exposure.loadBalancer({
    externalTrafficPolicy: 'Cluster', loadBalancerClass: 'example.com/lb', loadBalancerSourceRanges: ['203.0.113.0/24', '2001:db8::/32'], allocateLoadBalancerNodePorts: false,
    internalTrafficPolicy: 'Cluster', trafficDistribution: 'PreferSameNode', sessionAffinity: { timeoutSeconds: 86400 },
  }), {
    type: 'LoadBalancer', externalTrafficPolicy: 'Cluster', loadBalancerClass: 'example.com/lb', loadBalancerSourceRanges: ['203.0.113.0/24', '2001:db8::/32'],
    allocateLoadBalancerNodePorts: false, internalTrafficPolicy: 'Cluster', trafficDistribution: 'PreferSameNode',
    sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 86400 } },
  }],
  ["GKE's external load balancer", GkeLoadBalancer.external(), { type: 'LoadBalancer', loadBalancerClass: external }],
  ["GKE's internal load balancer", GkeLoadBalancer.internal(), { type: 'LoadBalancer', loadBalancerClass: internal }],
  ['Local policy and source ranges on GKE', GkeLoadBalancer.external({ externalTrafficPolicy: 'Local', weightedByPods: true, loadBalancerSourceRanges: ['203.0.113.0/24'] }), {
    type: 'LoadBalancer', loadBalancerClass: external, externalTrafficPolicy: 'Local', loadBalancerSourceRanges: ['203.0.113.0/24'],
  }],
])('%s', (_, exposure, expected) => expect(serviceOf(exposure).spec).toEqual({ ...common, ...expected }));

describe('annotations', () => {
  test.each<[string, Exposure, object | undefined]>([
    ['none where none are needed', Exposure.loadBalancer(), undefined],
    ['none for a plain load balancer of GKE', GkeLoadBalancer.external(), undefined],
    ["the user's own", Exposure.clusterIp({ annotations: { 'example.com/a': 'b' } }), { 'example.com/a': 'b' }],
    ['a headless one too', Exposure.headless({ annotations: { 'example.com/a': 'b' } }), { 'example.com/a': 'b' }],
    ['reserved addresses, by name', GkeLoadBalancer.external({ addressNames: ['shop-v4', 'shop-v6'] }), { 'networking.gke.io/load-balancer-ip-addresses': 'shop-v4,shop-v6' }],
    ['the subnet', GkeLoadBalancer.internal({ subnet: 'front' }), { 'networking.gke.io/load-balancer-subnet': 'front' }],
    ['the tier', GkeLoadBalancer.external({ networkTier: 'Standard' }), { 'cloud.google.com/network-tier': 'Standard' }],
    ['weights', GkeLoadBalancer.external({ externalTrafficPolicy: 'Local', weightedByPods: true }), { 'networking.gke.io/weighted-load-balancing': 'pods-per-node' }],
    ['global access', GkeLoadBalancer.internal({ globalAccess: true }), { 'networking.gke.io/internal-load-balancer-allow-global-access': 'true' }],
    ['no global access', GkeLoadBalancer.internal({ globalAccess: false }), undefined],
    ['both together', GkeLoadBalancer.internal({ addressNames: ['a'], annotations: { 'example.com/a': 'b' } }), { 'networking.gke.io/load-balancer-ip-addresses': 'a', 'example.com/a': 'b' }],
  ])('%s', (_, exposure, expected) => expect(serviceOf(exposure).metadata.annotations).toEqual(expected));
});

describe('several ports', () => {
  const ports = [{ name: 'http', containerPort: 8080, port: 80, appProtocol: 'http' }, { name: 'grpc', containerPort: 9090 }, { name: 'dns', containerPort: 5353, port: 53, protocol: 'UDP' }] as const;
  const portsAt = (exposure: Exposure) => specOf(built((shop) => new Microservice(shop, 'web', { image: IMAGE, ports, exposure })), 'Service', 'web').ports;

  test('all land, with their protocols and hints', () => {
    expect(portsAt(Exposure.clusterIp())).toEqual([
      { name: 'http', protocol: 'TCP', port: 80, targetPort: 'http', appProtocol: 'http' }, { name: 'grpc', protocol: 'TCP', port: 9090, targetPort: 'grpc' },
      { name: 'dns', protocol: 'UDP', port: 53, targetPort: 'dns' },
    ]);
  });

  test('node ports go to the ports that are named, the rest is left to the cluster', () => {
    expect(portsAt(Exposure.nodePort({ nodePorts: { dns: { nodePort: 30053 }, http: { nodePort: 30080 } } }))).toMatchObject([{ nodePort: 30080 }, { name: 'grpc' }, { nodePort: 30053 }]);
    expect(portsAt(Exposure.nodePort({ nodePorts: { dns: { nodePort: 30053 } } }))).not.toEqual(expect.arrayContaining([expect.objectContaining({ nodePort: null })]));
  });

  test('a single nodePort goes to the first', () => {
    const [first, ...others] = portsAt(Exposure.nodePort({ nodePort: 30080 })) as Record<string, unknown>[];
    expect(first).toMatchObject({ name: 'http', nodePort: 30080 });
    for (const other of others) expect(other).not.toHaveProperty('nodePort');
  });
});
