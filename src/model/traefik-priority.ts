/**
 * Traefik has one number for each rule, and of the rules that match a request the one with the highest takes it, whatever Ingress and the Gateway API say of hosts, path
 * types and order. Of two that are equal either may.
 *
 * @see https://github.com/traefik/traefik pkg/muxer/http/mux.go and pkg/provider/kubernetes/{ingress/kubernetes,gateway/httproute}.go, here of v3.7
 */

/** The annotation of an Ingress that is the priority of all its paths. */
export const TRAEFIK_PRIORITY = 'traefik.ingress.kubernetes.io/router.priority';

/** What the default backend of an Ingress without rules has; one beside rules is not read. */
export const TRAEFIK_REST_PRIORITY = -(2 ** 31);

/** A path of an Ingress as Traefik matches it. */
export interface TraefikIngressMatch {
  /** '' is any. */
  readonly host: string;
  readonly path: string;
  readonly matcher: 'Path' | 'PathPrefix' | 'PathRegexp';
  /** `providers.kubernetesingress.strictprefixmatching`: whether a prefix is whole path elements. */
  readonly strict: boolean;

  /**
   * Whether it is a Traefik before 3.7, which writes a wildcard as an expression, and that is longer than most hosts.
   *
   * @default false
   */
  readonly hostExpressions?: boolean;
}

/** The length of the rule that Traefik makes of a path, in bytes: that is its priority where no annotation says another. */
export function traefikIngressPriority({ host, path, matcher, strict, hostExpressions = false }: TraefikIngressMatch): number {
  const rules = [...(host === '' ? [] : [hostExpressions && host.startsWith('*.') ? wildcardExpression(host) : `Host(${JSON.stringify(host)})`]), strict && matcher === 'PathPrefix' ? strictPrefix(path) : `${matcher}(${JSON.stringify(path)})`];
  return bytesOf(rules.join(' && '));
}

function wildcardExpression(host: string): string {
  return `HostRegexp(${JSON.stringify(`^[a-zA-Z0-9-]+${host.slice(1).replaceAll('.', '\\.')}$`)})`;
}

function strictPrefix(path: string): string {
  const base = path.replace(/\/$/, '');
  return path === '/' ? 'PathPrefix("/")' : `(Path(${JSON.stringify(base)}) || PathPrefix(${JSON.stringify(`${base}/`)}))`;
}

/** A match of an HTTPRoute, as far as it decides the priority. */
export interface TraefikRouteMatch {
  /** The length of the longest hostname of its route; 0 where it has none. */
  readonly hostLength: number;
  readonly path: { readonly type: string; readonly value: string };
  readonly method: boolean;
  /** How many. */
  readonly headers: number;
  /** How many. */
  readonly queryParams: number;
  /** How many rules its HTTPRoute has from its own on. */
  readonly rulesLeft: number;
}

/** What Traefik adds up for a match of an HTTPRoute, in which a path weighs more than a host. */
export function traefikRoutePriority({ hostLength, path, method, headers, queryParams, rulesLeft }: TraefikRouteMatch): number {
  const byPath = path.type === 'Exact' ? 100_000 : path.type === 'PathPrefix' && path.value === '/' ? 1 : 10_000 + bytesOf(path.value) * 100;
  return byPath + (method ? 1000 : 0) + headers * 100 + queryParams * 10 + hostLength + rulesLeft;
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}
