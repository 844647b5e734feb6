import { type Request, type RequestFlags, parseRequest } from '../request';
import { type Reference, referencesOf } from '../world/references';
import type { Service } from '../world/services';
import type { World } from '../world/world';

/** A request that the manifests invite, and the namespace that its short names mean. */
export interface EntryPoint {
  readonly request: Request;
  readonly namespace: string;
}

/** Every way in that the manifests offer: Service ports from inside, nodePorts, load balancers, Ingress and route rules. */
export function* entryPoints(world: World): Generator<EntryPoint> {
  const seen = new Set<string>();
  function* once(text: string, flags: RequestFlags, namespace: string): Generator<EntryPoint> {
    const key = [text, flags.from, flags.via, flags.method, ...(flags.headers ?? [])].join('\0');
    if (seen.has(key)) return;
    seen.add(key);
    try {
      yield { request: parseRequest(text, flags), namespace };
    } catch {
      // A name that no client could write (`$(VAR)`, a host with spaces) is no way in.
    }
  }
  for (const service of world.services.values()) {
    for (const { text, flags } of serviceRequests(world, service)) yield* once(text, flags, service.namespace);
  }
  for (const ingress of world.ingresses) {
    for (const rule of ingress.rules) {
      const host = rule.host === '' ? 'any.example' : rule.host.replace('*', 'any');
      const secure = ingress.tls.some(({ hosts }) => hosts.length === 0 || hosts.includes(rule.host));
      for (const { path } of rule.paths) yield* once(`${secure ? 'https' : 'http'}://${host}${literal(path)}`, { from: 'outside' }, ingress.namespace);
    }
    if (ingress.rules.length === 0 && ingress.defaultBackend !== undefined) yield* once('http://any.example/', { from: 'outside' }, ingress.namespace);
  }
  for (const route of world.routes) {
    if (route.kind !== 'HTTPRoute') continue;
    for (const parent of route.parents) {
      const gateway = world.gateways.get(`${parent.namespace}/${parent.name}`);
      const listener = gateway?.listeners.find((entry) => (parent.sectionName === undefined || entry.name === parent.sectionName) && (parent.port === undefined || entry.port === parent.port));
      if (gateway === undefined || listener === undefined) continue;
      const host = (route.hostnames[0] ?? listener.hostname ?? 'any.example').replace('*', 'any');
      for (const rule of route.rules) {
        for (const match of rule.matches) {
          if (match.path.type === 'RegularExpression' || match.headers.some(({ type }) => type === 'RegularExpression')) continue;
          const query = match.query.map(({ name, value }) => `${name}=${value}`).join('&');
          yield* once(`${listener.tlsMode === undefined ? 'http' : 'https'}://${host}:${listener.port}${match.path.value}${query === '' ? '' : `?${query}`}`, {
            from: 'outside', via: `gateway/${gateway.namespace}/${gateway.name}`, ...(match.method === undefined ? {} : { method: match.method }),
            headers: match.headers.map(({ name, value }) => `${name}: ${value}`),
          }, route.namespace);
        }
      }
    }
  }
}

function* serviceRequests(world: World, service: Service): Generator<{ text: string; flags: RequestFlags }> {
  const inside = { from: `pod:${service.namespace}/*` };
  for (const port of service.ports) {
    if (port.protocol === 'SCTP') continue;
    const scheme = port.protocol === 'UDP' ? 'udp' : 'tcp';
    const dialled = service.headless && typeof port.targetPort === 'number' ? port.targetPort : port.port;
    yield { text: `${scheme}://${service.name}.${service.namespace}:${dialled}`, flags: inside };
    if (service.type === 'LoadBalancer') yield { text: `${scheme}://${service.balancerAddresses[0] ?? service.name}:${port.port}`, flags: { from: 'outside', via: `service/${service.namespace}/${service.name}` } };
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
