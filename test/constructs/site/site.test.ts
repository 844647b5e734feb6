import { Exposure } from '../../../src/constructs/services/exposure';
import { ingressNginx } from '../../../src/constructs/fronts/ingress-nginx';
import { Microservice } from '../../../src/constructs/services/microservice';
import type { MicroserviceProps } from '../../../src/constructs/services/microservice-props';
import { AppNamespace } from '../../../src/constructs/namespace';
import { Site, type SiteProps } from '../../../src/constructs/site/site';
import { Traefik } from '../../../src/constructs/fronts/traefik';
import { kind } from '../../../src/platforms/kind';
import { type Built, built, builtAlone, find, specOf, told } from '../built';
import { IMAGE } from '../pods';

type Add = (name: string, options?: Partial<MicroserviceProps>) => Microservice;

/** A site `shop` at shop.localhost behind Traefik, in the namespace `shop`. */
const site = (build: (site: Site, add: Add, shop: AppNamespace) => unknown, props: Partial<SiteProps> = {}): Built => built((shop, environment) => {
  const front = new Traefik(environment, 'traefik', { exposure: Exposure.nodePort(), watchNamespaces: ['shop', 'other'] });
  const made = new Site(shop, 'shop', { front, host: 'shop.localhost', ...props });
  build(made, (name, options) => new Microservice(shop, name, { image: IMAGE, port: { containerPort: 8080, port: 80 }, ...options }), shop);
}, kind());

const ingress = (made: Built) => {
  expect(told(made)).toEqual([]);
  return specOf(made, 'Ingress', 'shop');
};
const to = (name: string, port = 'http') => ({ service: { name, port: { name: port } } });
const prefix = (path: string, name: string, port?: string) => ({ path, pathType: 'Prefix', backend: to(name, port) });

describe('a site', () => {
  test("takes its routes from the services' exposures, in order", () => {
    expect(ingress(site((shop, add) => {
      add('web', { exposure: Exposure.ingress({ site: shop }) });
      add('cart', { exposure: Exposure.ingress({ site: shop, path: '/cart' }) });
    }))).toEqual({ ingressClassName: 'traefik', rules: [{ host: 'shop.localhost', http: { paths: [prefix('/', 'web'), prefix('/cart', 'cart')] } }] });
  });

  test('and from routes that are added to it', () => {
    expect(ingress(site((shop, add) => {
      const web = add('web');
      shop.route(web).route(web, { path: '/admin', pathType: 'Exact' });
    }))).toMatchObject({ rules: [{ http: { paths: [prefix('/', 'web'), { path: '/admin', pathType: 'Exact', backend: to('web') }] } }] });
  });

  test('has a rule for each host, wildcards too', () => {
    expect(ingress(site((shop, add) => {
      shop.route(add('web')).route(add('any'), { host: '*.shop.localhost' }).route(add('cart'), { path: '/cart' });
    })).rules).toEqual([
      { host: 'shop.localhost', http: { paths: [prefix('/', 'web'), prefix('/cart', 'cart')] } }, { host: '*.shop.localhost', http: { paths: [prefix('/', 'any')] } },
    ]);
  });

  test('may have one path as Exact and as Prefix, which is legal', () => {
    expect(ingress(site((shop, add) => {
      shop.route(add('all'), { path: '/a' }).route(add('one'), { path: '/a', pathType: 'Exact' });
    })).rules).toEqual([{ host: 'shop.localhost', http: { paths: [prefix('/a', 'all'), { path: '/a', pathType: 'Exact', backend: to('one') }] } }]);
  });

  test.each([['metrics', 'metrics'], [9090, 'metrics'], [80, 'http'], [undefined, 'http']])('sends to port %s of several by name', (port, name) => {
    const ports = [{ name: 'http', containerPort: 8080, port: 80 }, { name: 'metrics', containerPort: 9090 }];
    expect(ingress(site((shop, add) => shop.route(add('web', { ports, port: undefined }), { ...(port !== undefined && { port }) })))).toMatchObject({
      rules: [{ http: { paths: [prefix('/', 'web', name)] } }],
    });
  });

  test('has TLS for all its hosts when it has a certificate', () => {
    const made = site((shop, add) => shop.route(add('web')).route(add('api'), { host: 'api.localhost' }), { tlsSecretName: 'shop-tls' });
    expect(ingress(made).tls).toEqual([{ hosts: ['shop.localhost', 'api.localhost'], secretName: 'shop-tls' }]);
    expect(ingress(site((shop, add) => shop.route(add('web'))))).not.toHaveProperty('tls');
  });

  test('sends the rest to a default backend, alone or beside routes', () => {
    expect(ingress(site((shop, add) => shop.routeRest(add('web'))))).toEqual({ ingressClassName: 'traefik', defaultBackend: to('web') });
    expect(ingress(site((shop, add) => shop.route(add('web')).routeRest(add('lost'))))).toMatchObject({ defaultBackend: to('lost'), rules: [{ host: 'shop.localhost' }] });
  });

  test('carries a name and annotations of its own', () => {
    const made = site((shop, add) => shop.route(add('web')), { name: 'public', annotations: { 'traefik.ingress.kubernetes.io/router.priority': '5' } });
    expect(find(made, 'Ingress', 'public').metadata).toEqual({ name: 'public', namespace: 'shop', annotations: { 'traefik.ingress.kubernetes.io/router.priority': '5' } });
  });

  test('opens the services behind it to its front, on the port of the Pod', () => {
    const made = site((shop, add) => shop.route(add('web')));
    expect(specOf(made, 'NetworkPolicy', 'web').ingress).toEqual([{
      from: [{
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'traefik' } },
        podSelector: { matchLabels: { 'app.kubernetes.io/name': 'traefik', 'app.kubernetes.io/instance': 'traefik' } },
      }],
      ports: [{ protocol: 'TCP', port: 8080 }],
    }]);
  });

  test('leaves the Service a ClusterIP', () => {
    const made = site((shop, add) => add('web', { exposure: Exposure.ingress({ site: shop }, { sessionAffinity: true, annotations: { a: 'b' } }) }));
    expect(specOf(made, 'Service', 'web')).toMatchObject({ type: 'ClusterIP', sessionAffinity: 'ClientIP' });
    expect(find(made, 'Service', 'web').metadata.annotations).toEqual({ a: 'b' });
  });
});

describe('what a site refuses', () => {
  test.each<[string, (site: Site, add: Add, shop: AppNamespace) => unknown, string[], Partial<SiteProps>?]>([
    ['no route at all', () => undefined, ['error SITE_EMPTY test/shop/shop routes']],
    ['one path twice', (shop, add) => shop.route(add('a'), { path: '/a' }).route(add('b'), { path: '/a' }), ['error ROUTE_TWICE test/shop/shop route shop.localhost/a']],
    ['one path twice, of the same service', (shop, add) => { const a = add('a'); shop.route(a).route(a); }, ['error ROUTE_TWICE test/shop/shop route shop.localhost/']],
    ['one path on two hosts is fine', (shop, add) => shop.route(add('a')).route(add('b'), { host: 'b.localhost' }), []],
    ['/a and /a/ are two paths', (shop, add) => shop.route(add('a'), { path: '/a' }).route(add('b'), { path: '/a/' }), []],
    ['a port that the service does not have', (shop, add) => shop.route(add('a'), { port: 'grpc' }), ['error BACKEND_PORT test/shop/shop route shop.localhost/']],
    ['the container port, where the Service has another', (shop, add) => shop.route(add('a'), { port: 8080 }), ['error BACKEND_PORT test/shop/shop route shop.localhost/']],
    ['a private port', (shop, add) => shop.route(add('a', { privatePorts: [{ name: 'metrics', containerPort: 9090 }] }), { port: 'metrics' }), ['error BACKEND_PORT test/shop/shop route shop.localhost/']],
    ['a port on UDP', (shop, add) => shop.route(add('dns', { port: { containerPort: 5353, protocol: 'UDP' } })), ['error BACKEND_PROTOCOL test/shop/shop route shop.localhost/']],
    ['a path that is none', (shop, add) => shop.route(add('a'), { path: 'cart' }), ['error PATH test/shop/shop route shop.localhostcart']],
    ['a host that is none', (shop, add) => shop.route(add('a'), { host: 'Shop.localhost:8080' }), ['error HOST test/shop/shop host Shop.localhost:8080']],
    ['a site host that is none', (shop, add) => shop.route(add('a')), ['error HOST test/shop/shop host 127.0.0.1'], { host: '127.0.0.1' }],
    ['a name that is none', (shop, add) => shop.route(add('a')), ['error NAME_SUBDOMAIN test/shop/shop name'], { name: 'My Shop' }],
    ['a certificate name that is none', (shop, add) => shop.route(add('a')), ['error NAME_SUBDOMAIN test/shop/shop tlsSecretName'], { tlsSecretName: 'Shop/tls' }],
    ['names with dots are fine', (shop, add) => shop.route(add('a')), [], { name: 'shop.example', tlsSecretName: 'shop.example-tls' }],
  ])('%s', (_, build, expected, props = {}) => expect(told(site(build, props))).toEqual(expected));

  test('a backend in another namespace', () => {
    const made = site((shop, _, namespace) => {
      const other = new AppNamespace(namespace, 'other');
      shop.route(new Microservice(other, 'far', { image: IMAGE, port: 80 }));
    });
    expect(told(made)).toEqual(['error BACKEND_NAMESPACE test/shop/shop route shop.localhost/']);
    expect(made.problems[0]).toMatchObject({ value: 'other/far' });
  });

  test('a namespace that its Traefik does not watch, but not the namespace of Traefik itself', () => {
    const made = (watchNamespaces?: string[], asGateway = false) => built((shop, environment) => {
      const traefik = new Traefik(environment, 'traefik', { exposure: Exposure.nodePort(), ...(watchNamespaces && { watchNamespaces }) });
      new Site(shop, 'site', { front: asGateway ? traefik.gateway : traefik, host: 'a.localhost' }).route(new Microservice(shop, 'web', { image: IMAGE, port: 80 }));
    });
    expect(told(made(['other']))).toEqual(['error FRONT_NOT_WATCHING test/shop/site front']);
    // The Gateway and its routes are in one namespace: that is one problem.
    expect(told(made(['other'], true))).toEqual(['error FRONT_NOT_WATCHING test/shop/site front']);
    expect(told(made(['shop']))).toEqual([]);
    expect(told(made())).toEqual([]);
  });

  test('a host that another site of the same front has; two fronts may share it', () => {
    const made = (same: boolean) => built((shop, environment) => {
      const traefik = new Traefik(environment, 'traefik', { exposure: Exposure.nodePort() });
      const web = new Microservice(shop, 'web', { image: IMAGE, port: 80 });
      new Site(shop, 'one', { front: traefik, host: 'a.localhost' }).route(web);
      new Site(shop, 'two', { front: same ? traefik : ingressNginx(), host: 'b.localhost' }).route(web).route(web, { host: 'a.localhost', path: '/two' });
    });
    expect(told(made(true))).toEqual(['error HOST_TAKEN test/shop/one host a.localhost', 'error HOST_TAKEN test/shop/two host a.localhost']);
    expect(told(made(false))).toEqual(['warning INGRESS_NGINX_RETIRED test/shop/two front']);
  });
});

test('ingress-nginx is a class with a warning, and its pods are let in', () => {
  const made = builtAlone((chart) => {
    new Site(chart, 'site', { front: ingressNginx({ ingressClassName: 'internal', namespace: 'ingress' }), host: 'a.example.com' }).route(new Microservice(chart, 'web', { image: IMAGE, port: 8080 }));
  });
  expect(made.problems).toMatchObject([{ code: 'INGRESS_NGINX_RETIRED', severity: 'warning', rule: expect.stringContaining('March 2026') as unknown }]);
  expect(specOf(made, 'Ingress', 'site').ingressClassName).toBe('internal');
  expect(specOf(made, 'NetworkPolicy', 'web').ingress).toEqual([{
    from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress' } }, podSelector: { matchLabels: { 'app.kubernetes.io/name': 'ingress-nginx' } } }],
    ports: [{ protocol: 'TCP', port: 8080 }],
  }]);
});
