import { buildWorld, explain, parseRequest } from '../../src/explain';
import { readManifests } from '../../src/manifest/read';

const OTHER = 'example.com/controller';
const TRAEFIK = 'traefik.io/gateway-controller';

/** Where a request is redirected to by the filter of a route for a prefix. */
function redirected(controller: string, path: string, prefix: string, filter: string): string {
  const text = `
{apiVersion: gateway.networking.k8s.io/v1, kind: GatewayClass, metadata: {name: example}, spec: {controllerName: ${controller}}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: web}, spec: {gatewayClassName: example, listeners: [{name: http, protocol: HTTP, port: 80}]}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web}
spec:
  parentRefs: [{name: web}]
  rules: [{matches: [{path: {type: PathPrefix, value: ${prefix}}}], filters: [{type: RequestRedirect, requestRedirect: {${filter}}}]}]
`;
  const { hops } = explain(buildWorld(readManifests([{ file: 'a.yaml', text }]), {}), parseRequest(`http://shop.example.com${path}`, { via: 'gateway/default/web' }));
  return /, to (\S+?)\."/.exec(JSON.stringify(hops))?.[1] ?? '';
}

const byPrefix = (replacement: string): string => `path: {type: ReplacePrefixMatch, replacePrefixMatch: '${replacement}'}`;

/** The table of the API's own HTTPPathModifier, and the prefix that all paths have. */
test.each([
  ['/foo/bar', '/foo', '/xyz', '/xyz/bar'],
  ['/foo/bar', '/foo', '/xyz/', '/xyz/bar'],
  ['/foo/bar', '/foo/', '/xyz', '/xyz/bar'],
  ['/foo/bar', '/foo/', '/xyz/', '/xyz/bar'],
  ['/foo', '/foo', '/xyz', '/xyz'],
  ['/foo', '/foo', '/xyz/', '/xyz/'],
  ['/foo/', '/foo', '/xyz', '/xyz/'],
  ['/foo/bar', '/foo', '', '/bar'],
  ['/foo/', '/foo', '', '/'],
  ['/foo', '/foo', '', '/'],
  ['/foo/', '/foo', '/', '/'],
  ['/foo', '/foo', '/', '/'],
  ['/bar', '/', '/xyz', '/xyz/bar'],
])('%s, of which the prefix %s becomes "%s", is %s', (path, prefix, replacement, changed) => {
  expect(redirected(OTHER, path, prefix, byPrefix(replacement))).toBe(`http://shop.example.com${changed}`);
});

test.each([
  ['/foo', '/foo', '/xyz/', '/xyz'],
  ['/foo/', '/foo', '/xyz/', '/xyz/'],
  ['/foo', '/foo', '/', '/'],
  ['/foo/bar', '/foo', '', '/bar'],
])('by Traefik %s, of which the prefix %s becomes "%s", is %s', (path, prefix, replacement, changed) => {
  expect(redirected(TRAEFIK, path, prefix, byPrefix(replacement))).toBe(`http://shop.example.com${changed}`);
});

test.each([
  [OTHER, 'port: 80', 'http://shop.example.com/'],
  [TRAEFIK, 'port: 80', 'http://shop.example.com:80/'],
  [TRAEFIK, 'scheme: http', 'http://shop.example.com/'],
  [TRAEFIK, 'scheme: https, port: 443', 'https://shop.example.com:443/'],
  [OTHER, 'scheme: https, port: 443', 'https://shop.example.com/'],
  [OTHER, 'scheme: https, port: 80', 'https://shop.example.com:80/'],
])('%s redirects by {%s} to %s', (controller, filter, location) => {
  expect(redirected(controller, '/', '/', filter)).toBe(location);
});
