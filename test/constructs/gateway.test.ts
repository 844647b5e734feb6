import type { GatewayFront } from '../../src/constructs/front';
import { ingressNginx } from '../../src/constructs/ingress-nginx';
import { Microservice } from '../../src/constructs/microservice';
import { AppNamespace } from '../../src/constructs/namespace';
import { Site, type SiteProps } from '../../src/constructs/site';
import { type Built, built, find, specOf, told } from './built';
import { IMAGE } from './pods';

type Add = (name: string, namespace?: AppNamespace) => Microservice;

/** A Gateway API controller that is already there. */
const front: GatewayFront = { api: 'Gateway', type: 'traefik', id: 'there', gatewayClassName: 'there', listenerPorts: { http: 8000, https: 8443 }, peers: [] };

/** A site `shop` at shop.localhost, in the namespace `shop`. */
const site = (build: (site: Site, add: Add, shop: AppNamespace) => unknown, props: Partial<SiteProps> = {}): Built => built((shop) => {
  const made = new Site(shop, 'shop', { front, host: 'shop.localhost', ...props });
  build(made, (name, namespace = shop) => new Microservice(namespace, name, { image: IMAGE, port: { containerPort: 8080, port: 80 } }), shop);
});

const group = 'gateway.networking.k8s.io';
const parent = (sectionName = 'http') => [{ group, kind: 'Gateway', name: 'shop', sectionName }];
const backend = (name: string, more: object = {}) => ({ group: '', kind: 'Service', name, port: 80, weight: 1, ...more });
const rule = (value: string, name: string, type = 'PathPrefix') => ({ matches: [{ path: { type, value } }], backendRefs: [backend(name)] });
const names = ({ objects }: Built, kind: string) => objects.filter((object) => object.kind === kind).map(({ metadata }) => metadata.name);

describe('a site behind a Gateway', () => {
  test('is a Gateway for its namespace, with the ports that the controller listens on', () => {
    const made = site((shop, add) => shop.route(add('web')), { annotations: { team: 'shop' } });
    expect(told(made)).toEqual([]);
    expect(find(made, 'Gateway', 'shop').metadata).toEqual({ name: 'shop', namespace: 'shop', annotations: { team: 'shop' } });
    expect(specOf(made, 'Gateway', 'shop')).toEqual({
      gatewayClassName: 'there', listeners: [{ name: 'http', protocol: 'HTTP', port: 8000, allowedRoutes: { namespaces: { from: 'Same' } } }],
    });
    expect(names(made, 'Ingress')).toEqual([]);
  });

  test('has an HTTPRoute for each host, with a rule for each path', () => {
    const made = site((shop, add) => shop.route(add('web')).route(add('cart'), { path: '/cart', pathType: 'Exact' }).route(add('any'), { host: '*.shop.localhost' }));
    expect(specOf(made, 'HTTPRoute', 'shop')).toEqual({ parentRefs: parent(), hostnames: ['shop.localhost'], rules: [rule('/', 'web'), rule('/cart', 'cart', 'Exact')] });
    expect(specOf(made, 'HTTPRoute', 'shop-any.shop.localhost')).toEqual({ parentRefs: parent(), hostnames: ['*.shop.localhost'], rules: [rule('/', 'any')] });
  });

  test('sends the rest by a route without a host', () => {
    expect(specOf(site((shop, add) => shop.routeRest(add('lost'))), 'HTTPRoute', 'shop-rest')).toEqual({ parentRefs: parent(), rules: [rule('/', 'lost')] });
  });

  test('ends TLS with its certificate, and sends plain requests there', () => {
    const made = site((shop, add) => shop.route(add('web')).routeRest(add('lost')), { tlsSecretName: 'shop-tls' });
    expect(specOf(made, 'Gateway', 'shop').listeners).toEqual([
      { name: 'http', protocol: 'HTTP', port: 8000, allowedRoutes: { namespaces: { from: 'Same' } } },
      {
        name: 'https', protocol: 'HTTPS', port: 8443, allowedRoutes: { namespaces: { from: 'Same' } },
        tls: { mode: 'Terminate', certificateRefs: [{ group: '', kind: 'Secret', name: 'shop-tls' }] },
      },
    ]);
    expect(specOf(made, 'HTTPRoute', 'shop').parentRefs).toEqual(parent('https'));
    expect(specOf(made, 'HTTPRoute', 'shop-rest').parentRefs).toEqual(parent('https'));
    expect(specOf(made, 'HTTPRoute', 'shop-to-https')).toEqual({
      parentRefs: parent('http'), hostnames: ['shop.localhost'], rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }], filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }] }],
    });
    expect(specOf(made, 'HTTPRoute', 'shop-rest-to-https')).not.toHaveProperty('hostnames');
  });

  test('splits a host with more than 14 rules over several HTTPRoutes', () => {
    const made = site((shop, add) => { const web = add('web'); for (let each = 1; each <= 29; each++) shop.route(web, { path: `/${each}` }); });
    expect(told(made)).toEqual([]);
    expect(names(made, 'HTTPRoute')).toEqual(['shop', 'shop-2', 'shop-3']);
    expect(names(made, 'HTTPRoute').map((name) => (specOf(made, 'HTTPRoute', name).rules as object[]).length)).toEqual([14, 14, 1]);
    expect(names(site((shop, add) => { const web = add('web'); for (let each = 1; each <= 14; each++) shop.route(web, { path: `/${each}` }); }), 'HTTPRoute')).toEqual(['shop']);
  });

  test('reaches services of other namespaces, which grant it once', () => {
    const made = site((shop, add, namespace) => {
      const other = new AppNamespace(namespace, 'other');
      shop.route(add('web')).route(add('b', other), { path: '/b' }).route(add('a', other), { path: '/a' });
      new Site(namespace, 'second', { front, host: 'second.localhost' }).route(add('c', other));
    });
    expect(told(made)).toEqual([]);
    expect(specOf(made, 'HTTPRoute', 'shop').rules).toMatchObject([{ backendRefs: [backend('web')] }, { backendRefs: [backend('b', { namespace: 'other' })] }, { backendRefs: [backend('a', { namespace: 'other' })] }]);
    expect(find(made, 'ReferenceGrant', 'httproutes-of-shop-to-services')).toEqual({
      apiVersion: `${group}/v1beta1`, kind: 'ReferenceGrant', metadata: { name: 'httproutes-of-shop-to-services', namespace: 'other' },
      spec: { from: [{ group, kind: 'HTTPRoute', namespace: 'shop' }], to: ['a', 'b', 'c'].map((name) => ({ group: '', kind: 'Service', name })) },
    });
  });
});

test('a site with two fronts is live behind both', () => {
  const made = site((shop, add) => shop.route(add('web')), { front: [ingressNginx(), { ...front, peers: [{ ipBlock: { cidr: '192.0.2.0/24' } }] }] });
  expect(told(made)).toEqual(['warning INGRESS_NGINX_RETIRED test/shop/shop front']);
  expect(names(made, 'Ingress')).toEqual(['shop']);
  expect(names(made, 'Gateway')).toEqual(['shop']);
  expect(specOf(made, 'NetworkPolicy', 'web').ingress).toMatchObject([{ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' } } }] }, { from: [{ ipBlock: { cidr: '192.0.2.0/24' } }] }]);
});
