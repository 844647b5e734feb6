import { isAddress, isLoopback } from './world/addresses';
import type { Sender } from './hops/journey';
import type { Origin, Request } from './request';
import { meaningOf } from './hops/cluster-name';
import type { World } from './world/world';

/** Where a request comes from when nobody said: names and addresses of the cluster are dialled inside it, localhost on the laptop. */
export function originOf(world: World, request: Request, namespace: string): Origin {
  if (request.from !== null) return request.from;
  if (request.portForward !== null || isLoopback(request.host)) return { kind: 'laptop' };
  if (request.via !== null) return { kind: 'outside' };
  const { host } = request;
  if (world.nodes.some(({ name }) => name.toLowerCase() === host)) return { kind: 'laptop' };
  if (isAddress(host)) {
    if (world.podsByAddress.has(host) || host.startsWith('10.244.')) return { kind: 'pod', namespace: world.podsByAddress.get(host)?.namespace ?? namespace, name: null };
    const [service] = world.servicesByAddress.get(host) ?? [];
    if (service !== undefined && service.clusterIPs.includes(host)) return { kind: 'pod', namespace: service.namespace, name: null };
    return service === undefined && /^(10|172\.(1[6-9]|2\d|3[01])|192\.168)\./.test(host) ? { kind: 'laptop' } : { kind: 'outside' };
  }
  const meaning = meaningOf(world, host, namespace);
  if (meaning.kind === 'service' || meaning.kind === 'pod') return { kind: 'pod', namespace: host.includes('.') ? meaning.service.namespace : namespace, name: null };
  if (!host.includes('.') || /\.svc(\.|$)/.test(host) || (meaning.kind === 'missing' && meaning.sure)) return { kind: 'pod', namespace, name: null };
  return { kind: 'outside' };
}

/** The namespace that short names mean: the sender's, or for a name nobody sends from anywhere, the only one that has it. */
export function namespaceOf(world: World, request: Request, given: string): string {
  if (request.from?.kind === 'pod') return request.from.namespace;
  const [label = ''] = request.host.split('.');
  const named = world.servicesByName.get(request.portForward?.name ?? label) ?? [];
  if (world.services.has(`${given}/${request.portForward?.name ?? label}`)) return given;
  return named.length === 1 ? named[0]?.namespace ?? given : given;
}

/** The sender that policies see first. */
export function senderOf(world: World, origin: Origin): Sender {
  switch (origin.kind) {
    case 'outside': case 'laptop': return { kind: origin.kind };
    case 'node': return { kind: 'node', name: origin.name };
    case 'pod': {
      if (origin.name === null) return { kind: 'anyone', namespace: origin.namespace };
      const [first, ...rest] = world.podsByName.get(`${origin.namespace}/${origin.name}`) ?? [];
      return first === undefined ? { kind: 'unseen-pod', namespace: origin.namespace, name: origin.name } : { kind: 'pod', pods: [first, ...rest] };
    }
    default: { const never: never = origin; return never; }
  }
}
