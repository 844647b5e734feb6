import { App } from 'cdk8s';
import fc from 'fast-check';
import { environments } from '../../src/apps/environments';
import { Environment } from '../../src/constructs/environment';
import type { GatewayFront } from '../../src/constructs/site/front';
import { Microservice } from '../../src/constructs/services/microservice';
import { AppNamespace } from '../../src/constructs/namespace';
import type { HeaderChanges, RedirectTo, Rewrite, RouteMatch, RouteOptions } from '../../src/constructs/site/route-options';
import { Site } from '../../src/constructs/site/site';
import type { KubeObject } from '../../src/manifest/object';
import { GATEWAY_GROUP } from '../../src/model/gateway-api';
import { kind } from '../../src/platforms/kind';
import { collect } from '../../src/render/collect';
import { buildEnvironments } from '../../src/render/environments';
import { cases } from './cases';
import { Api } from './cluster/api';

let api: Api;
beforeAll(async () => {
  api = new Api();
  await api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
});
afterAll(() => api?.close());

it.each(buildEnvironments(environments, () => new App()).environments.flatMap(({ name, objects }) => objects
  .flatMap(({ object }) => (object.apiVersion.startsWith(`${GATEWAY_GROUP}/`) ? [[name, object.kind, object.metadata.name, object] as const] : []))))(
  'the API server accepts what is rendered for %s: %s %s', async (_, __, ___, object) => {
    expect(await verdict(object)).toBe('');
  });

/** Values that are right, and now and then one that nearly is. */
const nearly = (...wrong: readonly unknown[]) => <T>(...right: readonly T[]): fc.Arbitrary<T> => fc.oneof({ weight: 24, arbitrary: fc.constantFrom(...right) }, { weight: 1, arbitrary: fc.constantFrom(...(wrong as T[])) });
/** One in four of the fields. */
const some = <T extends object>(fields: { readonly [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> => fc.tuple(fc.record(fields), fc.array(fc.nat(3), { minLength: 12, maxLength: 12 }))
  .map(([all, dice]) => Object.fromEntries(Object.entries(all).filter((_, index) => dice[index] === 0)) as Partial<T>);
const path = nearly('/a b', '/a?b', '/%zz', '/ü', '/#')('/', '/a', '/a/', '/a/b.c', '/~x', '/a%20b', "/!$&'()*+,;=:@");
const tokens = nearly('X A', 'X:A', '', 'Ü')('X-A', 'x_b', "!#$%&'*+-.^`|~", 'a');
const values = nearly('', 'v'.repeat(4097))('1', 'yes', 'a b', 'v'.repeat(1024));
const headers = fc.dictionary(tokens, values, { minKeys: 1, maxKeys: 2 });
const changes: fc.Arbitrary<HeaderChanges> = fc.oneof(fc.record({ set: headers }), fc.record({ add: headers, remove: fc.uniqueArray(tokens, { maxLength: 2 }) }));
const host = nearly('A.localhost', '*.a.localhost', '10.0.0.1', 'a_b')('a.localhost', 'b.example.com');
const rewrite: fc.Arbitrary<Rewrite> = fc.oneof(fc.record({ host }), fc.record({ path }), fc.record({ host, prefix: path }), fc.record({ path, prefix: path }));
const methods = fc.uniqueArray(nearly('get', 'FETCH')('GET', 'POST', 'PATCH'), { maxLength: 3 }) as fc.Arbitrary<NonNullable<RouteMatch['methods']>>;
const match = fc.tuple(path, some<Required<Omit<RouteMatch, 'host' | 'path'>>>({ pathType: fc.constantFrom('Exact', 'Prefix'), headers, queryParams: headers, methods }))
  .map(([at, more]): RouteMatch => ({ path: at, ...more }));
const route = fc.tuple(match, some<Required<Omit<RouteOptions, keyof RouteMatch | 'port'>>>({
  weight: nearly(0, 1_000_001, -1)(1, 1_000_000), rewrite, requestHeaders: changes, responseHeaders: changes, timeoutSeconds: nearly(100_000, 0)(1, 99_999),
})).map(([matching, options]): RouteOptions => ({ ...matching, ...options }));
const redirect = fc.tuple(rewrite, some<Required<Pick<RedirectTo, 'scheme' | 'port' | 'status'>>>({
  scheme: fc.constantFrom('http', 'https'), port: nearly(65_536, 0)(1, 65_535), status: nearly(300)(301, 308),
})).map(([to, more]): RedirectTo => ({ ...to, ...more }));
const optional = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });

/** Fit for any: whatever a front of a kind cannot do is no matter here. */
const front: GatewayFront = { api: 'Gateway', type: 'traefik', id: 'any', gatewayClassName: 'any', listenerPorts: { http: 8000, https: 8443 }, peers: [] };

it('accepts no route that the API server refuses', async () => {
  const tried = fc.sample(fc.tuple(route, optional(fc.tuple(redirect, match))), { numRuns: cases(300).numRuns ?? 300, seed: cases(1).seed ?? 1 });
  let accepted = 0;
  const wrong: unknown[] = [];
  for (const [options, redirected] of tried) {
    const app = new App();
    const environment = new Environment(app, 'any', { platform: kind() });
    const shop = new AppNamespace(environment, 'shop');
    const site = new Site(shop, 'shop', { front, host: 'shop.localhost' }).route(new Microservice(shop, 'web', { image: 'example.com/web:1.0.0', port: 8080 }), options);
    if (redirected) site.redirect(...redirected);
    const { objects, problems } = collect(app, 'any');
    if (problems.some(({ severity }) => severity === 'error')) continue;
    accepted++;
    for (const { object } of objects.filter((each) => each.object.kind === 'HTTPRoute')) {
      const refused = await verdict(object);
      if (refused !== '') wrong.push([options, redirected, refused]);
    }
  }
  process.stderr.write(`gateway agrees: ${tried.length} sites, ${accepted} accepted, ${wrong.length} disagreements\n`);
  expect(wrong).toEqual([]);
  // One that refuses everything is never wrong.
  expect(accepted).toBeGreaterThan(tried.length / 10);
});

/** Why it is refused; empty when it is not. */
async function verdict(object: KubeObject): Promise<string> {
  const { status, body } = await api.dryRun(object);
  return status === 201 || status === 409 ? '' : `${status} ${body.message ?? ''}`;
}
