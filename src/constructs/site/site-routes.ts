import type { RouteFeature } from '../../model/http-route';
import type { PortChain } from '../../model/ports';
import type { Microservice } from '../services/microservice';
import type { RedirectTo, RouteMatch, RouteOptions } from './route-options';

/** Which requests, with the defaults filled in. */
export type SiteMatch = RouteMatch & Required<Pick<RouteMatch, 'host' | 'path' | 'pathType'>>;

/** A route as the site keeps it: `port` is the Service port that was meant, if there is one. */
export interface SiteRoute extends SiteMatch, Omit<RouteOptions, keyof RouteMatch | 'port'> {
  readonly service: Microservice;
  readonly port: PortChain | undefined;
  readonly wantedPort: string | number | undefined;
}

/** Requests that a front answers itself. */
export interface SiteRedirect extends SiteMatch {
  readonly to: RedirectTo;
}

/** All that a site sends, as it is by now. */
export interface SiteRoutes {
  readonly routes: readonly SiteRoute[];
  readonly redirects: readonly SiteRedirect[];
  /** For what no route matches. */
  readonly fallback: SiteRoute | undefined;
}

/** Whether a path is taken: by path element, a Prefix, or letter by letter. */
export function takesPath({ path: wanted, pathType }: Pick<SiteMatch, 'path' | 'pathType'>, path: string): boolean {
  return pathType === 'Exact' ? path === wanted : `${path}/`.startsWith(`${withoutSlash(wanted)}/`);
}

export function withoutSlash(path: string): string {
  return path.replace(/\/$/, '');
}

/** The same for two that match the same requests: to a Gateway the prefixes /a and /a/ are one. */
export function matchKey({ host, path, pathType, methods, headers = {}, queryParams = {} }: SiteMatch): string {
  const lowered = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return JSON.stringify([
    host, pathType, pathType === 'Prefix' ? path.replace(/(?<=.)\/$/, '') : path, [...methods ?? []].sort(), lowered.sort(), Object.entries(queryParams).sort(),
  ]);
}

/** What a route asks for that an Ingress cannot say. */
export function featuresOf(route: SiteRoute | SiteRedirect): RouteFeature[] {
  const { methods, headers, queryParams } = route;
  const matches = { methods, headers, queryParams };
  if ('to' in route) {
    const { port, status = 302 } = route.to;
    return ['redirect', ...given(matches), ...(port === undefined ? [] : ['redirect.port' as const]), ...(status === 301 || status === 302 ? [] : ['redirect.status' as const])];
  }
  const { weight, requestHeaders, responseHeaders, timeoutSeconds, rewrite } = route;
  return [
    ...given({ ...matches, weight, requestHeaders, responseHeaders, timeoutSeconds }),
    ...given({ 'rewrite.host': rewrite?.host, 'rewrite.path': rewrite?.path, 'rewrite.prefix': rewrite?.prefix }),
  ];
}

function given(options: Partial<Record<RouteFeature, unknown>>): RouteFeature[] {
  return (Object.keys(options) as RouteFeature[]).filter((name) => options[name] !== undefined);
}
