import type { Listener, Route } from '../world/gateways';
import { hostFit } from './http-match';
import type { Manner } from './route-match';

/**
 * How Traefik goes by HTTPRoutes: one number for each rule, in which a path weighs more than a host. Of two rules with the same
 * number it takes either, by chance.
 *
 * @see https://github.com/traefik/traefik pkg/provider/kubernetes/gateway/httproute.go (buildMatchRule)
 */
export const BY_TRAEFIK: Manner = {
  rank: ({ listener, route, rule, match: { path, method, headers, query } }) => {
    const byPath = path.type === 'Exact' ? 100_000 : path.type === 'PathPrefix' && path.value === '/' ? 1 : 10_000 + path.value.length * 100;
    return [byPath + (method === undefined ? 0 : 1000) + headers.length * 100 + query.length * 10 + hostLength(route, listener) + route.rules.length - route.rules.indexOf(rule)];
  },
  query: 'any',
};

/** The longest of the route's hostnames as the listener narrows them, whichever of them the request is for. */
function hostLength({ hostnames }: Route, { hostname }: Listener): number {
  if (hostnames.length === 0) return hostname?.length ?? 0;
  return Math.max(...hostnames.flatMap((name) => {
    if (hostname === undefined || hostFit(hostname, name, 'many') > 0) return [name.length];
    return hostFit(name, hostname, 'many') > 0 ? [hostname.length] : [];
  }));
}
