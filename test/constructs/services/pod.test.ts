import * as kplus from 'cdk8s-plus-27';
import type { MicroserviceProps } from '../../../src/constructs/services/microservice-props';
import { compat } from '../../../src/constructs/services/security';
import { podOf } from '../pods';

const hardened = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, privileged: false, readOnlyRootFilesystem: true };
const seccompProfile = { type: 'RuntimeDefault' };
const restricted = { runAsNonRoot: true, runAsUser: 10001, runAsGroup: 10001, fsGroup: 10001, seccompProfile };

describe('security', () => {
  test.each<[string, Partial<MicroserviceProps>, object, object]>([
    ['restricted, with a read-only root', {}, restricted, hardened],
    ['another user', { security: { type: 'restricted', user: 101 } }, { ...restricted, runAsUser: 101, runAsGroup: 101, fsGroup: 101 }, hardened],
    ['a writable root, chosen openly', { security: compat({ reason: 'writes caches', writableRoot: true }) }, restricted, { ...hardened, readOnlyRootFilesystem: false }],
    ['compat without loosening is restricted', { security: compat({ reason: 'none' }) }, restricted, hardened],
    ['compat with a user of its own', { security: compat({ reason: 'none', user: 33 }) }, { ...restricted, runAsUser: 33, runAsGroup: 33, fsGroup: 33 }, hardened],
  ])('%s', (_, options, pod, container) => {
    const { spec } = podOf({ ...options, sidecars: [{ name: 'log', image: 'log:1' }], initContainers: [{ name: 'init', image: 'init:1' }] });
    expect(spec.securityContext).toEqual(pod);
    for (const each of [...spec.containers, ...(spec.initContainers ?? [])]) expect(each.securityContext).toEqual(container);
  });

  test('a compat profile keeps its reason where a reviewer sees it', () => {
    expect(podOf({ security: compat({ reason: 'writes caches', writableRoot: true }) }).metadata.annotations).toEqual({ 'service-ladder/compat-reason': 'writes caches' });
    expect(podOf({}).metadata).not.toHaveProperty('annotations');
  });

  test.each([[80, true], [1023, true], [1024, false], [8080, false]])('a container that listens on %s: low ports are opened: %s', (containerPort, opened) => {
    const sysctls = [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }];
    expect(podOf({ port: containerPort }).spec.securityContext).toEqual(opened ? { ...restricted, sysctls } : restricted);
    expect(podOf({ privatePorts: [{ name: 'admin', containerPort: containerPort + 1 }] }).spec.securityContext).toEqual(containerPort + 1 < 1024 ? { ...restricted, sysctls } : restricted);
    expect(podOf({ sidecars: [{ name: 'proxy', image: 'proxy:1', ports: [{ name: 'proxy', containerPort: containerPort + 1 }] }] }).spec.securityContext)
      .toEqual(containerPort + 1 < 1024 ? { ...restricted, sysctls } : restricted);
  });

  test('the port of the Service does not count: it is not listened on in the Pod', () => {
    expect(podOf({ port: { containerPort: 8080, port: 80 } }).spec.securityContext).toEqual(restricted);
  });

  test('no service-account token, unless it has an account', () => {
    expect(podOf({}).spec).toMatchObject({ automountServiceAccountToken: false });
    expect(podOf({}).spec).not.toHaveProperty('serviceAccountName');
    expect(podOf({ serviceAccountName: 'reader' }).spec).toMatchObject({ automountServiceAccountToken: true, serviceAccountName: 'reader' });
  });

  test('no Service of the namespace gets into the environment', () => expect(podOf({}).spec).toMatchObject({ enableServiceLinks: false }));
});

describe('ports of the container', () => {
  test('those of the Service and the private ones, with the numbers that the process listens on', () => {
    const { spec } = podOf({
      ports: [{ name: 'http', containerPort: 8080, port: 80 }, { name: 'dns', containerPort: 5353, port: 53, protocol: 'UDP' }], privatePorts: [{ name: 'metrics', containerPort: 9090 }],
    });
    expect(spec.containers[0].ports).toEqual([
      { name: 'http', containerPort: 8080, protocol: 'TCP' }, { name: 'dns', containerPort: 5353, protocol: 'UDP' }, { name: 'metrics', containerPort: 9090, protocol: 'TCP' },
    ]);
  });
});

describe('containers beside the main one', () => {
  test('sidecars start first and stay; init containers run to their end', () => {
    const { spec } = podOf({ initContainers: [{ name: 'init', image: 'init:1' }], sidecars: [{ name: 'log', image: 'log:1' }] });
    expect(spec.initContainers?.map(({ name, restartPolicy }) => [name, restartPolicy])).toEqual([['log', 'Always'], ['init', undefined]]);
    expect(spec.containers).toHaveLength(1);
  });

  test('what is said of them lands too', () => {
    const { spec } = podOf({
      sidecars: [{
        name: 'proxy', image: 'proxy:1', args: ['-v'], ports: [{ name: 'proxy', containerPort: 15000 }, { name: 'dns', containerPort: 53, protocol: 'UDP' }],
        envVariables: { A: kplus.EnvValue.fromValue('b') }, resources: { cpu: { request: kplus.Cpu.millis(5) } }, lifecycle: { preStop: kplus.Handler.fromCommand(['quit']) },
        readiness: kplus.Probe.fromHttpGet('/ready'), startup: kplus.Probe.fromTcpSocket({ port: 15000 }),
      }],
    });
    expect(spec.initContainers?.[0]).toMatchObject({
      name: 'proxy', image: 'proxy:1', args: ['-v'], env: [{ name: 'A', value: 'b' }], lifecycle: { preStop: { exec: { command: ['quit'] } } },
      ports: [{ name: 'proxy', containerPort: 15000, protocol: 'TCP' }, { name: 'dns', containerPort: 53, protocol: 'UDP' }],
      readinessProbe: { httpGet: { path: '/ready', port: 'proxy' } }, startupProbe: { tcpSocket: { port: 'proxy' } }, resources: { requests: { cpu: '5m' } },
    });
  });

  test('they get no probe, drain or port that nobody asked for', () => {
    const [sidecar] = podOf({ sidecars: [{ name: 'proxy', image: 'proxy:1', ports: [{ name: 'proxy', containerPort: 15000 }] }] }).spec.initContainers ?? [];
    for (const field of ['readinessProbe', 'livenessProbe', 'startupProbe', 'lifecycle']) expect(sidecar).not.toHaveProperty(field);
    expect(podOf({ sidecars: [{ name: 'log', image: 'log:1' }] }).spec.initContainers?.[0]).not.toHaveProperty('ports');
  });
});

describe('the template', () => {
  test('is spread over nodes and zones, never so strictly that one node is too few', () => {
    const matchLabels = { 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/instance': 'web' };
    const { spec } = podOf({});
    expect(spec.topologySpreadConstraints).toEqual(['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map((topologyKey) => (
      { topologyKey, maxSkew: 1, whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels } }
    )));
    expect(spec.affinity).toEqual({
      podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels } } }] },
    });
  });

  test('carries version and annotations, and the selector stays as it is', () => {
    const { metadata } = podOf({ version: '1.2.3', podAnnotations: { 'prometheus.io/scrape': 'true' } });
    expect(metadata).toEqual({
      labels: { 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/instance': 'web', 'app.kubernetes.io/version': '1.2.3' }, annotations: { 'prometheus.io/scrape': 'true' },
    });
  });
});
