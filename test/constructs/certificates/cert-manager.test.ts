import { Duration } from 'cdk8s';
import type { AcmeSolver } from '../../../src/constructs/certificates/acme';
import { solverFor } from '../../../src/constructs/certificates/acme';
import { Certificate, type CertificateOptions } from '../../../src/constructs/certificates/certificate';
import type { Environment } from '../../../src/constructs/environment';
import { Exposure } from '../../../src/constructs/services/exposure';
import type { Front, GatewayFront } from '../../../src/constructs/site/front';
import { gkeGateway } from '../../../src/constructs/fronts/gke-gateway';
import { gkeIngress } from '../../../src/constructs/fronts/gke-ingress';
import { type CertificateIssuer, ClusterIssuer, Issuer, type IssuerProps } from '../../../src/constructs/certificates/issuer';
import { Microservice } from '../../../src/constructs/services/microservice';
import { AppNamespace } from '../../../src/constructs/namespace';
import { SharedGateway } from '../../../src/constructs/site/shared-gateway';
import { Site, type SiteProps } from '../../../src/constructs/site/site';
import { Traefik } from '../../../src/constructs/fronts/traefik';
import type { Platform } from '../../../src/model/platform';
import { gke } from '../../../src/platforms/gke';
import { collect } from '../../../src/render/collect';
import { schemaErrors } from '../../golden/schema';
import { type Built, built, builtAlone, find, specOf, told } from '../built';
import { IMAGE } from '../pods';

/** Younger than the schemas at hand (cert-manager 1.12 brought it, in 2023), or free. */
const YOUNGER = /ingress\/ingressClassName is unknown$|webhook\/config\/zone is unknown$/;
const unknownToSchema = (made: Built) => made.objects.filter(({ apiVersion }) => apiVersion.startsWith('cert-manager.io/')).flatMap(schemaErrors).filter((error) => !YOUNGER.test(error));

const traefikSolver: AcmeSolver = { http01: { ingressClassName: 'traefik' } };
const http: IssuerProps = { acme: { server: 'letsencrypt', email: 'ops@shop.dev', solvers: [traefikSolver] } };
const dns: IssuerProps = { acme: { server: 'letsencrypt', solvers: [{ dns01: { cloudDns: { project: 'shop-123' } } }] } };

/** A site at shop.example.org behind Traefik, with a certificate of this issuer. */
const site = (issuer: IssuerProps | CertificateIssuer, props: Partial<SiteProps> = {}, hosts: readonly string[] = ['shop.example.org'], platform: Platform = gke()): Built => built((shop, environment) => {
  const front = new Traefik(environment, 'traefik', { exposure: Exposure.loadBalancer(), watchNamespaces: ['shop'] });
  const made = new Site(shop, 'shop', { front, host: hosts[0] ?? '', issuer: 'kind' in issuer ? issuer : new ClusterIssuer(environment, 'letsencrypt', issuer), ...props });
  const web = new Microservice(shop, 'web', { image: IMAGE, port: 8080 });
  for (const host of hosts) made.route(web, { host });
}, platform);

describe('a site with an issuer', () => {
  test('has a certificate for exactly its hosts, in the Secret that its Ingress names', () => {
    const made = site(http, {}, ['shop.example.org', 'api.shop.example.org']);
    expect(told(made)).toEqual([]);
    expect(specOf(made, 'Certificate', 'shop')).toEqual({
      secretName: 'shop-tls',
      dnsNames: ['shop.example.org', 'api.shop.example.org'],
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'letsencrypt' },
      privateKey: { algorithm: 'ECDSA', encoding: 'PKCS8', size: 256, rotationPolicy: 'Always' },
      usages: ['digital signature', 'key encipherment', 'server auth'],
    });
    expect(find(made, 'Certificate', 'shop').metadata).toEqual({ name: 'shop', namespace: 'shop' });
    expect(specOf(made, 'Ingress', 'shop').tls).toEqual([{ hosts: ['shop.example.org', 'api.shop.example.org'], secretName: 'shop-tls' }]);
    expect(made.objects.map(({ kind }) => kind)).not.toContain('Secret');
    expect(unknownToSchema(made)).toEqual([]);
  });

  test('and one that is called otherwise has its Secret under that name', () => {
    const made = site(dns, { name: 'public' });
    expect(specOf(made, 'Certificate', 'public').secretName).toBe('public-tls');
  });

  test('renews as it is told', () => {
    const made = site(dns, { certificate: { duration: Duration.days(30), renewBefore: Duration.minutes(90), privateKey: { algorithm: 'RSA', size: 3072, rotationPolicy: 'Never' } } });
    expect(specOf(made, 'Certificate', 'shop')).toMatchObject({
      duration: '720h0m0s', renewBefore: '1h30m0s', privateKey: { algorithm: 'RSA', size: 3072, rotationPolicy: 'Never' },
    });
    expect(unknownToSchema(made)).toEqual([]);
  });

  const policies = (made: Built) => made.objects.filter(({ metadata }) => metadata.name === 'shop-acme-solver');

  test('lets its front through to the pod that proves a name by HTTP-01, and nobody else', () => {
    expect(policies(site(http))).toEqual([expect.objectContaining({
      kind: 'NetworkPolicy',
      metadata: { name: 'shop-acme-solver', namespace: 'shop' },
      spec: {
        podSelector: { matchLabels: { 'acme.cert-manager.io/http01-solver': 'true' } },
        policyTypes: ['Ingress'],
        ingress: [{
          from: [{
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'traefik' } },
            podSelector: { matchLabels: { 'app.kubernetes.io/name': 'traefik', 'app.kubernetes.io/instance': 'traefik' } },
          }],
          ports: [{ protocol: 'TCP', port: 8089 }],
        }],
      },
    })]);
  });

  test('also where the issuer is made elsewhere, of which nobody knows how it proves', () => {
    expect(policies(site(ClusterIssuer.named('platform')))).toHaveLength(1);
    expect(specOf(site(ClusterIssuer.named('platform')), 'Certificate', 'shop').issuerRef).toEqual({ group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'platform' });
    expect(specOf(site(Issuer.named('team')), 'Certificate', 'shop').issuerRef).toMatchObject({ kind: 'Issuer', name: 'team' });
  });

  test('but not where nothing is proved by HTTP', () => {
    expect(policies(site(dns))).toEqual([]);
    expect(policies(site({ ca: { secretName: 'company-ca' } }))).toEqual([]);
  });
});

describe('behind a Gateway', () => {
  const front: GatewayFront = { api: 'Gateway', type: 'traefik', id: 'there', gatewayClassName: 'there', listenerPorts: { http: 80, https: 443 }, peers: [] };
  const behind = (solver: AcmeSolver) => built((shop, environment) => {
    const issuer = new ClusterIssuer(environment, 'letsencrypt', { acme: { server: 'letsencrypt', solvers: [solver] } });
    new Site(shop, 'shop', { front, host: 'shop.example.org', issuer }).route(new Microservice(shop, 'web', { image: IMAGE, port: 8080 }));
  }, gke());

  test('the Secret is that of its https listener, and the proof is a route of the Gateway', () => {
    const made = behind({ http01: { gateway: { name: 'shop', namespace: 'shop' } } });
    expect(told(made)).toEqual([]);
    expect(specOf(made, 'Certificate', 'shop')).toMatchObject({ secretName: 'shop-tls', dnsNames: ['shop.example.org'] });
    expect(specOf(made, 'Gateway', 'shop').listeners).toContainEqual(expect.objectContaining({ name: 'https', tls: { mode: 'Terminate', certificateRefs: [{ group: '', kind: 'Secret', name: 'shop-tls' }] } }));
    // This front may send from anywhere.
    expect(specOf(made, 'NetworkPolicy', 'shop-acme-solver').ingress).toEqual([{ ports: [{ protocol: 'TCP', port: 8089 }] }]);
  });

  test.each<[string, AcmeSolver]>([
    ['another Gateway', { http01: { gateway: { name: 'other' } } }], ['a Gateway of another namespace', { http01: { gateway: { name: 'shop', namespace: 'other' } } }], ['an Ingress', traefikSolver],
  ])('a proof at %s is refused', (_, solver) => {
    expect(told(behind(solver))).toEqual(['error ACME_FRONT test/shop/shop dnsName shop.example.org']);
  });

  test.each<[string, AcmeSolver, string[]]>([
    ['the one that sites share', { http01: { gateway: { name: 'public', namespace: 'infra' } } }, []],
    ['one named as the site, which is not there', { http01: { gateway: { name: 'shop' } } }, ['error ACME_FRONT test/shop/shop dnsName shop.example.org']],
    ['one of that name in the site\'s namespace', { http01: { gateway: { name: 'public' } } }, ['error ACME_FRONT test/shop/shop dnsName shop.example.org']],
  ])('behind a shared Gateway the proof is a route of it: %s', (_, solver, expected) => {
    expect(told(built((shop, environment) => {
      const issuer = new ClusterIssuer(environment, 'letsencrypt', { acme: { server: 'letsencrypt', solvers: [solver] } });
      const gate = new SharedGateway(new AppNamespace(environment, 'infra'), 'public', { front });
      new Site(shop, 'shop', { front: gate, host: 'shop.example.org', issuer }).route(new Microservice(shop, 'web', { image: IMAGE, port: 8080 }));
    }, gke()))).toEqual(expected);
  });
});

describe('an issuer', () => {
  const specIn = (props: IssuerProps) => {
    const made = built((shop) => new Issuer(shop, 'mine', props), gke());
    expect(told(made)).toEqual([]);
    expect(unknownToSchema(made)).toEqual([]);
    return specOf(made, 'Issuer', 'mine');
  };

  test("of Let's Encrypt has the directory, the account and its solvers", () => {
    expect(specIn(http)).toEqual({
      acme: {
        server: 'https://acme-v02.api.letsencrypt.org/directory', email: 'ops@shop.dev', privateKeySecretRef: { name: 'mine-account' },
        solvers: [{ http01: { ingress: { ingressClassName: 'traefik', serviceType: 'ClusterIP' } } }],
      },
    });
  });

  test.each([
    ['letsencrypt-staging', 'https://acme-staging-v02.api.letsencrypt.org/directory'], ['https://ca.internal/acme/acme/directory', 'https://ca.internal/acme/acme/directory'],
  ] as const)('of %s asks at %s', (server, url) => {
    expect(specIn({ acme: { server, accountSecretName: 'acme', solvers: [traefikSolver] } })).toMatchObject({ acme: { server: url, privateKeySecretRef: { name: 'acme' } } });
  });

  const token = { secretName: 'dns', key: 'token' };
  test.each<[string, AcmeSolver, object]>([
    ['an Ingress that is there', { http01: { ingressName: 'shop' } }, { http01: { ingress: { name: 'shop' } } }],
    ['a Gateway', { http01: { gateway: { name: 'shop', namespace: 'edge' } } }, { http01: { gatewayHTTPRoute: { parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'shop', namespace: 'edge' }], serviceType: 'ClusterIP' } } }],
    ['Cloud DNS by identity', { dns01: { cloudDns: { project: 'p', hostedZoneName: 'z' } } }, { dns01: { cloudDNS: { project: 'p', hostedZoneName: 'z' } } }],
    ['Cloud DNS by key', { dns01: { cloudDns: { project: 'p', serviceAccountKey: token } } }, { dns01: { cloudDNS: { project: 'p', serviceAccountSecretRef: { name: 'dns', key: 'token' } } } }],
    ['Route 53', { dns01: { route53: { region: 'eu-central-1', hostedZoneId: 'Z1', role: 'arn:aws:iam::1:role/dns', accessKeyId: 'AKIA', secretAccessKey: token } } }, { dns01: { route53: { region: 'eu-central-1', hostedZoneID: 'Z1', role: 'arn:aws:iam::1:role/dns', accessKeyID: 'AKIA', secretAccessKeySecretRef: { name: 'dns', key: 'token' } } } }],
    ['Azure DNS', { dns01: { azureDns: { subscriptionId: 's', resourceGroupName: 'g', hostedZoneName: 'z', managedIdentityClientId: 'm' } } }, { dns01: { azureDNS: { subscriptionID: 's', resourceGroupName: 'g', hostedZoneName: 'z', managedIdentity: { clientID: 'm' } } } }],
    ['Cloudflare', { dns01: { cloudflare: { apiToken: token } } }, { dns01: { cloudflare: { apiTokenSecretRef: { name: 'dns', key: 'token' } } } }],
    ['RFC 2136', { dns01: { rfc2136: { nameserver: '192.0.2.1', tsigKeyName: 'k', tsigAlgorithm: 'HMACSHA512', tsigSecret: token } } }, { dns01: { rfc2136: { nameserver: '192.0.2.1', tsigKeyName: 'k', tsigAlgorithm: 'HMACSHA512', tsigSecretSecretRef: { name: 'dns', key: 'token' } } } }],
    ['a webhook', { dns01: { webhook: { groupName: 'acme.dev', solverName: 'mine', config: { zone: 'z' } } } }, { dns01: { webhook: { groupName: 'acme.dev', solverName: 'mine', config: { zone: 'z' } } } }],
    ['names and zones', { ...traefikSolver, dnsNames: ['a.shop.dev'], dnsZones: ['shop.dev'] }, { selector: { dnsNames: ['a.shop.dev'], dnsZones: ['shop.dev'] }, http01: { ingress: { ingressClassName: 'traefik', serviceType: 'ClusterIP' } } }],
  ])('proves by %s', (_, solver, expected) => {
    expect(specIn({ acme: { server: 'letsencrypt', solvers: [solver] } })).toMatchObject({ acme: { solvers: [expected] } });
  });

  test('may be an authority of one\'s own, or nobody', () => {
    expect(specIn({ ca: { secretName: 'company-ca' } })).toEqual({ ca: { secretName: 'company-ca' } });
    expect(specIn({ selfSigned: true })).toEqual({ selfSigned: {} });
  });

  test('for the cluster has no namespace, also in a chart that has one', () => {
    const made = builtAlone((chart) => new ClusterIssuer(chart, 'all', { ...dns, name: 'everybody' }), 'team');
    expect(find(made, 'ClusterIssuer', 'everybody').metadata).toEqual({ name: 'everybody' });
    expect(unknownToSchema(made)).toEqual([]);
  });

  test('comes with the controllers, and certificates with the routes', () => {
    const layers: Record<string, string> = {};
    built((shop, environment) => {
      const issuer = new Issuer(shop, 'mine', dns);
      new Certificate(shop, 'web', { issuer, dnsNames: ['shop.dev'] });
      for (const { layer, object } of collect(environment).objects) layers[object.kind] = layer;
    }, gke());
    expect(layers).toMatchObject({ Issuer: 'controllers', Certificate: 'routes' });
  });
});

test('a certificate by itself is for the names that it is given', () => {
  const made = built((shop) => new Certificate(shop, 'mail', { issuer: Issuer.named('mine'), dnsNames: ['mail.shop.dev', '*.mail.shop.dev'], name: 'smtp', secretName: 'smtp-tls' }), gke());
  expect(told(made)).toEqual([]);
  expect(specOf(made, 'Certificate', 'smtp')).toMatchObject({ secretName: 'smtp-tls', dnsNames: ['mail.shop.dev', '*.mail.shop.dev'], issuerRef: { kind: 'Issuer', name: 'mine' } });
  expect(specOf(built((shop) => new Certificate(shop, 'mail', { issuer: Issuer.named('mine'), dnsNames: ['a.dev'] }), gke()), 'Certificate', 'mail').secretName).toBe('mail-tls');
});

describe('the solver of a name', () => {
  type Names = Pick<AcmeSolver, 'dnsNames' | 'dnsZones'>;
  const named = (id: string, names: Names = {}): AcmeSolver => ({ ...names, dns01: { webhook: { groupName: 'acme.dev', solverName: id } } });
  const byHttp = (id: string, names: Names = {}): AcmeSolver => ({ ...names, http01: { ingressName: id } });
  const idOf = (solver: AcmeSolver | undefined): string | undefined => {
    if (!solver) return undefined;
    if ('http01' in solver) return 'ingressName' in solver.http01 ? solver.http01.ingressName : undefined;
    return 'webhook' in solver.dns01 ? solver.dns01.webhook.solverName : undefined;
  };
  const solvers = [named('all'), named('zone', { dnsZones: ['shop.dev'] }), named('longer', { dnsZones: ['api.shop.dev'] }), named('exact', { dnsNames: ['www.api.shop.dev'] })];

  test.each([
    ['other.dev', 'all'], ['shop.dev', 'zone'], ['www.shop.dev', 'zone'], ['myshop.dev', 'all'], ['v1.api.shop.dev', 'longer'], ['*.api.shop.dev', 'longer'], ['www.api.shop.dev', 'exact'],
  ])('%s is %s', (host, expected) => expect(idOf(solverFor(solvers, host))).toBe(expected));

  test('is none where all are for other names', () => {
    expect(solverFor(solvers.slice(1), 'other.dev')).toBeUndefined();
    expect(solverFor(solvers.slice(3), 'api.shop.dev')).toBeUndefined();
  });

  test.each<[string, readonly AcmeSolver[], string, string | undefined]>([
    ['a wildcard passes over HTTP-01, however well its zone fits', [byHttp('http', { dnsZones: ['shop.dev'] }), named('dns')], '*.shop.dev', 'dns'],
    ['and a name below it does not', [byHttp('http', { dnsZones: ['shop.dev'] }), named('dns')], 'www.shop.dev', 'http'],
    ['of equals the first', [byHttp('first'), named('second')], 'shop.dev', 'first'],
    ['names and zones are for what is in both', [named('both', { dnsNames: ['www.shop.dev'], dnsZones: ['other.dev'] })], 'www.shop.dev', undefined],
    ['a name and its zone is more than the name', [named('name', { dnsNames: ['www.shop.dev'] }), named('both', { dnsNames: ['www.shop.dev'], dnsZones: ['shop.dev'] })], 'www.shop.dev', 'both'],
    ['zones are compared by labels', [named('one', { dnsZones: ['a-long-label.dev'] }), named('two', { dnsZones: ['b.a-long-label.dev'] })], 'c.b.a-long-label.dev', 'two'],
    ['lists without entries say nothing', [named('all', { dnsNames: [], dnsZones: [] })], 'shop.dev', 'all'],
  ])('%s', (_, given, host, expected) => expect(idOf(solverFor(given, host))).toBe(expected));
});

describe('times', () => {
  const codes = (certificate: CertificateOptions) => told(site(dns, { certificate }));
  test.each<[string, CertificateOptions, readonly string[]]>([
    ['an hour', { duration: Duration.hours(1) }, []],
    ['less than an hour', { duration: Duration.minutes(59) }, ['error CERTIFICATE_DURATION test/shop/shop certificate.duration']],
    ['renewal five minutes before', { renewBefore: Duration.minutes(5) }, []],
    ['renewal four minutes before', { renewBefore: Duration.minutes(4) }, ['error CERTIFICATE_RENEWAL test/shop/shop certificate.renewBefore']],
    ['renewal a day before 90', { renewBefore: Duration.days(89) }, []],
    ['renewal from the first day of 90', { renewBefore: Duration.days(90) }, ['error CERTIFICATE_RENEWAL test/shop/shop certificate.renewBefore']],
    ['renewal from the first hour', { duration: Duration.hours(2), renewBefore: Duration.hours(2) }, ['error CERTIFICATE_RENEWAL test/shop/shop certificate.renewBefore']],
  ])('%s', (_, options, expected) => expect(codes(options)).toEqual(expected));
});

/** Where nothing is served without a Secret, the proof would not come through either. */
describe('the Secret has a certificate from the first moment', () => {
  const traefik = (environment: Environment, redirectToHttps: boolean) => new Traefik(environment, 'traefik', { exposure: Exposure.loadBalancer(), redirectToHttps });
  const shared = (environment: Environment, front: GatewayFront) => new SharedGateway(new AppNamespace(environment, 'infra'), 'public', { front });
  const own: AcmeSolver = { http01: { gateway: { name: 'shop' } } };
  const common: AcmeSolver = { http01: { gateway: { name: 'public', namespace: 'infra' } } };

  test.each<[string, (environment: Environment) => Front, AcmeSolver, boolean]>([
    ['behind an Ingress of GKE', () => gkeIngress({ staticAddressName: 'shop' }), { http01: { ingressName: 'shop' } }, true],
    ['behind a Gateway of GKE', () => gkeGateway({ staticAddressName: 'shop' }), own, true],
    ['behind a Gateway of a Traefik that redirects all of http', (environment) => traefik(environment, true).gateway, own, true],
    ['behind a shared one', (environment) => shared(environment, traefik(environment, true).gateway), common, true],
    ["not where the redirect is the site's own, than which the proof's path is longer", (environment) => traefik(environment, false).gateway, own, false],
    ['not behind an Ingress of Traefik, which serves https without', (environment) => traefik(environment, true), traefikSolver, false],
  ])('%s', (_, front, solver, expected) => {
    const made = built((shop, environment) => {
      const issuer = new ClusterIssuer(environment, 'letsencrypt', { acme: { server: 'letsencrypt', solvers: [solver] } });
      new Site(shop, 'shop', { front: front(environment), host: 'shop.example.org', issuer }).route(new Microservice(shop, 'web', { image: IMAGE, port: 8080 }));
    }, gke());
    expect(told(made).filter((line) => line.startsWith('error'))).toEqual([]);
    expect(find(made, 'Certificate', 'shop').metadata).toEqual({ name: 'shop', namespace: 'shop', ...(expected && { annotations: { 'cert-manager.io/issue-temporary-certificate': 'true' } }) });
  });
});

describe('an HTTP-01 proof is looked for where the host leads', () => {
  const gkeSite = (solver: AcmeSolver) => told(built((shop, environment) => {
    const issuer = new ClusterIssuer(environment, 'letsencrypt', { acme: { server: 'letsencrypt', solvers: [solver] } });
    const made = new Site(shop, 'shop', { front: gkeIngress({ staticAddressName: 'shop' }), host: 'shop.example.org', issuer });
    made.route(new Microservice(shop, 'web', { image: IMAGE, port: 8080 }));
  }, gke())).filter((line) => line.includes('ACME'));

  test('on GKE in the Ingress that is there, since each is a load balancer of its own', () => {
    expect(gkeSite({ http01: { ingressName: 'shop' } })).toEqual([]);
    expect(gkeSite({ http01: { ingressName: 'other' } })).toEqual(['error ACME_FRONT test/shop/shop dnsName shop.example.org']);
    expect(gkeSite(traefikSolver)).toEqual(['error ACME_FRONT test/shop/shop dnsName shop.example.org']);
    expect(gkeSite({ http01: { gateway: { name: 'shop' } } })).toEqual(['error ACME_FRONT test/shop/shop dnsName shop.example.org']);
  });
});
