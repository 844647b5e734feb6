import { buildWorld, check } from '../../src/explain';
import { readManifests } from '../../src/manifest/read';

function refused(object: object): readonly string[] {
  const world = buildWorld(readManifests([{ file: 'a.yaml', text: JSON.stringify(object) }]), {});
  return check(world).findings.filter(({ id }) => id === 'HOST001').map(({ message }) => /^Host "([^"]+)"/.exec(message)?.[1] ?? message);
}

const ingress = (host: string, metadata = {}): object => ({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'a', namespace: 'shop', ...metadata }, spec: { rules: [{ host }] } });
const route = (...hostnames: readonly string[]): object => ({ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name: 'a', namespace: 'shop' }, spec: { hostnames, rules: [] } });
const gateway = (hostname: string): object => ({ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', metadata: { name: 'a', namespace: 'shop' }, spec: { gatewayClassName: 'a', listeners: [{ name: 'http', port: 80, protocol: 'HTTP', hostname }] } });

describe('a host that the API server refuses is said, and no other', () => {
  test.each<[string, object, readonly string[]]>([
    ['capitals', ingress('Shop.example.com'), ['Shop.example.com']],
    ['a port', ingress('shop.example.com:8080'), ['shop.example.com:8080']],
    ['a scheme', ingress('https://shop.example.com'), ['https://shop.example.com']],
    ['a lone star', ingress('*'), ['*']],
    ['a star within', ingress('a.*.example.com'), ['a.*.example.com']],
    ['an address of an Ingress', ingress('203.0.113.7'), ['203.0.113.7']],
    ['an address of a route', route('203.0.113.7'), []],
    ['one of two of a route', route('a.example.com', 'ä.example.com'), ['ä.example.com']],
    ['an underscore of a listener', gateway('a_b.example.com'), ['a_b.example.com']],
    ['a wildcard of a listener', gateway('*.example.com'), []],
    ['a variable that something fills in', ingress('shop.${DOMAIN}'), []],
    ['what a cluster has', ingress('A', { uid: '1' }), []],
  ])('%s', (_what, object, hosts) => expect(refused(object)).toEqual(hosts));
});
