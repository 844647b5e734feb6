import { Directory } from '../constructs/services/directory';
import type { Environment } from '../constructs/environment';
import type { ExternalService } from '../constructs/services/external-service';
import type { Front } from '../constructs/site/front';
import { isMarked } from '../constructs/mark';
import type { Microservice } from '../constructs/services/microservice';
import { microservicesOf } from '../constructs/services-of';
import type { Site } from '../constructs/site/site';
import { laptopPort, type PortChain } from '../model/ports';

/** How a service of an environment is called: a row of the table of `npm start`. */
export interface Call {
  /** The environment's name. */
  readonly environment: string;
  /** The service's name. */
  readonly service: string;
  /** Its rung. */
  readonly rung: string;
  /** What to call: a URL, or `host:port`. */
  readonly address: string;
  /** The command to type. */
  readonly curl: string;

  /**
   * What has to be so for it to answer.
   *
   * @default none
   */
  readonly note?: string;

  /**
   * Whose status has the address, where it is known only when it runs. `address` says `<address>` there.
   *
   * @default none: the address is known
   */
  readonly publishedBy?: Publisher;
}

/** An object that a load balancer belongs to. */
export interface Publisher {
  /** What it is. */
  readonly kind: 'Service' | 'Ingress' | 'Gateway';
  /** Its namespace; none leaves it to `kubectl -n`. */
  readonly namespace: string | undefined;
  /** Its name. */
  readonly name: string;
}

type Row = Omit<Call, 'environment' | 'service'>;

/** How to call every service of an environment that others are meant to call. */
export function callsOf(environment: Environment): Call[] {
  const name = environment.node.id;
  const services = microservicesOf(environment).filter((service) => !isFront(service));
  const aliases = environment.node.findAll().filter((construct): construct is ExternalService => isMarked(construct, 'external-service'));
  return [
    ...services.flatMap((service) => rowsOf(environment, service).map((row) => ({ environment: name, service: service.serviceName, ...row }))),
    ...aliases.map((alias) => ({
      environment: name,
      service: alias.serviceName,
      rung: 'ExternalName',
      address: `${alias.serviceName} → ${alias.externalName}`,
      curl: `${kubectl(environment, alias.namespace)} exec deploy/${Directory.of(alias).callersOf(alias)[0]?.serviceName ?? '<pod>'} -- nslookup ${alias.serviceName}`,
      note: 'a DNS alias: it maps no ports',
    })),
  ];
}

function rowsOf(environment: Environment, service: Microservice): Row[] {
  const { rung } = service.exposure;
  const [port] = service.ports;
  if (!port) return [];
  switch (rung.type) {
    case 'ClusterIP':
      return [insideRow(environment, service, 'ClusterIP', port.port)];
    case 'Headless':
      return [{ ...insideRow(environment, service, 'Headless', port.containerPort), note: 'DNS answers with the pods: dial the container port' }];
    case 'NodePort':
      return [nodePortRow(environment, service, port)];
    case 'LoadBalancer':
      return [loadBalancerRow(environment, service, port)];
    case 'Ingress':
      return siteRows(environment, rung.route.site, service);
  }
}

/** From inside only: other pods use the name; a port-forward is a laptop's way in, to one pod and for debugging. */
function insideRow(environment: Environment, service: Microservice, rung: string, port: number): Row {
  const servicePort = service.ports[0]?.port ?? port;
  return {
    rung,
    address: `http://${service.serviceName}${portSuffix(port)}/`,
    curl: `${kubectl(environment, service.namespace)} port-forward service/${service.serviceName} 8080:${servicePort} & sleep 2; curl http://localhost:8080/; kill $!`,
    note: 'the address is for other pods; a port-forward tunnels to one pod, for debugging',
  };
}

function nodePortRow(environment: Environment, service: Microservice, chain: PortChain): Row {
  const port = environment.platform.type === 'kind' ? laptopPort(chain) : undefined;
  if (port !== undefined) return { rung: 'NodePort', address: `http://localhost:${port}/`, curl: `curl http://localhost:${port}/` };
  const nodePort = chain.nodePort ?? `$(${kubectl(environment, service.namespace)} get service ${service.serviceName} -o jsonpath='{.spec.ports[0].nodePort}')`;
  const node = `$(kubectl get nodes -o jsonpath='{.items[0].status.addresses[?(@.type=="InternalIP")].address}')`;
  return { rung: 'NodePort', address: `http://<node>:${chain.nodePort ?? '<nodePort>'}/`, curl: `curl http://${node}:${nodePort}/`, note: 'from where the nodes can be reached' };
}

function loadBalancerRow(environment: Environment, service: Microservice, { port }: PortChain): Row {
  const { rung } = service.exposure;
  const internal = rung.type === 'LoadBalancer' && rung.options.loadBalancerClass?.endsWith('-internal') === true;
  const publishedBy: Publisher = { kind: 'Service', namespace: service.namespace, name: service.serviceName };
  return {
    rung: 'LoadBalancer',
    address: `http://<address>${portSuffix(port)}/`,
    curl: `curl http://${addressLookup(environment, publishedBy)}${portSuffix(port)}/`,
    ...(internal && { note: 'from inside the VPC network' }),
    publishedBy,
  };
}

/** Its routes, behind each of the site's fronts. */
function siteRows(environment: Environment, site: Site, service: Microservice): Row[] {
  const routes = site.addresses.filter((route) => route.service === service);
  return site.fronts.flatMap((front) => routes.map(({ host, path }) => siteRow(environment, site, front, host, path)));
}

function siteRow(environment: Environment, site: Site, front: Front, host: string, path: string): Row {
  const secure = site.secureBehind(front);
  const web = front.entry?.ports.find(({ name }) => name === (secure ? 'websecure' : 'web'));
  const scheme = secure ? 'https' : 'http';
  const onLaptop = environment.platform.type === 'kind' && web ? laptopPort(web) : undefined;
  if (onLaptop !== undefined) {
    const address = `${scheme}://${host}:${onLaptop}${path}`;
    return { rung: front.api, address, curl: `curl ${address}`, ...(secure && { note: 'with a certificate that this machine trusts: ladder certificate makes one' }) };
  }
  const publishedBy = publisherOf(site, front);
  const address = `${scheme}://${host}${path}`;
  const at = addressLookup(environment, publishedBy);
  return { rung: front.api, address, curl: `curl --resolve ${host}:${secure ? 443 : 80}:${at} ${address}`, note: 'until DNS points the host there: then without --resolve', publishedBy };
}

/** Whose address the site has: the controller's, the Gateway's that sites share, or its own. */
function publisherOf({ namespace, siteName }: Site, front: Front): Publisher {
  if (front.entry) return { kind: 'Service', namespace: front.entry.namespace, name: front.entry.serviceName };
  if (front.api === 'Gateway' && front.gatewayName !== undefined) return { kind: 'Gateway', namespace: front.namespace, name: front.gatewayName };
  return { kind: front.api, namespace, name: siteName };
}

/** The shell's way to the address, as it stands in a call's `curl`. */
export function addressLookup(environment: Environment, { kind, namespace, name }: Publisher): string {
  const field = kind === 'Gateway' ? '.status.addresses[0].value' : '.status.loadBalancer.ingress[0].ip';
  return `$(${kubectl(environment, namespace)} get ${kind.toLowerCase()} ${name} -o jsonpath='{${field}}')`;
}

/** A URL's port, where it is not the one that http means anyway. */
function portSuffix(port: number): string {
  return port === 80 ? '' : `:${port}`;
}

function kubectl({ platform }: Environment, namespace: string | undefined): string {
  const context = platform.type === 'kind' ? ` --context kind-${platform.clusterName}` : '';
  return `kubectl${context} -n ${namespace ?? 'default'}`;
}

function isFront(service: Microservice): boolean {
  return service.node.scopes.some((scope) => isMarked(scope, 'traefik'));
}
