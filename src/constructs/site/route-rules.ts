import { checkGatewayPath, checkHeaderValues, checkMatches, checkOneSpelling, checkPath, checkToken, isHostName } from '../../model/http-route';
import { checkPortNumber } from '../../model/ports';
import { type Complaint, complaint, warning } from '../../model/problem';
import { filtersOf } from './http-route';
import type { HeaderChanges, Rewrite } from './route-options';
import type { Site } from './site';
import { featuresOf, matchKey, type SiteRedirect, type SiteRoute } from './site-routes';

const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'];
const STATUSES: readonly number[] = [301, 302, 303, 307, 308];

/** What is wrong with the options of one route or redirect, for the fronts that it is behind. */
export function optionComplaints(site: Site, route: SiteRoute | SiteRedirect): Complaint[] {
  const field = `route ${route.host}${route.path}`;
  const { methods, headers = {}, queryParams = {} } = route;
  const behindGateway = site.fronts.some(({ api }) => api === 'Gateway');
  return [
    ...checkPath(field, route.path),
    ...(route.path.endsWith('/*') ? [warning('PATH_STAR', field, route.path, 'A star in a path is that character and no wildcard; a Prefix takes all that is below it by itself.', `Write ${route.path.slice(0, -2) || '/'}.`)] : []),
    ...(behindGateway && route.path.startsWith('/') ? checkGatewayPath(field, route.path) : []),
    ...checkFeatures(site, field, route),
    ...(methods === undefined || (methods.length > 0 && new Set(methods).size === methods.length && methods.every((method) => METHODS.includes(method))) ? [] : [complaint(
      'METHODS', `${field} methods`, methods, `Methods are some of ${METHODS.join(', ')}, each once.`, "Write e.g. ['GET', 'HEAD'], or leave it out for any.",
    )]),
    ...checkMatches(`${field} headers`, headers, 4096),
    ...checkOneSpelling(`${field} headers`, Object.keys(headers)),
    ...checkHeaderValues(`${field} headers`, headers),
    ...checkMatches(`${field} queryParams`, queryParams, 1024),
    ...('to' in route ? checkRedirect(field, route) : checkChanges(field, route)),
  ];
}

/** An Ingress says none of it; what a Gateway's controller does not follow it passes over. */
function checkFeatures(site: Site, field: string, route: SiteRoute | SiteRedirect): Complaint[] {
  const features = featuresOf(route);
  return site.fronts.flatMap((front) => features.flatMap((feature) => {
    if (front.api === 'Ingress') {
      return [complaint('INGRESS_CANNOT', `${field} ${feature}`, undefined, `An Ingress has no field for ${feature}.`, 'Use a front of the Gateway API, e.g. traefik.gateway, alone.')];
    }
    const why = front.cannot?.[feature];
    return why === undefined ? [] : [complaint('FRONT_CANNOT', `${field} ${feature}`, undefined, why, 'Leave it out, or use another front.')];
  }));
}

function checkChanges(field: string, { weight, timeoutSeconds, rewrite, pathType, requestHeaders, responseHeaders }: SiteRoute): Complaint[] {
  return [
    ...(weight === undefined || isWithin(weight, 0, 1_000_000) ? [] : [complaint('ROUTE_WEIGHT', `${field} weight`, weight, 'A weight is a whole number from 0 to 1000000.', 'Write e.g. 90 and 10.')]),
    ...(timeoutSeconds === undefined || isWithin(timeoutSeconds, 1, 99_999) ? [] : [complaint(
      'ROUTE_TIMEOUT', `${field} timeoutSeconds`, timeoutSeconds, 'A timeout is 1 to 99999 whole seconds.', 'Write e.g. 30.',
    )]),
    ...(rewrite ? checkRewrite(`${field} rewrite`, rewrite, pathType) : []),
    ...(rewrite && Object.values(rewrite).every((value) => value === undefined) ? [complaint(
      'REWRITE', `${field} rewrite`, rewrite, 'A rewrite changes the host or the path.', "Write e.g. { prefix: '/' }, or leave it out.",
    )] : []),
    ...checkHeaders(`${field} requestHeaders`, requestHeaders),
    ...checkHeaders(`${field} responseHeaders`, responseHeaders),
  ];
}

function checkRedirect(field: string, { to, pathType }: SiteRedirect): Complaint[] {
  const { scheme, port, status, ...rewrite } = to;
  return [
    ...checkRewrite(`${field} redirect`, rewrite, pathType),
    ...(port === undefined ? [] : checkPortNumber(`${field} redirect.port`, port)),
    ...(scheme === undefined || ['http', 'https'].includes(scheme) ? [] : [complaint('REDIRECT', `${field} redirect.scheme`, scheme, 'The scheme of a redirect is http or https.', 'Write https.')]),
    ...(status === undefined || STATUSES.includes(status) ? [] : [complaint('REDIRECT', `${field} redirect.status`, status, `The status of a redirect is one of ${STATUSES.join(', ')}.`, 'Write 301 for good, or 302 for now.')]),
    ...(Object.values({ scheme, port, ...rewrite }).some((value) => value !== undefined) ? [] : [complaint(
      'REDIRECT', `${field} redirect`, to, 'A redirect leads elsewhere; this one leads back to itself.', "Name what differs, e.g. { scheme: 'https' } or { host: 'www.example.com' }.",
    )]),
  ];
}

function checkRewrite(field: string, { host, path, prefix }: Rewrite, pathType: string): Complaint[] {
  const paths = Object.entries({ path, prefix }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return [
    ...(host === undefined || isHostName(host) ? [] : [complaint('REWRITE', `${field}.host`, host, 'The host is a DNS name in lower case, and no wildcard.', 'Write e.g. shop.example.com.')]),
    ...(paths.length < 2 ? [] : [complaint('REWRITE', field, { path, prefix }, 'Either all of the path is replaced, or its prefix.', 'Keep path or prefix.')]),
    ...(prefix === undefined || pathType === 'Prefix' ? [] : [complaint('REWRITE', `${field}.prefix`, prefix, 'A prefix is replaced where the route matches by Prefix.', 'Use path, or let the route match by Prefix.')]),
    ...paths.filter(([, value]) => !value.startsWith('/') || value.length > 1024 || /[?#\s]/.test(value)).map(([name, value]) => complaint(
      'REWRITE', `${field}.${name}`, value, 'What replaces a path starts with /, has at most 1024 characters, and no query, fragment or space.', 'Write e.g. / or /shop; the query stays as it was asked.',
    )),
  ];
}

function checkHeaders(field: string, changes: HeaderChanges | undefined): Complaint[] {
  if (!changes) return [];
  const { set = {}, add = {}, remove = [] } = changes;
  const values = [...Object.entries(set), ...Object.entries(add)];
  const most = Math.max(Object.keys(set).length, Object.keys(add).length, remove.length);
  return [
    ...(most >= 1 && most <= 16 ? [] : [complaint('HEADER_CHANGES', field, most, 'Headers are set, added and removed, 1 to 16 of each.', "Write e.g. { set: { 'X-Shop': 'blue' } }, or leave it out.")]),
    ...[...values.map(([name]) => name), ...remove].flatMap((name) => checkToken(field, name)),
    ...Object.entries({ set: Object.keys(set), add: Object.keys(add), remove }).flatMap(([change, names]) => checkOneSpelling(`${field}.${change}`, names)),
    ...values.filter(([, value]) => value.length < 1 || value.length > 4096 || /[\r\n]/.test(value)).map(([name, value]) => complaint(
      'HEADER_CHANGES', `${field}.${name}`, value, "A header's value has 1 to 4096 characters in one line.", 'Write it out, or take the header away with remove.',
    )),
  ];
}

/** Routes and redirects that match the same: only routes that share by weight may. */
export function sharedMatchComplaints(site: Site, routes: readonly (SiteRoute | SiteRedirect)[]): Complaint[] {
  const groups = new Map<string, (SiteRoute | SiteRedirect)[]>();
  // To a Gateway, and to Traefik in an Ingress, the prefixes /a and /a/ are one.
  const slashes = site.fronts.some(({ api, type }) => api === 'Gateway' || type === 'traefik');
  for (const route of routes) {
    const key = slashes ? matchKey(route) : `${matchKey(route)} ${route.path}`;
    groups.set(key, [...groups.get(key) ?? [], route]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const field = `route ${first.host}${first.path}`;
    const shares = group.flatMap((route) => ('to' in route || route.weight === undefined ? [] : [route]));
    if (shares.length < group.length && group.length > 1) {
      return [complaint(
        'ROUTE_TWICE', field, first.pathType, 'A host has each path and path type once; which backend wins is up to the controller.', 'Change the path of one, or drop it, or give each a weight behind a Gateway.',
      )];
    }
    return shares.length > 0 ? checkShares(field, shares) : [];
  });
}

function checkShares(field: string, shares: readonly SiteRoute[]): Complaint[] {
  const filters = new Set(shares.map((route) => JSON.stringify([filtersOf(route), route.timeoutSeconds])));
  return [
    ...(shares.some(({ weight }) => weight !== 0) ? [] : [complaint('ROUTE_WEIGHT', `${field} weight`, 0, 'Where all weights are 0, every request is answered 500.', 'Give one of the routes a weight.')]),
    ...(shares.length <= 16 ? [] : [complaint('ROUTE_WEIGHT', field, shares.length, 'At most 16 services share the requests of one match.', 'Use fewer.')]),
    ...(filters.size === 1 ? [] : [complaint(
      'SHARES_DIFFER', field, undefined, 'Routes that share by weight are one rule: with the same rewrite, headers and timeout.', 'Give all of them the same, or let them match by a header.',
    )]),
  ];
}

function isWithin(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
