import type { Environment } from '../constructs/environment';
import { ExternalService } from '../constructs/external-service';
import type { Microservice } from '../constructs/microservice';
import { microservicesOf } from '../constructs/services-of';
import { Traefik } from '../constructs/traefik';
import type { PortChain } from '../model/ports';

/** How a service of an environment is called: a row of the table of `npm start`. */
export interface Call {
  readonly environment: string;
  readonly service: string;
  readonly rung: string;
  /** What to call: a URL, or `host:port`. */
  readonly address: string;
  /** The command to type. */
  readonly curl: string;
  /** What has to be so for it to answer. */
  readonly note?: string;
}

type Row = Omit<Call, 'environment' | 'service'>;

/** How to call every service of an environment that others are meant to call. */
export function callsOf(environment: Environment): Call[] {
  const name = environment.node.id;
  const services = microservicesOf(environment).filter((service) => !isFront(service));
  const aliases = environment.node.findAll().filter((construct): construct is ExternalService => construct instanceof ExternalService);
  return [
    ...services.flatMap((service) => rowsOf(environment, service).map((row) => ({ environment: name, service: service.serviceName, ...row }))),
    ...aliases.map((alias) => ({
      environment: name,
      service: alias.serviceName,
      rung: 'ExternalName',
      address: `${alias.serviceName} → ${alias.externalName}`,
      curl: inCluster(environment, alias.namespace, `nslookup ${alias.serviceName}`),
      note: 'a DNS alias: no ports are mapped',
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
      return [nodePortRow(service, port)];
    case 'LoadBalancer':
      return [loadBalancerRow(environment, service, port)];
    case 'Ingress':
      return rung.route.site.addresses.filter((route) => route.service === service).map(({ host, path }) => siteRow(environment, service, host, path));
  }
}

/** From inside only: a port-forward is the way in from a laptop, a Pod the way that other services take. */
function insideRow(environment: Environment, service: Microservice, rung: string, port: number): Row {
  const address = `http://${service.serviceName}${port === 80 ? '' : `:${port}`}`;
  const local = 8080;
  return {
    rung,
    address: `${address} (from pods)`,
    curl: `${kubectl(environment, service.namespace)} port-forward service/${service.serviceName} ${local}:${service.ports[0]?.port ?? port} & curl http://localhost:${local}/`,
    note: 'port-forward tunnels to one pod, for debugging',
  };
}

function nodePortRow(service: Microservice, { nodePort, hostPort }: PortChain): Row {
  if (nodePort === undefined || hostPort === false) {
    const lookup = `$(kubectl -n ${service.namespace ?? 'default'} get service ${service.serviceName} -o jsonpath='{.spec.ports[0].nodePort}')`;
    return { rung: 'NodePort', address: `<node address>:${nodePort ?? '<nodePort>'}`, curl: `curl http://<node address>:${nodePort ?? lookup}/`, note: 'not mapped to the laptop: reached at the nodes' };
  }
  const address = `http://localhost:${hostPort ?? nodePort}/`;
  return { rung: 'NodePort', address, curl: `curl ${address}` };
}

function loadBalancerRow(environment: Environment, service: Microservice, { port }: PortChain): Row {
  const { rung } = service.exposure;
  const internal = rung.type === 'LoadBalancer' && rung.options.loadBalancerClass?.endsWith('-internal');
  const suffix = port === 80 ? '' : `:${port}`;
  return {
    rung: 'LoadBalancer',
    address: `http://<load balancer address>${suffix}/`,
    curl: `curl http://${loadBalancerAddress(environment, service)}${suffix}/`,
    ...(internal && { note: 'from inside the VPC network' }),
  };
}

function siteRow(environment: Environment, service: Microservice, host: string, path: string): Row {
  const front = microservicesOf(environment).find(isFront);
  const web = front?.ports.find(({ name }) => name === 'web');
  const rung = 'Ingress';
  if (front?.exposure.rung.type === 'NodePort' && web) {
    const port = web.hostPort === false ? undefined : (web.hostPort ?? web.nodePort);
    const address = `http://${host}${port === 80 ? '' : `:${port ?? '<nodePort>'}`}${path}`;
    return { rung, address, curl: `curl ${address}` };
  }
  const [site] = service.exposure.rung.type === 'Ingress' ? [service.exposure.rung.route.site] : [];
  const secure = site !== undefined && site.secure;
  const address = `${secure ? 'https' : 'http'}://${host}${path}`;
  const at = front
    ? loadBalancerAddress(environment, front)
    : `$(${kubectl(environment, service.namespace)} get ingress ${site?.siteName ?? ''} -o jsonpath='{.status.loadBalancer.ingress[0].ip}')`;
  return { rung, address, curl: `curl --resolve ${host}:${secure ? 443 : 80}:${at} ${address}`, note: `or point ${host} at the address` };
}

function loadBalancerAddress(environment: Environment, { namespace, serviceName }: Microservice): string {
  return `$(${kubectl(environment, namespace)} get service ${serviceName} -o jsonpath='{.status.loadBalancer.ingress[0].ip}')`;
}

function inCluster(environment: Environment, namespace: string | undefined, command: string): string {
  return `${kubectl(environment, namespace)} exec deploy/orders -- ${command}`;
}

function kubectl({ platform }: Environment, namespace: string | undefined): string {
  const context = platform.type === 'kind' ? ` --context kind-${platform.clusterName}` : '';
  return `kubectl${context} -n ${namespace ?? 'default'}`;
}

function isFront(service: Microservice): boolean {
  return service.node.scopes.some((scope) => scope instanceof Traefik);
}
