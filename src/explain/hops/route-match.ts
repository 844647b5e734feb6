import { traefikRoutePriority } from '../../model/traefik-priority';
import type { Request } from '../request';
import type { Listener, Route, RouteMatch, RouteRule } from '../world/gateways';
import { expression, hostFit, hostsMeet, prefixFits } from './http-match';

/** A rule of a route that takes the request, and how specifically. */
export interface Candidate {
  readonly route: Route;
  readonly rule: RouteRule;
  readonly match: RouteMatch;
  readonly rank: readonly number[];
}

/** How specifically a match takes a request: numbers to be compared from the left. */
export type Ranking = (candidate: Omit<Candidate, 'rank'>, listener: Listener, host: number) => readonly number[];

/** HTTPRoute's precedence: hostname, Exact path, longest prefix, method, number of headers, number of query parameters. */
export const rankOf: Ranking = ({ match }, _listener, host) => [host, ...specificity(match)];

export const traefikRank: Ranking = ({ route, rule, match: { path, method, headers, query } }, { hostname }) => [traefikRoutePriority({
  hostLength: longestHost(route, hostname), path, method: method !== undefined, headers: headers.length, queryParams: query.length, rulesLeft: route.rules.length - route.rules.indexOf(rule),
})];

/** Of the hosts that a route and its listener share; the narrower of two that meet is the longer one. */
function longestHost({ hostnames }: Route, listens = ''): number {
  return Math.max(listens.length, ...hostnames.filter((name) => hostsMeet(name, listens)).map((name) => name.length));
}

/** The rules that take a request, the best first; among equals the oldest route, the name, the order of rules. */
export function candidates(routes: readonly Route[], listener: Listener, request: Request, ranking: Ranking = rankOf): Candidate[] {
  const found: Candidate[] = [];
  for (const route of routes) {
    const host = routeHostFit(route, listener, request.hostHeader);
    if (host === 0) continue;
    for (const rule of route.rules) {
      for (const match of rule.matches) {
        if (takes(match, request)) found.push({ route, rule, match, rank: ranking({ route, rule, match }, listener, host) });
      }
    }
  }
  return found.sort((a, b) => compareRanks(b.rank, a.rank) || compareText(a.route.created || '~', b.route.created || '~')
    || compareText(`${a.route.namespace}/${a.route.name}`, `${b.route.namespace}/${b.route.name}`)
    || a.route.rules.indexOf(a.rule) - b.route.rules.indexOf(b.rule));
}

export function routeHostFit(route: Route, listener: Listener, host: string): number {
  const listens = hostFit(listener.hostname, host, 'many');
  if (listens === 0) return 0;
  if (route.hostnames.length === 0) return listens;
  return Math.max(...route.hostnames.map((name) => hostFit(name, host, 'many')));
}

function takes(match: RouteMatch, request: Request): boolean {
  if (!pathTakes(match, request.path)) return false;
  if (match.method !== undefined && match.method !== request.method) return false;
  const query = new URLSearchParams(request.query);
  return match.headers.every(({ name, value, type }) => valueTakes(name.toLowerCase() === 'host' ? request.hostHeader : request.headers.get(name.toLowerCase()), value, type))
    && match.query.every(({ name, value, type }) => valueTakes(query.get(name) ?? undefined, value, type));
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

/** Another that takes the request as well as the best does, and does something else with it. */
export function rivalOf(best: Candidate, others: readonly Candidate[]): Candidate | undefined {
  const does = ({ route, rule }: Candidate): string => JSON.stringify([route.namespace, rule.filters, rule.backends.map(({ path: _, ...backend }) => backend)]);
  return others.find((other) => other.rule !== best.rule && compareRanks(other.rank, best.rank) === 0 && does(other) !== does(best));
}

export function compareRanks(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `PathPrefix /api, method GET, header x-version` */
export function matchText({ path, method, headers, query }: RouteMatch): string {
  return [`${path.type} ${path.value}`, ...(method === undefined ? [] : [`method ${method}`]), ...headers.map(({ name }) => `header ${name}`), ...query.map(({ name }) => `query ${name}`)].join(', ');
}
