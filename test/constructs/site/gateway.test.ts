import * as kplus from 'cdk8s-plus-27';
import { Exposure } from '../../../src/constructs/services/exposure';
import type { GatewayFront } from '../../../src/constructs/site/front';
import { gkeGateway, type GkeGatewayOptions } from '../../../src/constructs/fronts/gke-gateway';
import { ingressNginx } from '../../../src/constructs/fronts/ingress-nginx';
import { Microservice } from '../../../src/constructs/services/microservice';
import type { MicroserviceProps } from '../../../src/constructs/services/microservice-props';
import { AppNamespace } from '../../../src/constructs/namespace';
import type { RedirectTo, RouteOptions } from '../../../src/constructs/site/route-options';
import { SharedGateway, type SharedGatewayProps } from '../../../src/constructs/site/shared-gateway';
import { Site, type SiteProps } from '../../../src/constructs/site/site';
import { Traefik, type TraefikProps } from '../../../src/constructs/fronts/traefik';
import type { KubeObject } from '../../../src/manifest/object';
import { gke } from '../../../src/platforms/gke';
import { kind } from '../../../src/platforms/kind';
import { type Built, built, builtAlone, find, specOf, told } from '../built';
import { IMAGE } from '../pods';

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

  test('takes the last word for the rest, as an Ingress does', () => {
    const made = site((shop, add) => shop.routeRest(add('first')).routeRest(add('last')));
    expect(specOf(made, 'HTTPRoute', 'shop-rest').rules).toEqual([rule('/', 'last')]);
  });

  test('has no HTTPRoute of two hosts, whatever their names come to', () => {
    const made = site((shop, add) => shop.route(add('rest'), { host: 'rest' }).routeRest(add('web')));
    expect(new Set(told(made).map((line) => line.split(' ').slice(0, 2).join(' ')))).toEqual(new Set(['error OBJECT_TWICE']));
    expect(made.objects.filter((object) => object.kind === 'HTTPRoute').map(({ spec }) => (spec as { hostnames?: string[] }).hostnames)).toEqual([['rest'], undefined]);
  });

  test('redirects more than 16 hosts by several HTTPRoutes', () => {
    const made = site((shop, add) => { const web = add('web'); for (let each = 1; each <= 17; each++) shop.route(web, { host: `h${each}.localhost` }); }, { tlsSecretName: 'tls' });
    expect(told(made)).toEqual([]);
    expect(['shop-to-https', 'shop-2-to-https'].map((name) => (specOf(made, 'HTTPRoute', name).hostnames as string[]).length)).toEqual([16, 1]);
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

  test('complains of a host that is named as the second HTTPRoute of another', () => {
    const made = site((shop, add) => {
      const web = add('web');
      for (let each = 0; each < 15; each++) shop.route(web, { host: 'a.localhost', path: `/${each}` });
      shop.route(web, { host: 'a.localhost-2' });
    });
    expect(told(made)).toEqual([expect.stringContaining('OBJECT_TWICE')]);
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

describe('a route behind a Gateway', () => {
  const one = (options: RouteOptions) => {
    const made = site((shop, add) => shop.route(add('web'), options));
    expect(told(made)).toEqual([]);
    return (specOf(made, 'HTTPRoute', 'shop').rules as object[])[0];
  };
  const path = { type: 'PathPrefix', value: '/' };

  test.each<[string, RouteOptions, object]>([
    ['methods are a match each', { methods: ['GET', 'HEAD'] }, { matches: [{ path, method: 'GET' }, { path, method: 'HEAD' }] }],
    ['headers', { headers: { 'X-Version': '2', 'X-Beta': 'yes' } }, { matches: [{ path, headers: [{ type: 'Exact', name: 'X-Version', value: '2' }, { type: 'Exact', name: 'X-Beta', value: 'yes' }] }] }],
    ['query parameters', { queryParams: { beta: 'yes' } }, { matches: [{ path, queryParams: [{ type: 'Exact', name: 'beta', value: 'yes' }] }] }],
    ['a rewritten prefix', { rewrite: { prefix: '/v2' } }, { filters: [{ type: 'URLRewrite', urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/v2' } } }] }],
    ['a rewritten path and host', { rewrite: { path: '/all', host: 'a.example.com' } }, { filters: [{ type: 'URLRewrite', urlRewrite: { hostname: 'a.example.com', path: { type: 'ReplaceFullPath', replaceFullPath: '/all' } } }] }],
    ['headers for the service', { requestHeaders: { set: { A: 'b' }, add: { C: 'd' }, remove: ['E'] } }, { filters: [{ type: 'RequestHeaderModifier', requestHeaderModifier: { set: [{ name: 'A', value: 'b' }], add: [{ name: 'C', value: 'd' }], remove: ['E'] } }] }],
    ['headers for the client', { responseHeaders: { set: { A: 'b' } } }, { filters: [{ type: 'ResponseHeaderModifier', responseHeaderModifier: { set: [{ name: 'A', value: 'b' }] } }] }],
    ['a timeout', { timeoutSeconds: 30 }, { timeouts: { request: '30s' } }],
  ])('%s', (_, options, rule) => expect(one(options)).toEqual({ matches: [{ path }], backendRefs: [backend('web')], ...rule }));

  test('shares its requests by weight with the routes that match the same', () => {
    const made = site((shop, add) => shop.route(add('web'), { path: '/a', weight: 90 }).route(add('other'), { path: '/b' }).route(add('next'), { path: '/a', weight: 10 }));
    expect(told(made)).toEqual([]);
    expect(specOf(made, 'HTTPRoute', 'shop').rules).toEqual([
      { matches: [{ path: { type: 'PathPrefix', value: '/a' } }], backendRefs: [backend('web', { weight: 90 }), backend('next', { weight: 10 })] }, rule('/b', 'other'),
    ]);
  });

  test('has a rule for each method where a prefix is replaced, as the API wants it', () => {
    const made = site((shop, add) => shop.route(add('web'), { methods: ['GET', 'POST'], rewrite: { prefix: '/v2' }, weight: 9 }).route(add('next'), { methods: ['POST', 'GET'], rewrite: { prefix: '/v2' }, weight: 1 }));
    expect(told(made)).toEqual([]);
    const filters = [{ type: 'URLRewrite', urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/v2' } } }];
    const backendRefs = [backend('web', { weight: 9 }), backend('next', { weight: 1 })];
    expect(specOf(made, 'HTTPRoute', 'shop').rules).toEqual(['GET', 'POST'].map((method) => ({ matches: [{ path, method }], filters, backendRefs })));
  });

  test.each<[RedirectTo, object]>([
    [{ scheme: 'https', status: 301 }, { scheme: 'https', statusCode: 301 }],
    [{ host: 'www.example.com', port: 8443 }, { hostname: 'www.example.com', port: 8443, statusCode: 302 }],
    [{ prefix: '/new' }, { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/new' }, statusCode: 302 }],
    [{ path: '/home', status: 308 }, { path: { type: 'ReplaceFullPath', replaceFullPath: '/home' }, statusCode: 308 }],
  ])('or is answered with a redirect: %j', (to, requestRedirect) => {
    const made = site((shop, add) => shop.route(add('web')).redirect(to, { path: '/old' }));
    expect(told(made)).toEqual([]);
    expect((specOf(made, 'HTTPRoute', 'shop').rules as object[])[1]).toEqual({ matches: [{ path: { type: 'PathPrefix', value: '/old' } }], filters: [{ type: 'RequestRedirect', requestRedirect }] });
  });
});

describe("Traefik's Gateway", () => {
  const behind = (props: Partial<TraefikProps> = {}, siteProps: Partial<SiteProps> = {}, use = true) => built((shop, environment) => {
    const traefik = new Traefik(environment, 'traefik', { exposure: Exposure.nodePort(), ...props });
    new Site(shop, 'shop', { front: use ? traefik.gateway : traefik, host: 'shop.localhost', ...siteProps }).route(new Microservice(shop, 'web', { image: IMAGE, port: 8080 }));
  }, kind());
  const args = (made: Built) => (specOf(made, 'Deployment', 'traefik') as { template: { spec: { containers: [{ args: string[] }] } } }).template.spec.containers[0].args.filter((each) => each.includes('gateway'));

  test('turns the provider on where a site uses it, and only there', () => {
    expect(told(behind())).toEqual([]);
    expect(args(behind())).toEqual([
      '--providers.kubernetesgateway=true', '--providers.kubernetesgateway.labelselector=app.kubernetes.io/instance=traefik',
      '--providers.kubernetesgateway.statusaddress.service.name=traefik', '--providers.kubernetesgateway.statusaddress.service.namespace=traefik',
    ]);
    expect(args(behind({}, {}, false))).toEqual([]);
    expect(names(behind({}, {}, false), 'GatewayClass')).toEqual([]);
    expect(names(behind({}, {}, false), 'ClusterRole')).toEqual(['traefik']);
  });

  test('is a class that its own Traefik alone serves', () => {
    const made = behind({ gatewayClassName: 'inner' });
    expect(find(made, 'GatewayClass', 'inner')).toMatchObject({ metadata: { labels: { 'app.kubernetes.io/instance': 'inner' } }, spec: { controllerName: 'traefik.io/gateway-controller' } });
    expect(args(made)).toContain('--providers.kubernetesgateway.labelselector=app.kubernetes.io/instance=inner');
    expect(specOf(made, 'Gateway', 'shop').gatewayClassName).toBe('inner');
  });

  test('reads the namespaces that it watches and no other', () => {
    const made = behind({ watchNamespaces: ['shop'] });
    expect(args(made)).toContain('--providers.kubernetesgateway.namespaces=traefik,shop');
    const rules = ({ rules: found }: KubeObject) => (found as { resources: string[] }[]).flatMap(({ resources }) => resources);
    expect(rules(find(made, 'ClusterRole', 'traefik-gateway'))).toEqual(['namespaces', 'gatewayclasses', 'gatewayclasses/status']);
    const roles = made.objects.filter(({ kind: of, metadata }) => of === 'Role' && metadata.name === 'traefik-gateway');
    expect(roles.map(({ metadata }) => metadata.namespace).sort()).toEqual(['shop', 'traefik']);
    for (const role of roles) expect(rules(role)).toEqual(expect.arrayContaining(['gateways', 'httproutes', 'referencegrants', 'httproutes/status']));
    expect(rules(find(behind(), 'ClusterRole', 'traefik-gateway'))).toEqual(expect.arrayContaining(['gatewayclasses', 'gateways', 'httproutes']));
  });

  test("has its entry points' ports, and redirects to the port of the laptop", () => {
    const exposure = Exposure.nodePort({ nodePorts: { web: { nodePort: 30010, hostPort: 8080 }, websecure: { nodePort: 30011, hostPort: 9443 } } });
    const made = behind({ exposure }, { tlsSecretName: 'tls' });
    expect((specOf(made, 'Gateway', 'shop').listeners as { port: number }[]).map(({ port }) => port)).toEqual([8000, 8443]);
    expect(JSON.stringify(specOf(made, 'HTTPRoute', 'shop-to-https'))).toContain('"requestRedirect":{"port":9443,"scheme":"https","statusCode":301}');
    expect(JSON.stringify(specOf(behind({}, { tlsSecretName: 'tls' }), 'HTTPRoute', 'shop-to-https'))).toContain('"requestRedirect":{"scheme":"https","statusCode":301}');
  });

  test('beside its Ingress front admits Traefik once', () => {
    const made = built((shop, environment) => {
      const traefik = new Traefik(environment, 'traefik', { exposure: Exposure.nodePort() });
      new Site(shop, 'shop', { front: [traefik, traefik.gateway], host: 'shop.localhost' }).route(new Microservice(shop, 'web', { image: IMAGE, port: 8080 }));
    }, kind());
    expect(told(made)).toEqual([]);
    expect(specOf(made, 'NetworkPolicy', 'web').ingress).toHaveLength(1);
    expect([names(made, 'Ingress'), names(made, 'Gateway')]).toEqual([['shop'], ['shop']]);
  });
});

describe("GKE's Gateway", () => {
  const behind = (options: GkeGatewayOptions = {}, service: Partial<MicroserviceProps> = {}, route: RouteOptions = {}) => built((shop) => {
    const web = new Microservice(shop, 'web', { image: IMAGE, port: { containerPort: 8080, port: 80 }, readiness: kplus.Probe.fromHttpGet('/ready'), ...service });
    new Site(shop, 'shop', { front: gkeGateway(options), host: 'shop.example.com' }).route(web, route);
  }, gke());

  test.each<[string, GkeGatewayOptions, object]>([
    ['is global and external by default', {}, { gatewayClassName: 'gke-l7-global-external-managed' }],
    ['has the class that is asked for', { class: 'gke-l7-rilb', proxySubnet: '10.129.0.0/23' }, { gatewayClassName: 'gke-l7-rilb' }],
    ['has a reserved address', { staticAddressName: 'shop' }, { addresses: [{ type: 'NamedAddress', value: 'shop' }] }],
  ])('%s', (_, options, spec) => {
    const made = behind(options);
    expect(told(made)).toEqual([]);
    expect(specOf(made, 'Gateway', 'shop')).toMatchObject({ ...spec, listeners: [{ name: 'http', port: 80 }] });
  });

  test('ends https with a certificate map, which is an annotation', () => {
    const made = behind({ certificateMap: 'shop' });
    expect(find(made, 'Gateway', 'shop').metadata.annotations).toEqual({ 'networking.gke.io/certmap': 'shop' });
    expect((specOf(made, 'Gateway', 'shop').listeners as object[])[1]).toEqual({ name: 'https', protocol: 'HTTPS', port: 443, allowedRoutes: { namespaces: { from: 'Same' } } });
  });

  test('or with certificates of the project, which are an option of TLS', () => {
    const made = behind({ preSharedCertificates: ['a', 'b'] });
    expect((specOf(made, 'Gateway', 'shop').listeners as object[])[1]).toMatchObject({ tls: { mode: 'Terminate', options: { 'networking.gke.io/pre-shared-certs': 'a,b' } } });
  });

  test.each<[GkeGatewayOptions, object]>([
    [{ sslPolicy: 'modern' }, { sslPolicy: 'modern' }],
    [{ class: 'gke-l7-rilb', proxySubnet: '10.129.0.0/23', globalAccess: true }, { allowGlobalAccess: true }],
  ])('has a policy for %j', (options, wanted) => {
    expect(specOf(behind(options), 'GCPGatewayPolicy', 'shop')).toEqual({ default: wanted, targetRef: { group, kind: 'Gateway', name: 'shop' } });
    expect(names(behind(), 'GCPGatewayPolicy')).toEqual([]);
  });

  test('checks each service by its readiness probe, and drains its connections', () => {
    const made = behind({ backendTimeoutSeconds: 60 });
    const targetRef = { group: '', kind: 'Service', name: 'web' };
    expect(specOf(made, 'HealthCheckPolicy', 'web')).toEqual({
      default: { checkIntervalSec: 10, timeoutSec: 5, healthyThreshold: 1, unhealthyThreshold: 3, config: { type: 'HTTP', httpHealthCheck: { portSpecification: 'USE_FIXED_PORT', port: 8080, requestPath: '/ready' } } }, targetRef,
    });
    expect(specOf(made, 'GCPBackendPolicy', 'web')).toEqual({ default: { connectionDraining: { drainingTimeoutSec: 30 }, timeoutSec: 60 }, targetRef });
  });

  test('asks by HTTPS where the probe does, and tells the load balancer', () => {
    const made = behind({}, { readiness: kplus.Probe.fromHttpGet('/ready', { scheme: kplus.ConnectionScheme.HTTPS }) });
    expect(specOf(made, 'HealthCheckPolicy', 'web')).toMatchObject({ default: { config: { type: 'HTTPS', httpsHealthCheck: { requestPath: '/ready' } } } });
    expect(specOf(made, 'Service', 'web').ports).toMatchObject([{ appProtocol: 'HTTPS' }]);
    expect((specOf(behind(), 'Service', 'web').ports as object[])[0]).not.toHaveProperty('appProtocol');
  });

  test("admits Google's front ends, a region's proxies, and the checkers on a port of their own", () => {
    const google = ['35.191.0.0/16', '130.211.0.0/22'].map((cidr) => ({ ipBlock: { cidr } }));
    const made = behind({ class: 'gke-l7-regional-external-managed', proxySubnet: '10.129.0.0/23' }, { privatePorts: [{ name: 'health', containerPort: 9090 }], readiness: kplus.Probe.fromHttpGet('/ready', { port: 9090 }) });
    const from = [...google, { ipBlock: { cidr: '10.129.0.0/23' } }];
    expect(specOf(made, 'NetworkPolicy', 'web').ingress).toEqual([{ from, ports: [{ protocol: 'TCP', port: 8080 }] }, { from, ports: [{ protocol: 'TCP', port: 9090 }] }]);
  });
});

describe('a shared Gateway', () => {
  const shared = (props: Partial<SharedGatewayProps> = {}, blueProps: Partial<SiteProps> = {}) => built((shop, environment) => {
    const traefik = new Traefik(environment, 'traefik', { exposure: Exposure.nodePort(), watchNamespaces: ['gate', 'shop', 'blue'] });
    const gate = new SharedGateway(new AppNamespace(environment, 'gate'), 'gate', { front: traefik.gateway, ...props });
    const blue = new AppNamespace(environment, 'blue');
    new Site(shop, 'shop', { front: gate, host: 'shop.localhost' }).route(new Microservice(shop, 'web', { image: IMAGE, port: 8080 }));
    new Site(blue, 'blue', { front: gate, host: 'blue.localhost', ...blueProps }).route(new Microservice(blue, 'web', { image: IMAGE, port: 8080 }));
  }, kind());
  const from = (...values: string[]) => ({ namespaces: { from: 'Selector', selector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values }] } } });

  test('takes routes from the namespaces of its sites and from no other', () => {
    const made = shared();
    expect(told(made)).toEqual([]);
    expect(made.objects.filter((object) => object.kind === 'Gateway').map(({ metadata }) => metadata)).toEqual([{ name: 'gate', namespace: 'gate' }]);
    expect(specOf(made, 'Gateway', 'gate').listeners).toEqual([{ name: 'http', protocol: 'HTTP', port: 8000, allowedRoutes: from('blue', 'shop') }]);
    expect(specOf(made, 'HTTPRoute', 'blue').parentRefs).toEqual([{ group, kind: 'Gateway', name: 'gate', namespace: 'gate', sectionName: 'http' }]);
  });

  test('ends https with its own certificate for all', () => {
    const made = shared({ tlsSecretName: 'gate-tls' });
    expect((specOf(made, 'Gateway', 'gate').listeners as object[])[1]).toEqual({
      name: 'https', protocol: 'HTTPS', port: 8443, allowedRoutes: from('blue', 'shop'), tls: { mode: 'Terminate', certificateRefs: [{ group: '', kind: 'Secret', name: 'gate-tls' }] },
    });
    expect(specOf(made, 'HTTPRoute', 'shop').parentRefs).toMatchObject([{ sectionName: 'https' }]);
    expect(specOf(made, 'HTTPRoute', 'shop-to-https').hostnames).toEqual(['shop.localhost']);
  });

  test("and with a site's own, for its hosts and its namespace alone, which grants it", () => {
    const made = shared({}, { tlsSecretName: 'blue-tls' });
    expect(told(made)).toEqual([]);
    expect((specOf(made, 'Gateway', 'gate').listeners as object[])[1]).toEqual({
      name: 'https-blue.localhost', protocol: 'HTTPS', port: 8443, hostname: 'blue.localhost', allowedRoutes: from('blue'),
      tls: { mode: 'Terminate', certificateRefs: [{ group: '', kind: 'Secret', name: 'blue-tls', namespace: 'blue' }] },
    });
    expect(specOf(made, 'HTTPRoute', 'blue').parentRefs).toMatchObject([{ sectionName: 'https-blue.localhost' }]);
    expect(specOf(made, 'HTTPRoute', 'shop').parentRefs).toMatchObject([{ sectionName: 'http' }]);
    expect(find(made, 'ReferenceGrant', 'gateways-of-gate-to-secrets')).toMatchObject({
      metadata: { namespace: 'blue' }, spec: { from: [{ group, kind: 'Gateway', namespace: 'gate' }], to: [{ group: '', kind: 'Secret', name: 'blue-tls' }] },
    });
  });
});

test("in somebody's own chart a site behind a Gateway has the chart's namespace or none; a shared Gateway needs to know it", () => {
  const made = (namespace: string | undefined, shared: boolean) => builtAlone((chart) => {
    const gate = shared ? new SharedGateway(chart, 'gate', { front }) : front;
    new Site(chart, 'shop', { front: gate, host: 'shop.localhost' }).route(new Microservice(chart, 'web', { image: IMAGE, port: 8080 }));
  }, namespace);
  expect([told(made('mine', false)), told(made(undefined, false)), told(made('mine', true))]).toEqual([[], [], []]);
  expect(find(made(undefined, false), 'Gateway', 'shop').metadata).toEqual({ name: 'shop' });
  expect(specOf(made('mine', true), 'HTTPRoute', 'shop').parentRefs).toEqual([{ group, kind: 'Gateway', name: 'gate', sectionName: 'http' }]);
  expect(told(made(undefined, true))).toEqual(['error SHARED_GATEWAY chart/gate front']);
});

test('a site with two fronts is live behind both', () => {
  const made = site((shop, add) => shop.route(add('web')), { front: [ingressNginx(), { ...front, peers: [{ ipBlock: { cidr: '192.0.2.0/24' } }] }] });
  expect(told(made)).toEqual(['warning INGRESS_NGINX_RETIRED test/shop/shop front']);
  expect(names(made, 'Ingress')).toEqual(['shop']);
  expect(names(made, 'Gateway')).toEqual(['shop']);
  expect(specOf(made, 'NetworkPolicy', 'web').ingress).toMatchObject([{ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' } } }] }, { from: [{ ipBlock: { cidr: '192.0.2.0/24' } }] }]);
});
