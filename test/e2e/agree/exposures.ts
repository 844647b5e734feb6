import fc from 'fast-check';
import { Exposure, type LoadBalancerOptions, type NodePortOptions } from '../../../src/constructs/services/exposure';
import { annotations, mostly } from './mostly';

const clusterIp = {
  sessionAffinity: fc.oneof(fc.boolean(), fc.record({ timeoutSeconds: mostly(fc.constantFrom(1, 10800, 86400), fc.constantFrom(0, -1, 86401, 1.5)) })),
  internalTrafficPolicy: fc.constantFrom('Cluster' as const, 'Local' as const),
  trafficDistribution: fc.constantFrom('PreferSameZone' as const, 'PreferSameNode' as const, 'PreferClose' as const),
  // The suite's cluster has IPv4 only: asking for more is refused there and fine elsewhere.
  ipFamilies: fc.constantFrom({ policy: 'SingleStack' as const }, { policy: 'PreferDualStack' as const }, { policy: 'SingleStack' as const, families: ['IPv4' as const] }),
  annotations,
};
const external = { ...clusterIp, externalTrafficPolicy: fc.constantFrom('Cluster' as const, 'Local' as const) };
// 30040 upwards is free in the suite's cluster.
const nodePort = mostly(fc.integer({ min: 30040, max: 30085 }), fc.constantFrom(0, 80, 29999, 32768, 30040.5, -1));

const nodePortOptions: fc.Arbitrary<NodePortOptions> = fc.record({ ...external, nodePort }, { requiredKeys: [] });
const loadBalancerOptions: fc.Arbitrary<LoadBalancerOptions> = fc.record({
  ...external,
  loadBalancerClass: mostly(fc.constantFrom('example.com/fast', 'internal'), fc.constantFrom('', 'a b', 'a/b/c', 'x'.repeat(64))),
  loadBalancerSourceRanges: fc.array(mostly(fc.constantFrom('10.0.0.0/8', '2001:db8::/32', '10.0.0.1/32'), fc.constantFrom('10.0.0.0', 'x', '', '10.0.0.0/33', ' 10.0.0.0/8')), { maxLength: 2 }),
  allocateLoadBalancerNodePorts: fc.boolean(),
}, { requiredKeys: [] });

/** Every rung that needs nothing else, with any of its options. */
export const arbitraryExposure: fc.Arbitrary<Exposure> = fc.oneof(
  fc.record(clusterIp, { requiredKeys: [] }).map((options) => Exposure.clusterIp(options)),
  fc.record({ ipFamilies: clusterIp.ipFamilies, annotations, publishNotReadyAddresses: fc.boolean() }, { requiredKeys: [] }).map((options) => Exposure.headless(options)),
  nodePortOptions.map((options) => Exposure.nodePort(options)),
  loadBalancerOptions.map((options) => Exposure.loadBalancer(options)),
);
