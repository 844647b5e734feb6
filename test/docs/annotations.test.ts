import { App } from 'cdk8s';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Environment } from '../../src/constructs/environment';
import { Exposure } from '../../src/constructs/services/exposure';
import { Microservice } from '../../src/constructs/services/microservice';
import { AppNamespace } from '../../src/constructs/namespace';
import { Site } from '../../src/constructs/site/site';
import { Traefik } from '../../src/constructs/fronts/traefik';
import { buildWorld, explain, parseRequest, profileOfKindConfig, type Trace, type World } from '../../src/explain';
import { readManifests } from '../../src/manifest/read';
import { toYamlStream } from '../../src/manifest/write';
import { GATEWAY_API_CRDS } from '../../src/model/gateway-api';
import { type KindPlatform, kind } from '../../src/platforms/kind';
import { kindClusterConfig } from '../../src/platforms/kind-config';
import { collect } from '../../src/render/collect';

/** The table of docs/gateway.md: what an annotated Ingress does, and the route that takes its place. */
interface Row {
  readonly annotation: string;
  readonly annotations: Readonly<Record<string, string>>;
  /** Of the Ingress. */
  readonly path?: string;
  readonly route: (site: Site, web: Microservice, next: Microservice) => unknown;
  readonly tls?: boolean;
  /** A path or URL, headers, what comes through the Gateway, and what comes before where `explain` knows the annotation: else it is not asked. */
  readonly asks: readonly { readonly url: string; readonly header?: string; readonly gateway: string; readonly nginx?: string }[];
}

const rows: readonly Row[] = [
  {
    annotation: 'rewrite-target: /$2', annotations: { 'rewrite-target': '/$2' }, path: '/api(/|$)(.*)', route: (site, web) => site.route(web, { path: '/api', rewrite: { prefix: '/' } }),
    asks: [
      { url: '/api/orders', gateway: 'web as a.localhost/orders', nginx: 'web' }, { url: '/api', gateway: 'web as a.localhost/', nginx: 'web' },
      { url: '/apis', gateway: '404', nginx: '404' }, { url: '/other', gateway: '404', nginx: '404' },
    ],
  },
  { annotation: 'rewrite-target: /all', annotations: { 'rewrite-target': '/all' }, path: '/x', route: (site, web) => site.route(web, { path: '/x', rewrite: { path: '/all' } }), asks: [{ url: '/x/1', gateway: 'web as a.localhost/all', nginx: 'web' }] },
  { annotation: 'app-root', annotations: { 'app-root': '/home' }, route: (site, web) => site.route(web).redirect({ path: '/home' }, { path: '/', pathType: 'Exact' }), asks: [{ url: '/', gateway: '302 http://a.localhost:8080/home' }, { url: '/home', gateway: 'web', nginx: 'web' }] },
  { annotation: 'permanent-redirect', annotations: { 'permanent-redirect': 'https://new.example.com' }, route: (site) => site.redirect({ scheme: 'https', host: 'new.example.com', path: '/', status: 301 }), asks: [{ url: '/any', gateway: '301 https://new.example.com/' }] },
  { annotation: 'temporal-redirect', annotations: { 'temporal-redirect': 'https://new.example.com' }, route: (site) => site.redirect({ scheme: 'https', host: 'new.example.com', path: '/', status: 302 }), asks: [{ url: '/any', gateway: '302 https://new.example.com/' }] },
  { annotation: 'from-to-www-redirect', annotations: { 'from-to-www-redirect': 'true' }, route: (site, web) => site.route(web).redirect({ host: 'a.localhost', status: 308 }, { host: 'www.a.localhost' }), asks: [{ url: 'http://www.a.localhost:8080/x', gateway: '308 http://a.localhost:8080/x' }, { url: '/x', gateway: 'web', nginx: 'web' }] },
  { annotation: 'ssl-redirect', annotations: {}, tls: true, route: (site, web) => site.route(web), asks: [{ url: '/x', gateway: '301 https://a.localhost:8443/x', nginx: '308' }, { url: 'https://a.localhost:8443/x', gateway: 'web', nginx: 'web' }] },
  { annotation: 'server-alias', annotations: { 'server-alias': 'b.localhost' }, route: (site, web) => site.route(web).route(web, { host: 'b.localhost' }), asks: [{ url: 'http://b.localhost:8080/', gateway: 'web' }, { url: '/', gateway: 'web', nginx: 'web' }] },
  { annotation: 'canary-weight', annotations: {}, route: (site, web, next) => site.route(web, { weight: 90 }).route(next, { weight: 10 }), asks: [{ url: '/', gateway: 'web next', nginx: 'web' }] },
  {
    annotation: 'canary-by-header-value', annotations: {}, route: (site, web, next) => site.route(web).route(next, { headers: { 'X-Preview': 'yes' } }),
    asks: [{ url: '/', header: 'x-preview: yes', gateway: 'next' }, { url: '/', header: 'x-preview: no', gateway: 'web', nginx: 'web' }, { url: '/', gateway: 'web', nginx: 'web' }],
  },
  {
    annotation: '`canary-by-header` without a value', annotations: {},
    route: (site, web, next) => site.route(web, { weight: 90 }).route(next, { weight: 10 }).route(next, { headers: { 'X-Preview': 'always' } }).route(web, { headers: { 'X-Preview': 'never' } }),
    asks: [{ url: '/', header: 'x-preview: always', gateway: 'next' }, { url: '/', header: 'x-preview: never', gateway: 'web' }, { url: '/', header: 'x-preview: else', gateway: 'web next' }],
  },
  { annotation: 'upstream-vhost', annotations: { 'upstream-vhost': 'inner.example.com' }, route: (site, web) => site.route(web, { rewrite: { host: 'inner.example.com' } }), asks: [{ url: '/x', gateway: 'web as inner.example.com/x', nginx: 'web' }] },
  { annotation: 'x-forwarded-prefix', annotations: { 'x-forwarded-prefix': '/api' }, route: (site, web) => site.route(web, { path: '/api', requestHeaders: { set: { 'X-Forwarded-Prefix': '/api' } } }), path: '/api', asks: [{ url: '/api/x', gateway: 'web', nginx: 'web' }] },
  { annotation: 'custom-headers', annotations: { 'custom-headers': 'shop/headers' }, route: (site, web) => site.route(web, { responseHeaders: { set: { 'X-A': 'b' } } }), asks: [{ url: '/', gateway: 'web', nginx: 'web' }] },
];

test.each(rows.map((row) => [row.annotation, row] as const))('%s', (annotation, { annotations, path = '/', route, tls = false, asks }) => {
  expect(readFileSync(join(__dirname, '../../docs/gateway.md'), 'utf8')).toContain(annotation.replace('`canary', 'canary').replace('`', '`'));
  const [before, after] = [nginx(annotations, path, tls), gateway(route, tls)];
  for (const { url, header, gateway: comes, nginx: came } of asks) {
    const target = url.startsWith('/') ? `http://a.localhost:8080${url}` : url;
    const flags = header === undefined ? {} : { headers: [header] };
    expect([target, header, answer(explain(after, parseRequest(target, { from: 'laptop', ...flags })))]).toEqual([target, header, comes]);
    if (came === undefined) continue;
    const outside = target.replace(/:\d+\//, '/').replace('localhost', 'example.com');
    const trace = explain(before, parseRequest(outside, { from: 'outside', ...flags }));
    expect([outside, header, String(trace.status ?? trace.backends.map(({ name }) => name).join(' '))]).toEqual([outside, header, came]);
  }
});

/** Two services, and an Ingress of ingress-nginx to the first. */
function nginx(annotations: Row['annotations'], path: string, tls: boolean): World {
  const objects = ['web', 'next'].flatMap((name) => [
    { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'shop', labels: { app: name } }, spec: { containers: [{ name, image: 'web:1', ports: [{ containerPort: 8080 }] }] } },
    { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'shop' }, spec: { selector: { app: name }, ports: [{ port: 80, targetPort: 8080 }] } },
  ]);
  const ingress = {
    apiVersion: 'networking.k8s.io/v1', kind: 'Ingress',
    metadata: { name: 'web', namespace: 'shop', annotations: Object.fromEntries(Object.entries(annotations).map(([key, value]) => [`nginx.ingress.kubernetes.io/${key}`, value])) },
    spec: {
      ingressClassName: 'nginx', ...(tls && { tls: [{ hosts: ['a.example.com'], secretName: 'tls' }] }),
      rules: [{ host: 'a.example.com', http: { paths: [{ path, pathType: path.includes('(') ? 'ImplementationSpecific' : 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }] } }],
    },
  };
  return buildWorld(readManifests([{ file: 'all.yaml', text: toYamlStream([...objects, ingress]) }]), { platform: 'bare' });
}

function gateway(route: Row['route'], tls: boolean): World {
  const app = new App();
  const environment = new Environment(app, 'after', { platform: kind() });
  const traefik = new Traefik(environment, 'traefik', { exposure: Exposure.nodePort({ nodePorts: { web: { nodePort: 30010, hostPort: 8080 }, websecure: { nodePort: 30011, hostPort: 8443 } } }) });
  const shop = new AppNamespace(environment, 'shop');
  const [web, next] = ['web', 'next'].map((name) => new Microservice(shop, name, { image: 'example.com/web:1.0.0', port: { containerPort: 8080, port: 80 } })) as [Microservice, Microservice];
  route(new Site(shop, 'shop', { front: traefik.gateway, host: 'a.localhost', ...(tls && { tlsSecretName: 'tls' }) }), web, next);
  const { objects, problems } = collect(app, 'after');
  expect(problems).toEqual([]);
  return buildWorld(readManifests([{ file: 'all.yaml', text: toYamlStream(objects.map(({ object }) => object)) }]), profileOfKindConfig({ ...kindClusterConfig(environment.platform as KindPlatform, traefik.entry.ports) }));
}

/** Who answers, and as what it is asked where that is rewritten; or the status, and where a redirect leads. */
function answer({ hops, status, backends }: Trace): string {
  const [, location] = /answers \d+, to (\S+?)\."/.exec(JSON.stringify(hops)) ?? [];
  const [, asked] = /The backend is asked for (\S+?)\."/.exec(JSON.stringify(hops)) ?? [];
  if (status !== undefined) return [String(status), location].filter((part) => part !== undefined).join(' ');
  return `${backends.map(({ name }) => name).join(' ')}${asked === undefined ? '' : ` as ${asked}`}`;
}

test('the guide installs the release of the CRDs that is tested', () => {
  expect(readFileSync(join(__dirname, '../../docs/gateway.md'), 'utf8')).toContain(`kubectl apply --server-side -f ${GATEWAY_API_CRDS}\n`);
});
