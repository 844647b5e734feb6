import { buildWorld, explain, parseRequest } from '../../src/explain';
import { readManifests } from '../../src/manifest/read';

/** What explain takes for granted of who asks. */
function assumed(objects: readonly object[], via: string): readonly string[] {
  const text = objects.map((object) => JSON.stringify(object)).join('\n---\n');
  const world = buildWorld(readManifests([{ file: 'a.yaml', text }]), { platform: 'gke' });
  return explain(world, parseRequest('http://shop.example.com', { from: 'outside', via })).assumptions.filter((assumption) => assumption.includes('internal'));
}

const balancer = (annotations: object, spec: object = {}): object[] => [
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'shop', annotations }, spec: { type: 'LoadBalancer', selector: { app: 'web' }, ports: [{ port: 80 }], ...spec } },
];
const gateway = (gatewayClassName: string): object[] => [
  { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', metadata: { name: 'web', namespace: 'shop' }, spec: { gatewayClassName, listeners: [{ name: 'http', protocol: 'HTTP', port: 80 }] } },
];

describe('what is reached from inside a network only says that the client is there', () => {
  test.each<[string, readonly object[], string, boolean]>([
    ['a load balancer by its class', balancer({}, { loadBalancerClass: 'networking.gke.io/l4-regional-internal' }), 'service/shop/web', true],
    ['a load balancer by its annotation', balancer({ 'networking.gke.io/load-balancer-type': 'Internal' }), 'service/shop/web', true],
    ['a load balancer for everybody', balancer({}, { loadBalancerClass: 'networking.gke.io/l4-regional-external' }), 'service/shop/web', false],
    ['an internal Gateway', gateway('gke-l7-rilb'), 'gateway/shop/web', true],
    ['a regional Gateway for everybody', gateway('gke-l7-regional-external-managed'), 'gateway/shop/web', false],
  ])('%s', (_what, objects, via, is) => expect(assumed(objects, via)).toHaveLength(is ? 1 : 0));
});
