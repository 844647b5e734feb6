import { type Complaint, complaint } from '../../model/problem';
import type { RedirectTo } from './route-options';
import type { Site } from './site';
import { type SiteRedirect, type SiteRoute, takesPath, withoutSlash } from './site-routes';

/** Browsers give up after as many. */
const MOST_REDIRECTS = 20;

/** Redirects that lead round and round within the site. What matches by header, method or query is left out: not every request has them. */
export function loopComplaints(site: Site, routes: readonly (SiteRoute | SiteRedirect)[]): Complaint[] {
  const plain = routes.filter(({ headers, methods, queryParams }) => headers === undefined && methods === undefined && queryParams === undefined);
  return plain.flatMap((route) => ('to' in route && isLoop(site, route, plain) ? [complaint(
    'REDIRECT_LOOP', `route ${route.host}${route.path} redirect`, route.to, 'A redirect leads to what answers; from this one the client comes back to a redirect until it gives up.',
    "Lead it out of what redirects match, or match by pathType: 'Exact'.",
  )] : []));
}

function isLoop(site: Site, first: SiteRedirect, routes: readonly (SiteRoute | SiteRedirect)[]): boolean {
  let at: SiteRoute | SiteRedirect | undefined = first;
  let { host, path } = first;
  for (let count = 0; count < MOST_REDIRECTS; count++) {
    if (at === undefined || !('to' in at) || leavesListener(site, at.to) || Object.keys(at.to).every((name) => name === 'status')) return false;
    path = at.to.path ?? (at.to.prefix === undefined ? path : withPrefix(path, at.path, at.to.prefix));
    host = at.to.host ?? host;
    at = winner(routes, host, path);
  }
  return true;
}

/** Another scheme or port is another listener, unless it is the one that ends the site's https. */
function leavesListener(site: Site, { scheme, port = scheme === 'https' ? 443 : undefined }: RedirectTo): boolean {
  const isOwnHttps = site.fronts.some((front) => front.api === 'Gateway' && site.secureBehind(front) && scheme === 'https' && port === (front.clientHttpsPort ?? 443));
  return !isOwnHttps && (scheme !== undefined || port !== undefined);
}

/** An exact path wins, then the longest prefix. */
function winner(routes: readonly (SiteRoute | SiteRedirect)[], host: string, path: string): SiteRoute | SiteRedirect | undefined {
  const matching = routes.filter((route) => route.host === host && takesPath(route, path));
  return matching.find(({ pathType }) => pathType === 'Exact') ?? matching.sort((a, b) => b.path.length - a.path.length)[0];
}

function withPrefix(path: string, from: string, to: string): string {
  return `${withoutSlash(to)}${path.slice(withoutSlash(from).length)}` || '/';
}
