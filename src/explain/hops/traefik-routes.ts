import { traefikRoutePriority } from '../../model/traefik-priority';
import type { Listener, Route } from '../world/gateways';
import { hostFit } from './http-match';
import { byAge, byRank, type Candidate, type Manner } from './route-match';

/** How Traefik goes by HTTPRoutes: one number for each rule, in which a path weighs more than a host. */
export const BY_TRAEFIK: Manner = {
  rank: ({ listener, route, rule, match: { path, method, headers, query } }) => [traefikRoutePriority({
    hostLength: Math.max(0, ...narrowed(route, listener).map(({ length }) => length)),
    path, method: method !== undefined, headers: headers.length, queryParams: query.length, rulesLeft: route.rules.length - route.rules.indexOf(rule),
  })],
  query: 'any',
};

/**
 * The rules that Traefik may take, of those that take the request: it has no order for equal numbers, and takes any of them. Of rules
 * that match exactly the same, be it for a slash at the end of a prefix, 3.7.15 knows the oldest route's alone, and 3.7.13 all.
 */
export function mayTake(found: readonly Candidate[]): readonly Candidate[] {
  const alone = new Map<string, Candidate>();
  for (const candidate of [...found].sort(byAge)) {
    const { listener, route, match } = candidate;
    const path = match.path.type === 'PathPrefix' ? { ...match.path, value: match.path.value.replace(/\/$/, '') } : match.path;
    const same = JSON.stringify([[...narrowed(route, listener)].sort(), { ...match, path }]);
    if (!alone.has(same)) alone.set(same, candidate);
  }
  const best = [...bestOf(found), ...bestOf([...alone.values()])];
  return best.filter(({ rule }, index) => best.findIndex((other) => other.rule === rule) === index);
}

function bestOf(found: readonly Candidate[]): readonly Candidate[] {
  const [first, ...others] = [...found].sort(byRank);
  return first === undefined ? [] : [first, ...others.filter((other) => byRank(first, other) === 0)];
}

/** The route's hostnames as the listener narrows them: all of them weigh, whichever the request is for. */
function narrowed({ hostnames }: Route, { hostname }: Listener): readonly string[] {
  if (hostname === undefined) return hostnames;
  if (hostnames.length === 0) return [hostname];
  return hostnames.flatMap((name) => (hostFit(hostname, name, 'many') > 0 ? [name] : hostFit(name, hostname, 'many') > 0 ? [hostname] : []));
}
