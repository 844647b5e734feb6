import { selectsPod } from '../hops/front';
import { runningFor } from '../hops/gateway-class';
import { isHttpsOnly } from '../hops/ingress-class';
import { hostLike, hostsMeet } from '../hops/http-match';
import { hasAnotherWay, pendingDraft } from '../hops/load-balancer';
import { type Request, type RequestFlags, parseRequest } from '../request';
import type { Gateway, Listener } from '../world/gateways';
import { endpointsOf, targetOn } from '../world/select';
import { type Reference, referencesOf } from '../world/references';
import type { Service, ServicePort } from '../world/services';
import type { World } from '../world/world';

/** A request that the manifests invite, and the namespace that its short names mean. */
export interface EntryPoint {
  readonly request: Request;
  readonly namespace: string;
  /** The Service port that is dialled from inside, if it is one. */
  readonly service: { readonly service: Service; readonly port: ServicePort } | undefined;
  /** Is the path only the beginning of an expression, which may take others? */
  readonly guessed: boolean;
}

/** Every way in that the manifests offer: Service ports from inside, nodePorts, load balancers, Ingress and route rules. */
export function* entryPoints(world: World): Generator<EntryPoint> {
  const seen = new Set<string>();
  function* once(text: string, flags: RequestFlags, namespace: string, service?: EntryPoint['service'], guessed = false): Generator<EntryPoint> {
    const key = [text, flags.from, flags.via, flags.method, ...(flags.headers ?? [])].join('\0');
    if (seen.has(key)) return;
    seen.add(key);
    try {
      yield { request: parseRequest(text, flags), namespace, service, guessed };
    } catch {
      // A name that no client could write (`$(VAR)`, a host with spaces) is no way in.
    }
  }
  for (const service of world.services.values()) {
    for (const { text, flags, port } of serviceRequests(world, service)) yield* once(text, flags, service.namespace, port === undefined ? undefined : { service, port });
  }
  for (const ingress of world.ingresses) {
    for (const rule of ingress.rules) {
      const host = hostLike(rule.host);
      const secure = ingress.tls.some(({ hosts }) => hosts.length === 0 || hosts.includes(rule.host)) || isHttpsOnly(world, ingress);
      for (const { path } of rule.paths) yield* once(`${secure ? 'https' : 'http'}://${host}${laptopPort(world, host, secure ? 443 : 80)}${literal(path)}`, { from: 'outside' }, ingress.namespace, undefined, literal(path) !== path);
    }
    if (ingress.rules.length === 0 && ingress.defaultBackend !== undefined) yield* once(`${isHttpsOnly(world, ingress) ? 'https' : 'http'}://any.example/`, { from: 'outside' }, ingress.namespace);
  }
  for (const route of world.routes) {
    if (route.kind !== 'HTTPRoute') continue;
    for (const parent of route.parents) {
      const gateway = world.gateways.get(`${parent.namespace}/${parent.name}`);
      const listeners = (gateway?.listeners ?? []).filter((entry) => (parent.sectionName === undefined || entry.name === parent.sectionName) && (parent.port === undefined || entry.port === parent.port));
      const listener = listeners.find((entry) => route.hostnames.length === 0 || route.hostnames.some((name) => hostsMeet(name, entry.hostname))) ?? listeners[0];
      if (gateway === undefined || listener === undefined) continue;
      const host = hostOf(route.hostnames, listener.hostname);
      const scheme = listener.tlsMode === undefined ? 'http' : 'https';
      const dialled = portBefore(world, gateway, listener);
      const port = dialled === undefined ? `:${listener.port}` : laptopPort(world, host, dialled) || (dialled === (scheme === 'http' ? 80 : 443) ? '' : `:${dialled}`);
      const via = runningFor(world, gateway) === undefined ? { via: `gateway/${gateway.namespace}/${gateway.name}` } : {};
      for (const rule of route.rules) {
        for (const match of rule.matches) {
          if (match.path.type === 'RegularExpression' || match.headers.some(({ type }) => type === 'RegularExpression')) continue;
          const query = match.query.map(({ name, value }) => `${name}=${value}`).join('&');
          yield* once(`${scheme}://${host}${port}${match.path.value}${query === '' ? '' : `?${query}`}`, {
            from: 'outside', ...via, ...(match.method === undefined ? {} : { method: match.method }),
            headers: match.headers.map(({ name, value }) => `${name}: ${value}`),
          }, route.namespace);
        }
      }
    }
  }
}

/** The port of a controller's Service that leads to a listener; none where its pods or Service are not in the input. */
function portBefore(world: World, gateway: Gateway, listener: Listener): number | undefined {
  const running = runningFor(world, gateway);
  if (running === undefined) return undefined;
  for (const service of world.services.values()) {
    if (!selectsPod(service, running.pod)) continue;
    const port = service.ports.find((entry) => targetOn(running.pod, entry) === listener.port);
    if (port !== undefined) return port.port;
  }
  return undefined;
}

/** A host that a route and its listener have in common. */
function hostOf(hostnames: readonly string[], listener: string | undefined): string {
  const name = hostnames.find((entry) => hostsMeet(entry, listener)) ?? hostnames[0];
  const narrower = name === undefined || (name.startsWith('*.') && listener !== undefined && (!listener.startsWith('*.') || listener.length > name.length)) ? listener ?? name : name;
  return hostLike(narrower);
}

function* serviceRequests(world: World, service: Service): Generator<{ text: string; flags: RequestFlags; port?: ServicePort }> {
  const inside = { from: `pod:${service.namespace}/*` };
  for (const port of service.ports) {
    if (port.protocol === 'SCTP') continue;
    const scheme = port.protocol === 'UDP' ? 'udp' : 'tcp';
    // A headless name leads to the pods, so whoever knows it dials the pods' port.
    const dialled = service.headless ? endpointsOf(world, service, port).ready[0]?.port ?? port.port : port.port;
    yield { text: `${scheme}://${service.name}.${service.namespace}:${dialled}`, flags: inside, port };
    if (service.type === 'LoadBalancer' && !(pendingDraft(world, service) !== undefined && hasAnotherWay(world, service))) yield { text: `${scheme}://${service.balancerAddresses[0] ?? service.name}:${port.port}`, flags: { from: 'outside', via: `service/${service.namespace}/${service.name}` } };
    if (port.nodePort !== undefined && (service.type === 'NodePort' || service.type === 'LoadBalancer')) yield* nodePortRequests(world, service, port.nodePort, scheme);
  }
}

/** On kind a nodePort is for the laptop: through its mapping, or the lack of one. Elsewhere it is a node's. */
function* nodePortRequests(world: World, service: Service, nodePort: number, scheme: string): Generator<{ text: string; flags: RequestFlags }> {
  const mapping = world.nodes.flatMap(({ portMappings }) => portMappings).find(({ containerPort }) => containerPort === nodePort);
  if (mapping !== undefined) yield { text: `${scheme}://localhost:${mapping.hostPort}`, flags: { from: 'laptop' } };
  else if (world.platform === 'kind' && service.type === 'NodePort') yield { text: `${scheme}://localhost:${nodePort}`, flags: { from: 'laptop' } };
  else {
    const [node] = world.nodes;
    const address = node?.addresses[0];
    if (address !== undefined) yield { text: `${scheme}://${address.includes(':') ? `[${address}]` : address}:${nodePort}`, flags: { from: 'outside' } };
  }
}

/** The port of the laptop that leads to this Service port, where a host is the laptop's own name and kind maps it: `:8080`. */
function laptopPort(world: World, host: string, servicePort: number): string {
  if (!host.endsWith('.localhost')) return '';
  const leadsThere = (nodePort: number): boolean => (world.servicesByNodePort.get(nodePort) ?? [])
    .some(({ ports }) => ports.some((entry) => entry.nodePort === nodePort && entry.port === servicePort));
  const mapping = world.nodes.flatMap(({ portMappings }) => portMappings).find(({ containerPort }) => leadsThere(containerPort));
  return mapping === undefined || mapping.hostPort === servicePort ? '' : `:${mapping.hostPort}`;
}

/** A path of a rule as a request's: expressions and wildcards cut off. */
function literal(path: string): string {
  const plain = path.replace(/\*.*$/, '').replace(/[([^$\\|?].*$/, '');
  return plain.startsWith('/') ? plain : `/${plain}`;
}

/** Addresses that containers name, one a workload. */
export function* referencesIn(world: World): Generator<Reference> {
  const seen = new Set<string>();
  for (const pod of world.allPods) {
    if (pod.replicas === 0) continue;
    for (const reference of referencesOf(pod)) {
      const key = `${pod.workload.kind}/${pod.workload.namespace}/${pod.workload.name}\0${reference.host}:${reference.port}`;
      if (seen.has(key)) continue;
      seen.add(key);
      yield reference;
    }
  }
}
