import { App } from 'cdk8s';
import fc from 'fast-check';
import { Environment } from '../../src/constructs/environment';
import { Traefik } from '../../src/constructs/fronts/traefik';
import { AppNamespace } from '../../src/constructs/namespace';
import { Exposure } from '../../src/constructs/services/exposure';
import { Microservice } from '../../src/constructs/services/microservice';
import { Site } from '../../src/constructs/site/site';
import { buildWorld, explain, parseRequest, profileOfKindConfig, type World } from '../../src/explain';
import { readManifests } from '../../src/manifest/read';
import { toYamlStream } from '../../src/manifest/write';
import type { Problem } from '../../src/model/problem';
import { kind, type KindPlatform } from '../../src/platforms/kind';
import { kindClusterConfig } from '../../src/platforms/kind-config';
import { microservicesOf } from '../../src/constructs/services-of';
import { collect } from '../../src/render/collect';

const SERVICES = ['red', 'green', 'blue'] as const;
const FRONTS = ['Ingress', 'Gateway', 'both', 'one site each'] as const;

interface Wanted {
  readonly host: string;
  readonly path: string;
  readonly pathType: 'Prefix' | 'Exact';
  readonly service: string;
}

const path = fc.array(fc.constantFrom('a', 'bcd'), { maxLength: 2 }).map((parts) => `/${parts.join('/')}`);
const route = fc.record({ host: fc.constantFrom('own.x.localhost', 'm.x.localhost', '*.x.localhost'), path, pathType: fc.constantFrom('Prefix' as const, 'Prefix' as const, 'Exact' as const), service: fc.constantFrom(...SERVICES) });
const routes = fc.uniqueArray(route, { minLength: 2, maxLength: 7, selector: ({ host, path: at, pathType }) => `${host} ${pathType} ${at}` });

/** Hosts below a wildcard, beside it: in one site, or the wildcard in a site of its own behind the Gateway and the hosts behind the Ingress. */
function made(wanted: readonly Wanted[], fronts: typeof FRONTS[number]): { readonly world: World; readonly told: readonly Problem[] } {
  const app = new App();
  const platform: KindPlatform = kind();
  const environment = new Environment(app, 'any', { platform });
  const traefik = new Traefik(environment, 'traefik', { exposure: Exposure.nodePort({ nodePorts: { web: { nodePort: 30010, hostPort: 8080 } } }) });
  const shop = new AppNamespace(environment, 'shop');
  const services = new Map<string, Microservice>(SERVICES.map((name) => [name, new Microservice(shop, name, { image: 'example.com/web:1.0.0', port: { containerPort: 8080, port: 80 } })]));
  const isWild = ({ host }: Wanted): boolean => host.startsWith('*');
  const parts = fronts === 'one site each'
    ? [{ front: traefik, routes: wanted.filter((each) => !isWild(each)) }, { front: traefik.gateway, routes: wanted.filter(isWild) }]
    : [{ front: fronts === 'Ingress' ? traefik : fronts === 'Gateway' ? traefik.gateway : [traefik, traefik.gateway], routes: wanted }];
  for (const [index, { front, routes: own }] of parts.filter((part) => part.routes.length > 0).entries()) {
    const site = new Site(shop, `site${index}`, { front, host: 'own.x.localhost' });
    for (const { service, ...options } of own) site.route(services.get(service) as Microservice, options);
  }
  const { objects, problems } = collect(app, 'any');
  const manifests = readManifests([{ file: 'all.yaml', text: toYamlStream(objects.map(({ object }) => object)) }]);
  const profile = profileOfKindConfig({ ...kindClusterConfig(platform, microservicesOf(environment).flatMap(({ ports }) => ports)) });
  return { world: buildWorld(manifests, { ...profile, wholeCluster: true }), told: problems.filter(({ code }) => code !== 'WILDCARD_LABELS') };
}

/** Who is meant: the host's own routes come first, of them the Exact one, then the longest prefix. */
function taker(wanted: readonly Wanted[], host: string, at: string): string {
  const taking = wanted.filter((each) => (each.host === host || (each.host.startsWith('*') && host.endsWith(each.host.slice(1))))
    && (each.pathType === 'Exact' ? each.path === at : `${at}/`.startsWith(`${each.path.replace(/\/$/, '')}/`)));
  const rank = (each: Wanted): number => (each.host === host ? 10_000 : 0) + (each.pathType === 'Exact' ? 1000 : 0) + each.path.length;
  return taking.sort((a, b) => rank(b) - rank(a))[0]?.service ?? 'nobody';
}

function answer(world: World, host: string, at: string): string {
  const { verdict, backends, symptom } = explain(world, parseRequest(`http://${host}:8080${at}`, { from: 'laptop' }));
  return verdict === 'depends' ? verdict : backends[0]?.name ?? (symptom === 'http-404' ? 'nobody' : `${symptom}`);
}

test.each(FRONTS)('behind %s all that is not told of goes where it is meant to, and what is told of does not', (fronts) => {
  const seen = { told: 0, silent: 0 };
  fc.assert(fc.property(routes, (wanted) => {
    const { world, told } = made(wanted, fronts);
    expect(told.filter(({ code }) => code !== 'TRAEFIK_HOST_ORDER')).toEqual([]);
    const asked = ['own.x.localhost', 'm.x.localhost', 'other.x.localhost'].flatMap((host) => ['/', ...wanted.flatMap((each) => [each.path, `${each.path.replace(/\/$/, '')}/below`])].map((at) => [host, at] as const));
    const wrong = asked.filter(([host, at]) => answer(world, host, at) !== taker(wanted, host, at));
    const hosts = new Set(told.map(({ value }) => String(value)));
    expect([...new Set(wrong.map(([host]) => host))].sort()).toEqual([...hosts].sort());
    seen[told.length > 0 ? 'told' : 'silent']++;
  }), { numRuns: 60 });
  expect(Math.min(seen.told, seen.silent)).toBeGreaterThan(3);
});
