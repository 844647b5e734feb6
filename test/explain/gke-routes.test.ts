import { buildWorld, check } from '../../src/explain';
import { readManifests } from '../../src/manifest/read';

/** The findings GKE003 of one rule behind a class. */
function said(className: string, rule: object): readonly string[] {
  const text = [
    { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', metadata: { name: 'gate', namespace: 'shop' }, spec: { gatewayClassName: className, listeners: [{ name: 'http', protocol: 'HTTP', port: 80 }] } },
    { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name: 'web', namespace: 'shop' }, spec: { parentRefs: [{ name: 'gate' }], rules: [{ backendRefs: [{ name: 'web', port: 80 }], ...rule }] } },
  ].map((object) => JSON.stringify(object)).join('\n---\n');
  const world = buildWorld(readManifests([{ file: 'a.yaml', text }]), { platform: 'gke' });
  return check(world).findings.filter(({ id }) => id === 'GKE003').map(({ message }) => message);
}

const GLOBAL = 'gke-l7-global-external-managed';
const redirect = (requestRedirect: object): object => ({ backendRefs: [], filters: [{ type: 'RequestRedirect', requestRedirect }] });
const rewrite = (urlRewrite: object): object => ({ filters: [{ type: 'URLRewrite', urlRewrite }] });

describe('what a class of GKE does not follow is said, and what it follows is not', () => {
  test.each<[string, string, object, RegExp | undefined]>([
    ['a method', GLOBAL, { matches: [{ method: 'GET' }] }, /method/],
    ['a path by regular expression', GLOBAL, { matches: [{ path: { type: 'RegularExpression', value: '/v[0-9]+' } }] }, /Exact and PathPrefix/],
    ['a path by prefix', GLOBAL, { matches: [{ path: { type: 'PathPrefix', value: '/v1' } }] }, undefined],
    ['a whole path rewritten', GLOBAL, rewrite({ path: { type: 'ReplaceFullPath', replaceFullPath: '/' } }), /prefix of the path/],
    ['a prefix rewritten', GLOBAL, rewrite({ path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } }), undefined],
    ['a prefix rewritten', 'gke-l7-gxlb', rewrite({ path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } }), /classic/],
    ['a host rewritten', 'gke-l7-gxlb-mc', rewrite({ hostname: 'a.example.com' }), /classic/],
    ['a redirect to a port', GLOBAL, redirect({ port: 8443 }), /port/],
    ['a redirect with 308', GLOBAL, redirect({ scheme: 'https', statusCode: 308 }), /301 or 302/],
    ['a redirect to https', 'gke-l7-gxlb', redirect({ scheme: 'https', statusCode: 301 }), undefined],
    ['a timeout', 'gke-l7-rilb', { timeouts: { request: '10s' } }, /GCPBackendPolicy/],
    ['two backends', 'gke-l7-rilb', { backendRefs: [{ name: 'web', port: 80, weight: 9 }, { name: 'next', port: 80, weight: 1 }] }, undefined],
    ['two backends', 'gke-l7-gxlb', { backendRefs: [{ name: 'web', port: 80, weight: 9 }, { name: 'next', port: 80, weight: 1 }] }, /classic/],
    ['a query parameter', 'gke-l7-gxlb', { matches: [{ queryParams: [{ name: 'a', value: 'b' }] }] }, /classic/],
    ['a header set', 'gke-l7-gxlb', { filters: [{ type: 'ResponseHeaderModifier', responseHeaderModifier: { set: [{ name: 'a', value: 'b' }] } }] }, /classic/],
    ['a method', 'traefik', { matches: [{ method: 'GET' }] }, undefined],
  ])('%s behind %s', (_what, className, rule, wanted) => {
    const messages = said(className, rule);
    if (wanted === undefined) expect(messages).toEqual([]);
    else expect(messages).toEqual([expect.stringMatching(wanted)]);
  });
});
