import { at, type Fields, integer, text } from '../../manifest/fields';
import type { Request } from '../request';
import type { RouteMatch, RouteRule } from '../world/gateways';

/** What a RequestRedirect filter answers: the status, and where it sends the client. */
export interface RouteRedirect {
  readonly status: number;
  readonly location: string;
}

const WELL_KNOWN: Readonly<Record<string, number>> = { http: 80, https: 443 };

/** What is not named stays as it was asked, except that a scheme brings its port. */
export function redirectOfRule(rule: RouteRule, match: RouteMatch, request: Request, ofTraefik: boolean): RouteRedirect | undefined {
  const filter = rule.filters.find(({ type }) => type === 'RequestRedirect');
  if (filter === undefined) return undefined;
  const redirect = at(filter, 'requestRedirect');
  const given = text(at(redirect, 'scheme'));
  const scheme = given ?? request.scheme;
  const named = integer(at(redirect, 'port'));
  const port = named ?? (given === undefined ? request.port : WELL_KNOWN[given]);
  // The API leaves out the port that the scheme has anyway; Traefik writes one that is named.
  const implied = port === WELL_KNOWN[scheme] && !(ofTraefik && named !== undefined);
  const host = text(at(redirect, 'hostname')) ?? request.hostHeader;
  const query = request.query === '' ? '' : `?${request.query}`;
  return {
    status: integer(at(redirect, 'statusCode')) ?? 302,
    location: `${scheme}://${host}${port === undefined || implied ? '' : `:${port}`}${changedPath(at(redirect, 'path'), match, request.path, ofTraefik)}${query}`,
  };
}

const OF_TRAEFIK: ReadonlySet<string> = new Set(['RequestHeaderModifier', 'ResponseHeaderModifier', 'RequestRedirect', 'URLRewrite', 'ExtensionRef']);

/** A filter for whose sake Traefik answers 500. @see https://github.com/traefik/traefik pkg/provider/kubernetes/gateway/httproute.go */
export function unknownToTraefik({ filters }: RouteRule): string | undefined {
  return filters.flatMap(({ type }) => text(type) ?? []).find((type) => !OF_TRAEFIK.has(type));
}

/** What a URLRewrite filter makes of the request: ` As GET orders.internal/v2/1.`; empty without one. */
export function rewriteText(rule: RouteRule, match: RouteMatch, request: Request, ofTraefik: boolean): string {
  const filter = rule.filters.find(({ type }) => type === 'URLRewrite');
  if (filter === undefined) return '';
  const host = text(at(filter, 'urlRewrite', 'hostname')) ?? request.hostHeader;
  return ` The backend is asked for ${host}${changedPath(at(filter, 'urlRewrite', 'path'), match, request.path, ofTraefik)}.`;
}

/** Does Traefik ask the backend for a path without its first slash? That is what it makes of a prefix that is replaced by nothing, before more. */
export function losesSlash(rule: RouteRule, match: RouteMatch, request: Request): boolean {
  const change = at(rule.filters.find(({ type }) => type === 'URLRewrite'), 'urlRewrite', 'path');
  return at(change, 'replacePrefixMatch') === '' && /[^/]/.test(beyond(match, request.path));
}

/** What comes after the prefix that is matched; a slash after it stays: with /xyz for /foo, /foo becomes /xyz and /foo/ becomes /xyz/. */
function beyond(match: RouteMatch, path: string): string {
  return path.slice(match.path.value.replace(/\/+$/, '').length);
}

function changedPath(change: Fields[string], match: RouteMatch, path: string, ofTraefik: boolean): string {
  const full = text(at(change, 'replaceFullPath'));
  if (full !== undefined) return full;
  const prefix = text(at(change, 'replacePrefixMatch'));
  if (prefix === undefined) return path;
  const rest = beyond(match, path);
  // Traefik ends a path with the slash of the request alone, not with that of the replacement.
  if (rest === '') return (ofTraefik ? prefix.replace(/\/+$/, '') : prefix) || '/';
  return `${prefix.replace(/\/+$/, '')}/${rest.replace(/^\/+/, '')}`;
}
