import { generateKeyPairSync } from 'node:crypto';
import { ApiObject, type App, Duration, JsonPatch, Lazy, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import type { AcmeOptions, AcmeSolver } from '../../src/constructs/certificates/acme';
import { Certificate, type CertificateOptions } from '../../src/constructs/certificates/certificate';
import { Environment } from '../../src/constructs/environment';
import { Exposure } from '../../src/constructs/services/exposure';
import { ExternalService } from '../../src/constructs/services/external-service';
import type { Front, GatewayFront } from '../../src/constructs/site/front';
import { gkeGateway, type GkeGatewayOptions } from '../../src/constructs/fronts/gke-gateway';
import { gkeIngress, type GkeIngressOptions } from '../../src/constructs/fronts/gke-ingress';
import { GkeLoadBalancer } from '../../src/constructs/services/gke-load-balancer';
import { ingressNginx } from '../../src/constructs/fronts/ingress-nginx';
import { ClusterIssuer, Issuer, type IssuerProps } from '../../src/constructs/certificates/issuer';
import { Microservice } from '../../src/constructs/services/microservice';
import type { MicroserviceProps } from '../../src/constructs/services/microservice-props';
import { AppNamespace } from '../../src/constructs/namespace';
import { compat } from '../../src/constructs/services/security';
import type { RedirectTo, RouteMatch, RouteOptions } from '../../src/constructs/site/route-options';
import { SharedGateway, type SharedGatewayProps } from '../../src/constructs/site/shared-gateway';
import { Site, type SiteProps } from '../../src/constructs/site/site';
import { Traefik, type TraefikProps } from '../../src/constructs/fronts/traefik';
import type { Platform } from '../../src/model/platform';
import { gke } from '../../src/platforms/gke';
import { kind } from '../../src/platforms/kind';

/** Builds something in the namespace `shop` of the environment `test`. */
export type Build = (shop: AppNamespace, environment: Environment) => unknown;

/** Something wrong, what is said of it, and its nearest neighbour that is right. */
export interface InvalidCase {
  readonly code: string;
  readonly title: string;
  readonly severity?: 'error' | 'warning';
  /** Of the first problem with this code, after the environment. */
  readonly path: string;
  readonly wrong: Build;
  readonly right: Build;
  /** @default kind with cloud-provider-kind */
  readonly platform?: Platform;
  /** Where the platform itself is what is wrong. */
  readonly rightPlatform?: Platform;
  /** Codes that come with it. */
  readonly with?: readonly string[];
}

const web = (options: Partial<MicroserviceProps>): Build => (shop) => (
  new Microservice(shop, 'web', { image: 'example.com/web:1.0.0', ...(options.ports === undefined && { port: 8080 }), ...options })
);
const both = (...builds: Build[]): Build => (shop, environment) => builds.forEach((build) => build(shop, environment));
const named = (id: string, options: Partial<MicroserviceProps> = {}): Build => (shop) => new Microservice(shop, id, { image: 'example.com/web:1.0.0', port: 8080, ...options });
const alias = (options: Partial<ConstructorParameters<typeof ExternalService>[2]>): Build => (shop) => new ExternalService(shop, 'db', { externalName: 'db.example.com', port: 5432, ...options });
const readiness = kplus.Probe.fromHttpGet('/ready');

/** A site of a Traefik with one route. */
const site = (route: RouteOptions, options: Partial<MicroserviceProps> = {}): Build => (shop, environment) => {
  const front = new Traefik(environment, 'traefik', { exposure: Exposure.nodePort(), watchNamespaces: ['shop'] });
  return new Site(shop, 'site', { front, host: 'shop.localhost' }).route(new Microservice(shop, 'web', { image: 'example.com/web:1.0.0', port: 8080, ...options }), route);
};
const acme = (options: Partial<AcmeOptions> = {}): IssuerProps => ({ acme: { server: 'letsencrypt', solvers: [{ http01: { ingressClassName: 'traefik' } }], ...options } });
const issuer = (props: IssuerProps): Build => (shop) => new Issuer(shop, 'issuer', props);
/** A site with a certificate, behind a Traefik with one route. */
const certified = (props: IssuerProps, options: Partial<SiteProps> = {}, traefik: Partial<TraefikProps> = {}): Build => (shop, environment) => {
  const front = new Traefik(environment, 'traefik', { exposure: Exposure.loadBalancer(), ...traefik });
  return new Site(shop, 'site', { front, host: 'shop.example.org', issuer: new ClusterIssuer(environment, 'issuer', props), ...options })
    .route(new Microservice(shop, 'web', { image: 'example.com/web:1.0.0', port: 8080 }));
};
const signedBy = (secretName: string): Build => (shop) => new Certificate(shop, 'cert', { issuer: new Issuer(shop, 'issuer', { ca: { secretName } }), dnsNames: ['a.dev'] });
const http01 = { http01: { ingressClassName: 'traefik' } };
const dns01 = { dns01: { cloudDns: { project: 'shop-123' } } };
const plainSite = (traefik: Partial<TraefikProps>, options: Partial<SiteProps>): Build => (shop, environment) => {
  const front = new Traefik(environment, 'traefik', { exposure: Exposure.loadBalancer(), ...traefik });
  return new Site(shop, 'site', { front, host: 'shop.localhost', ...options }).route(new Microservice(shop, 'web', { image: 'example.com/web:1.0.0', port: 8080 }));
};
/** A site behind the shared Gateway of a Traefik that redirects; the certificate is the Gateway's. */
const redirectedGateway = (gateway: Partial<SharedGatewayProps>): Build => (shop, environment) => {
  const traefik = new Traefik(environment, 'traefik', { exposure: Exposure.loadBalancer(), redirectToHttps: true });
  const front = new SharedGateway(new AppNamespace(environment, 'infra'), 'public', { front: traefik.gateway, ...gateway });
  return new Site(shop, 'site', { front, host: 'shop.localhost' }).route(new Microservice(shop, 'web', { image: 'example.com/web:1.0.0', port: 8080 }));
};
/** Two sites of one front, each of which takes what no host does. */
const twoRests = (front: (environment: Environment) => Front): Build => (shop, environment) => {
  const shared = front(environment);
  const service = new Microservice(shop, 'web', { image: 'example.com/web:1.0.0', port: 8080, readiness });
  for (const id of ['one', 'two']) new Site(shop, id, { front: shared, host: `${id}.example.com` }).route(service).routeRest(service);
};
/** A certificate of Let's Encrypt for so many names. */
const issued = (count: number): Build => (shop) => new Certificate(shop, 'cert', { issuer: new Issuer(shop, 'issuer', acme({ solvers: [dns01] })), dnsNames: Array.from({ length: count }, (_, index) => `h${index}.shop.dev`) });
/** A site behind both APIs of GKE, with an address for each. */
const reserved = (ingress: string, ofGateway: string): Build => (shop) => (
  new Site(shop, 'site', { front: [gkeIngress({ staticAddressName: ingress }), gkeGateway({ staticAddressName: ofGateway })], host: 'a.example.com' })
    .route(new Microservice(shop, 'web', { image: 'example.com/web:1.0.0', port: 8080, readiness }))
);
const twoReserved = (front: Front): Build => (shop) => {
  const service = new Microservice(shop, 'web', { image: 'example.com/web:1.0.0', port: 8080, readiness });
  for (const id of ['a', 'b']) new Site(shop, id, { front, host: `${id}.example.com` }).route(service);
};
const key = (privateKey: CertificateOptions['privateKey']): Build => (shop) => new Certificate(shop, 'cert', { issuer: Issuer.named('mine'), dnsNames: ['a.dev'], ...(privateKey && { privateKey }) });
const gkeSite = (options: GkeIngressOptions, service: Partial<MicroserviceProps> = { readiness }, hosts: readonly string[] = []): Build => (shop) => {
  const web = new Microservice(shop, 'web', { image: 'example.com/web:1.0.0', port: 8080, ...service });
  const made = new Site(shop, 'site', { front: gkeIngress(options), host: 'shop.example.com' }).route(web);
  for (const host of hosts) made.route(web, { host });
};
/** Behind an internal load balancer of GKE, with a certificate that is proved so. */
const insideSite = (options: GkeIngressOptions, props: Partial<SiteProps>, solver?: AcmeSolver): Build => (shop) => (
  new Site(shop, 'site', {
    front: gkeIngress({ scope: 'internal', proxySubnet: '10.129.0.0/23', ...options }), host: 'shop.example.com',
    ...(solver && { issuer: new Issuer(shop, 'issuer', acme({ server: 'https://ca.internal/directory', solvers: [solver] })) }), ...props,
  }).route(new Microservice(shop, 'web', { image: 'example.com/web:1.0.0', port: 8080, readiness }))
);
/** A shared Gateway of GKE for a site without a Secret of its own, and for so many with one. */
const gkeGate = (options: GkeGatewayOptions, secrets: number, props: Partial<SharedGatewayProps> = {}): Build => (shop, environment) => {
  const front = new SharedGateway(new AppNamespace(environment, 'infra'), 'gate', { front: gkeGateway(options), ...props });
  const service = new Microservice(shop, 'web', { image: 'example.com/web:1.0.0', port: 8080, readiness });
  new Site(shop, 'plain', { front, host: 'plain.example.com' }).route(service);
  for (let each = 0; each < secrets; each++) new Site(shop, `site${each}`, { front, host: `s${each}.example.com`, tlsSecretName: `tls${each}` }).route(service);
};
/** A site of a Traefik's Gateway, with one route and what is done besides. */
const gateway = (route: RouteOptions, more: (site: Site, web: Microservice) => unknown = () => undefined): Build => (shop, environment) => {
  const front = new Traefik(environment, 'traefik', { exposure: Exposure.nodePort(), watchNamespaces: ['shop'] }).gateway;
  const service = new Microservice(shop, 'web', { image: 'example.com/web:1.0.0', port: 8080 });
  const made = new Site(shop, 'site', { front, host: 'shop.localhost' }).route(service, route);
  more(made, service);
};
const gkeGatewaySite = (options: GkeGatewayOptions, route: RouteOptions = {}, props: Partial<SiteProps> = {}): Build => (shop) => (
  new Site(shop, 'site', { front: gkeGateway(options), host: 'shop.example.com', ...props }).route(new Microservice(shop, 'web', { image: 'example.com/web:1.0.0', port: 8080, readiness }), route)
);
/** A host of its own and a wildcard, each with a route for all and for some headers; Traefik counts the rules that come after. */
const besideWildcard = (own: 'first' | 'last'): Build => gateway({ host: '*.x.localhost' }, (made, service) => {
  const all = () => made.route(service, { host: 'shop.x.localhost', rewrite: { host: 'own' } });
  if (own === 'first') all();
  for (let each = 0; each < 5; each++) for (const host of ['shop.x.localhost', '*.x.localhost']) made.route(service, { host, headers: { 'X-A': `${each}` }, rewrite: { host: host.replace('*', 'any') } });
  if (own === 'last') all();
});
const redirected = (to: RedirectTo, match: RouteMatch = { path: '/old' }): Build => gateway({}, (made) => made.redirect(to, match));
const redirectedSecure = (to: RedirectTo): Build => (shop, environment) => (
  new Site(shop, 'site', { front: gatewayFront, host: 'shop.localhost', tlsSecretName: 'shop-tls' }).route(named('web')(shop, environment) as Microservice).redirect(to, { path: '/old' })
);
/** A wildcard with a certificate of its own, and a host below it. */
const belowWildcard = (props: Partial<SiteProps>, rest = false): Build => (shop, environment) => {
  const front = new Traefik(environment, 'traefik', { exposure: Exposure.nodePort(), watchNamespaces: ['shop'] }).gateway;
  const gate = new SharedGateway(shop, 'gate', { front, tlsSecretName: 'gate-tls' });
  const service = named('web')(shop, environment) as Microservice;
  new Site(shop, 'any', { front: gate, host: '*.shop.localhost', tlsSecretName: 'any-tls' }).route(service);
  const made = new Site(shop, 'site', { front: gate, host: 'a.shop.localhost', ...props }).route(service);
  if (rest) made.routeRest(service);
};
/** A service that says what it speaks, behind a Gateway that sites share. */
const speaking = (appProtocol: string): Build => (shop, environment) => {
  const front = new Traefik(environment, 'traefik', { exposure: Exposure.nodePort(), watchNamespaces: ['shop'] }).gateway;
  const web = new Microservice(shop, 'web', { image: 'example.com/web:1.0.0', port: { containerPort: 8080, appProtocol } });
  new Site(shop, 'site', { front: new SharedGateway(shop, 'gate', { front }), host: 'shop.localhost' }).route(web);
};
const sharedGateway = (sites: number): Build => (shop, environment) => {
  const front = new Traefik(environment, 'traefik', { exposure: Exposure.nodePort(), watchNamespaces: ['shop'] }).gateway;
  const gate = new SharedGateway(shop, 'gate', { front });
  for (let each = 0; each < sites; each++) new Site(shop, `site${each}`, { front: gate, host: `s${each}.localhost` }).route(named(`web${each}`)(shop, environment) as Microservice);
};
/** A Gateway API controller that is already there. */
const gatewayFront: GatewayFront = { api: 'Gateway', type: 'traefik', id: 'there', gatewayClassName: 'there', listenerPorts: { http: 80, https: 443 }, peers: [] };
const numbered = (count: number): Record<string, string> => Object.fromEntries(Array.from({ length: count }, (_, index) => [`X-${index}`, 'a']));
/** Traefik has no timeouts; another front does. */
const timed = (timeoutSeconds: number): Build => (shop, environment) => new Site(shop, 'site', { front: gatewayFront, host: 'shop.localhost' }).route(named('web')(shop, environment) as Microservice, { timeoutSeconds });
const volume = (shop: AppNamespace, id: string, name: string, path: string): kplus.VolumeMount => ({ path, volume: kplus.Volume.fromEmptyDir(shop, id, name) });
const configMap = (data: Record<string, unknown>): Build => (shop) => (
  new ApiObject(shop, 'Config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config', namespace: 'shop' }, data })
);

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const privateKeyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const publicKeyPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const secret = (data: Record<string, unknown>): Build => (shop) => (
  new ApiObject(shop, 'Secret', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'web-tls', namespace: 'shop' }, type: 'kubernetes.io/tls', data })
);

/** As @pulumi/pulumi marks its Outputs. */
class OutputImpl {
  readonly __pulumiOutput = true;
}

const patched = (path: string): Build => (shop, environment) => (configMap({ a: 'b' })(shop, environment) as ApiObject).addJsonPatch(JsonPatch.add(path, 'c'));

export const cases: readonly InvalidCase[] = [
  // Ports
  { code: 'PORT_NONE', title: 'no port', path: 'shop/web ports', wrong: web({ port: undefined }), right: web({ port: 1 }) },
  { code: 'PORT_BOTH', title: 'port and ports', path: 'shop/web port', wrong: web({ port: 8080, ports: [{ containerPort: 8080 }] }), right: web({ ports: [{ containerPort: 8080 }] }) },
  { code: 'PORT_RANGE', title: 'port 65536', path: 'shop/web port.containerPort', wrong: web({ port: 65536 }), right: web({ port: 65535 }) },
  { code: 'PORT_RANGE', title: 'a peer on port 0', path: 'shop/web calls.ports[0]', wrong: web({ calls: [{ namespace: 'a', ports: [{ port: 0 }] }] }), right: web({ calls: [{ namespace: 'a', ports: [{ port: 1 }] }] }) },
  { code: 'PORT_NAME', title: 'a port name of 16 characters', path: 'shop/web port.name', wrong: web({ port: { containerPort: 1, name: 'a'.repeat(16) } }), right: web({ port: { containerPort: 1, name: 'a'.repeat(15) } }) },
  { code: 'PORT_UNNAMED', title: 'two ports, one without a name', path: 'shop/web ports[0].name', wrong: web({ ports: [{ containerPort: 1 }, { containerPort: 2, name: 'b' }] }), right: web({ ports: [{ containerPort: 1, name: 'a' }, { containerPort: 2, name: 'b' }] }) },
  { code: 'PORT_NAME_TWICE', title: 'a private port with the name of a public one', path: 'shop/web privatePorts', wrong: web({ privatePorts: [{ name: 'http', containerPort: 9090 }] }), right: web({ privatePorts: [{ name: 'metrics', containerPort: 9090 }] }) },
  { code: 'PORT_TWICE', title: 'one Service port twice', path: 'shop/web ports', wrong: web({ ports: [{ name: 'a', containerPort: 1, port: 80 }, { name: 'b', containerPort: 2, port: 80 }] }), right: web({ ports: [{ name: 'a', containerPort: 1, port: 80 }, { name: 'b', containerPort: 2, port: 81 }] }) },
  { code: 'PORT_ON_TWO_PROTOCOLS', title: 'one Service port on TCP and UDP', severity: 'warning', path: 'shop/web ports', wrong: web({ ports: [{ name: 'dns', containerPort: 53, protocol: 'UDP' }, { name: 'dns-tcp', containerPort: 53 }] }), right: web({ ports: [{ name: 'dns', containerPort: 53, protocol: 'UDP' }, { name: 'http', containerPort: 8053 }] }) },
  { code: 'CONTAINER_PORT_TWICE', title: "a sidecar on the service's port", path: 'shop/web sidecars[0].ports', wrong: web({ sidecars: [{ name: 'log', image: 'log:1', ports: [{ name: 'log', containerPort: 8080 }] }] }), right: web({ sidecars: [{ name: 'log', image: 'log:1', ports: [{ name: 'log', containerPort: 8081 }] }] }) },
  { code: 'PORT_PROTOCOL', title: 'HTTP as a protocol', path: 'shop/web port.protocol', wrong: web({ port: { containerPort: 1, protocol: 'HTTP' as 'TCP' } }), right: web({ port: { containerPort: 1, appProtocol: 'http' } }) },
  { code: 'APP_PROTOCOL', title: 'an appProtocol with two slashes', path: 'shop/web port.appProtocol', wrong: web({ port: { containerPort: 1, appProtocol: 'kubernetes.io/ws/1' } }), right: web({ port: { containerPort: 1, appProtocol: 'kubernetes.io/ws' } }) },

  // Ports on nodes and on the laptop
  { code: 'NODE_PORT_RANGE', title: 'nodePort 29999', path: 'shop/web port.nodePort', wrong: web({ exposure: Exposure.nodePort({ nodePort: 29999 }) }), right: web({ exposure: Exposure.nodePort({ nodePort: 30000 }) }) },
  { code: 'NODE_PORT_DYNAMIC_BAND', title: 'nodePort 30086', severity: 'warning', path: 'shop/web port.nodePort', wrong: web({ exposure: Exposure.nodePort({ nodePort: 30086 }) }), right: web({ exposure: Exposure.nodePort({ nodePort: 30085 }) }) },
  { code: 'NODE_PORT_UNKNOWN', title: 'a nodePort for a port that is not there', path: 'shop/web exposure.nodePorts.https', wrong: web({ exposure: Exposure.nodePort({ nodePorts: { https: { nodePort: 30001 } } }) }), right: web({ exposure: Exposure.nodePort({ nodePorts: { http: { nodePort: 30001 } } }) }) },
  { code: 'NODE_PORT_BOTH', title: 'nodePort and nodePorts', path: 'shop/web exposure.nodePort', wrong: web({ exposure: Exposure.nodePort({ nodePort: 30001, nodePorts: { http: { nodePort: 30002 } } }) }), right: web({ exposure: Exposure.nodePort({ nodePort: 30001 }) }) },
  { code: 'NODE_PORT_TAKEN', title: 'one nodePort in two services', path: '', wrong: both(named('a', { exposure: Exposure.nodePort({ nodePort: 30001, hostPort: false }) }), named('b', { exposure: Exposure.nodePort({ nodePort: 30001 }) })), right: both(named('a', { exposure: Exposure.nodePort({ nodePort: 30001 }) }), named('b', { exposure: Exposure.nodePort({ nodePort: 30002 }) })) },
  { code: 'HOST_PORT_WITHOUT_NODE_PORT', title: 'a host port alone', path: 'shop/web port.hostPort', wrong: web({ exposure: Exposure.nodePort({ hostPort: 8080 }) }), right: web({ exposure: Exposure.nodePort({ hostPort: 8080, nodePort: 30001 }) }) },
  { code: 'HOST_PORT_TAKEN', title: 'one host port in two services', path: 'shop/a exposure.hostPort', wrong: both(named('a', { exposure: Exposure.nodePort({ nodePort: 30001 }) }), named('b', { exposure: Exposure.nodePort({ nodePort: 30002, hostPort: 30001 }) })), right: both(named('a', { exposure: Exposure.nodePort({ nodePort: 30001, hostPort: false }) }), named('b', { exposure: Exposure.nodePort({ nodePort: 30002, hostPort: 30001 }) })) },
  { code: 'HOST_PORT_NOT_KIND', title: 'a host port on GKE', path: 'shop/web exposure.hostPort', platform: gke(), with: ['NODE_PORT_ON_GKE'], wrong: web({ exposure: Exposure.nodePort({ nodePort: 30001, hostPort: 8080 }) }), right: web({ exposure: Exposure.nodePort({ nodePort: 30001, hostPort: false }) }) },

  // Names
  { code: 'NAME_RFC1035', title: 'a Service name with a dot', path: 'shop/my.web name', wrong: named('my.web'), right: named('my-web') },
  { code: 'NAME_RFC1035', title: 'a Service name of 64 characters', path: `shop/${'a'.repeat(64)} name`, wrong: named('a'.repeat(64)), right: named('a'.repeat(63)) },
  { code: 'NAME_RFC1123', title: 'a namespace with capitals', path: 'Team name', wrong: (_, environment) => new AppNamespace(environment, 'Team'), right: (_, environment) => new AppNamespace(environment, 'team') },
  { code: 'NAME_SUBDOMAIN', title: 'an IngressClass with a space', path: 'traefik ingressClassName', wrong: (_, environment) => new Traefik(environment, 'traefik', { exposure: Exposure.nodePort(), ingressClassName: 'my class' }), right: (_, environment) => new Traefik(environment, 'traefik', { exposure: Exposure.nodePort(), ingressClassName: 'my.class' }) },
  { code: 'LABEL_VALUE', title: 'a version with a plus', path: 'shop/web version', wrong: web({ version: '1.0.0+build.7' }), right: web({ version: '1.0.0-build.7' }) },
  { code: 'LABEL_VALUE', title: 'an instance with a space', path: 'shop/web instance', wrong: web({ instance: 'web blue' }), right: web({ instance: 'web_blue' }) },
  { code: 'OBJECT_NAME', title: 'an object without a name', path: 'shop/Config metadata.name', wrong: (shop) => new ApiObject(shop, 'Config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: '' } }), right: (shop) => new ApiObject(shop, 'Config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config' } }) },
  { code: 'OBJECT_TWICE', title: 'two services of one name', path: 'shop/a/Deployment', wrong: both(named('a', { name: 'web' }), named('b', { name: 'web' })), right: both(named('a', { name: 'web' }), (_, environment) => new Microservice(new AppNamespace(environment, 'other'), 'b', { name: 'web', image: 'example.com/web:1.0.0', port: 8080 })) },

  { code: 'LABEL_KEY', title: "a peer's label with a space", path: 'shop/web callers.podLabels', wrong: web({ callers: [{ podLabels: { 'my app': 'a' } }] }), right: web({ callers: [{ podLabels: { 'my/app': 'a' } }] }) },
  { code: 'ANNOTATION_KEY', title: 'an annotation with two slashes', path: 'shop/web podAnnotations', wrong: web({ podAnnotations: { 'a/b/c': 'd' } }), right: web({ podAnnotations: { 'a/b': 'c/d e' } }) },

  // Pods
  { code: 'IMAGE', title: 'an image with a space', path: 'shop/web image', wrong: web({ image: 'web :1.0' }), right: web({ image: 'web:1.0' }) },
  { code: 'IMAGE_TAG', title: 'an image without a tag', severity: 'warning', path: 'shop/web image', wrong: web({ image: 'localhost:5000/web' }), right: web({ image: 'localhost:5000/web:1' }) },
  { code: 'IMAGE_TAG', title: 'latest', severity: 'warning', path: 'shop/web image', wrong: web({ image: 'web:latest' }), right: web({ image: `web:latest@sha256:${'a'.repeat(64)}` }) },
  { code: 'REPLICAS', title: 'half a replica', path: 'shop/web replicas', wrong: web({ replicas: 1.5 }), right: web({ replicas: 0 }) },
  { code: 'REPLICAS', title: 'fewer at most than at least', path: 'shop/web replicas.maxReplicas', wrong: web({ replicas: { minReplicas: 3, maxReplicas: 2 } }), right: web({ replicas: { minReplicas: 2, maxReplicas: 2 } }) },
  { code: 'REPLICAS', title: 'none at least', path: 'shop/web replicas.minReplicas', wrong: web({ replicas: { minReplicas: 0, maxReplicas: 2 } }), right: web({ replicas: { minReplicas: 1, maxReplicas: 2 } }) },
  { code: 'REPLICAS', title: 'a target of 0 %', path: 'shop/web replicas.targetCpuPercent', wrong: web({ replicas: { minReplicas: 1, maxReplicas: 2, targetCpuPercent: 0 } }), right: web({ replicas: { minReplicas: 1, maxReplicas: 2, targetCpuPercent: 1 } }) },
  { code: 'TMP_SIZE', title: 'a /tmp of nothing', path: 'shop/web tmpMebibytes', wrong: web({ tmpMebibytes: 0 }), right: web({ tmpMebibytes: 1 }) },
  { code: 'DRAIN', title: 'half a second of drain', path: 'shop/web drainSeconds', wrong: web({ drainSeconds: 0.5 }), right: web({ drainSeconds: 0 }) },
  { code: 'DRAIN', title: 'killed while draining', path: 'shop/web terminationGracePeriodSeconds', wrong: web({ drainSeconds: 10, terminationGracePeriodSeconds: 10 }), right: web({ drainSeconds: 10, terminationGracePeriodSeconds: 11 }) },
  { code: 'USER', title: 'root by number', path: 'shop/web security.user', wrong: web({ security: { type: 'restricted', user: 0 } }), right: web({ security: { type: 'restricted', user: 1 } }) },
  { code: 'POD_SECURITY_VOLUME', title: 'a directory of the node', path: 'shop/web volumeMounts', wrong: (shop, environment) => web({ volumeMounts: [{ path: '/data', volume: kplus.Volume.fromHostPath(shop, 'Data', 'data', { path: '/data' }) }] })(shop, environment), right: (shop, environment) => web({ volumeMounts: [volume(shop, 'Data', 'data', '/data')] })(shop, environment) },
  { code: 'POD_SECURITY', title: 'root in a restricted namespace', path: 'shop/web security', wrong: web({ security: compat({ reason: 'binds to 80 as root', root: true }) }), right: (_, environment) => web({ security: compat({ reason: 'binds to 80 as root', root: true }) })(new AppNamespace(environment, 'loose', { podSecurity: 'baseline' }), environment) },
  { code: 'CONTAINER_NAME_TWICE', title: 'a sidecar with the name of the service', path: 'shop/web sidecars', wrong: web({ sidecars: [{ name: 'web', image: 'log:1' }] }), right: web({ sidecars: [{ name: 'log', image: 'log:1' }] }) },
  { code: 'MOUNT_TWICE', title: 'a volume at /tmp beside tmpMebibytes', path: 'shop/web volumeMounts', wrong: (shop, environment) => web({ tmpMebibytes: 1, volumeMounts: [volume(shop, 'v', 'v', '/tmp')] })(shop, environment), right: (shop, environment) => web({ tmpMebibytes: 1, volumeMounts: [volume(shop, 'v', 'v', '/tmp2')] })(shop, environment) },
  { code: 'VOLUME_NAME_TWICE', title: 'two volumes of one name', path: 'shop/web volumeMounts', wrong: (shop, environment) => web({ volumeMounts: [volume(shop, 'a', 'v', '/a'), volume(shop, 'b', 'v', '/b')] })(shop, environment), right: (shop, environment) => web({ volumeMounts: [volume(shop, 'a', 'v', '/a'), volume(shop, 'b', 'w', '/b')] })(shop, environment) },
  { code: 'RESOURCES', title: 'more CPU asked for than allowed', path: 'shop/web resources.cpu', wrong: web({ resources: { cpu: { request: kplus.Cpu.units(1), limit: kplus.Cpu.millis(999) } } }), right: web({ resources: { cpu: { request: kplus.Cpu.units(1), limit: kplus.Cpu.millis(1000) } } }) },
  { code: 'RESOURCES', title: 'more memory asked for than allowed, in a sidecar', path: 'shop/web sidecars[0].resources.memory', wrong: web({ sidecars: [{ name: 'a', image: 'a:1', resources: { memory: { request: Size.gibibytes(1), limit: Size.mebibytes(1023) } } }] }), right: web({ sidecars: [{ name: 'a', image: 'a:1', resources: { memory: { request: Size.gibibytes(1), limit: Size.mebibytes(1024) } } }] }) },

  { code: 'PROBE_TIMING', title: 'a probe that fails at once', path: 'shop/web readiness.failureThreshold', wrong: web({ readiness: kplus.Probe.fromHttpGet('/', { failureThreshold: 0 }) }), right: web({ readiness: kplus.Probe.fromHttpGet('/', { failureThreshold: 1 }) }) },
  { code: 'PORT_RANGE', title: 'a probe of port 0', path: 'shop/web liveness.port', wrong: web({ liveness: kplus.Probe.fromTcpSocket({ port: 0 }) }), right: web({ liveness: kplus.Probe.fromTcpSocket({ port: 1 }) }) },
  { code: 'ENV_NAME', title: 'a variable with an equals sign', path: 'shop/web envVariables', wrong: web({ envVariables: { 'A=B': kplus.EnvValue.fromValue('c') } }), right: web({ envVariables: { 'A.b-C 1': kplus.EnvValue.fromValue('=') } }) },

  // Calls
  { code: 'PORT_PROTOCOL', title: 'a call over HTTP, which is no transport', path: 'shop/web calls.ports[0].protocol', wrong: web({ calls: [{ cidr: '10.0.0.0/8', ports: [{ port: 80, protocol: 'HTTP' as 'TCP' }] }] }), right: web({ calls: [{ cidr: '10.0.0.0/8', ports: [{ port: 80, protocol: 'UDP' }] }] }) },
  { code: 'PORT_PROTOCOL', title: 'a database over tcp in small letters', path: 'shop/db protocol', wrong: alias({ protocol: 'tcp' as 'TCP' }), right: alias({ protocol: 'TCP' }) },
  { code: 'SERVICE_UNKNOWN', title: 'a call to nobody', path: 'shop/web calls', wrong: both(web({ calls: ['order'] }), named('orders')), right: both(web({ calls: ['orders'] }), named('orders')) },
  { code: 'SERVICE_UNKNOWN', title: 'a caller of another namespace without its name', path: 'shop/web callers', wrong: both(web({ callers: ['far'] }), (_, environment) => named('far')(new AppNamespace(environment, 'other'), environment)), right: both(web({ callers: ['other/far'] }), (_, environment) => named('far')(new AppNamespace(environment, 'other'), environment)) },
  { code: 'CALLER_HAS_NO_PODS', title: 'a caller that is an alias', path: 'shop/web callers', wrong: both(web({ callers: ['db'] }), alias({})), right: both(web({ calls: ['db'] }), alias({})) },
  { code: 'CIDR', title: 'an address without a mask', path: 'shop/web callers', wrong: web({ callers: [{ cidr: '10.0.0.7' }] }), right: web({ callers: [{ cidr: '10.0.0.7/32' }] }) },
  { code: 'EXTERNAL_NAME', title: 'a URL as a name', path: 'shop/db externalName', wrong: alias({ externalName: 'postgres://db.example.com' }), right: alias({ externalName: 'db.example.com' }) },
  { code: 'EXTERNAL_NAME_ADDRESS', title: 'an address as a name', path: 'shop/db externalName', wrong: alias({ externalName: '192.0.2.7' }), right: alias({ externalName: '192.0.2.7.example.com' }) },
  { code: 'EXTERNAL_NAME_SHORT', title: 'a name of one label', severity: 'warning', path: 'shop/db externalName', wrong: alias({ externalName: 'db' }), right: alias({ externalName: 'db.internal' }) },
  { code: 'EXTERNAL_NAME_HOST', title: 'an alias that is called by HTTP', severity: 'warning', path: 'shop/db speaks', wrong: alias({ speaks: 'http' }), right: alias({ speaks: 'other' }) },

  { code: 'CIDR_EXCEPT', title: 'an exception from elsewhere', path: 'shop/web callers.except', wrong: web({ callers: [{ cidr: '10.0.0.0/8', except: ['192.168.0.0/16'] }] }), right: web({ callers: [{ cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] }] }) },
  { code: 'CIDR_EXCEPT', title: 'an exception of everything', path: 'shop/web calls.except', wrong: web({ calls: [{ cidr: '10.0.0.0/8', except: ['10.0.0.0/8'] }] }), right: web({ calls: [{ cidr: '10.0.0.0/8', except: ['10.0.0.0/9'] }] }) },

  // Rungs and platforms
  { code: 'SESSION_AFFINITY_TIMEOUT', title: 'a day and a second', path: 'shop/web exposure.sessionAffinity.timeoutSeconds', wrong: web({ exposure: Exposure.clusterIp({ sessionAffinity: { timeoutSeconds: 86401 } }) }), right: web({ exposure: Exposure.clusterIp({ sessionAffinity: { timeoutSeconds: 86400 } }) }) },
  { code: 'IP_FAMILIES', title: 'one family twice', path: 'shop/web exposure.ipFamilies.families', wrong: web({ exposure: Exposure.clusterIp({ ipFamilies: { policy: 'PreferDualStack', families: ['IPv4', 'IPv4'] } }) }), right: web({ exposure: Exposure.clusterIp({ ipFamilies: { policy: 'PreferDualStack', families: ['IPv4', 'IPv6'] } }) }) },
  { code: 'IP_FAMILIES', title: 'two families of one stack', path: 'shop/web exposure.ipFamilies', wrong: web({ exposure: Exposure.headless({ ipFamilies: { policy: 'SingleStack', families: ['IPv4', 'IPv6'] } }) }), right: web({ exposure: Exposure.headless({ ipFamilies: { policy: 'SingleStack', families: ['IPv6'] } }) }) },
  { code: 'LOAD_BALANCER_PENDING', title: 'a load balancer on kind alone', path: 'shop/web exposure', platform: kind(), wrong: web({ exposure: Exposure.loadBalancer() }), right: web({ exposure: Exposure.nodePort() }) },
  { code: 'LOAD_BALANCER_CLASS', title: 'a class with two slashes', path: 'shop/web exposure.loadBalancerClass', wrong: web({ exposure: Exposure.loadBalancer({ loadBalancerClass: 'a/b/c' }) }), right: web({ exposure: Exposure.loadBalancer({ loadBalancerClass: 'a/b' }) }) },
  { code: 'LOAD_BALANCER_CLASS_NOT_HERE', title: "GKE's class on kind", path: 'shop/web exposure.loadBalancerClass', wrong: web({ exposure: GkeLoadBalancer.external() }), right: web({ exposure: Exposure.loadBalancer() }) },
  { code: 'SOURCE_RANGE', title: 'a source range without a mask', path: 'shop/web exposure.loadBalancerSourceRanges', wrong: web({ exposure: Exposure.loadBalancer({ loadBalancerSourceRanges: ['203.0.113.7'] }) }), right: web({ exposure: Exposure.loadBalancer({ loadBalancerSourceRanges: ['203.0.113.7/32'] }) }) },
  { code: 'LOAD_BALANCER_NODE_PORTS', title: 'the Local policy without node ports', severity: 'warning', path: 'shop/web exposure.allocateLoadBalancerNodePorts', wrong: web({ exposure: Exposure.loadBalancer({ allocateLoadBalancerNodePorts: false, externalTrafficPolicy: 'Local' }) }), right: web({ exposure: Exposure.loadBalancer({ allocateLoadBalancerNodePorts: false, externalTrafficPolicy: 'Cluster' }) }) },
  { code: 'NODE_PORT_ON_GKE', title: 'a NodePort on GKE', severity: 'warning', path: 'shop/web exposure', platform: gke(), wrong: web({ exposure: Exposure.nodePort() }), right: web({ exposure: GkeLoadBalancer.internal() }) },
  { code: 'INTERNAL_LOCAL_ON_GKE', title: 'internalTrafficPolicy Local on GKE', severity: 'warning', path: 'shop/web exposure.internalTrafficPolicy', platform: gke(), wrong: web({ exposure: Exposure.clusterIp({ internalTrafficPolicy: 'Local' }) }), right: web({ exposure: Exposure.clusterIp({ internalTrafficPolicy: 'Cluster' }) }) },
  { code: 'NODES', title: 'minus one worker', path: 'platform.workers', platform: kind({ workers: -1 }), rightPlatform: kind({ workers: 0 }), wrong: web({}), right: web({}) },
  { code: 'NODES', title: 'a GKE cluster without nodes', path: 'platform.nodes', platform: gke({ nodes: 0 }), rightPlatform: gke({ nodes: 1 }), wrong: web({}), right: web({}) },
  { code: 'NAME_RFC1123', title: 'a cluster name with a space', path: 'platform.clusterName', platform: kind({ clusterName: 'my cluster' }), rightPlatform: kind({ clusterName: 'my-cluster' }), wrong: web({}), right: web({}) },

  // Sites and their fronts
  { code: 'SITE_EMPTY', title: 'a site without routes', path: 'shop/site routes', wrong: (shop, environment) => new Site(shop, 'site', { front: new Traefik(environment, 'traefik', { exposure: Exposure.nodePort() }), host: 'a.localhost' }), right: site({}) },
  { code: 'ROUTE_TWICE', title: 'one path twice', path: 'shop/site route shop.localhost/', wrong: both((shop, environment) => { const made = site({})(shop, environment) as Site; made.route(shop.node.findChild('web') as Microservice); }), right: both((shop, environment) => { const made = site({})(shop, environment) as Site; made.route(shop.node.findChild('web') as Microservice, { pathType: 'Exact' }); }) },
  { code: 'HOST', title: 'a host with a port', path: 'shop/site host shop.localhost:8080', wrong: site({ host: 'shop.localhost:8080' }), right: site({ host: '*.shop.localhost' }) },
  { code: 'PATH', title: 'a path without a slash', path: 'shop/site route shop.localhostcart', wrong: site({ path: 'cart' }), right: site({ path: '/cart' }) },
  { code: 'PATH_STAR', title: 'a path with a star for all below', severity: 'warning', path: 'shop/site route shop.localhost/cart/*', wrong: site({ path: '/cart/*' }), right: site({ path: '/cart/*x' }) },
  { code: 'BACKEND_PORT', title: 'a port that the service does not have', path: 'shop/site route shop.localhost/', wrong: site({ port: 8081 }), right: site({ port: 8080 }) },
  { code: 'BACKEND_PROTOCOL', title: 'a port on UDP', path: 'shop/site route shop.localhost/', wrong: site({}, { port: { containerPort: 53, protocol: 'UDP' } }), right: site({}, { port: { containerPort: 53 } }) },
  { code: 'BACKEND_NAMESPACE', title: 'a service of another namespace', path: 'shop/site route shop.localhost/far', wrong: (shop, environment) => { (site({})(shop, environment) as Site).route(named('far')(new AppNamespace(environment, 'other'), environment) as Microservice, { path: '/far' }); }, right: (shop, environment) => { (site({})(shop, environment) as Site).route(named('near')(shop, environment) as Microservice, { path: '/near' }); } },
  { code: 'HOST_TAKEN', title: 'one host in two sites', path: 'shop/site host shop.localhost', wrong: (shop, environment) => { const first = site({})(shop, environment) as Site; new Site(shop, 'other', { front: first.fronts, host: 'shop.localhost' }).route(shop.node.findChild('web') as Microservice, { path: '/b' }); }, right: (shop, environment) => { const first = site({})(shop, environment) as Site; new Site(shop, 'other', { front: first.fronts, host: 'b.localhost' }).route(shop.node.findChild('web') as Microservice, { path: '/b' }); } },
  { code: 'FRONT_MISSING', title: 'a site that nobody serves', path: 'shop/site front', wrong: (shop, environment) => new Site(shop, 'site', { front: [], host: 'a.localhost' }).route(named('a')(shop, environment) as Microservice), right: site({}) },
  { code: 'ADDRESS_TAKEN', title: 'one address for an Ingress and a Gateway', path: 'shop/site front.staticAddressName', platform: gke(), wrong: reserved('public', 'public'), right: reserved('public', 'public-gateway') },
  { code: 'ADDRESS_TAKEN', title: 'one address for the Ingresses of two sites', path: 'shop/a front.staticAddressName', platform: gke(), wrong: twoReserved(gkeIngress({ staticAddressName: 'public' })), right: twoReserved(gkeIngress()) },
  { code: 'ADDRESS_TAKEN', title: 'one address for two Gateways', path: 'shop/a front.staticAddressName', platform: gke(), wrong: twoReserved(gkeGateway({ staticAddressName: 'public' })), right: (shop, environment) => twoReserved(new SharedGateway(shop, 'gate', { front: gkeGateway({ staticAddressName: 'public' }) }))(shop, environment) },
  { code: 'REST_TAKEN', title: 'the rest of one Traefik to two sites', path: 'shop/one routeRest', wrong: twoRests((environment) => new Traefik(environment, 'traefik', { exposure: Exposure.loadBalancer() })), right: twoRests(() => gkeIngress()), platform: gke() },
  { code: 'FRONT_ELSEWHERE', title: 'a front of another cluster', path: 'shop/site front', wrong: (shop, environment) => new Site(shop, 'site', { front: new Traefik(new Environment(environment.node.root as App, 'stage', { platform: kind() }), 'traefik', { exposure: Exposure.nodePort() }), host: 'a.localhost' }).route(named('a')(shop, environment) as Microservice), right: site({}) },
  { code: 'FRONT_TWICE', title: 'two fronts of one API', path: 'shop/site front', with: ['INGRESS_NGINX_RETIRED'], wrong: (shop, environment) => new Site(shop, 'site', { front: [ingressNginx(), ingressNginx({ ingressClassName: 'internal' })], host: 'a.localhost' }).route(named('a')(shop, environment) as Microservice), right: (shop, environment) => new Site(shop, 'site', { front: [ingressNginx(), gatewayFront], host: 'a.localhost' }).route(named('a')(shop, environment) as Microservice) },
  { code: 'FRONT_NOT_HERE', title: "GKE's Ingress on kind", path: 'shop/site front', wrong: gkeSite({}), right: site({}) },
  { code: 'FRONT_NOT_WATCHING', title: 'a Traefik that watches elsewhere', path: 'shop/site front', wrong: (shop, environment) => new Site(shop, 'site', { front: new Traefik(environment, 'traefik', { exposure: Exposure.nodePort(), watchNamespaces: ['elsewhere'] }), host: 'a.localhost' }).route(named('a')(shop, environment) as Microservice), right: site({}) },
  { code: 'INGRESS_NGINX_RETIRED', title: 'ingress-nginx', severity: 'warning', path: 'shop/site front', wrong: (shop, environment) => new Site(shop, 'site', { front: ingressNginx(), host: 'a.localhost' }).route(named('a')(shop, environment) as Microservice), right: site({}) },
  { code: 'INGRESS_CANNOT', title: 'a header match on an Ingress', path: 'shop/site route shop.localhost/ headers', wrong: site({ headers: { 'X-Version': '2' } }), right: gateway({ headers: { 'X-Version': '2' } }) },
  { code: 'INGRESS_CANNOT', title: 'a canary on an Ingress', path: 'shop/site route shop.localhost/ weight', wrong: site({ weight: 90 }), right: gateway({ weight: 90 }) },
  { code: 'FRONT_CANNOT', title: 'a timeout on Traefik', path: 'shop/site route shop.localhost/ timeoutSeconds', wrong: gateway({ timeoutSeconds: 30 }), right: gateway({}) },
  { code: 'FRONT_CANNOT', title: 'a method on GKE', path: 'shop/site route shop.example.com/ methods', platform: gke(), wrong: gkeGatewaySite({}, { methods: ['GET'] }), right: gkeGatewaySite({}, { headers: { a: 'b' } }) },
  { code: 'FRONT_CANNOT', title: 'a header on the classic load balancer', path: 'shop/site route shop.example.com/ headers', platform: gke(), wrong: gkeGatewaySite({ class: 'gke-l7-gxlb' }, { headers: { a: 'b' } }), right: gkeGatewaySite({ class: 'gke-l7-gxlb' }) },
  { code: 'GATEWAY_PATH', title: 'a space in a path', path: 'shop/site route shop.localhost/a b', wrong: gateway({ path: '/a b' }), right: gateway({ path: '/a%20b' }) },
  { code: 'METHODS', title: 'a method twice', path: 'shop/site route shop.localhost/ methods', wrong: gateway({ methods: ['GET', 'GET'] }), right: gateway({ methods: ['GET', 'HEAD'] }) },
  { code: 'HEADER_NAME', title: 'a header with a space', path: 'shop/site route shop.localhost/ headers', wrong: gateway({ headers: { 'X Version': '2' } }), right: gateway({ headers: { 'X-Version': '2' } }) },
  { code: 'HEADER_VALUE', title: 'a line break in a match', path: 'shop/site route shop.localhost/ headers.X-A', wrong: gateway({ headers: { 'X-A': 'a\r\nb' } }), right: gateway({ headers: { 'X-A': 'a\tb' } }) },
  { code: 'MATCH_VALUE', title: 'an empty query parameter', path: 'shop/site route shop.localhost/ queryParams.beta', wrong: gateway({ queryParams: { beta: '' } }), right: gateway({ queryParams: { beta: 'x'.repeat(1024) } }) },
  { code: 'MATCH_COUNT', title: '17 headers', path: 'shop/site route shop.localhost/ headers', wrong: gateway({ headers: numbered(17) }), right: gateway({ headers: numbered(16) }) },
  { code: 'ROUTE_WEIGHT', title: 'a weight below nothing', path: 'shop/site route shop.localhost/ weight', wrong: gateway({ weight: -1 }), right: gateway({ weight: 1_000_000 }) },
  { code: 'ROUTE_WEIGHT', title: 'weights that are all 0', path: 'shop/site route shop.localhost/ weight', wrong: gateway({ weight: 0 }), right: gateway({ weight: 0 }, (made, service) => made.route(service, { weight: 1 })) },
  { code: 'SHARES_DIFFER', title: 'a canary with a rewrite of its own', path: 'shop/site route shop.localhost/', wrong: gateway({ weight: 9 }, (made, service) => made.route(service, { weight: 1, rewrite: { prefix: '/v2' } })), right: gateway({ weight: 9, rewrite: { prefix: '/v2' } }, (made, service) => made.route(service, { weight: 1, rewrite: { prefix: '/v2' } })) },
  { code: 'ROUTE_TIMEOUT', title: 'half a second', path: 'shop/site route shop.localhost/ timeoutSeconds', wrong: timed(0.5), right: timed(1) },
  { code: 'REWRITE', title: 'a prefix of an exact path', path: 'shop/site route shop.localhost/a rewrite.prefix', wrong: gateway({ path: '/a', pathType: 'Exact', rewrite: { prefix: '/b' } }), right: gateway({ path: '/a', pathType: 'Exact', rewrite: { path: '/b' } }) },
  { code: 'REWRITE', title: 'a path and a prefix', path: 'shop/site route shop.localhost/a rewrite', wrong: gateway({ path: '/a', rewrite: { path: '/b', prefix: '/c' } }), right: gateway({ path: '/a', rewrite: { prefix: '/c' } }) },
  { code: 'REWRITE', title: 'a host with a wildcard', path: 'shop/site route shop.localhost/ rewrite.host', wrong: gateway({ rewrite: { host: '*.example.com' } }), right: gateway({ rewrite: { host: 'a.example.com' } }) },
  { code: 'REWRITE', title: 'a rewrite of nothing', path: 'shop/site route shop.localhost/ rewrite', wrong: gateway({ rewrite: {} }), right: gateway({ rewrite: { path: '/' } }) },
  { code: 'REWRITE', title: 'a query in a path', path: 'shop/site route shop.localhost/ rewrite.path', wrong: gateway({ rewrite: { path: '/a?b=c' } }), right: gateway({ rewrite: { path: '/a' } }) },
  { code: 'REDIRECT', title: 'a redirect to itself', path: 'shop/site route shop.localhost/old redirect', wrong: redirected({ status: 301 }), right: redirected({ status: 301, scheme: 'https' }) },
  { code: 'REDIRECT', title: 'status 200', path: 'shop/site route shop.localhost/old redirect.status', wrong: redirected({ scheme: 'https', status: 200 as 301 }), right: redirected({ scheme: 'https', status: 308 }) },
  { code: 'REDIRECT_LOOP', title: 'a redirect into itself', path: 'shop/site route shop.localhost/old redirect', wrong: redirected({ prefix: '/old/new' }), right: redirected({ prefix: '/older' }) },
  { code: 'REDIRECT_LOOP', title: 'a redirect to its own path', path: 'shop/site route shop.localhost/old redirect', wrong: redirected({ path: '/old/' }), right: redirected({ path: '/old/' }, { path: '/old', pathType: 'Exact' }) },
  { code: 'REDIRECT_LOOP', title: 'two redirects to each other', path: 'shop/site route shop.localhost/a redirect', wrong: gateway({}, (made) => made.redirect({ path: '/b' }, { path: '/a' }).redirect({ host: 'shop.localhost', path: '/a/c' }, { path: '/b' })), right: gateway({}, (made, web) => made.redirect({ path: '/b' }, { path: '/a' }).redirect({ path: '/a/c' }, { path: '/b' }).route(web, { path: '/a/c' })) },
  { code: 'REDIRECT_LOOP', title: 'a host that redirects to itself', path: 'shop/site route www.shop.localhost/ redirect', wrong: redirected({ host: 'www.shop.localhost' }, { host: 'www.shop.localhost' }), right: redirected({ host: 'shop.localhost' }, { host: 'www.shop.localhost' }) },
  { code: 'REDIRECT_LOOP', title: 'a redirect to https where all is https', path: 'shop/site route shop.localhost/old redirect', wrong: redirectedSecure({ scheme: 'https' }), right: redirectedSecure({ scheme: 'https', port: 8443 }) },
  { code: 'PORT_RANGE', title: 'a redirect to port 65536', path: 'shop/site route shop.localhost/old redirect.port', wrong: redirected({ port: 65536 }), right: redirected({ port: 65535 }) },
  { code: 'ROUTE_TWICE', title: 'a route and a redirect of one match', path: 'shop/site route shop.localhost/', wrong: redirected({ scheme: 'https' }, {}), right: redirected({ scheme: 'https' }, { path: '/only' }) },
  { code: 'ROUTE_TWICE', title: '/a and /a/ of a Gateway', path: 'shop/site route shop.localhost/a', wrong: gateway({ path: '/a' }, (made, service) => made.route(service, { path: '/a/' })), right: gateway({ path: '/a' }, (made, service) => made.route(service, { path: '/a/', pathType: 'Exact' })) },
  { code: 'HEADER_CHANGES', title: 'a header set to nothing', path: 'shop/site route shop.localhost/ requestHeaders.X-A', wrong: gateway({ requestHeaders: { set: { 'X-A': '' } } }), right: gateway({ requestHeaders: { remove: ['X-A'] } }) },
  { code: 'HEADER_CHANGES', title: 'changes of no header', path: 'shop/site route shop.localhost/ responseHeaders', wrong: gateway({ responseHeaders: {} }), right: gateway({ responseHeaders: { add: { 'X-A': 'b' } } }) },
  { code: 'HEADER_CHANGES', title: 'an added header of two lines', path: 'shop/site route shop.localhost/ requestHeaders.X-A', wrong: gateway({ requestHeaders: { set: { 'X-A': 'b' }, add: { 'X-A': 'a\nX-B: b' } } }), right: gateway({ requestHeaders: { set: { 'X-A': 'b' }, add: { 'X-A': 'a, b' } } }) },
  { code: 'HEADER_TWICE', title: 'a header in two spellings', path: 'shop/site route shop.localhost/ headers', wrong: gateway({ headers: { 'X-A': '1', 'x-a': '2' } }), right: gateway({ headers: { 'X-A': '1', 'x-b': '2' } }) },
  { code: 'HEADER_TWICE', title: 'a header taken away twice', path: 'shop/site route shop.localhost/ requestHeaders.remove', wrong: gateway({ requestHeaders: { remove: ['X-A', 'X-A'] } }), right: gateway({ requestHeaders: { set: { 'X-A': 'b' }, remove: ['x-b'] } }) },
  { code: 'WILDCARD_LABELS', title: 'a wildcard of a Gateway', severity: 'warning', path: 'shop/site host *.shop.localhost', wrong: gateway({ host: '*.shop.localhost' }), right: site({ host: '*.shop.localhost' }) },
  { code: 'TRAEFIK_HOST_ORDER', title: "a wildcard's path that a host of its own lacks", severity: 'warning', path: 'shop/site route *.shop.localhost/a', with: ['WILDCARD_LABELS'], wrong: gateway({ host: '*.shop.localhost', path: '/a' }, (made, service) => made.route(service, { host: 'b.shop.localhost', rewrite: { host: 'b' } })), right: gateway({ host: '*.shop.localhost', path: '/a' }, (made, service) => made.route(service, { host: 'b.shop.localhost' })) },
  { code: 'TRAEFIK_ORDER', title: 'a method that weighs more than ten letters of a path', severity: 'warning', path: 'shop/site route shop.localhost/a', wrong: gateway({ path: '/a', methods: ['POST'] }, (made, service) => made.route(service, { path: '/a/bcdefg', rewrite: { host: 'b' } })), right: gateway({ path: '/a', methods: ['POST'] }, (made, service) => made.route(service, { path: '/a/bcdefghijkl', rewrite: { host: 'b' } })) },
  { code: 'TRAEFIK_HOST_ORDER', title: 'a wildcard whose first rule has more after it than that of a host below it', severity: 'warning', path: 'shop/site route *.x.localhost/', with: ['WILDCARD_LABELS'], wrong: besideWildcard('last'), right: besideWildcard('first') },
  { code: 'NAME_SUBDOMAIN', title: 'a host with no room for its HTTPRoute', path: `shop/site host ${'a.'.repeat(120)}localhost`, wrong: gateway({ host: `${'a.'.repeat(120)}localhost` }), right: gateway({ host: `${'a.'.repeat(110)}localhost` }) },
  { code: 'BACKEND_APP_PROTOCOL', title: 'grpc by that name behind Traefik', path: 'shop/site route shop.localhost/', wrong: speaking('grpc'), right: speaking('kubernetes.io/h2c') },
  { code: 'SHARED_GATEWAY', title: 'a shared Gateway of nobody', path: 'shop/gate front', wrong: sharedGateway(0), right: sharedGateway(1) },
  { code: 'SHARED_GATEWAY', title: "a host that another site's listener takes", path: 'shop/gate listeners', with: ['WILDCARD_LABELS'], wrong: belowWildcard({}), right: belowWildcard({ tlsSecretName: 'a-tls' }) },
  { code: 'SHARED_GATEWAY', title: 'the rest of a certificate that is for hosts', path: 'shop/site routeRest', with: ['WILDCARD_LABELS'], wrong: belowWildcard({ tlsSecretName: 'a-tls' }, true), right: belowWildcard({ tlsSecretName: 'a-tls' }) },
  { code: 'GKE_GLOBAL_ACCESS', title: 'global access to a global load balancer', path: 'shop/site front.globalAccess', platform: gke(), wrong: gkeGatewaySite({ globalAccess: true }), right: gkeGatewaySite({ class: 'gke-l7-rilb', proxySubnet: '10.129.0.0/23', globalAccess: true }) },
  { code: 'GKE_TIMEOUT', title: 'no time at all', path: 'shop/site front.backendTimeoutSeconds', platform: gke(), wrong: gkeGatewaySite({ backendTimeoutSeconds: 0 }), right: gkeGatewaySite({ backendTimeoutSeconds: 1 }) },
  { code: 'GKE_PROXY_SUBNET', title: 'a regional Gateway without its subnet', path: 'shop/site front.proxySubnet', platform: gke(), wrong: gkeGatewaySite({ class: 'gke-l7-regional-external-managed' }), right: gkeGatewaySite({ class: 'gke-l7-regional-external-managed', proxySubnet: '10.129.0.0/23' }) },
  { code: 'GKE_CERTIFICATE', title: 'a certificate map of a region', path: 'shop/site front.certificateMap', platform: gke(), wrong: gkeGatewaySite({ class: 'gke-l7-rilb', proxySubnet: '10.129.0.0/23', certificateMap: 'shop' }), right: gkeGatewaySite({ class: 'gke-l7-rilb', proxySubnet: '10.129.0.0/23', preSharedCertificates: ['shop'] }) },
  { code: 'GKE_CERTIFICATE', title: 'a certificate map and certificates', path: 'shop/site front.preSharedCertificates', platform: gke(), wrong: gkeGatewaySite({ certificateMap: 'shop', preSharedCertificates: ['shop'] }), right: gkeGatewaySite({ certificateMap: 'shop' }) },
  { code: 'FRONT_NOT_WATCHING', title: 'a service in a namespace that its Traefik does not watch', path: 'shop/site front', wrong: (shop, environment) => gateway({}, (made) => made.route(named('far')(new AppNamespace(environment, 'other'), environment) as Microservice, { path: '/far' }))(shop, environment), right: gateway({}) },
  { code: 'GKE_CERTIFICATE', title: 'a managed certificate inside', path: 'shop/site front.managedCertificate', platform: gke(), wrong: gkeSite({ scope: 'internal', proxySubnet: '10.0.0.0/23', managedCertificate: true }), right: gkeSite({ managedCertificate: true }) },
  { code: 'GKE_CERTIFICATE', title: 'a certificate map and a Secret', path: 'shop/site tlsSecretName', platform: gke(), wrong: gkeGatewaySite({ certificateMap: 'shop' }, {}, { tlsSecretName: 'shop-tls' }), right: gkeGatewaySite({}, {}, { tlsSecretName: 'shop-tls' }) },
  { code: 'GKE_CERTIFICATE', title: 'certificates of the project and an issuer', path: 'shop/site tlsSecretName', platform: gke(), wrong: gkeGatewaySite({ preSharedCertificates: ['shop'] }, {}, { issuer: Issuer.named('mine') }), right: gkeGatewaySite({}, {}, { issuer: Issuer.named('mine') }) },
  { code: 'GKE_CERTIFICATE', title: "a shared Gateway's certificate map, and a Secret of a site", path: 'infra/gate tlsSecretName', platform: gke(), wrong: gkeGate({ certificateMap: 'shop' }, 1), right: gkeGate({}, 1) },
  { code: 'GKE_CERTIFICATE', title: 'a certificate map, and a Secret of the shared Gateway', path: 'infra/gate tlsSecretName', platform: gke(), wrong: gkeGate({ certificateMap: 'shop' }, 0, { tlsSecretName: 'gate-tls' }), right: gkeGate({}, 0, { tlsSecretName: 'gate-tls' }) },
  { code: 'GKE_CERTIFICATE', title: '16 Secrets of one load balancer', path: 'infra/gate tlsSecretName', platform: gke(), wrong: gkeGate({}, 15, { tlsSecretName: 'gate-tls' }), right: gkeGate({}, 15) },
  { code: 'GKE_CERTIFICATE', title: '16 certificates of the project', path: 'shop/site front.preSharedCertificates', platform: gke(), wrong: gkeGatewaySite({ preSharedCertificates: Object.keys(numbered(16)) }), right: gkeGatewaySite({ preSharedCertificates: Object.keys(numbered(15)) }) },
  { code: 'GKE_CERTIFICATE', title: 'a managed certificate for a host of 64 characters', path: 'shop/site front.managedCertificate', platform: gke(), wrong: gkeSite({ managedCertificate: true }, { readiness }, [`${'a'.repeat(52)}.example.com`]), right: gkeSite({ managedCertificate: true }, { readiness }, [`${'a'.repeat(51)}.example.com`]) },
  { code: 'GKE_CERTIFICATE', title: 'a managed certificate for 101 hosts', path: 'shop/site front.managedCertificate', platform: gke(), wrong: gkeSite({ managedCertificate: true }, { readiness }, Array.from({ length: 100 }, (_, index) => `h${index}.example.com`)), right: gkeSite({ managedCertificate: true }, { readiness }, Array.from({ length: 99 }, (_, index) => `h${index}.example.com`)) },
  { code: 'GKE_REDIRECT', title: 'a redirect inside', path: 'shop/site front.redirectToHttps', platform: gke(), wrong: insideSite({ redirectToHttps: true }, { tlsSecretName: 'shop-tls' }), right: insideSite({ redirectToHttps: false }, { tlsSecretName: 'shop-tls' }) },
  { code: 'ACME_FRONT', title: 'HTTP-01 inside, where port 80 is closed', path: 'shop/site dnsName shop.example.com', platform: gke(), wrong: insideSite({}, {}, { http01: { ingressName: 'site' } }), right: insideSite({}, {}, dns01) },
  { code: 'GKE_REDIRECT', title: 'a redirect without a certificate', path: 'shop/site front.redirectToHttps', platform: gke(), wrong: gkeSite({ redirectToHttps: true }), right: gkeSite({ redirectToHttps: true, managedCertificate: true }) },
  { code: 'GKE_PROXY_SUBNET', title: 'an internal Ingress without its subnet', path: 'shop/site front.proxySubnet', platform: gke(), wrong: gkeSite({ scope: 'internal' }), right: gkeSite({ scope: 'internal', proxySubnet: '10.129.0.0/23' }) },
  { code: 'GKE_HEALTH_CHECK', title: 'a service without an HTTP readiness probe', severity: 'warning', path: 'shop/site route to web', platform: gke(), wrong: gkeSite({}, {}), right: gkeSite({}, { readiness }) },

  // Certificates
  { code: 'ACME_SERVER', title: 'an ACME server by http', path: 'shop/issuer acme.server', wrong: issuer(acme({ server: 'http://ca.internal/directory' as 'letsencrypt' })), right: issuer(acme({ server: 'https://ca.internal/directory' })) },
  { code: 'ACME_EMAIL', title: 'an e-mail address with a name', path: 'shop/issuer acme.email', wrong: issuer(acme({ email: 'Ops <ops@shop.dev>' })), right: issuer(acme({ email: 'ops@shop.dev' })) },
  { code: 'ACME_EMAIL', title: "an address of example.com with Let's Encrypt", path: 'shop/issuer acme.email', wrong: issuer(acme({ email: 'ops@example.com' })), right: issuer(acme({ server: 'https://ca.example.com/directory', email: 'ops@example.com' })) },
  { code: 'ACME_SOLVER', title: 'no solver', path: 'shop/issuer acme.solvers', wrong: issuer(acme({ solvers: [] })), right: issuer(acme({ solvers: [dns01] })) },
  { code: 'ACME_ZONE', title: 'a zone with a star', path: 'shop/issuer acme.solvers[0].dnsZones', wrong: issuer(acme({ solvers: [{ ...dns01, dnsZones: ['*.shop.dev'] }] })), right: issuer(acme({ solvers: [{ ...dns01, dnsZones: ['shop.dev'] }] })) },
  { code: 'HOST', title: 'a solver for a URL', path: 'shop/issuer acme.solvers[0].dnsNames', wrong: issuer(acme({ solvers: [{ ...dns01, dnsNames: ['https://shop.dev'] }] })), right: issuer(acme({ solvers: [{ ...dns01, dnsNames: ['*.shop.dev'] }] })) },
  { code: 'NAME_SUBDOMAIN', title: 'an authority in a Secret with a capital', path: 'shop/issuer ca.secretName', wrong: issuer({ ca: { secretName: 'CompanyCA' } }), right: issuer({ ca: { secretName: 'company-ca' } }) },
  { code: 'ACME_WILDCARD', title: 'a wildcard proved by HTTP', path: 'shop/site dnsName *.example.org', wrong: certified(acme(), { host: '*.example.org' }), right: certified(acme({ solvers: [dns01] }), { host: '*.example.org' }), platform: gke() },
  { code: 'ACME_WILDCARD', title: 'a wildcard whose DNS solver is for another zone', path: 'shop/site dnsName *.example.org', wrong: certified(acme({ solvers: [http01, { ...dns01, dnsZones: ['shop.dev'] }] }), { host: '*.example.org' }), right: certified(acme({ solvers: [http01, dns01] }), { host: '*.example.org' }), platform: gke() },
  { code: 'ACME_NO_SOLVER', title: 'a name that no solver is for', path: 'shop/site dnsName shop.example.org', wrong: certified(acme({ solvers: [{ ...dns01, dnsZones: ['hop.example.org'] }] })), right: certified(acme({ solvers: [{ ...dns01, dnsZones: ['example.org'] }] })) },
  { code: 'ACME_FRONT', title: "another controller's class", path: 'shop/site dnsName shop.example.org', wrong: certified(acme({ solvers: [{ http01: { ingressClassName: 'nginx' } }] })), right: certified(acme()), platform: gke() },
  { code: 'ACME_UNREACHABLE', title: 'HTTP-01 on kind', severity: 'warning', path: 'shop/site issuer', wrong: certified(acme()), right: certified(acme({ solvers: [dns01] })) },
  { code: 'ACME_UNREACHABLE', title: "HTTP-01 of Let's Encrypt on kind, where a server of one's own could", severity: 'warning', path: 'shop/site issuer', wrong: certified(acme({ server: 'letsencrypt-staging' })), right: certified(acme({ server: 'https://pebble.pebble:14000/dir' })) },
  { code: 'ACME_PRIVATE_NAME', title: "a certificate of Let's Encrypt for localhost", path: 'shop/site dnsName shop.localhost', wrong: certified(acme(), { host: 'shop.localhost' }), right: certified({ ca: { secretName: 'company-ca' } }, { host: 'shop.localhost' }) },
  { code: 'ISSUER_ELSEWHERE', title: 'an issuer of another cluster', path: 'shop/cert issuer', wrong: (shop, environment) => new Certificate(shop, 'cert', { issuer: new ClusterIssuer(new Environment(environment.node.root as App, 'stage', { platform: kind() }), 'issuer', { selfSigned: true }), dnsNames: ['a.dev'] }), right: (shop, environment) => new Certificate(shop, 'cert', { issuer: new ClusterIssuer(environment, 'issuer', { selfSigned: true }), dnsNames: ['a.dev'] }) },
  { code: 'ISSUER_NAMESPACE', title: 'an Issuer of another namespace', path: 'shop/cert issuer', wrong: (shop, environment) => new Certificate(shop, 'cert', { issuer: new Issuer(new AppNamespace(environment, 'other'), 'issuer', { selfSigned: true }), dnsNames: ['a.dev'] }), right: (shop) => new Certificate(shop, 'cert', { issuer: new Issuer(shop, 'issuer', { selfSigned: true }), dnsNames: ['a.dev'] }) },
  { code: 'SITE_CERTIFICATE', title: 'a Secret and an issuer', path: 'shop/site tlsSecretName', wrong: certified(acme({ solvers: [dns01] }), { tlsSecretName: 'mine' }), right: certified(acme({ solvers: [dns01] })) },
  { code: 'SITE_CERTIFICATE', title: 'options for a certificate that nobody makes', path: 'shop/site certificate', wrong: plainSite({}, { certificate: {} }), right: plainSite({}, { certificate: {}, issuer: ClusterIssuer.named('mine') }) },
  { code: 'CERTIFICATE_SECRET', title: 'a certificate in the Secret of its authority', path: 'shop/cert secretName', wrong: signedBy('cert-tls'), right: signedBy('company-ca') },
  { code: 'CERTIFICATE_HOSTS', title: 'a certificate for nothing', path: 'shop/cert dnsNames', wrong: (shop) => new Certificate(shop, 'cert', { issuer: Issuer.named('mine'), dnsNames: [] }), right: key(undefined) },
  { code: 'CERTIFICATE_HOSTS', title: "a certificate of Let's Encrypt for 101 names", path: 'shop/cert dnsNames', wrong: issued(101), right: issued(100) },
  { code: 'CERTIFICATE_KEY', title: 'an ECDSA key of 512 bits', path: 'shop/cert certificate.privateKey.size', wrong: key({ size: 512 }), right: key({ size: 521 }) },
  { code: 'CERTIFICATE_KEY', title: 'an RSA key of 1024 bits', path: 'shop/cert certificate.privateKey.size', wrong: key({ algorithm: 'RSA', size: 1024 }), right: key({ algorithm: 'RSA', size: 2048 }) },
  { code: 'CERTIFICATE_RENEWAL', title: 'renewal before it begins', path: 'shop/cert certificate.renewBefore', wrong: (shop) => new Certificate(shop, 'cert', { issuer: Issuer.named('mine'), dnsNames: ['a.dev'], renewBefore: Duration.days(90) }), right: (shop) => new Certificate(shop, 'cert', { issuer: Issuer.named('mine'), dnsNames: ['a.dev'], renewBefore: Duration.days(89) }) },
  { code: 'CERTIFICATE_DURATION', title: 'a certificate for half an hour', path: 'shop/cert certificate.duration', wrong: (shop) => new Certificate(shop, 'cert', { issuer: Issuer.named('mine'), dnsNames: ['a.dev'], duration: Duration.minutes(30) }), right: (shop) => new Certificate(shop, 'cert', { issuer: Issuer.named('mine'), dnsNames: ['a.dev'], duration: Duration.minutes(60) }) },
  { code: 'TRAEFIK_REDIRECT', title: 'a site without a certificate behind a redirect to https', path: 'shop/site front.redirectToHttps', wrong: plainSite({ redirectToHttps: true }, {}), right: plainSite({ redirectToHttps: true }, { tlsSecretName: 'mine' }) },
  { code: 'TRAEFIK_REDIRECT', title: 'a site without a certificate behind its Gateway', path: 'shop/site front.redirectToHttps', wrong: redirectedGateway({}), right: redirectedGateway({ tlsSecretName: 'mine' }) },
  { code: 'TRAEFIK_REDIRECT', title: 'a redirect to a port that nobody knows', path: 'traefik redirectToHttps', wrong: plainSite({ redirectToHttps: true, exposure: Exposure.nodePort() }, { tlsSecretName: 'mine' }), right: plainSite({ redirectToHttps: true, exposure: Exposure.nodePort({ nodePorts: { websecure: { nodePort: 30011 } } }) }, { tlsSecretName: 'mine' }) },
  { code: 'PRIVATE_KEY', title: 'a private key in a ConfigMap', path: 'shop/Config data.pem', wrong: configMap({ pem: privateKeyPem }), right: configMap({ pem: publicKeyPem }) },
  { code: 'PRIVATE_KEY', title: 'a Secret with its tls.key', path: 'shop/Secret data.tls.key', wrong: secret({ 'tls.crt': 'Y2VydA==', 'tls.key': 'a2V5' }), right: secret({ 'tls.crt': 'Y2VydA==', 'tls.key': '' }) },

  // What was never resolved
  { code: 'PULUMI_OUTPUT', title: 'a Pulumi Output', path: 'shop/Config data.url', wrong: configMap({ url: new OutputImpl() }), right: configMap({ url: 'http://example.com' }) },
  { code: 'PULUMI_OUTPUT', title: 'a Pulumi Output inside a text', path: 'shop/Config data.url', wrong: configMap({ url: 'http://Calling [toString] on an [Output<T>] is not supported.' }), right: configMap({ url: 'an [Output<T>] is not a text' }) },
  { code: 'TOKEN_UNRESOLVED', title: "another CDK's token", path: 'shop/Config data.url', wrong: configMap({ url: 'http://${Token[TOKEN.7]}/' }), right: configMap({ url: 'http://${HOST}/' }) },
  { code: 'TOKEN_UNRESOLVED', title: 'a Lazy inside a text', path: 'shop/Config data.url', wrong: configMap({ url: `http://${String(Lazy.any({ produce: () => 'a' }))}/` }), right: configMap({ url: Lazy.any({ produce: () => 'http://a/' }) }) },
  { code: 'VALUE_UNWRITABLE', title: 'a Map', path: 'shop/Config data.map', wrong: configMap({ map: new Map([['a', 'b']]) }), right: configMap({ map: { a: 'b' } }) },
  { code: 'VALUE_UNWRITABLE', title: 'a Lazy that fails', path: 'shop/Config data.url', wrong: configMap({ url: Lazy.any({ produce: () => { throw new Error('there is no such service'); } }) }), right: configMap({ url: Lazy.any({ produce: () => 'a' }) }) },
  { code: 'OBJECT_UNWRITABLE', title: 'a patch that does not fit', path: 'shop/Config', wrong: patched('/binaryData/a'), right: patched('/data/a') },
  { code: 'CONSTRUCT', title: "another library's rule", path: 'shop', wrong: (shop) => shop.node.addValidation({ validate: () => ['The moon is not full.'] }), right: (shop) => shop.node.addValidation({ validate: () => [] }) },
];
