import { buildWorld, explain, parseRequest } from '../../src/explain';
import { readManifests } from '../../src/manifest/read';

const manifest = (prefix: string, replacement: string): string => `
{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: web}, spec: {gatewayClassName: example, listeners: [{name: http, protocol: HTTP, port: 80}]}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web}
spec:
  parentRefs: [{name: web}]
  rules: [{matches: [{path: {type: PathPrefix, value: ${prefix}}}], filters: [{type: RequestRedirect, requestRedirect: {path: {type: ReplacePrefixMatch, replacePrefixMatch: '${replacement}'}}}]}]
`;

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
  const world = buildWorld(readManifests([{ file: 'a.yaml', text: manifest(prefix, replacement) }]), {});
  const { hops } = explain(world, parseRequest(`http://shop.example.com${path}`, { via: 'gateway/default/web' }));
  expect(JSON.stringify(hops)).toContain(`to http://shop.example.com${changed}."`);
});

test.each([
  ['/foo', '/foo', '/xyz/', '/xyz'],
  ['/foo/', '/foo', '/xyz/', '/xyz/'],
  ['/foo', '/foo', '/', '/'],
  ['/foo/bar', '/foo', '', '/bar'],
])('by Traefik %s, of which the prefix %s becomes "%s", is %s', (path, prefix, replacement, changed) => {
  const ofTraefik = `{apiVersion: gateway.networking.k8s.io/v1, kind: GatewayClass, metadata: {name: example}, spec: {controllerName: traefik.io/gateway-controller}}\n---${manifest(prefix, replacement)}`;
  const { hops } = explain(buildWorld(readManifests([{ file: 'a.yaml', text: ofTraefik }]), {}), parseRequest(`http://shop.example.com${path}`, { via: 'gateway/default/web' }));
  expect(JSON.stringify(hops)).toContain(`to http://shop.example.com${changed}."`);
});
