import * as kplus from 'cdk8s-plus-27';
import { gkeIngress, type GkeIngressOptions } from '../../../src/constructs/fronts/gke-ingress';
import { Microservice } from '../../../src/constructs/services/microservice';
import type { MicroserviceProps } from '../../../src/constructs/services/microservice-props';
import { Site, type SiteProps } from '../../../src/constructs/site/site';
import { gke } from '../../../src/platforms/gke';
import { type Built, built, find, specOf, told } from '../built';
import { IMAGE } from '../pods';

interface Given {
  readonly front?: GkeIngressOptions;
  readonly site?: Partial<SiteProps>;
  readonly service?: Partial<MicroserviceProps>;
  readonly routes?: (site: Site, web: Microservice) => unknown;
}

const behindGke = ({ front = {}, site = {}, service = {}, routes = (to, web) => to.route(web) }: Given): Built => built((shop) => {
  const made = new Site(shop, 'shop', { front: gkeIngress(front), host: 'shop.example.com', ...site });
  routes(made, new Microservice(shop, 'web', {
    image: IMAGE, ...(service.ports === undefined && { port: { containerPort: 8080, port: 80 } }), readiness: kplus.Probe.fromHttpGet('/ready'), ...service,
  }));
}, gke());
const annotations = (given: Given) => find(behindGke(given), 'Ingress', 'shop').metadata.annotations;
const kinds = (made: Built) => made.objects.map(({ kind }) => kind);

describe('the Ingress', () => {
  test.each<[string, Given, object]>([
    ['is external by its annotation', {}, { 'kubernetes.io/ingress.class': 'gce' }],
    ['is internal by its annotation', { front: { scope: 'internal', proxySubnet: '10.129.0.0/23' } }, { 'kubernetes.io/ingress.class': 'gce-internal' }],
    ['has a reserved global address', { front: { staticAddressName: 'shop' } }, { 'kubernetes.io/ingress.class': 'gce', 'kubernetes.io/ingress.global-static-ip-name': 'shop' }],
    ['has a reserved regional address inside', { front: { scope: 'internal', staticAddressName: 'shop', proxySubnet: '10.129.0.0/23' } }, {
      'kubernetes.io/ingress.class': 'gce-internal', 'kubernetes.io/ingress.regional-static-ip-name': 'shop',
    }],
    ['is open for https alone inside, where it has a certificate', { front: { scope: 'internal', proxySubnet: '10.129.0.0/23' }, site: { tlsSecretName: 'tls' } }, {
      'kubernetes.io/ingress.class': 'gce-internal', 'kubernetes.io/ingress.allow-http': 'false',
    }],
    ['for both inside, where the site says so', {
      front: { scope: 'internal', proxySubnet: '10.129.0.0/23', staticAddressName: 'shared' }, site: { tlsSecretName: 'tls', annotations: { 'kubernetes.io/ingress.allow-http': 'true' } },
    }, { 'kubernetes.io/ingress.class': 'gce-internal', 'kubernetes.io/ingress.regional-static-ip-name': 'shared', 'kubernetes.io/ingress.allow-http': 'true' }],
    ['has a certificate from Google, and a redirect with it', { front: { managedCertificate: true } }, {
      'kubernetes.io/ingress.class': 'gce', 'networking.gke.io/managed-certificates': 'shop', 'networking.gke.io/v1beta1.FrontendConfig': 'shop',
    }],
    ['has no redirect where none is wanted', { front: { managedCertificate: true, redirectToHttps: false } }, { 'kubernetes.io/ingress.class': 'gce', 'networking.gke.io/managed-certificates': 'shop' }],
    ['has a redirect with its own certificate', { site: { tlsSecretName: 'tls' } }, { 'kubernetes.io/ingress.class': 'gce', 'networking.gke.io/v1beta1.FrontendConfig': 'shop' }],
    ['has an SSL policy', { front: { sslPolicy: 'modern' } }, { 'kubernetes.io/ingress.class': 'gce', 'networking.gke.io/v1beta1.FrontendConfig': 'shop' }],
    ['keeps annotations of its own', { site: { annotations: { a: 'b' } } }, { 'kubernetes.io/ingress.class': 'gce', a: 'b' }],
  ])('%s', (_, given, expected) => {
    expect(told(behindGke(given))).toEqual([]);
    expect(annotations(given)).toEqual(expected);
    expect(specOf(behindGke(given), 'Ingress', 'shop')).not.toHaveProperty('ingressClassName');
  });
});

describe('beside it', () => {
  test('nothing but the BackendConfig of its service', () => {
    expect(kinds(behindGke({})).filter((kind) => kind.endsWith('Config') || kind.endsWith('Certificate'))).toEqual(['BackendConfig']);
  });

  test('a certificate for all hosts of its routes', () => {
    const made = behindGke({ front: { managedCertificate: true }, routes: (site, web) => site.route(web).route(web, { host: 'api.example.com' }) });
    expect(find(made, 'ManagedCertificate', 'shop')).toEqual({
      apiVersion: 'networking.gke.io/v1', kind: 'ManagedCertificate', metadata: { name: 'shop', namespace: 'shop' }, spec: { domains: ['shop.example.com', 'api.example.com'] },
    });
  });

  test.each<[string, Given, object]>([
    ['a redirect', { site: { tlsSecretName: 'tls' } }, { redirectToHttps: { enabled: true, responseCodeName: 'MOVED_PERMANENTLY_DEFAULT' } }],
    ['an SSL policy', { front: { sslPolicy: 'modern' } }, { sslPolicy: 'modern' }],
    ['both', { front: { sslPolicy: 'modern', managedCertificate: true } }, { redirectToHttps: { enabled: true, responseCodeName: 'MOVED_PERMANENTLY_DEFAULT' }, sslPolicy: 'modern' }],
  ])('a FrontendConfig with %s', (_, given, spec) => {
    expect(find(behindGke(given), 'FrontendConfig', 'shop')).toEqual({ apiVersion: 'networking.gke.io/v1beta1', kind: 'FrontendConfig', metadata: { name: 'shop', namespace: 'shop' }, spec });
  });
});

describe('the service behind it', () => {
  test('has NEGs and a BackendConfig, by annotations of its Service', () => {
    expect(find(behindGke({}), 'Service', 'web').metadata.annotations).toEqual({ 'cloud.google.com/neg': '{"ingress":true}', 'cloud.google.com/backend-config': '{"default":"web"}' });
    expect(specOf(behindGke({}), 'Service', 'web').type).toBe('ClusterIP');
  });

  const metrics = { name: 'metrics', containerPort: 9090 };
  test.each<[string, Partial<MicroserviceProps>, object]>([
    ['the readiness probe', {}, { type: 'HTTP', requestPath: '/ready', port: 8080 }],
    ['an HTTPS one', { readiness: kplus.Probe.fromHttpGet('/ready', { scheme: kplus.ConnectionScheme.HTTPS }) }, { type: 'HTTPS', requestPath: '/ready', port: 8080 }],
    ['one on another port of the Service', { ports: [{ name: 'http', containerPort: 8080, port: 80 }, metrics], readiness: kplus.Probe.fromHttpGet('/healthy', { port: 9090 }) }, { requestPath: '/healthy', port: 9090 }],
    ['one on a private port', { privatePorts: [metrics], readiness: kplus.Probe.fromHttpGet('/healthy', { port: 9090 }) }, { requestPath: '/healthy', port: 9090 }],
    ["GKE's own / where there is none by HTTP", { readiness: kplus.Probe.fromTcpSocket() }, { type: 'HTTP', requestPath: '/', port: 8080 }],
  ])('is asked by %s', (_, service, expected) => {
    const made = behindGke({ service });
    expect(specOf(made, 'BackendConfig', 'web')).toMatchObject({
      healthCheck: { ...expected, checkIntervalSec: 10, timeoutSec: 5, healthyThreshold: 1, unhealthyThreshold: 3 }, connectionDraining: { drainingTimeoutSec: 30 },
    });
    expect(find(made, 'BackendConfig', 'web')).toMatchObject({ apiVersion: 'cloud.google.com/v1', metadata: { name: 'web', namespace: 'shop' } });
  });

  const google = [{ ipBlock: { cidr: '35.191.0.0/16' } }, { ipBlock: { cidr: '130.211.0.0/22' } }];
  test("lets in Google's front ends, and its health checks where they have another port", () => {
    expect(specOf(behindGke({}), 'NetworkPolicy', 'web').ingress).toEqual([{ from: google, ports: [{ protocol: 'TCP', port: 8080 }] }]);
    const made = behindGke({ service: { privatePorts: [metrics], readiness: kplus.Probe.fromHttpGet('/healthy', { port: 9090 }) } });
    expect(specOf(made, 'NetworkPolicy', 'web').ingress).toEqual(expect.arrayContaining([8080, 9090].map((port) => ({ from: google, ports: [{ protocol: 'TCP', port }] }))));
  });

  test('lets in the proxy-only subnet of an internal one', () => {
    expect(specOf(behindGke({ front: { scope: 'internal', proxySubnet: '10.129.0.0/23' } }), 'NetworkPolicy', 'web').ingress).toEqual([
      { from: [...google, { ipBlock: { cidr: '10.129.0.0/23' } }], ports: [{ protocol: 'TCP', port: 8080 }] },
    ]);
  });

  test('has one BackendConfig however often it is routed to', () => {
    const made = behindGke({ routes: (site, web) => site.route(web).route(web, { path: '/a' }).routeRest(web) });
    expect(told(made)).toEqual([]);
    expect(kinds(made).filter((kind) => kind === 'BackendConfig')).toHaveLength(1);
  });
});

describe('what it refuses or warns of', () => {
  test.each<[string, Given, string[]]>([
    ['a redirect without a certificate', { front: { redirectToHttps: true } }, ['error GKE_REDIRECT test/shop/shop front.redirectToHttps']],
    ['a redirect with one is fine', { front: { redirectToHttps: true }, site: { tlsSecretName: 'tls' } }, []],
    ['a managed certificate inside', { front: { scope: 'internal', managedCertificate: true, proxySubnet: '10.0.0.0/23' } }, ['error GKE_CERTIFICATE test/shop/shop front.managedCertificate']],
    ['a managed certificate for a wildcard', { front: { managedCertificate: true }, routes: (site, web) => site.route(web, { host: '*.example.com' }) }, ['error GKE_CERTIFICATE test/shop/shop front.managedCertificate']],
    ['a managed certificate for no host', { front: { managedCertificate: true }, routes: (site, web) => site.routeRest(web) }, ['error GKE_CERTIFICATE test/shop/shop front.managedCertificate']],
    ['a wildcard with its own certificate is fine', { site: { tlsSecretName: 'tls' }, routes: (site, web) => site.route(web, { host: '*.example.com' }) }, []],
    ['an internal one without its proxy-only subnet', { front: { scope: 'internal' } }, ['error GKE_PROXY_SUBNET test/shop/shop front.proxySubnet']],
    ['a subnet that is none', { front: { scope: 'internal', proxySubnet: '10.129.0.0' } }, ['error CIDR test/shop/shop front.proxySubnet']],
    ['no HTTP readiness probe', { service: { readiness: kplus.Probe.fromTcpSocket() } }, ['warning GKE_HEALTH_CHECK test/shop/shop route to web']],
  ])('%s', (_, given, expected) => expect(told(behindGke(given))).toEqual(expected));
});
