import type { Gateway, Listener, ParentRef, Route } from '../world/gateways';
import { matches, matchesPartly } from '../world/labels';
import type { World } from '../world/world';
import { hostsMeet } from './http-match';

const kindsOfProtocol: Readonly<Record<string, readonly string[]>> = {
  HTTP: ['HTTPRoute', 'GRPCRoute'], HTTPS: ['HTTPRoute', 'GRPCRoute'], TLS: ['TLSRoute', 'TCPRoute'], TCP: ['TCPRoute'], UDP: ['UDPRoute'],
};

/** Why a route that names a Gateway is not on a listener of it; undefined when it is. */
export function whyNotAttached(world: World, gateway: Gateway, listener: Listener, route: Route): string | undefined {
  const refs = route.parents.filter((parent) => names(parent, gateway));
  if (refs.length === 0) return `names no parent ${gateway.namespace}/${gateway.name}`;
  if (!refs.some((parent) => (parent.sectionName === undefined || parent.sectionName === listener.name) && (parent.port === undefined || parent.port === listener.port))) {
    return `names another listener than ${listener.name}`;
  }
  const kinds = listener.kinds.length > 0 ? listener.kinds : kindsOfProtocol[listener.protocol] ?? ['HTTPRoute'];
  if (!kinds.includes(route.kind)) return `is a ${route.kind}; listener ${listener.name} takes ${kinds.join(', ')}`;
  if (!namespaceAllowed(world, gateway, listener, route)) return `is in namespace ${route.namespace}, which allowedRoutes of listener ${listener.name} does not take`;
  if (route.hostnames.length > 0 && !route.hostnames.some((host) => hostsMeet(host, listener.hostname))) {
    return `has no hostname in common with listener ${listener.name} (${listener.hostname})`;
  }
  return undefined;
}

export function names(parent: ParentRef, gateway: Pick<Gateway, 'namespace' | 'name'>): boolean {
  return parent.kind === 'Gateway' && parent.name === gateway.name && parent.namespace === gateway.namespace;
}

function namespaceAllowed(world: World, gateway: Gateway, { namespaces }: Listener, route: Route): boolean {
  if (namespaces === 'All') return true;
  if (namespaces === 'None') return false;
  if (namespaces === 'Same') return route.namespace === gateway.namespace;
  const known = world.namespaces.get(route.namespace);
  return known === undefined ? matchesPartly(namespaces.selector, { 'kubernetes.io/metadata.name': route.namespace }) !== 'no' : matches(namespaces.selector, known);
}
