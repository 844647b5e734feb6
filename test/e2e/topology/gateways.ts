import fc from 'fast-check';

/** The namespaces of random Gateways, routes and the Services behind them. Each has every Service of {@link SERVICES}. */
export const ROOMS = ['r0', 'r1', 'r2'] as const;
export type Room = (typeof ROOMS)[number];

/** `web` and `next` have a pod, `idle` has none, `bare` no selector, and `alias` is an ExternalName; of `missing` there is none. */
export const SERVICES = ['web', 'next', 'idle', 'bare', 'alias'] as const;

export interface RandomListener {
  readonly hostname?: string;
  readonly port: number;
  readonly allows: 'Same' | 'All' | readonly Room[];
}

export interface RandomBackend {
  readonly service: (typeof SERVICES)[number] | 'missing';
  /** Whose Service; the route's own room's by default. */
  readonly room?: Room;
  /** Whether the reference names the room; without it the route's own is meant. */
  readonly named: boolean;
  readonly port: number;
  readonly weight?: number;
}

export interface RandomMatch {
  readonly path?: { readonly type: 'PathPrefix' | 'Exact'; readonly value: string };
  readonly method?: string;
  readonly headers?: readonly { readonly name: string; readonly value: string }[];
  readonly queryParams?: readonly { readonly name: string; readonly value: string }[];
}

export interface RandomRule {
  readonly matches: readonly RandomMatch[];
  readonly filters: readonly object[];
  readonly backends: readonly RandomBackend[];
}

export interface RandomRoute {
  readonly room: Room;
  /** Which listener it names: none of them by name, by number, or one that is not there. */
  readonly section?: number | 'nowhere';
  readonly hostnames: readonly string[];
  readonly rules: readonly RandomRule[];
}

/** A Gateway and the routes that name it; hostnames are below `DOMAIN`. */
export interface RandomGateway {
  readonly room: Room;
  readonly listeners: readonly RandomListener[];
  readonly routes: readonly RandomRoute[];
}

/** Routes of one room may send to one Service, or all, of another. */
export interface RandomGrant {
  readonly from: Room;
  readonly to: Room;
  readonly service?: string;
}

/** Stands in hostnames for the name that a Gateway of the suite has to itself. */
export const DOMAIN = 'DOMAIN';
export const PATHS = ['/', '/a', '/a/', '/a/b', '/a/b/c', '/b'] as const;
export const METHODS = ['GET', 'POST'] as const;
const HEADERS = [{ name: 'X-One', value: '1' }, { name: 'x-one', value: '2' }, { name: 'X-Two', value: 'yes' }] as const;
const QUERY = [{ name: 'q', value: '1' }, { name: 'q', value: '2' }, { name: 'r', value: 'a b' }] as const;

const weighted = <T>(...choices: readonly (readonly [number, T])[]): fc.Arbitrary<T> => fc.oneof(...choices.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));
/** One in so many. */
const rarely = <T extends object>(often: number, field: fc.Arbitrary<T>): fc.Arbitrary<Partial<T>> => fc.oneof({ weight: often - 1, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: field });
const all = <T extends object>(...parts: readonly fc.Arbitrary<object>[]): fc.Arbitrary<T> => fc.tuple(...parts).map((each) => Object.assign({}, ...each) as T);
const room = fc.constantFrom(...ROOMS);

const listener: fc.Arbitrary<RandomListener> = fc.tuple(
  weighted<object>([3, {}], [2, { hostname: `*.${DOMAIN}` }], [1, { hostname: `a.${DOMAIN}` }], [1, { hostname: `*.bee.${DOMAIN}` }]),
  // Traefik has no entry point for the last.
  weighted([15, 8000], [1, 9999]),
  fc.oneof({ weight: 6, arbitrary: fc.constant<RandomListener['allows']>('All') }, { weight: 1, arbitrary: fc.constant('Same' as const) }, { weight: 1, arbitrary: fc.subarray([...ROOMS], { minLength: 1 }) }),
).map(([hostname, port, allows]) => ({ ...hostname, port, allows }));

const backend = (service: fc.Arbitrary<RandomBackend['service']>): fc.Arbitrary<RandomBackend> => fc.record({
  service, elsewhere: rarely(2, room.map((of) => ({ room: of }))), named: weighted([12, true], [1, false]), port: weighted([24, 80], [1, 81], [1, 8080]),
}).map(({ elsewhere, ...rest }) => ({ ...rest, ...elsewhere }));
const healthy = backend(fc.constantFrom('web', 'next'));
const any = backend(weighted<RandomBackend['service']>([9, 'web'], [9, 'next'], [1, 'idle'], [1, 'bare'], [1, 'alias'], [1, 'missing']));
/** At most one that may lead nowhere: a trace names one symptom. */
const backends: fc.Arbitrary<readonly RandomBackend[]> = fc.oneof(
  { weight: 10, arbitrary: any.map((each) => [each]) },
  { weight: 4, arbitrary: fc.tuple(any, healthy.map((each) => ({ ...each, port: 80, named: true })), fc.constantFrom(0, 1, 3), fc.constantFrom(0, 1)).map(([one, other, first, second]) => [{ ...one, weight: first }, { ...other, weight: second }]) },
  { weight: 1, arbitrary: fc.constant([]) },
);

const path = fc.record({ type: weighted<'PathPrefix' | 'Exact'>([3, 'PathPrefix'], [1, 'Exact']), value: fc.constantFrom('/', '/', ...PATHS) });
const match: fc.Arbitrary<RandomMatch> = all(
  fc.oneof({ weight: 5, arbitrary: path.map((each) => ({ path: each })) }, { weight: 1, arbitrary: fc.constant({}) }),
  rarely(6, fc.constantFrom(...METHODS).map((method) => ({ method }))),
  rarely(6, fc.uniqueArray(fc.constantFrom(...HEADERS), { minLength: 1, maxLength: 2, selector: ({ name }) => name.toLowerCase() }).map((headers) => ({ headers }))),
  rarely(6, fc.uniqueArray(fc.constantFrom(...QUERY), { minLength: 1, maxLength: 2, selector: ({ name }) => name }).map((queryParams) => ({ queryParams }))),
);
/** The API lets a prefix be replaced in a rule with one match, by prefix. */
const byPrefix: fc.Arbitrary<readonly RandomMatch[]> = fc.tuple(fc.constantFrom(...PATHS), match).map(([value, rest]) => [{ ...rest, path: { type: 'PathPrefix', value } }]);
const matches = fc.array(match, { minLength: 1, maxLength: 2 });

const prefixChange = (...prefixes: readonly string[]): fc.Arbitrary<object> => fc.constantFrom(...prefixes).map((replacePrefixMatch) => ({ path: { type: 'ReplacePrefixMatch', replacePrefixMatch } }));
const fullChange = fc.constantFrom('/', '/all', '/all/').map((replaceFullPath) => ({ path: { type: 'ReplaceFullPath', replaceFullPath } }));
const hostChange = fc.constant({ hostname: 'other.example.com' });
const target = all<object>(
  rarely(3, hostChange), rarely(3, fc.constantFrom('http', 'https').map((scheme) => ({ scheme }))),
  rarely(3, fc.constantFrom(80, 443, 8081).map((port) => ({ port }))), rarely(2, fc.constantFrom(301, 303, 308).map((statusCode) => ({ statusCode }))),
);
const redirectTo = (change: object) => ({ filters: [{ type: 'RequestRedirect', requestRedirect: change }], backends: [] });
const MARK = { type: 'RequestHeaderModifier', requestHeaderModifier: { set: [{ name: 'X-Mark', value: 'gateway' }], remove: ['x-one'] } };
const rewritten = (change: object) => ({ type: 'URLRewrite', urlRewrite: change });

const rule: fc.Arbitrary<RandomRule> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ matches, backends, filters: weighted<readonly object[]>([4, []], [1, [MARK]]) }) },
  { weight: 1, arbitrary: fc.tuple(matches, backends, all<object>(rarely(2, hostChange), fullChange)).map(([taken, to, change]) => ({ matches: taken, backends: to, filters: [rewritten(change)] })) },
  { weight: 2, arbitrary: fc.tuple(byPrefix, backends, all<object>(rarely(2, hostChange), prefixChange('/', '/new', '/new/'))).map(([taken, to, change]) => ({ matches: taken, backends: to, filters: [MARK, rewritten(change)] })) },
  { weight: 1, arbitrary: fc.tuple(matches, target, rarely(2, fullChange)).map(([taken, to, change]) => ({ matches: taken, ...redirectTo({ ...to, ...change }) })) },
  { weight: 1, arbitrary: fc.tuple(byPrefix, target, prefixChange('', '/', '/new', '/new/')).map(([taken, to, change]) => ({ matches: taken, ...redirectTo({ ...to, ...change }) })) },
);

const hostnames = fc.uniqueArray(fc.constantFrom(DOMAIN, `a.${DOMAIN}`, `bee.${DOMAIN}`, `*.${DOMAIN}`, `a.bee.${DOMAIN}`, `*.bee.${DOMAIN}`), { minLength: 1, maxLength: 3 });
const route = (takesAny: boolean): fc.Arbitrary<RandomRoute> => fc.tuple(
  room, weighted<Pick<RandomRoute, 'section'>>([12, {}], [3, { section: 0 }], [1, { section: 1 }], [1, { section: 'nowhere' }]),
  takesAny ? fc.oneof({ weight: 2, arbitrary: hostnames }, { weight: 1, arbitrary: fc.constant([]) }) : hostnames,
  fc.array(rule, { minLength: 1, maxLength: 3 }),
).map(([of, section, hosts, rules]) => ({ room: of, ...section, hostnames: hosts, rules }));

const routes = (takesAny: boolean): fc.Arbitrary<readonly RandomRoute[]> => fc.tuple(fc.array(route(takesAny), { minLength: 3, maxLength: 6 }), weighted([7, true], [1, false]))
  .map(([made, apart]) => (apart ? keptApart(made) : made));

/**
 * Traefik takes any of several rules that it ranks the same, and ranks by the longest hostname of a route: with one more of its own
 * length for each there is nothing to choose. One route for any host may stay as it is.
 */
function keptApart(made: readonly RandomRoute[]): readonly RandomRoute[] {
  const forAny = made.find(({ hostnames: none }) => none.length === 0);
  return made.map((each, index) => (each === forAny ? each : { ...each, hostnames: [...(each.hostnames.length > 0 ? each.hostnames : [DOMAIN]), `${'x'.repeat(4 * (index + 4))}.${DOMAIN}`] }));
}

const gateway = (takesAny: boolean): fc.Arbitrary<RandomGateway> => fc.record({
  room, routes: routes(takesAny), listeners: fc.uniqueArray(listener, { minLength: 1, maxLength: 3, selector: ({ hostname, port }) => `${hostname ?? ''}:${port}` }),
});

/** The Gateways of one Traefik, of which the first alone may have routes for any host. */
export const gateways: fc.Arbitrary<readonly RandomGateway[]> = fc.tuple(gateway(true), ...Array.from({ length: 3 }, () => gateway(false)));

export const grants: fc.Arbitrary<readonly RandomGrant[]> = fc.array(fc.tuple(room, room, rarely(4, fc.constantFrom('web', 'next').map((service) => ({ service })))).map(([from, to, only]) => ({ from, to, ...only })), { minLength: 5, maxLength: 8 });
