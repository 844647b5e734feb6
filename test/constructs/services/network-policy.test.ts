import { Exposure } from '../../../src/constructs/services/exposure';
import { ExternalService } from '../../../src/constructs/services/external-service';
import { Microservice } from '../../../src/constructs/services/microservice';
import type { MicroserviceProps } from '../../../src/constructs/services/microservice-props';
import { AppNamespace } from '../../../src/constructs/namespace';
import { gke } from '../../../src/platforms/gke';
import { kind } from '../../../src/platforms/kind';
import { built, specOf } from '../built';
import { IMAGE } from '../pods';

const labels = (name: string) => ({ matchLabels: { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': name } });
const inNamespace = (name: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });
const pods = (name: string, namespace = 'shop') => ({ namespaceSelector: inNamespace(namespace), podSelector: labels(name) });
const tcp = (port: number) => ({ protocol: 'TCP', port });
const kubeDns = { namespaceSelector: inNamespace('kube-system'), podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } };
const dns = { to: [kubeDns], ports: [{ protocol: 'UDP', port: 53 }, { protocol: 'TCP', port: 53 }] };

/** `web` on 8080, Service port 80, with these options; `api` on 9000 and `db` outside are there to be named. */
const withOptions = (options: Partial<MicroserviceProps>) => {
  const made = built((shop, environment) => {
    new Microservice(shop, 'web', { image: IMAGE, port: { containerPort: 8080, port: 80 }, ...options });
    new Microservice(shop, 'api', { image: IMAGE, port: { containerPort: 9000, port: 80 } });
    new Microservice(new AppNamespace(environment, 'other'), 'far', { image: IMAGE, port: 7000 });
    new ExternalService(shop, 'db', { externalName: 'db.example.com', port: 5432 });
    new ExternalService(shop, 'known-db', { externalName: 'db.example.com', port: 5432, cidrs: ['10.0.0.0/24', '10.0.1.7/32'] });
  });
  expect(made.problems).toEqual([]);
  return (name: string) => specOf(made, 'NetworkPolicy', name);
};

test('nobody gets in and only DNS gets out, where nothing is declared', () => {
  expect(withOptions({})('web')).toEqual({ podSelector: labels('web'), policyTypes: ['Ingress', 'Egress'], ingress: [], egress: [dns] });
});

describe('a declared call opens both ends, on the port of the Pod', () => {
  test('named by the caller', () => {
    const policy = withOptions({ calls: ['api'] });
    expect(policy('web').egress).toEqual([dns, { to: [pods('api')], ports: [tcp(9000)] }]);
    expect(policy('api').ingress).toEqual([{ from: [pods('web')], ports: [tcp(9000)] }]);
    expect(policy('api').egress).toEqual([dns]);
    expect(policy('web').ingress).toEqual([]);
  });

  test('named by the called', () => {
    const policy = withOptions({ callers: ['api'] });
    expect(policy('web').ingress).toEqual([{ from: [pods('api')], ports: [tcp(8080)] }]);
    expect(policy('api').egress).toEqual([dns, { to: [pods('web')], ports: [tcp(8080)] }]);
  });

  test('named twice it is there once', () => {
    const policy = withOptions({ calls: ['api', 'api', 'shop/api'], callers: ['api'] });
    expect(policy('web').egress).toEqual([dns, { to: [pods('api')], ports: [tcp(9000)] }]);
    expect(policy('api').ingress).toEqual([{ from: [pods('web')], ports: [tcp(9000)] }]);
  });

  test('over namespaces', () => {
    const policy = withOptions({ calls: ['other/far'], callers: ['other/far'] });
    expect(policy('web')).toMatchObject({ ingress: [{ from: [pods('far', 'other')], ports: [tcp(8080)] }], egress: [dns, { to: [pods('far', 'other')], ports: [tcp(7000)] }] });
    expect(policy('far')).toMatchObject({ ingress: [{ from: [pods('web')], ports: [tcp(7000)] }], egress: [dns, { to: [pods('web')], ports: [tcp(8080)] }] });
  });

  test('to an alias: every address on its port, or the addresses that are known', () => {
    expect(withOptions({ calls: ['db'] })('web').egress).toEqual([dns, { ports: [tcp(5432)] }]);
    expect(withOptions({ calls: ['known-db'] })('web').egress).toEqual([
      dns, { to: [{ ipBlock: { cidr: '10.0.0.0/24' } }, { ipBlock: { cidr: '10.0.1.7/32' } }], ports: [tcp(5432)] },
    ]);
  });
});

describe('peers that are no service', () => {
  const peers: [string, NonNullable<MicroserviceProps['calls']>[number], object, object[] | undefined][] = [
    ['pods of the own namespace', { podLabels: { app: 'x' } }, { podSelector: { matchLabels: { app: 'x' } } }, undefined],
    ['every Pod of a namespace', { namespace: 'monitoring' }, { namespaceSelector: inNamespace('monitoring'), podSelector: {} }, undefined],
    ['some pods of a namespace, on one port', { namespace: 'monitoring', podLabels: { app: 'x' }, ports: [{ port: 9090 }] }, {
      namespaceSelector: inNamespace('monitoring'), podSelector: { matchLabels: { app: 'x' } },
    }, [tcp(9090)]],
    ['addresses, less some, on UDP', { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'], ports: [{ port: 53, protocol: 'UDP' }] }, { ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }, [{ protocol: 'UDP', port: 53 }]],
  ];

  test.each(peers)('%s, called: on every port unless said', (_, peer, to, ports) => {
    expect(withOptions({ calls: [peer] })('web').egress).toEqual([dns, { to: [to], ...(ports && { ports }) }]);
  });

  test.each(peers)('%s, calling: on the ports of the service unless said', (_, peer, from, ports) => {
    expect(withOptions({ callers: [peer] })('web').ingress).toEqual([{ from: [from], ports: ports ?? [tcp(8080)] }]);
  });
});

describe('rungs', () => {
  test.each<[string, Exposure, boolean]>([
    ['ClusterIP', Exposure.clusterIp(), false], ['headless', Exposure.headless(), false], ['NodePort', Exposure.nodePort(), true], ['LoadBalancer', Exposure.loadBalancer(), true],
  ])('%s lets everybody in: %s', (_, exposure, open) => {
    expect(withOptions({ exposure })('web').ingress).toEqual(open ? [{ ports: [tcp(8080)] }] : []);
  });

  test('private ports stay closed unless a caller names them', () => {
    expect(withOptions({ exposure: Exposure.nodePort(), privatePorts: [{ name: 'metrics', containerPort: 9090 }] })('web').ingress).toEqual([{ ports: [tcp(8080)] }]);
  });
});

test('unrestricted egress is one rule that allows everything', () => {
  expect(withOptions({ unrestrictedEgress: true, calls: ['api'] })('web').egress).toEqual([{}]);
});

test('DNS is where the platform has it', () => {
  const egressOn = (platform: ReturnType<typeof gke> | ReturnType<typeof kind>) => (
    specOf(built((shop) => new Microservice(shop, 'web', { image: IMAGE, port: 1 }), platform), 'NetworkPolicy', 'web').egress
  );
  expect(egressOn(kind())).toEqual([dns]);
  expect(egressOn(gke())).toEqual([{ ...dns, to: [kubeDns, { ipBlock: { cidr: '169.254.20.10/32' } }, { ipBlock: { cidr: '169.254.169.254/32' } }] }]);
});
