import fc from 'fast-check';
import { App } from 'cdk8s';
import { environments } from '../../src/apps/environments';
import { microservicesOf } from '../../src/constructs/services-of';
import { type PortChain, portChains } from '../../src/model/ports';
import { kind, type KindPlatform } from '../../src/platforms/kind';
import { kindClusterConfig, kindCommands, portMappings } from '../../src/platforms/kind-config';

const chain = (said: Partial<PortChain>): PortChain => ({ name: 'http', protocol: 'TCP', port: 80, targetPort: 'http', containerPort: 8080, ...said });
const NODE_IMAGE = 'kindest/node:v1.37.0@sha256:a1ed56cfb0e7b93589bdf97c8cd566405a265939e3620fc4f5de89adff580ae5';

describe('a cluster config', () => {
  test('is for kind, with the pinned node image on every node', () => {
    expect(kindClusterConfig(kind(), [])).toEqual({
      kind: 'Cluster', apiVersion: 'kind.x-k8s.io/v1alpha4', name: 'kind',
      nodes: [{ role: 'control-plane', image: NODE_IMAGE }, { role: 'worker', image: NODE_IMAGE }, { role: 'worker', image: NODE_IMAGE }],
    });
  });

  test('has the name, workers, labels and image that are said', () => {
    expect(kindClusterConfig(kind({ clusterName: 'lab', workers: 1, nodeImage: 'kindest/node:v1.36.4', workerLabels: { disk: 'ssd' } }), [])).toMatchObject({
      name: 'lab', nodes: [{ role: 'control-plane', image: 'kindest/node:v1.36.4' }, { role: 'worker', image: 'kindest/node:v1.36.4', labels: { disk: 'ssd' } }],
    });
  });

  test('may be of one node', () => expect(kindClusterConfig(kind({ workers: 0 }), []).nodes).toHaveLength(1));

  test.each<[string, Partial<PortChain>, object[]]>([
    ['a pinned nodePort is on the laptop as itself', { nodePort: 30001 }, [{ containerPort: 30001, hostPort: 30001, listenAddress: '127.0.0.1', protocol: 'TCP' }]],
    ['or on another port', { nodePort: 30010, hostPort: 8080 }, [{ containerPort: 30010, hostPort: 8080, listenAddress: '127.0.0.1', protocol: 'TCP' }]],
    ['with its protocol', { nodePort: 30053, protocol: 'UDP' }, [{ containerPort: 30053, hostPort: 30053, listenAddress: '127.0.0.1', protocol: 'UDP' }]],
    ['or not at all', { nodePort: 30001, hostPort: false }, []],
    ['one that the cluster chooses is not known', {}, []],
  ])('%s', (_, said, expected) => expect(portMappings([chain(said)])).toEqual(expected));

  test('maps one node only, which answers for all', () => {
    const { nodes } = kindClusterConfig(kind(), [chain({ nodePort: 30001 })]);
    expect(nodes.map(({ extraPortMappings }) => extraPortMappings?.length)).toEqual([1, undefined, undefined]);
  });

  it('maps exactly the pinned ports that the laptop may reach, in the order of its ports, whatever the order of services', () => {
    const nodePorts = fc.uniqueArray(fc.record({ nodePort: fc.integer({ min: 30000, max: 30085 }), hostPort: fc.option(fc.oneof(fc.integer({ min: 1, max: 65535 }), fc.constant(false as const)), { nil: undefined }) }), { selector: ({ nodePort }) => nodePort });
    fc.assert(fc.property(nodePorts, (requests) => {
      const chains = requests.flatMap((request) => portChains([{ containerPort: 8080 }], { http: request.hostPort === undefined ? { nodePort: request.nodePort } : { nodePort: request.nodePort, hostPort: request.hostPort } }).chains);
      const mappings = portMappings(chains);
      expect(mappings.map(({ containerPort }) => containerPort).sort()).toEqual(requests.filter(({ hostPort }) => hostPort !== false).map(({ nodePort }) => nodePort).sort());
      expect(mappings.every(({ listenAddress }) => listenAddress === '127.0.0.1')).toBe(true);
      expect(mappings.map(({ hostPort }) => hostPort)).toEqual([...mappings.map(({ hostPort }) => hostPort)].sort((a, b) => a - b));
      expect(portMappings([...chains].reverse()).map(({ hostPort }) => hostPort)).toEqual(mappings.map(({ hostPort }) => hostPort));
    }));
  });
});

test('the commands create the cluster, load images and deploy', () => {
  const platform = kind({ clusterName: 'lab' });
  expect(kindCommands(platform, 'kind.yaml', ['web:dev', 'api:dev'], 'deploy/x')).toEqual([
    'kind create cluster --config kind.yaml', 'kind load docker-image web:dev api:dev --name lab', 'kubectl --context kind-lab apply -k deploy/x',
  ]);
  expect(kindCommands(platform, 'kind.yaml', [], 'deploy/x', ['https://example.com/crds.yaml'])[1]).toBe('kubectl --context kind-lab apply --server-side -f https://example.com/crds.yaml');
  expect(kindCommands(platform, 'kind.yaml', [], 'deploy/x')).toEqual(['kind create cluster --config kind.yaml', 'kubectl --context kind-lab apply -k deploy/x']);
});

test.each<[string, number[][]]>([
  ['kind-clusterip', []],
  ['kind-nodeport', [[30000, 30000], [30001, 30001], [30002, 30002], [30003, 30003], [30080, 30080]]],
  ['kind-ingress', [[8080, 30010], [8443, 30011]]],
  ['kind-gateway', [[8080, 30010], [8443, 30011]]],
])('%s is reached from the laptop where its Services say', (name, expected) => {
  const environment = environments.find((definition) => definition.name === name)?.build(new App());
  expect(environment).toBeDefined();
  if (!environment) return;
  const config = kindClusterConfig(environment.platform as KindPlatform, microservicesOf(environment).flatMap(({ ports }) => ports));
  expect((config.nodes[0]?.extraPortMappings ?? []).map(({ hostPort, containerPort }) => [hostPort, containerPort])).toEqual(expected);
});
