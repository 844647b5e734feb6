import { App } from 'cdk8s';
import fc from 'fast-check';
import { callsOf } from '../../src/apps/calls';
import { shopEnvironment, type ShopRung } from '../../src/apps/rungs';
import { Environment } from '../../src/constructs/environment';
import { Exposure } from '../../src/constructs/services/exposure';
import type { Front } from '../../src/constructs/site/front';
import { gkeGateway } from '../../src/constructs/fronts/gke-gateway';
import { gkeIngress } from '../../src/constructs/fronts/gke-ingress';
import { Microservice } from '../../src/constructs/services/microservice';
import { AppNamespace } from '../../src/constructs/namespace';
import { microservicesOf } from '../../src/constructs/services-of';
import { Site } from '../../src/constructs/site/site';
import { Traefik } from '../../src/constructs/fronts/traefik';
import { buildWorld, explain, parseRequest, profileOfKindConfig, type Trace, type World } from '../../src/explain';
import { readManifests } from '../../src/manifest/read';
import { toYamlStream } from '../../src/manifest/write';
import type { Platform } from '../../src/model/platform';
import { gke } from '../../src/platforms/gke';
import { kind, type KindPlatform } from '../../src/platforms/kind';
import { kindClusterConfig } from '../../src/platforms/kind-config';
import { collect } from '../../src/render/collect';
import { diffObjects } from '../../src/render/diff';

/** What `ladder explain` sees of an environment. */
function worldOf(environment: Environment): World {
  const { objects, problems } = collect(environment.node.root as App, environment.node.id);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const manifests = readManifests([{ file: 'all.yaml', text: toYamlStream(objects.map(({ object }) => object)) }]);
  const { platform } = environment;
  const profile = platform.type === 'kind'
    ? profileOfKindConfig({ ...kindClusterConfig(platform as KindPlatform, microservicesOf(environment).flatMap(({ ports }) => ports)) })
    : { platform: 'gke' as const };
  return buildWorld(manifests, { ...profile, wholeCluster: true });
}

/** Who answers, or what the client sees instead. */
function answer({ verdict, status, symptom, backends }: Trace): string {
  return [verdict, status ?? symptom ?? '', ...backends.map(({ name, port }) => `${name}:${port}`)].join(' ');
}

const moves: readonly (readonly [Platform, readonly [ShopRung, ShopRung, ShopRung]])[] = [
  [kind(), ['ingress', 'ingress-and-gateway', 'gateway']], [gke(), ['gke-ingress', 'gke-ingress-and-gateway', 'gke-gateway']], [gke(), ['ingress', 'ingress-and-gateway', 'gateway']],
];

describe.each(moves)('the shop on %j moves over %j', ({ type }, rungs) => {
  const [platform] = moves.find(([of, names]) => of.type === type && names === rungs) ?? [kind()];
  const environments = rungs.map((rung) => shopEnvironment(new App(), rung, { platform, rung }));
  const [first = fail(), both = fail(), last = fail()] = environments;
  const worlds = environments.map(worldOf);
  const calls = callsOf(first).filter(({ rung }) => rung === 'Ingress');
  const from = type === 'kind' ? 'laptop' : 'outside';

  test('its table has the same addresses, of an Ingress, of both and of a Gateway', () => {
    const addresses = (environment: Environment, rung: string) => callsOf(environment).filter((call) => call.rung === rung).map(({ service, address }) => [service, address]);
    expect(calls).toHaveLength(5);
    expect(addresses(last, 'Gateway')).toEqual(addresses(first, 'Ingress'));
    expect([addresses(both, 'Ingress'), addresses(both, 'Gateway')]).toEqual([addresses(first, 'Ingress'), addresses(first, 'Ingress')]);
  });

  const near = ['/', '/blue', '/blue/', '/blue/1', '/blues', '/Blue', '/blue%20', '/whoami', '/whoami/x', '/whoam', '//', '/?q=/blue'];
  const hosts = [...new Set(calls.map(({ address }) => new URL(address).host))];
  const urls = [
    ...calls.map(({ address }) => address),
    ...hosts.flatMap((host) => near.map((path) => `${new URL(calls[0]?.address ?? '').protocol}//${host}${path}`)),
    ...hosts.flatMap((host) => [`http://other.${host}/`, `http://x${host}/blue`]),
  ];
  test.each(urls.map((url) => [url]))('%s goes to the same backend before, during and after', (url) => {
    for (const method of ['GET', 'POST']) {
      const answers = worlds.map((world) => answer(explain(world, parseRequest(url, { from, method }))));
      expect([url, ...answers]).toEqual([url, answers[0], answers[0], answers[0]]);
      expect(answers[0]).not.toContain('undefined');
    }
  });

  test('and every address of the table is answered', () => {
    for (const { address, service } of calls) {
      for (const world of worlds) {
        const trace = explain(world, parseRequest(address, { from }));
        expect([address, trace.verdict, trace.backends.map(({ name }) => name)]).toEqual([address, 'ok', [service]]);
      }
    }
  });

  test('no step changes a Deployment of the shop, a Service or a port', () => {
    const lasting = environments.map((environment) => collect(environment.node.root as App, environment.node.id).objects.map(({ object }) => object)
      .filter((object) => object.metadata.namespace === 'shop' && (object.kind === 'Deployment' || (object.kind === 'Service')))
      .map(({ metadata: { name }, kind: of, spec }) => ({ name, of, spec })));
    expect(lasting[1]).toEqual(lasting[0]);
    expect(lasting[2]).toEqual(lasting[0]);
    const changed = diffObjects(objectsOf(first), objectsOf(last)).filter(({ kind: of }) => of === 'Deployment');
    expect(changed.map(({ name }) => name)).toEqual(rungs[0] === 'ingress' ? ['traefik'] : []);
  });
});

describe('any site', () => {
  const SERVICES = ['red', 'green', 'blue'] as const;
  const HOSTS = ['a', 'b', 'x.a'];
  const segment = fc.constantFrom('a', 'ab', 'A', 'b', 'b.c', '~');
  const path = fc.tuple(fc.array(segment, { maxLength: 3 }), fc.boolean()).map(([parts, slash]) => `/${parts.join('/')}${slash && parts.length > 0 ? '/' : ''}`);
  const route = fc.record({ host: fc.constantFrom(...HOSTS), path, pathType: fc.constantFrom('Prefix' as const, 'Exact' as const), service: fc.constantFrom(...SERVICES) });
  const routes = fc.uniqueArray(route, { minLength: 1, maxLength: 12, selector: ({ host, path: at, pathType }) => `${host} ${pathType} ${pathType === 'Prefix' ? at.replace(/(?<=.)\/$/, '') : at}` });
  const request = fc.record({ host: fc.constantFrom(...HOSTS, 'other', 'y.x.a'), path, method: fc.constantFrom('GET', 'POST') });
  const fronts: Readonly<Record<string, readonly [Platform, (environment: Environment) => readonly [Front, Front]]>> = {
    Traefik: [kind(), (environment) => {
      const traefik = new Traefik(environment, 'traefik', { exposure: Exposure.nodePort({ nodePorts: { web: { nodePort: 30010, hostPort: 8080 } } }) });
      return [traefik, traefik.gateway];
    }],
    GKE: [gke(), () => [gkeIngress(), gkeGateway()]],
  };

  test.each(Object.entries(fronts))('behind %s sends every request where it is meant to go, as an Ingress, as a Gateway and as both', (_, [platform, make]) => {
    fc.assert(fc.property(routes, fc.boolean(), fc.array(request, { minLength: 1, maxLength: 8 }), (wanted, rest, requests) => {
      // A laptop's own names, and names of the internet.
      const [domain, from] = platform.type === 'kind' ? ['localhost', 'laptop'] as const : ['example.com', 'outside'] as const;
      const worlds = [[0], [1], [0, 1]].map((indexes) => {
        const environment = new Environment(new App(), 'any', { platform });
        const shop = new AppNamespace(environment, 'shop');
        const both = make(environment);
        const front = indexes.map((index) => both[index] ?? fail());
        const services = new Map(SERVICES.map((name) => [name, new Microservice(shop, name, { image: 'example.com/web:1.0.0', port: { containerPort: 8080, port: 80 } })]));
        const site = new Site(shop, 'site', { front, host: `a.${domain}` });
        for (const { service, host, ...options } of wanted) site.route(services.get(service) ?? fail(), { ...options, host: `${host}.${domain}` });
        if (rest) site.routeRest(services.get('red') ?? fail());
        return worldOf(environment);
      });
      for (const { host, path: at, method } of requests) {
        const url = `http://${host}.${domain}${platform.type === 'kind' ? ':8080' : ''}${at}`;
        const [ingress, gateway, together] = worlds.map((world) => answer(explain(world, parseRequest(url, { from, method }))));
        const service = taker(wanted, host, at) ?? (rest ? 'red' : undefined);
        const meant = service === undefined ? 'broken 404' : `ok  ${service}:8080`;
        expect([url, ingress, gateway, together]).toEqual([url, meant, meant, meant]);
      }
    }), { numRuns: 60 });
  });

  /** Who is meant: of the host's routes the Exact one, else the longest prefix. */
  function taker(wanted: readonly { host: string; path: string; pathType: string; service: string }[], host: string, at: string): string | undefined {
    const own = wanted.filter((each) => each.host === host);
    const prefixes = own.filter((each) => each.pathType === 'Prefix' && `${at}/`.startsWith(`${each.path.replace(/\/$/, '')}/`));
    return (own.find((each) => each.pathType === 'Exact' && each.path === at) ?? prefixes.sort((a, b) => b.path.length - a.path.length)[0])?.service;
  }

  test('but a wildcard of a Gateway takes more labels, of which a warning says so', () => {
    const made = (index: number) => {
      const environment = new Environment(new App(), 'wild', { platform: kind() });
      const front = (fronts['Traefik'] ?? fail())[1](environment)[index] ?? fail();
      const shop = new AppNamespace(environment, 'shop');
      new Site(shop, 'site', { front, host: '*.a.localhost' }).route(new Microservice(shop, 'red', { image: 'example.com/web:1.0.0', port: 8080 }));
      return environment;
    };
    const asked = (environment: Environment, host: string) => answer(explain(worldOf(environment), parseRequest(`http://${host}:8080/`, { from: 'laptop' })));
    expect(['x.a.localhost', 'x.y.a.localhost', 'a.localhost'].map((host) => asked(made(0), host))).toEqual(['ok  red:8080', 'broken 404', 'broken 404']);
    expect(['x.a.localhost', 'x.y.a.localhost', 'a.localhost'].map((host) => asked(made(1), host))).toEqual(['ok  red:8080', 'ok  red:8080', 'broken 404']);
    expect(collect(made(1).node.root as App, 'wild').problems.map(({ code }) => code)).toEqual(['WILDCARD_LABELS']);
  });
});

function objectsOf(environment: Environment) {
  return collect(environment.node.root as App, environment.node.id).objects.map(({ object }) => object);
}

function fail(): never {
  throw new Error('there is none');
}
