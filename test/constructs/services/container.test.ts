import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import type { MicroserviceProps } from '../../../src/constructs/services/microservice-props';
import type { AppNamespace } from '../../../src/constructs/namespace';
import { containerOf, podOf } from '../pods';

describe('what is said of the container is in the manifest', () => {
  const config = (shop: AppNamespace) => kplus.ConfigMap.fromConfigMapName(shop, 'config', 'settings');
  const secret = (shop: AppNamespace) => kplus.Secret.fromSecretName(shop, 'secret', 'credentials');

  test.each<[string, (shop: AppNamespace) => Partial<MicroserviceProps>, object]>([
    ['command', () => ({ command: ['./podinfo', '--port=9898'] }), { command: ['./podinfo', '--port=9898'] }],
    ['args', () => ({ args: ['-v'] }), { args: ['-v'] }],
    ['workingDir', () => ({ workingDir: '/srv' }), { workingDir: '/srv' }],
    ['imagePullPolicy', () => ({ imagePullPolicy: kplus.ImagePullPolicy.NEVER }), { imagePullPolicy: 'Never' }],
    ['env as a value', () => ({ envVariables: { A: kplus.EnvValue.fromValue('1') } }), { env: [{ name: 'A', value: '1' }] }],
    ['an empty env value', () => ({ envVariables: { A: kplus.EnvValue.fromValue('') } }), { env: [{ name: 'A', value: '' }] }],
    [
      'env from a field', () => ({ envVariables: { IP: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_IP) } }),
      { env: [{ name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }] },
    ],
    [
      'env from a label', () => ({ envVariables: { V: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_LABEL, { key: 'app' }) } }),
      { env: [{ name: 'V', valueFrom: { fieldRef: { fieldPath: "metadata.labels['app']" } } }] },
    ],
    [
      'env from a resource', () => ({ envVariables: { CPU: kplus.EnvValue.fromResource(kplus.ResourceFieldPaths.CPU_LIMIT) } }),
      { env: [{ name: 'CPU', valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } }] },
    ],
    [
      'env from a Secret', (shop) => ({ envVariables: { P: kplus.EnvValue.fromSecretValue({ secret: secret(shop), key: 'password' }) } }),
      { env: [{ name: 'P', valueFrom: { secretKeyRef: { name: 'credentials', key: 'password' } } }] },
    ],
    [
      'env from a ConfigMap that may be missing', (shop) => ({ envVariables: { C: kplus.EnvValue.fromConfigMap(config(shop), 'c', { optional: true }) } }),
      { env: [{ name: 'C', valueFrom: { configMapKeyRef: { name: 'settings', key: 'c', optional: true } } }] },
    ],
    [
      'envFrom', (shop) => ({ envFrom: [kplus.Env.fromConfigMap(config(shop), 'APP_'), kplus.Env.fromSecret(secret(shop))] }),
      { envFrom: [{ configMapRef: { name: 'settings' }, prefix: 'APP_' }, { secretRef: { name: 'credentials' } }] },
    ],
  ])('%s', (_, options, expected) => expect(containerOf(options)).toMatchObject(expected));

  test('where nothing is said, nothing is made up', () => {
    const container = containerOf({});
    for (const field of ['env', 'envFrom', 'command', 'args', 'workingDir', 'volumeMounts', 'livenessProbe', 'startupProbe']) expect(container).not.toHaveProperty(field);
    expect(container).toMatchObject({ name: 'web', image: 'example.com/web:1.0.0', imagePullPolicy: 'IfNotPresent' });
  });
});

describe('volumes', () => {
  test.each<[string, (shop: AppNamespace) => kplus.Volume, object]>([
    ['emptyDir', (shop) => kplus.Volume.fromEmptyDir(shop, 'v', 'scratch', { sizeLimit: Size.mebibytes(8) }), { name: 'scratch', emptyDir: { sizeLimit: '8Mi' } }],
    ['emptyDir in memory', (shop) => kplus.Volume.fromEmptyDir(shop, 'v', 'scratch', { medium: kplus.EmptyDirMedium.MEMORY }), { name: 'scratch', emptyDir: { medium: 'Memory' } }],
    [
      'configMap', (shop) => kplus.Volume.fromConfigMap(shop, 'v', kplus.ConfigMap.fromConfigMapName(shop, 'c', 'settings'), { name: 'conf', items: { a: { path: 'b' } }, optional: true }),
      { name: 'conf', configMap: { name: 'settings', items: [{ key: 'a', path: 'b' }], optional: true } },
    ],
    [
      'secret', (shop) => kplus.Volume.fromSecret(shop, 'v', kplus.Secret.fromSecretName(shop, 's', 'tls'), { name: 'tls', defaultMode: 0o400 }),
      { name: 'tls', secret: { secretName: 'tls', defaultMode: 256 } },
    ],
    [
      'persistentVolumeClaim', (shop) => kplus.Volume.fromPersistentVolumeClaim(shop, 'v', kplus.PersistentVolumeClaim.fromClaimName(shop, 'p', 'data'), { name: 'data', readOnly: true }),
      { name: 'data', persistentVolumeClaim: { claimName: 'data', readOnly: true } },
    ],
    ['csi', (shop) => kplus.Volume.fromCsi(shop, 'v', 'secrets.csi', { attributes: { a: 'b' }, name: 'csi' }), { name: 'csi', csi: { driver: 'secrets.csi', volumeAttributes: { a: 'b' } } }],
  ])('%s is on the Pod and mounted', (_, volume, expected) => {
    const { spec } = podOf((shop) => ({ volumeMounts: [{ path: '/data', volume: volume(shop), readOnly: true, subPath: 'sub' }] }));
    expect(spec.volumes).toMatchObject([expected]);
    expect(spec.containers[0].volumeMounts).toEqual([{ name: expected['name' as keyof typeof expected], mountPath: '/data', readOnly: true, subPath: 'sub' }]);
  });

  test('one that several containers mount is there once', () => {
    const { spec } = podOf((shop) => {
      const volume = kplus.Volume.fromEmptyDir(shop, 'v', 'shared');
      const volumeMounts = [{ path: '/shared', volume }];
      return { volumeMounts, sidecars: [{ name: 'log', image: 'log:1', volumeMounts }], initContainers: [{ name: 'fill', image: 'fill:1', volumeMounts }] };
    });
    expect(spec.volumes).toEqual([{ name: 'shared', emptyDir: {} }]);
    for (const container of [...spec.containers, ...(spec.initContainers ?? [])]) expect(container.volumeMounts).toEqual([{ name: 'shared', mountPath: '/shared' }]);
  });

  test('a writable /tmp when asked, with its size, beside others', () => {
    const { spec } = podOf((shop) => ({ tmpMebibytes: 16, volumeMounts: [{ path: '/data', volume: kplus.Volume.fromEmptyDir(shop, 'v', 'data') }] }));
    expect(spec.volumes).toEqual([{ name: 'data', emptyDir: {} }, { name: 'tmp', emptyDir: { sizeLimit: '16Mi' } }]);
    expect(spec.containers[0].volumeMounts).toEqual([{ name: 'data', mountPath: '/data' }, { name: 'tmp', mountPath: '/tmp' }]);
    expect(podOf({}).spec).not.toHaveProperty('volumes');
  });
});

describe('resources', () => {
  const small = { requests: { cpu: '20m', memory: '32Mi', 'ephemeral-storage': '16Mi' }, limits: { cpu: '250m', memory: '128Mi', 'ephemeral-storage': '64Mi' } };

  test.each<[string, kplus.ContainerResources | undefined, object]>([
    ['small where nothing is said', undefined, small],
    ['all said', {
      cpu: { request: kplus.Cpu.millis(100), limit: kplus.Cpu.units(2) }, memory: { request: Size.mebibytes(64), limit: Size.gibibytes(1) },
      ephemeralStorage: { request: Size.gibibytes(1), limit: Size.gibibytes(2) },
    }, { requests: { cpu: '100m', memory: '64Mi', 'ephemeral-storage': '1Gi' }, limits: { cpu: '2', memory: '1Gi', 'ephemeral-storage': '2Gi' } }],
    ['less than a mebibyte', { memory: { request: Size.kibibytes(512), limit: Size.kibibytes(1536) } }, {
      requests: { ...small.requests, memory: '512Ki' }, limits: { ...small.limits, memory: '1536Ki' },
    }],
    ['only a request has no limit', { cpu: { request: kplus.Cpu.millis(500) }, memory: { request: Size.mebibytes(512) } }, {
      requests: { ...small.requests, cpu: '500m', memory: '512Mi' }, limits: { 'ephemeral-storage': '64Mi' },
    }],
    ['only a limit', { cpu: { limit: kplus.Cpu.units(1) } }, { requests: { memory: '32Mi', 'ephemeral-storage': '16Mi' }, limits: { ...small.limits, cpu: '1' } }],
  ])('%s', (_, resources, expected) => expect(containerOf({ ...(resources && { resources }) }).resources).toEqual(expected));
});

describe('probes', () => {
  const http = { name: 'http', containerPort: 8080, port: 80 };
  const metrics = { name: 'metrics', containerPort: 9090 };

  test.each<[string, Partial<MicroserviceProps>, object]>([
    ['TCP readiness on the first port where none is said', {}, { readinessProbe: { tcpSocket: { port: 'http' }, failureThreshold: 3 } }],
    ['HTTP on the only port, by name', { readiness: kplus.Probe.fromHttpGet('/ready') }, { readinessProbe: { httpGet: { path: '/ready', port: 'http', scheme: 'HTTP' }, failureThreshold: 3 } }],
    ['HTTP without a port on the first of several, never on 80', { ports: [http, metrics], readiness: kplus.Probe.fromHttpGet('/ready') }, {
      readinessProbe: { httpGet: { path: '/ready', port: 'http', scheme: 'HTTP' }, failureThreshold: 3 },
    }],
    ['TCP without a port on the first of several, never on 80', { ports: [metrics, http], liveness: kplus.Probe.fromTcpSocket() }, { livenessProbe: { tcpSocket: { port: 'metrics' }, failureThreshold: 3 } }],
    ['on the second port, by name', { ports: [http, metrics], liveness: kplus.Probe.fromHttpGet('/live', { port: 9090 }) }, {
      livenessProbe: { httpGet: { path: '/live', port: 'metrics', scheme: 'HTTP' }, failureThreshold: 3 },
    }],
    ['on a private port, by name', { privatePorts: [metrics], startup: kplus.Probe.fromTcpSocket({ port: 9090 }) }, { startupProbe: { tcpSocket: { port: 'metrics' }, failureThreshold: 3 } }],
    ['on a port that has no name, by number', { liveness: kplus.Probe.fromHttpGet('/', { port: 7070 }) }, { livenessProbe: { httpGet: { path: '/', port: 7070, scheme: 'HTTP' }, failureThreshold: 3 } }],
    ['a command', { readiness: kplus.Probe.fromCommand(['cat', '/ok']) }, { readinessProbe: { exec: { command: ['cat', '/ok'] }, failureThreshold: 3 } }],
    ['with every number', {
      startup: kplus.Probe.fromHttpGet('/s', {
        failureThreshold: 30, successThreshold: 1, initialDelaySeconds: Duration.seconds(1), periodSeconds: Duration.minutes(1), timeoutSeconds: Duration.seconds(2),
      }),
    }, { startupProbe: { httpGet: { path: '/s', port: 'http', scheme: 'HTTP' }, failureThreshold: 30, successThreshold: 1, initialDelaySeconds: 1, periodSeconds: 60, timeoutSeconds: 2 } }],
    ['HTTPS', { readiness: kplus.Probe.fromHttpGet('/s', { scheme: kplus.ConnectionScheme.HTTPS }) }, { readinessProbe: { httpGet: { path: '/s', port: 'http', scheme: 'HTTPS' }, failureThreshold: 3 } }],
  ])('%s', (_, options, expected) => {
    const container = containerOf(options);
    for (const [field, probe] of Object.entries(expected)) expect(container[field]).toEqual(probe);
  });

  test('a service on UDP gets no TCP probe', () => {
    expect(containerOf({ ports: [{ name: 'dns', containerPort: 5353, protocol: 'UDP' }] })).not.toHaveProperty('readinessProbe');
  });

  test('no startup probe is made up beside the others', () => {
    expect(containerOf({ readiness: kplus.Probe.fromHttpGet('/'), liveness: kplus.Probe.fromHttpGet('/') })).not.toHaveProperty('startupProbe');
  });
});

describe('the end of a Pod', () => {
  test('it goes on serving for five seconds and has thirty more', () => {
    const { spec } = podOf({});
    expect(spec.containers[0].lifecycle).toEqual({ preStop: { sleep: { seconds: 5 } } });
    expect(spec.terminationGracePeriodSeconds).toBe(35);
  });

  test.each<[string, Partial<MicroserviceProps>, unknown, number]>([
    ['another drain', { drainSeconds: 20 }, { preStop: { sleep: { seconds: 20 } } }, 50],
    ['no drain', { drainSeconds: 0 }, undefined, 30],
    ['another grace', { terminationGracePeriodSeconds: 6 }, { preStop: { sleep: { seconds: 5 } } }, 6],
    ['its own preStop', { lifecycle: { preStop: kplus.Handler.fromCommand(['quit']) } }, { preStop: { exec: { command: ['quit'] } } }, 35],
    ['postStart beside the drain', { lifecycle: { postStart: kplus.Handler.fromCommand(['warm']) } }, { postStart: { exec: { command: ['warm'] } }, preStop: { sleep: { seconds: 5 } } }, 35],
  ])('%s', (_, options, lifecycle, grace) => {
    const { spec } = podOf(options);
    expect(spec.containers[0].lifecycle).toEqual(lifecycle);
    expect(spec.terminationGracePeriodSeconds).toBe(grace);
  });
});
