import { compareRanks } from '../../model/ranks';
import type { Request } from '../request';
import type { Listener, Route, RouteMatch, RouteRule } from '../world/gateways';
import { expression, hostFit, prefixFits } from './http-match';

/** A rule of a route that takes the request by a listener, and how specifically. */
export interface Candidate {
  readonly listener: Listener;
  readonly route: Route;
  readonly rule: RouteRule;
  readonly match: RouteMatch;
  readonly rank: readonly number[];
}

/** A listener, and the routes that are attached to it. */
export interface Attached {
  readonly listener: Listener;
  readonly routes: readonly Route[];
}

/** What the API leaves to a controller, or a controller does otherwise. */
export interface Manner {
  /** How specifically a rule takes a request whose hostname fits so well: numbers to be compared from the left. */
  readonly rank: (taken: Omit<Candidate, 'rank'>, host: number) => readonly number[];
  /** Which value of a query parameter counts that a request has more than once. */
  readonly query: 'first' | 'any';
}

/** HTTPRoute's precedence: hostname, Exact path, longest prefix, method, number of headers, number of query parameters. */
export const BY_THE_API: Manner = { rank: ({ match }, host) => [host, ...specificity(match)], query: 'first' };

/** The rules that take a request, the best first; among equals the oldest route, the name, the order of rules. */
export function candidates(attached: readonly Attached[], request: Request, { rank, query }: Manner = BY_THE_API): Candidate[] {
  const found: Candidate[] = [];
  for (const { listener, routes } of attached) {
    for (const route of routes) {
      const host = routeHostFit(route, listener, request.hostHeader);
      if (host === 0) continue;
      for (const rule of route.rules) {
        for (const match of rule.matches) {
          if (!takes(match, request, query)) continue;
          const taken = { listener, route, rule, match };
          found.push({ ...taken, rank: rank(taken, host) });
        }
      }
    }
  }
  return found.sort((a, b) => byRank(a, b) || byAge(a, b));
}

/** The most specific first. */
export function byRank(a: Candidate, b: Candidate): number {
  return compareRanks(b.rank, a.rank);
}

/** The oldest route first; of the same age by name, and in a route by the order of rules. */
export function byAge(a: Candidate, b: Candidate): number {
  return compareText(a.route.created || '~', b.route.created || '~')
    || compareText(`${a.route.namespace}/${a.route.name}`, `${b.route.namespace}/${b.route.name}`)
    || a.route.rules.indexOf(a.rule) - b.route.rules.indexOf(b.rule);
}

export function routeHostFit(route: Route, listener: Listener, host: string): number {
  const listens = hostFit(listener.hostname, host, 'many');
  if (listens === 0) return 0;
  if (route.hostnames.length === 0) return listens;
  return Math.max(...route.hostnames.map((name) => hostFit(name, host, 'many')));
}

function takes(match: RouteMatch, request: Request, counts: Manner['query']): boolean {
  if (!pathTakes(match, request.path)) return false;
  if (match.method !== undefined && match.method !== request.method) return false;
  const query = new URLSearchParams(request.query);
  const valuesOf = (name: string): readonly string[] => (counts === 'any' ? query.getAll(name) : query.getAll(name).slice(0, 1));
  return match.headers.every(({ name, value, type }) => valueTakes(name.toLowerCase() === 'host' ? request.hostHeader : request.headers.get(name.toLowerCase()), value, type))
    && match.query.every(({ name, value, type }) => valuesOf(name).some((given) => valueTakes(given, value, type)));
}

function pathTakes({ path }: RouteMatch, requested: string): boolean {
  switch (path.type) {
    case 'Exact': return path.value === requested;
    case 'RegularExpression': return expression(`^(?:${path.value})$`)?.test(requested) ?? false;
    default: return prefixFits(path.value, requested);
  }
}

function valueTakes(given: string | undefined, wanted: string, type: string): boolean {
  if (given === undefined) return false;
  return type === 'RegularExpression' ? expression(`^(?:${wanted})$`)?.test(given) ?? false : given === wanted;
}

function specificity(match: RouteMatch): number[] {
  const { type, value } = match.path;
  return [type === 'Exact' ? 2 : type === 'RegularExpression' ? 1 : 0, value.replace(/(?<=.)\/+$/, '').length, match.method === undefined ? 0 : 1, match.headers.length, match.query.length];
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `PathPrefix /api, method GET, header x-version` */
export function matchText({ path, method, headers, query }: RouteMatch): string {
  return [`${path.type} ${path.value}`, ...(method === undefined ? [] : [`method ${method}`]), ...headers.map(({ name }) => `header ${name}`), ...query.map(({ name }) => `query ${name}`)].join(', ');
}
