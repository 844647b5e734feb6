import { ApiObject, Lazy } from 'cdk8s';
import { GATEWAY_GROUP } from '../../model/gateway-api';
import type { GatewayFront, GatewayPlace, RouteParents } from './front';
import { filtersOf, HttpRoute, writeHttpRoute } from './http-route';
import { grantReference } from './reference-grant';
import type { Site } from './site';
import type { SiteRedirect, SiteRoute } from './site-routes';
import type { RuleWriter, WrittenRule } from './written-rules';

/** So many hosts does the API take in one HTTPRoute. */
const MOST_HOSTS = 16;

/**
 * A site as HTTPRoutes, one for each host so that the hosts stay apart as they do in an Ingress, and a Gateway of its own unless the
 * front is somebody's Gateway already.
 *
 * @see https://gateway-api.sigs.k8s.io/
 */
export class GatewayWriter implements RuleWriter {
  private readonly routes = new Map<string | undefined, HttpRoute>();
  private readonly redirected: string[] = [];
  private readonly parents: RouteParents;
  private readonly secure: boolean;
  /** Nobody else's requests come to this Gateway. */
  private readonly redirectsAll: boolean;

  constructor(private readonly site: Site, readonly front: GatewayFront) {
    this.secure = site.secureBehind(front);
    this.parents = front.join?.(site) ?? ownGateway(site, front, this.secure);
    this.redirectsAll = this.secure && !front.join && front.addressEach === true;
    if (this.redirectsAll) this.redirectToHttps('ToHttps', site.siteName);
  }

  send(route: SiteRoute): void {
    this.routeOf(route.host).send(route);
    this.grant(route);
  }

  redirect(redirect: SiteRedirect): void {
    this.routeOf(redirect.host).redirect(redirect);
  }

  /** What no host and path takes: a route without hostnames, than which all others are more specific. */
  sendRest(route: SiteRoute): void {
    this.routeOf(undefined).sendAll(route);
    this.grant(route);
  }

  get rules(): readonly WrittenRule[] {
    const listener = this.secure ? 'https' : 'http';
    return [...this.routes].flatMap(([host, route]) => (host === undefined ? [] : route.written.flatMap(({ routes, rulesLeft }) => routes.slice(0, 1).map((match) => ({
      api: 'Gateway' as const, match, to: routes.map((each) => ('to' in each ? JSON.stringify(each.to) : JSON.stringify([each.service.node.path, each.port?.name, ...filtersOf(each)]))).join(), listener, annotations: {}, rulesLeft,
    } as const)))));
  }

  private routeOf(host: string | undefined): HttpRoute {
    const { siteName, namespace, host: usual } = this.site;
    const name = host === undefined ? `${siteName}-rest` : host === usual ? siteName : `${siteName}-${host.replace('*', 'any')}`;
    const known = this.routes.get(host);
    if (known) return known;
    if (this.secure && !this.redirectsAll) {
      if (host === undefined) this.redirectToHttps('RestToHttps', name);
      else this.redirectHost(host);
    }
    const listener = this.secure ? this.parents.https(host) : this.parents.http;
    const made = new HttpRoute(this.site, { id: host === undefined ? 'Rest' : `HTTPRoute ${host}`, name, namespace, parent: { ...this.parents, listener }, ...(host !== undefined && { host }) });
    this.routes.set(host, made);
    return made;
  }

  /** The hosts by name: where several Gateways share an address, a redirect of any host would take other sites' requests. */
  private redirectHost(host: string): void {
    const { redirected, site: { siteName } } = this;
    const first = redirected.push(host) - 1;
    if (first % MOST_HOSTS > 0) return;
    const number = first === 0 ? '' : `-${first / MOST_HOSTS + 1}`;
    this.redirectToHttps(`ToHttps${number}`, `${siteName}${number}`, Lazy.any({ produce: () => redirected.slice(first, first + MOST_HOSTS) }));
  }

  private redirectToHttps(id: string, name: string, hostnames?: unknown): void {
    const { site, parents, front: { clientHttpsPort } } = this;
    writeHttpRoute(site, {
      id, name: `${name}-to-https`, namespace: site.namespace, parent: { ...parents, listener: parents.http }, ...(hostnames !== undefined && { hostnames }),
      rules: [{
        matches: [{ path: { type: 'PathPrefix', value: '/' } }],
        filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', ...(clientHttpsPort !== undefined && { port: clientHttpsPort }), statusCode: 301 } }],
      }],
    });
  }

  private grant({ service }: SiteRoute): void {
    const { namespace } = this.site;
    if (namespace === undefined || service.namespace === undefined || service.namespace === namespace) return;
    grantReference(this.site, { from: { kind: 'HTTPRoute', namespace }, to: { kind: 'Service', namespace: service.namespace, name: service.serviceName } });
  }
}

function ownGateway(site: Site, front: GatewayFront, secure: boolean): RouteParents {
  const { siteName: name, namespace, tlsSecretName, annotations } = site;
  const allowedRoutes = { namespaces: { from: 'Same' } };
  writeGateway({ scope: site, name, namespace }, front, annotations, (tls) => [
    { name: 'http', protocol: 'HTTP', port: front.listenerPorts.http, allowedRoutes },
    ...(secure ? [{ name: 'https', protocol: 'HTTPS', port: front.listenerPorts.https, allowedRoutes, ...httpsWith(tlsSecretName, tls) }] : []),
  ]);
  return { gateway: name, namespace, http: 'http', https: () => 'https' };
}

/** One Gateway; its listeners are asked for when all is known. `tls` is how the front itself ends https. */
export function writeGateway(
  place: GatewayPlace, front: GatewayFront, annotations: Readonly<Record<string, string>>, listeners: (tls: object | undefined) => readonly object[],
): void {
  const { scope, name, namespace } = place;
  const parts = front.furnish?.(place) ?? {};
  new ApiObject(scope, 'Gateway', {
    apiVersion: `${GATEWAY_GROUP}/v1`,
    kind: 'Gateway',
    metadata: { name, ...(namespace !== undefined && { namespace }), annotations: { ...parts.annotations, ...annotations } },
    spec: {
      gatewayClassName: front.gatewayClassName,
      ...(parts.addresses && { addresses: parts.addresses }),
      listeners: Lazy.any({ produce: () => listeners(parts.tls) }),
    },
  });
}

/** A certificate of a Secret, or what the front has instead. */
export function httpsWith(secretName: string | undefined, tls: object | undefined, namespace?: string): { readonly tls?: object } {
  if (secretName === undefined) return tls ? { tls } : {};
  return { tls: { mode: 'Terminate', certificateRefs: [{ group: '', kind: 'Secret', name: secretName, ...(namespace !== undefined && { namespace }) }] } };
}
