import { ProblemError } from '../../src/model/problem';
import { type RequestFlags, originText, parseRequest } from '../../src/explain';

describe('requests', () => {
  it.each([
    ['http://localhost:30001', { scheme: 'http', host: 'localhost', port: 30001, path: '/' }],
    ['http://blue-service', { host: 'blue-service', port: 80 }],
    ['blue-service.shop:80', { scheme: 'http', host: 'blue-service.shop', port: 80 }],
    ['https://Shop.Example.com/Cart?x=1#y', { scheme: 'https', host: 'shop.example.com', port: 443, path: '/Cart', query: 'x=1', hostHeader: 'shop.example.com' }],
    ['203.0.113.10:80', { host: '203.0.113.10', port: 80 }],
    ['shop.example.com/cart', { scheme: 'http', port: 80, path: '/cart' }],
    ['http://[2001:db8::1]:8080/', { host: '2001:db8::1', port: 8080 }],
    ['http://user:pw@web/', { host: 'web', port: 80 }],
    ['tcp://db:5432', { scheme: 'tcp', protocol: 'TCP', port: 5432 }],
    ['udp://dns:53', { scheme: 'udp', protocol: 'UDP', port: 53 }],
    ['grpc://api/shop.Cart/Add', { scheme: 'http', path: '/shop.Cart/Add' }],
    ['kubectl port-forward -n shop svc/web 8080:80', { port: 80, portForward: { kind: 'Service', namespace: 'shop', name: 'web' } }],
    ['port-forward web-0 5432', { port: 5432, portForward: { kind: 'Pod', namespace: null, name: 'web-0' } }],
  ])('%s', (text, expected) => {
    expect(parseRequest(text)).toMatchObject(expected);
  });

  it.each<[RequestFlags, object]>([
    [{ from: 'outside' }, { from: { kind: 'outside' } }],
    [{ from: 'pod:shop/orders' }, { from: { kind: 'pod', namespace: 'shop', name: 'orders' } }],
    [{ from: 'pod:orders', namespace: 'shop' }, { from: { kind: 'pod', namespace: 'shop', name: 'orders' } }],
    [{ from: 'node:kind-worker' }, { from: { kind: 'node', name: 'kind-worker' } }],
    [{ via: 'gateway/infra/shared' }, { via: { kind: 'gateway', namespace: 'infra', name: 'shared' } }],
    [{ via: 'service/web' }, { via: { kind: 'service', namespace: 'default', name: 'web' } }],
    [{ method: 'post', headers: ['Host: Other.example:8080', 'X-A:  b '] }, { method: 'POST', hostHeader: 'other.example' }],
  ])('%j', (flags, expected) => {
    expect(parseRequest('http://web', flags)).toMatchObject(expected);
  });

  it('keeps header names in lower case and values as they are', () => {
    expect([...parseRequest('http://web', { headers: ['X-Version: Two'] }).headers]).toEqual([['x-version', 'Two']]);
  });

  it('writes an origin as it is given', () => {
    for (const from of ['outside', 'laptop', 'node:n1', 'pod:shop/web']) expect(originText(parseRequest('http://web', { from }).from ?? { kind: 'outside' })).toBe(from);
  });

  it.each([
    ['', {}], ['http://', {}], ['ftp://web', {}], ['tcp://db', {}], ['http://web:99999', {}], ['http://web:x', {}], ['http://a b', {}], ['port-forward web', {}],
    ['http://web', { from: 'mars' }], ['http://web', { via: 'ingress/web' }], ['http://web', { headers: ['no colon'] }], ['http://web', { method: '1' }],
  ] as const)('%j %j is refused with the rule and the fix', (text, flags) => {
    expect(() => parseRequest(text, flags)).toThrow(ProblemError);
    expect(() => parseRequest(text, flags)).toThrow(/fix: /);
  });

  it('reports all mistakes at once', () => {
    expect(() => parseRequest('tcp://db', { from: 'mars', headers: ['x'] })).toThrow(/3 problems/);
  });
});
