import { type TraefikIngressMatch, traefikIngressPriority, type TraefikRouteMatch, traefikRoutePriority } from '../../src/model/traefik-priority';

/** What pkg/provider/kubernetes/ingress of Traefik v3.7.13 writes. */
const rules: readonly (readonly [Partial<TraefikIngressMatch>, string])[] = [
  [{}, 'Host("shop.localhost") && PathPrefix("/")'],
  [{ host: '' }, 'PathPrefix("/")'],
  [{ host: '*.x.localhost' }, 'Host("*.x.localhost") && PathPrefix("/")'],
  [{ host: '*.x.localhost', hostExpressions: true }, 'HostRegexp("^[a-zA-Z0-9-]+\\\\.x\\\\.localhost$") && PathPrefix("/")'],
  [{ hostExpressions: true }, 'Host("shop.localhost") && PathPrefix("/")'],
  [{ path: '/cart' }, 'Host("shop.localhost") && (Path("/cart") || PathPrefix("/cart/"))'],
  [{ path: '/cart/' }, 'Host("shop.localhost") && (Path("/cart") || PathPrefix("/cart/"))'],
  [{ path: '/cart', strict: false }, 'Host("shop.localhost") && PathPrefix("/cart")'],
  [{ path: '/cart/', strict: false }, 'Host("shop.localhost") && PathPrefix("/cart/")'],
  [{ path: '/cart', matcher: 'Path' }, 'Host("shop.localhost") && Path("/cart")'],
  [{ path: '/c.*', matcher: 'PathRegexp' }, 'Host("shop.localhost") && PathRegexp("/c.*")'],
  [{ path: '/q"e', matcher: 'Path' }, 'Host("shop.localhost") && Path("/q\\"e")'],
];

test.each(rules)('the path of an Ingress %j has the length of its rule', (match, rule) => {
  expect(traefikIngressPriority({ host: 'shop.localhost', path: '/', matcher: 'PathPrefix', strict: true, ...match })).toBe(rule.length);
});

test('a letter counts as many bytes as it has', () => {
  const of = (path: string) => traefikIngressPriority({ host: '', path, matcher: 'Path', strict: true });
  expect(of('/ä')).toBe(of('/a') + 1);
});

const matches: readonly (readonly [Partial<TraefikRouteMatch>, number])[] = [
  [{}, 1 + 14 + 1],
  [{ rulesLeft: 6 }, 1 + 14 + 6],
  [{ hostLength: 0 }, 1 + 1],
  [{ path: { type: 'PathPrefix', value: '/cart' } }, 10_500 + 14 + 1],
  [{ path: { type: 'PathPrefix', value: '/cart/' } }, 10_600 + 14 + 1],
  [{ path: { type: 'RegularExpression', value: '/' } }, 10_100 + 14 + 1],
  [{ path: { type: 'Exact', value: '/a/very/long/one' } }, 100_000 + 14 + 1],
  [{ method: true, headers: 2, queryParams: 3 }, 1 + 1000 + 200 + 30 + 14 + 1],
];

test.each(matches)('the match of a route %j adds up', (match, priority) => {
  expect(traefikRoutePriority({ hostLength: 14, path: { type: 'PathPrefix', value: '/' }, method: false, headers: 0, queryParams: 0, rulesLeft: 1, ...match })).toBe(priority);
});
