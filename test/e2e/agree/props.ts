import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import fc from 'fast-check';
import type { ExternalServiceProps } from '../../../src/constructs/services/external-service';
import type { MicroserviceProps } from '../../../src/constructs/services/microservice-props';
import type { OutsidePeer } from '../../../src/constructs/services/network-policy';
import { compat } from '../../../src/constructs/services/security';
import type { PortSpec, Protocol } from '../../../src/model/ports';
import { arbitraryExposure } from './exposures';
import { annotations, key, mostly } from './mostly';

const name = mostly(
  fc.oneof(fc.stringMatching(/^[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,8}){0,2}$/), fc.constantFrom('a', 'z'.repeat(63), 'x-1')),
  fc.constantFrom('', 'Blue', 'a.b', '-a', 'a-', 'a_b', 'a'.repeat(64), '1a', 'ä', 'a b'),
);
const labelValue = mostly(fc.constantFrom('v1', '1.2.3', 'A_b.c', '', 'x'.repeat(63)), fc.constantFrom('-v', 'v.', 'a b', 'x'.repeat(64), '1.0+build', 'ü'));
const portNumber = mostly(fc.oneof(fc.integer({ min: 1, max: 65535 }), fc.constantFrom(1, 80, 8080, 65535)), fc.constantFrom(0, -1, 65536, 70000, 80.5));
const portName = mostly(fc.constantFrom('http', 'grpc', 'metrics', 'a', 'p2p', 'x'.repeat(15), 'h-2'), fc.constantFrom('', 'HTTP', 'x'.repeat(16), '80', 'a--b', '-a', 'a-', 'a_b'));
const protocol = mostly<Protocol>(fc.constantFrom('TCP', 'UDP', 'SCTP'), fc.constantFrom('HTTP' as Protocol, 'tcp' as Protocol));
const appProtocol = mostly(fc.constantFrom('http', 'grpc', 'kubernetes.io/h2c', 'example.com/x'), fc.constantFrom('', 'a b', 'a/b/c', 'Example.com/x', 'x'.repeat(64)));

const portSpec: fc.Arbitrary<PortSpec> = fc.record({ containerPort: portNumber, port: portNumber, name: portName, protocol, appProtocol }, { requiredKeys: ['containerPort'] });

const cidr = mostly(fc.constantFrom('10.0.0.0/8', '203.0.113.7/32', '0.0.0.0/0', '2001:db8::/32', '::/0'), fc.constantFrom('10.0.0.0', '10.0.0.0/33', '300.0.0.0/8', 'example.com', '2001:db8::/129', '', '10.0.0.1/8', '010.0.0.0/8', '10.0.0.0/08'));
const peerPorts = fc.array(fc.record({ port: portNumber, protocol }, { requiredKeys: ['port'] }), { maxLength: 2 });
const peer: fc.Arbitrary<OutsidePeer> = fc.oneof(
  fc.record({ cidr, except: fc.array(mostly(fc.constantFrom('10.1.0.0/16', '10.0.0.0/24'), fc.constantFrom('11.0.0.0/8', '10.0.0.0/8', 'x')), { maxLength: 1 }), ports: peerPorts }, { requiredKeys: ['cidr'] }),
  fc.record({ namespace: mostly(fc.constantFrom('shop', 'kube-system'), fc.constantFrom('A', 'a b')), podLabels: fc.dictionary(key, labelValue, { maxKeys: 2, noNullPrototype: true }), ports: peerPorts }, { requiredKeys: [] }),
);

const replicas = mostly<NonNullable<MicroserviceProps['replicas']>>(
  fc.oneof(fc.integer({ min: 0, max: 5 }), fc.record({ minReplicas: fc.integer({ min: 1, max: 3 }), maxReplicas: fc.integer({ min: 3, max: 9 }) })),
  fc.oneof(fc.constantFrom(-1, 1.5), fc.constantFrom({ minReplicas: 0, maxReplicas: 3 }, { minReplicas: 4, maxReplicas: 3 }, { minReplicas: 1, maxReplicas: 2, targetCpuPercent: 0 })),
);
const security = fc.constantFrom<NonNullable<MicroserviceProps['security']>>(
  { type: 'restricted' }, { type: 'restricted', user: 999 }, { type: 'restricted', user: 0 }, { type: 'restricted', user: -1 }, { type: 'restricted', user: 2147483648 },
  compat({ reason: 'test', writableRoot: true }), compat({ reason: 'test', root: true }),
);
const variable = mostly(fc.constantFrom('A', '_X1', 'with-dash', 'a.b', '1A'), fc.constantFrom('', 'A=B', 'ü'));
const probe = fc.record({
  path: mostly(fc.constantFrom('/', '/health', '/a?b=c'), fc.constant('')),
  port: portNumber,
  failureThreshold: mostly(fc.integer({ min: 1, max: 9 }), fc.constantFrom(-1, 1.5)),
  period: fc.integer({ min: 1, max: 60 }),
}, { requiredKeys: ['path'] }).map(({ path, port, failureThreshold, period }) => kplus.Probe.fromHttpGet(path, {
  ...(port !== undefined && { port }), ...(failureThreshold !== undefined && { failureThreshold }), ...(period !== undefined && { periodSeconds: Duration.seconds(period) }),
}));
const resources = fc.record({ request: fc.integer({ min: 1, max: 500 }), limit: fc.integer({ min: 100, max: 600 }) }).map(({ request, limit }) => ({
  cpu: { request: kplus.Cpu.millis(request), limit: kplus.Cpu.millis(limit) }, memory: { request: Size.mebibytes(request), limit: Size.mebibytes(limit) },
}));
const beside = fc.array(fc.record({ name: mostly(fc.constantFrom('proxy', 'migrate', 'a'), fc.constantFrom('A', 'a b', 'a.b', 'x'.repeat(64))), image: fc.constant('busybox:1') }), { maxLength: 2 });

const optional = {
  name, instance: labelValue, version: labelValue, replicas, security,
  image: mostly(fc.constantFrom('nginx:1', 'ghcr.io/a/b@sha256:' + 'a'.repeat(64), 'nginx'), fc.constantFrom('', ' nginx', 'a b')),
  privatePorts: fc.array(fc.record({ containerPort: portNumber, name: portName, protocol }, { requiredKeys: ['containerPort', 'name'] }), { minLength: 1, maxLength: 1 }),
  exposure: arbitraryExposure,
  tmpMebibytes: mostly(fc.integer({ min: 1, max: 64 }), fc.constantFrom(0, -1, 1.5)),
  drainSeconds: mostly(fc.integer({ min: 0, max: 30 }), fc.constantFrom(-1, 0.5)),
  terminationGracePeriodSeconds: mostly(fc.integer({ min: 31, max: 90 }), fc.constantFrom(-1, 0, 40.5)),
  serviceAccountName: mostly(fc.constantFrom('default', 'a.b'), fc.constantFrom('A', 'a_b')),
  podAnnotations: annotations,
  calls: fc.array(peer, { maxLength: 2 }), callers: fc.array(peer, { maxLength: 2 }),
  envVariables: fc.dictionary(variable, fc.constant(kplus.EnvValue.fromValue('x')), { maxKeys: 2, noNullPrototype: true }),
  readiness: probe, liveness: probe, startup: probe, resources,
  sidecars: beside, initContainers: beside,
};

/** Options of a service: a few of the optional ones each time. */
export const microserviceProps: fc.Arbitrary<MicroserviceProps> = fc.tuple(
  fc.oneof(fc.record({ port: fc.oneof(portNumber, portSpec) }), fc.record({ ports: fc.array(portSpec, { minLength: 1, maxLength: 3 }) })),
  fc.subarray(Object.keys(optional), { maxLength: 5 }).chain((keys) => fc.record(Object.fromEntries(keys.map((option) => [option, optional[option as keyof typeof optional]])))),
).map(([ports, options]) => ({ image: 'nginx:1', ...ports, ...options }));

export const externalServiceProps: fc.Arbitrary<ExternalServiceProps> = fc.record({
  name, protocol,
  externalName: mostly(fc.constantFrom('db.example.com', 'a', 'db.example.com.', 'x'.repeat(63) + '.org'), fc.constantFrom('', 'Db.example.com', 'http://x', 'a b', '-a.com', '10.0.0.1', 'a..b', 'x'.repeat(254), '_srv.example.com')),
  port: portNumber,
}, { requiredKeys: ['externalName', 'port'] });

/** Options of a site and its one route. */
export const siteProps = fc.record({
  host: mostly(fc.constantFrom('shop.example.com', '*.example.com', 'localhost', 'a.b.c.d'), fc.constantFrom('', 'Shop.example.com', '*.*.com', '10.0.0.1', 'shop:80', 'a..b', '*', 'http://x', 'x'.repeat(254))),
  path: mostly(fc.constantFrom('/', '/cart', '/a/b/', '/with space', '/ü'), fc.constantFrom('', 'cart', '//', '/a/../b', '/a/./b', '/a/..', '/a%2fb')),
  pathType: fc.constantFrom('Prefix' as const, 'Exact' as const),
  siteName: mostly(fc.constantFrom('shop', 'a.b'), fc.constantFrom('A', 'a_b')),
  tlsSecretName: mostly(fc.constantFrom('tls', 'a.b'), fc.constantFrom('', 'A', 'a_b')),
  annotations,
}, { requiredKeys: ['host', 'path'] });
