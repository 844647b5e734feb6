import { TRAEFIK_PRIORITY, traefikIngressPriority, traefikRoutePriority } from '../../model/traefik-priority';
import { type Complaint, complaint, warning } from '../../model/problem';
import { compareRanks } from '../../model/ranks';
import { type Front, shareController } from '../site/front';
import type { Site } from '../site/site';
import { takesPath, withoutSlash } from '../site/site-routes';
import { rulesFor, type WrittenRule } from '../site/written-rules';

/** How Exact paths of an Ingress come before all prefixes, as they do in an HTTPRoute. */
export const EXACT_PRIORITY: Readonly<Record<string, string>> = { [TRAEFIK_PRIORITY]: '100000' };

/** A rule among all those of one Traefik. */
interface Ranked extends WrittenRule {
  readonly site: Site;
  readonly priority: number;
  /** As both APIs have it, to be compared from the left: host, Exact, path, method, headers, query parameters. */
  readonly rank: readonly number[];
  /** Headers and query parameters that it wants. */
  readonly conditions: ReadonlyMap<string, string>;
}

/** A request that two rules take, with as few headers as it takes for that. */
interface Witness extends Pick<WrittenRule, 'listener'> {
  readonly host: string;
  readonly path: string;
  /** The path that it is at, or below where no rule has a path of its own. */
  readonly place: string;
  /** None: one that no rule names. */
  readonly method: string | undefined;
  readonly conditions: ReadonlyMap<string, string>;
}

/** One priority for all paths of a site leaves it open which of them takes a request. */
export function checkPriority({ annotations, addresses }: Site): Complaint[] {
  const given = annotations[TRAEFIK_PRIORITY];
  return given === undefined || addresses.length < 2 ? [] : [complaint(
    'TRAEFIK_ORDER', 'annotations', given, `${TRAEFIK_PRIORITY} is the priority of every path of an Ingress: to Traefik they are equal then.`, 'Leave it out: a longer path comes first by itself.',
  )];
}

/** Requests that Traefik gives to another rule than the API does, or to one of two as it comes; each at the site whose rule takes them. */
export function orderComplaints(front: Front, site: Site, others: readonly Site[]): Complaint[] {
  // A site in front of which it stands twice, for both APIs, is told once.
  if (site.fronts.find((each) => shareController(each, front))?.api !== front.api) return [];
  const mine = rankedOf(front, site);
  // Prefixes of one host by themselves are in order.
  const suspects = mine.filter(({ match, conditions }) => match.host.startsWith('*.') || conditions.size > 0 || match.methods !== undefined);
  if (suspects.length === 0) return [];
  const all = [...mine, ...others.flatMap((other) => rankedOf(front, other))];
  const found = new Map<string, Complaint>();
  for (const suspect of suspects) {
    for (const other of all) {
      for (const witness of other === suspect ? [] : meetings(suspect, other)) {
        const { wanted, taken, strongest } = outcomeOf(all.filter((rule) => takes(rule, witness)));
        if (wanted === undefined || taken === undefined || taken.site !== site || taken.priority < strongest) continue;
        const key = `${taken.match.host} ${taken.match.path} ${wanted.match.host}`;
        if (!found.has(key)) found.set(key, taken.priority === strongest ? tie(taken, wanted, strongest) : loss(taken, wanted, witness));
      }
    }
  }
  return [...found.values()];
}

/** Of the rules that take a request: the one that the APIs want, the first that does something else, and the highest priority of those that do as is wanted. */
function outcomeOf(taking: readonly Ranked[]): { readonly wanted?: Ranked | undefined; readonly taken?: Ranked | undefined; readonly strongest: number } {
  const wanted = best(taking, (a, b) => compareRanks(a.rank, b.rank));
  const isWanted = (rule: Ranked): boolean => rule.to === wanted?.to || (wanted !== undefined && compareRanks(rule.rank, wanted.rank) === 0);
  return { wanted, taken: best(taking.filter((rule) => !isWanted(rule)), (a, b) => a.priority - b.priority), strongest: Math.max(...taking.filter(isWanted).map(({ priority }) => priority)) };
}

function loss({ match: { host: taking, path }, priority }: Ranked, { match: { host } }: Ranked, witness: Witness): Complaint {
  if (taking === host) {
    return warning(
      'TRAEFIK_ORDER', `route ${host}${path}`, witness.place, `Traefik adds up what a route matches, against the Gateway API: the route of ${path} takes requests for ${witness.place} that match another route better.`,
      `Give ${witness.place} a route with the same method, headers and query parameters.`,
    );
  }
  const ownPath = witness.place === path;
  return warning(
    'TRAEFIK_HOST_ORDER', `route ${taking}${path}`, host, `Traefik compares all of a rule and not the host first, against both APIs: ${host}${witness.place} is taken by the route of ${taking}, of priority ${priority}.`,
    ownPath && path !== '/' ? `Give ${host} a route for ${path} too.` : `Name the hosts that are meant in place of ${taking}.`,
  );
}

function tie({ match: { host: taking, path } }: Ranked, { match: { host } }: Ranked, priority: number): Complaint {
  return complaint(
    taking === host ? 'TRAEFIK_ORDER' : 'TRAEFIK_HOST_ORDER', `route ${taking}${path}`, host, `A route of ${host} and one of ${taking} have the same priority to Traefik, ${priority}: either may take a request.`,
    taking === host ? 'Let one of them match more, or give both one service.' : `Give ${host} a longer name, or name the hosts that are meant in place of ${taking}.`,
  );
}

function rankedOf(front: Front, site: Site): Ranked[] {
  return rulesFor(site, front).map((rule) => ({ ...rule, site, priority: priorityOf(rule), rank: rankOf(rule), conditions: conditionsOf(rule.match) }));
}

function priorityOf({ api, match, annotations, rulesLeft }: WrittenRule): number {
  const { host, path, pathType, methods, headers = {}, queryParams = {} } = match;
  if (api === 'Ingress') return Number(annotations[TRAEFIK_PRIORITY] ?? 0) || traefikIngressPriority({ host, path, matcher: pathType === 'Exact' ? 'Path' : 'PathPrefix', strict: true });
  return traefikRoutePriority({
    hostLength: host.length, path: { type: pathType === 'Prefix' ? 'PathPrefix' : pathType, value: path }, method: methods !== undefined,
    headers: Object.keys(headers).length, queryParams: Object.keys(queryParams).length, rulesLeft,
  });
}

function rankOf({ match: { host, path, pathType, methods, headers = {}, queryParams = {} } }: WrittenRule): number[] {
  return [
    host.startsWith('*.') ? 0 : 1, host.length, pathType === 'Exact' ? 1 : 0, withoutSlash(path).length, methods ? 1 : 0, Object.keys(headers).length, Object.keys(queryParams).length,
  ];
}

/** At the deeper of two paths an Exact rule may come first: what is below it is another request. */
function meetings(a: Ranked, b: Ranked): Witness[] {
  const listener = a.listener === 'any' ? b.listener : a.listener;
  const host = [a, b].map(({ match }) => match.host).find((narrow) => [a, b].every((rule) => takesHost(rule, narrow)));
  const place = [a, b].map(({ match }) => match.path).find((deep) => [a, b].every(({ match }) => takesPath(match, deep)));
  if (host === undefined || place === undefined) return [];
  const methods = (a.match.methods ?? b.match.methods)?.filter((method) => b.match.methods?.includes(method) ?? true) ?? [undefined];
  const conditions = new Map([...a.conditions, ...b.conditions]);
  // No path has a space.
  return [place, `${withoutSlash(place)}/ `].flatMap((path) => methods.map((method) => ({ listener, host, path, place, method, conditions })))
    .filter((witness) => takes(a, witness) && takes(b, witness));
}

function takes(rule: Ranked, { listener, host, path, method, conditions }: Witness): boolean {
  const { match, listener: own } = rule;
  return (own === 'any' || listener === 'any' || own === listener) && takesHost(rule, host) && takesPath(match, path)
    && (match.methods === undefined || match.methods.some((name) => name === method)) && [...rule.conditions].every(([name, value]) => conditions.get(name) === value);
}

/** A wildcard is one label of an Ingress, and one or more of a Gateway. */
function takesHost({ api, match: { host: own } }: WrittenRule, host: string): boolean {
  if (own === host) return true;
  return own.startsWith('*.') && host.endsWith(own.slice(1)) && (api === 'Gateway' || (!host.startsWith('*.') && host.split('.').length === own.split('.').length));
}

function conditionsOf({ headers = {}, queryParams = {} }: WrittenRule['match']): ReadonlyMap<string, string> {
  return new Map([
    ...Object.entries(headers).map(([name, value]) => [`header ${name.toLowerCase()}`, value] as const), ...Object.entries(queryParams).map(([name, value]) => [`query ${name}`, value] as const),
  ]);
}

function best<T>(all: readonly T[], compared: (a: T, b: T) => number): T | undefined {
  return all.reduce<T | undefined>((found, each) => (found === undefined || compared(each, found) > 0 ? each : found), undefined);
}
