import { Exposure } from '../../../src/constructs/services/exposure';
import { ingressNginx } from '../../../src/constructs/fronts/ingress-nginx';
import { Microservice } from '../../../src/constructs/services/microservice';
import type { MicroserviceProps } from '../../../src/constructs/services/microservice-props';
import { AppNamespace } from '../../../src/constructs/namespace';
import type { Front } from '../../../src/constructs/site/front';
import { SharedGateway } from '../../../src/constructs/site/shared-gateway';
import { Site, type SiteProps } from '../../../src/constructs/site/site';
import { Traefik } from '../../../src/constructs/fronts/traefik';
import type { PortSpec } from '../../../src/model/ports';
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
      shop.route(web).route(web, { path: '/admin' });
    }))).toMatchObject({ rules: [{ http: { paths: [prefix('/', 'web'), prefix('/admin', 'web')] } }] });
  });

  test('has a rule for each host, wildcards too', () => {
    expect(ingress(site((shop, add) => {
      shop.route(add('web')).route(add('any'), { host: '*.shop.localhost' }).route(add('cart'), { path: '/cart' });
    })).rules).toEqual([
      { host: 'shop.localhost', http: { paths: [prefix('/', 'web'), prefix('/cart', 'cart')] } }, { host: '*.shop.localhost', http: { paths: [prefix('/', 'any')] } },
    ]);
  });

  const exact = (path: string, name: string) => ({ path, pathType: 'Exact', backend: to(name) });
  const ingresses = ({ objects }: Built) => objects.filter(({ kind: of }) => of === 'Ingress').map(({ metadata: { name, annotations }, spec }) => [name, annotations, spec]);
  const RANKED = { 'traefik.ingress.kubernetes.io/router.priority': '100000' };

  test('has Exact paths beside prefixes in an Ingress that Traefik takes first, whichever came first', () => {
    const made = site((shop, add) => {
      shop.route(add('one'), { path: '/a', pathType: 'Exact' }).route(add('all'), { path: '/a' }).route(add('two'), { host: 'b.localhost', path: '/b', pathType: 'Exact' });
    }, { tlsSecretName: 'shop-tls', annotations: { a: 'b' } });
    expect(told(made)).toEqual([]);
    const tls = [{ hosts: ['shop.localhost', 'b.localhost'], secretName: 'shop-tls' }];
    expect(ingresses(made)).toEqual([
      ['shop', { a: 'b' }, { ingressClassName: 'traefik', rules: [{ host: 'shop.localhost', http: { paths: [prefix('/a', 'all')] } }], tls }],
      ['shop-exact', { a: 'b', ...RANKED }, {
        ingressClassName: 'traefik', rules: [{ host: 'shop.localhost', http: { paths: [exact('/a', 'one')] } }, { host: 'b.localhost', http: { paths: [exact('/b', 'two')] } }], tls,
      }],
    ]);
  });

  test('has Exact paths alone in its one Ingress', () => {
    const made = site((shop, add) => shop.route(add('one'), { path: '/a', pathType: 'Exact' }).route(add('two'), { path: '/b', pathType: 'Exact' }));
    expect(ingresses(made)).toEqual([['shop', undefined, { ingressClassName: 'traefik', rules: [{ host: 'shop.localhost', http: { paths: [exact('/a', 'one'), exact('/b', 'two')] } }] }]]);
  });

  test('of another controller has all paths and the rest in one Ingress', () => {
    const made = site((shop, add) => shop.route(add('all'), { path: '/a' }).route(add('one'), { path: '/a', pathType: 'Exact' }).routeRest(add('lost')), { front: ingressNginx() });
    expect(ingresses(made)).toEqual([['shop', undefined, {
      ingressClassName: 'nginx', defaultBackend: to('lost'), rules: [{ host: 'shop.localhost', http: { paths: [prefix('/a', 'all'), exact('/a', 'one')] } }],
    }]]);
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

  test('sends the rest to a default backend, which Traefik reads in an Ingress without rules alone', () => {
    expect(ingresses(site((shop, add) => shop.routeRest(add('web'))))).toEqual([['shop', undefined, { ingressClassName: 'traefik', defaultBackend: to('web') }]]);
    const beside = [
      ['shop', undefined, { ingressClassName: 'traefik', rules: [{ host: 'shop.localhost', http: { paths: [prefix('/', 'web')] } }], tls: [{ hosts: ['shop.localhost'], secretName: 'tls' }] }],
      ['shop-rest', undefined, { ingressClassName: 'traefik', defaultBackend: to('lost'), tls: [{ hosts: ['shop.localhost'], secretName: 'tls' }] }],
    ];
    expect(ingresses(site((shop, add) => shop.route(add('web')).routeRest(add('lost')), { tlsSecretName: 'tls' }))).toEqual(beside);
    expect(ingresses(site((shop, add) => { const lost = add('lost'); shop.routeRest(lost).route(add('web')); }, { tlsSecretName: 'tls' }))).toEqual(beside);
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
    ['/a and /a/, which are one rule of Traefik', (shop, add) => shop.route(add('a'), { path: '/a' }).route(add('b'), { path: '/a/' }), ['error ROUTE_TWICE test/shop/shop route shop.localhost/a']],
    ['/a and /a/ are two paths of an Ingress elsewhere', (shop, add) => shop.route(add('a'), { path: '/a' }).route(add('b'), { path: '/a/' }), ['warning INGRESS_NGINX_RETIRED test/shop/shop front'], { front: ingressNginx() }],
    ['one priority for several paths', (shop, add) => shop.route(add('a')).route(add('b'), { path: '/b' }), ['error TRAEFIK_ORDER test/shop/shop annotations'], { annotations: { 'traefik.ingress.kubernetes.io/router.priority': '5' } }],
    ['a longer path of a wildcard', (shop, add) => shop.route(add('own'), { host: 'shop.x.localhost' }).route(add('any'), { host: '*.x.localhost' }).route(add('deep'), { host: '*.x.localhost', path: '/deep' }), ['warning TRAEFIK_HOST_ORDER test/shop/shop route *.x.localhost/deep']],
    ['which its own host has too is fine', (shop, add) => { const own = add('own'); shop.route(own, { host: 'shop.x.localhost' }).route(own, { host: 'shop.x.localhost', path: '/deep' }).route(add('deep'), { host: '*.x.localhost', path: '/deep' }); }, []],
    ['an Exact path of a wildcard', (shop, add) => shop.route(add('own'), { host: 'shop.x.localhost' }).route(add('deep'), { host: '*.x.localhost', path: '/deep', pathType: 'Exact' }), ['warning TRAEFIK_HOST_ORDER test/shop/shop route *.x.localhost/deep']],
    ['a wildcard as long as a host below it', (shop, add) => shop.route(add('own'), { host: 'm.x.localhost' }).route(add('any'), { host: '*.x.localhost' }), ['error TRAEFIK_HOST_ORDER test/shop/shop route *.x.localhost/']],
    ['a longer one is fine', (shop, add) => shop.route(add('own'), { host: 'mm.x.localhost' }).route(add('any'), { host: '*.x.localhost' }), []],
    ['and so is one of two labels, which the wildcard of an Ingress does not take', (shop, add) => shop.route(add('own'), { host: 'm.y.x.localhost' }).route(add('any'), { host: '*.x.localhost', path: '/deep' }), []],
    ['and one service for both', (shop, add) => { const all = add('all'); shop.route(all, { host: 'm.x.localhost' }).route(all, { host: '*.x.localhost' }); }, []],
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

  test('a host, and the rest, that another site behind the same Traefik has, whatever stands between', () => {
    const made = (second: (traefik: Traefik, shop: AppNamespace) => Front, host = 'a.localhost') => built((shop, environment) => {
      const traefik = new Traefik(environment, 'traefik', { exposure: Exposure.nodePort() });
      const web = new Microservice(shop, 'web', { image: IMAGE, port: 80 });
      new Site(shop, 'one', { front: new SharedGateway(shop, 'gate', { front: traefik.gateway }), host: 'a.localhost' }).route(web).routeRest(web);
      new Site(shop, 'two', { front: second(traefik, shop), host }).route(web).routeRest(web);
    });
    const taken = ['error REST_TAKEN test/shop/one routeRest', 'error HOST_TAKEN test/shop/one host a.localhost', 'error REST_TAKEN test/shop/two routeRest', 'error HOST_TAKEN test/shop/two host a.localhost'];
    expect(told(made((traefik) => traefik.gateway))).toEqual(taken);
    expect(told(made((traefik) => traefik))).toEqual(taken);
    expect(told(made((traefik, shop) => new SharedGateway(shop, 'other', { front: traefik.gateway })))).toEqual(taken);
    expect(told(made((traefik) => traefik, 'b.localhost'))).toEqual(taken.filter((each) => each.includes('REST_TAKEN')));
    expect(told(made(() => ingressNginx()))).toEqual(['warning INGRESS_NGINX_RETIRED test/shop/two front']);
  });

  test('a wildcard of another site that takes its requests, told of where the wildcard is', () => {
    const made = (path: string, asGateway: boolean) => built((shop, environment) => {
      const traefik = new Traefik(environment, 'traefik', { exposure: Exposure.nodePort() });
      const add = (name: string) => new Microservice(shop, `to-${name}`, { image: IMAGE, port: 80 });
      new Site(shop, 'own', { front: asGateway ? traefik.gateway : traefik, host: 'own.x.localhost' }).route(add('own'));
      new Site(shop, 'any', { front: traefik, host: '*.x.localhost' }).route(add('any'), { path });
    });
    expect(told(made('/deep', false))).toEqual(['warning TRAEFIK_HOST_ORDER test/shop/any route *.x.localhost/deep']);
    expect(told(made('/', false))).toEqual([]);
    // An Ingress's rule is longer than the number of a Gateway's is high.
    expect(told(made('/', true))).toEqual(['warning TRAEFIK_HOST_ORDER test/shop/any route *.x.localhost/']);
  });
});

describe('what Traefik speaks to a service', () => {
  const SCHEME = 'traefik.ingress.kubernetes.io/service.serversscheme';
  const behind = (front: 'Ingress' | 'Gateway' | 'both', port: PortSpec | readonly PortSpec[], annotations?: Readonly<Record<string, string>>) => built((shop, environment) => {
    const traefik = new Traefik(environment, 'traefik', { exposure: Exposure.nodePort() });
    const made = new Site(shop, 'shop', { front: front === 'Ingress' ? traefik : front === 'Gateway' ? traefik.gateway : [traefik, traefik.gateway], host: 'shop.localhost' });
    const ports = [port].flat();
    const web = new Microservice(shop, 'web', { image: IMAGE, ports, exposure: Exposure.clusterIp({ ...(annotations && { annotations }) }) });
    for (const { name } of ports) made.route(web, { path: `/${name}`, port: name });
  }, kind());
  const port = (rest: Partial<PortSpec> = {}): PortSpec => ({ name: 'http', containerPort: 8080, port: 80, ...rest });
  const annotated = (made: Built) => find(made, 'Service', 'web').metadata.annotations;

  test.each<[string | undefined, Partial<PortSpec>, string | undefined]>([
    ['HTTPS', {}, 'https'], ['kubernetes.io/wss', {}, 'https'], ['kubernetes.io/h2c', {}, 'h2c'], ['kubernetes.io/H2C', {}, 'h2c'], ['http', {}, undefined], ['kubernetes.io/ws', {}, undefined], [undefined, {}, undefined],
    ['HTTPS', { port: 443 }, undefined], ['http', { port: 443 }, 'http'], ['http', { name: 'https-web' }, 'http'], ['kubernetes.io/h2c', { name: 'https' }, 'h2c'],
  ])('appProtocol %s of %j is the annotation %s of an Ingress, and none of a Gateway', (appProtocol, rest, expected) => {
    const wanted = port({ ...rest, ...(appProtocol !== undefined && { appProtocol }) });
    for (const front of ['Ingress', 'both'] as const) {
      const made = behind(front, wanted);
      expect(told(made)).toEqual([]);
      expect(annotated(made)).toEqual(expected === undefined ? undefined : { [SCHEME]: expected });
    }
    expect(annotated(behind('Gateway', wanted))).toBeUndefined();
  });

  test.each<[string, Parameters<typeof behind>, string[]]>([
    ['a port 443 that does not say what it speaks', ['Ingress', port({ port: 443 })], ['route shop.localhost/http']],
    ['a port named https that does not, of a Gateway', ['Gateway', port({ name: 'https' })], ['route shop.localhost/https']],
    ['8443 says nothing', ['Ingress', port({ port: 8443 })], []],
    ['a protocol that is not known', ['Ingress', port({ appProtocol: 'grpc' })], ['route shop.localhost/http']],
    ['two protocols of one Service', ['Ingress', [port({ appProtocol: 'HTTPS' }), port({ name: 'plain', containerPort: 8081, port: 81 })]], ['service web']],
    ['which a Gateway tells apart', ['Gateway', [port({ appProtocol: 'HTTPS' }), port({ name: 'plain', containerPort: 8081, port: 81 })]], []],
    ['one protocol of two ports', ['Ingress', [port({ appProtocol: 'HTTPS' }), port({ name: 'more', containerPort: 8081, port: 81, appProtocol: 'https' })]], []],
    ['an annotation that says something else', ['Ingress', port({ appProtocol: 'HTTPS' }), { [SCHEME]: 'h2c' }], ['service web']],
    ['one that says the same', ['Ingress', port({ appProtocol: 'HTTPS' }), { [SCHEME]: 'https' }], []],
    ['one for a port that says nothing', ['Ingress', port(), { [SCHEME]: 'https' }], []],
  ])('%s', (_, wrong, expected) => expect(told(behind(...wrong))).toEqual(expected.map((field) => `error BACKEND_APP_PROTOCOL test/shop/shop ${field}`)));
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
