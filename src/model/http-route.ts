import { isIP } from 'node:net';
import { isSubdomain } from './names';
import { type Complaint, complaint } from './problem';

/** How a path is matched. An Ingress's `ImplementationSpecific` is left out on purpose: no two controllers read it alike. */
export type PathType = 'Exact' | 'Prefix';

/** The methods that an HTTPRoute can name. */
export type HttpMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'CONNECT' | 'OPTIONS' | 'TRACE' | 'PATCH';

/** What an HTTPRoute can say and not every front can do. */
export type RouteFeature =
  | 'methods' | 'headers' | 'queryParams' | 'weight' | 'requestHeaders' | 'responseHeaders' | 'timeoutSeconds' | 'rewrite.host' | 'rewrite.path' | 'rewrite.prefix'
  | 'redirect' | 'redirect.port' | 'redirect.status';

/** Header and query names, and the characters of a path, as the CRD of HTTPRoute has them (v1, standard channel). */
const TOKEN = /^[A-Za-z0-9!#$%&'*+\-.^_`|~]{1,256}$/;
const GATEWAY_PATH = /^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+$/;

/**
 * The API's rule for hosts of an Ingress and an HTTPRoute: a DNS name, or a wildcard before it; no address, no port.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress/#hostname-wildcards
 */
export function checkHost(field: string, host: string): Complaint[] {
  const name = host.startsWith('*.') ? host.slice(2) : host;
  if (isHostName(name)) return [];
  return [{
    code: 'HOST', severity: 'error', field, value: host,
    rule: 'A host is a DNS name in lower case, or *. and a DNS name; no address, port or scheme.', fix: 'Write e.g. shop.example.com or *.example.com.',
  }];
}

/** A DNS name in lower case and no address: a host that a request is rewritten or redirected to. */
export function isHostName(name: string): boolean {
  return isSubdomain(name) && isIP(name) === 0;
}

/** The API's rule for Exact and Prefix paths (k8s.io/kubernetes pkg/apis/networking/validation). */
export function checkPath(field: string, path: string): Complaint[] {
  const sequence = ['//', '/./', '/../', '%2f', '%2F'].find((part) => path.includes(part)) ?? ['/..', '/.'].find((end) => path.endsWith(end));
  if (path.startsWith('/') && sequence === undefined) return [];
  return [{
    code: 'PATH', severity: 'error', field, value: path,
    rule: sequence === undefined ? 'A path starts with /.' : `A path must not contain ${sequence}.`, fix: 'Write e.g. / or /cart.',
  }];
}

/** What an HTTPRoute asks of a path besides: its length and characters. */
export function checkGatewayPath(field: string, path: string): Complaint[] {
  if (path.length <= 1024 && GATEWAY_PATH.test(path)) return [];
  return [complaint(
    'GATEWAY_PATH', field, path, "A path of an HTTPRoute has at most 1024 of letters, digits, /, -._~!$&'()*+,;=:@ and percent-encoded octets.", 'Encode the others, e.g. a space as %20.',
  )];
}

/** Names and values by which an HTTPRoute matches: headers (at most 4096 characters) or query parameters (1024). */
export function checkMatches(field: string, matches: Readonly<Record<string, string>>, longest: 4096 | 1024): Complaint[] {
  const count = Object.keys(matches).length;
  return [
    ...(count <= 16 ? [] : [complaint('MATCH_COUNT', field, count, 'A rule matches at most 16 headers and 16 query parameters.', 'Leave some of them to the service.')]),
    ...Object.entries(matches).flatMap(([name, value]) => [
      ...checkToken(field, name),
      ...(value.length >= 1 && value.length <= longest ? [] : [complaint('MATCH_VALUE', `${field}.${name}`, value, `The value has 1 to ${longest} characters.`, 'Write the whole value that the request shall have.')]),
    ]),
  ];
}

/** What can stand in a header: RFC 9110, section 5.5, allows tabs but no other control character. */
export function checkHeaderValues(field: string, values: Readonly<Record<string, string>>): Complaint[] {
  return Object.entries(values).filter(([, value]) => /[\u0000-\u0008\u000a-\u001f\u007f]/.test(value)).map(([name, value]) => complaint(
    'HEADER_VALUE', `${field}.${name}`, value, 'The value of a header has no line breaks or other control characters.', 'Leave them out.',
  ));
}

/** A header's or query parameter's name: letters, digits and !#$%&'*+-.^_`|~, at most 256. */
export function checkToken(field: string, name: string): Complaint[] {
  if (TOKEN.test(name)) return [];
  return [complaint('HEADER_NAME', field, name, "A name has 1 to 256 of letters, digits and !#$%&'*+-.^_`|~.", 'Write e.g. X-Version.')];
}

/** The names of headers have no case: of two spellings the API keeps the first, and a list of both may not be taken at all. */
export function checkOneSpelling(field: string, names: readonly string[]): Complaint[] {
  const lowered = names.map((name) => name.toLowerCase());
  return names.filter((_, index) => lowered.indexOf(lowered[index] ?? '') !== index)
    .map((name) => complaint('HEADER_TWICE', field, name, 'A header is named once; X-A and x-a are the same.', 'Drop one of the two.'));
}
