import { ApiObject } from 'cdk8s';
import type { GatewayFront } from './front';
import { GATEWAY_GROUP, HttpRoute, type RouteParent, ruleOf } from './http-route';
import { grantReference } from './reference-grant';
import type { Site, SiteRoute } from './site';

/**
 * A site as a Gateway of its own and an HTTPRoute for each host, so that the hosts stay apart as they do in an Ingress.
 *
 * @see https://gateway-api.sigs.k8s.io/
 */
export class GatewayWriter {
  private readonly routes = new Map<string, HttpRoute>();
  private readonly parent: RouteParent;

  constructor(private readonly site: Site, private readonly front: GatewayFront, annotations: Readonly<Record<string, string>> = {}) {
    const secure = site.secureBehind(front);
    this.parent = { gateway: site.siteName, namespace: site.namespace, listener: secure ? 'https' : 'http' };
    this.writeGateway(annotations);
    if (secure) this.redirectToHttps();
  }

  add(route: SiteRoute): void {
    const { site } = this;
    this.send(route, this.routeOf(route.host === site.host ? site.siteName : `${site.siteName}-${route.host.replace('*', 'any')}`, route.host));
  }

  /** What no host and path takes: every listener has one route for it, and all others are more specific. */
  addRest(route: SiteRoute): void {
    this.send(route, this.routeOf(`${this.site.siteName}-rest`));
  }

  private send(route: SiteRoute, to: HttpRoute): void {
    const { service } = route;
    const { namespace } = this.site;
    to.add(ruleOf(route, namespace));
    if (namespace === undefined || service.namespace === undefined || service.namespace === namespace) return;
    grantReference(this.site, { from: { kind: 'HTTPRoute', namespace }, to: { kind: 'Service', namespace: service.namespace, name: service.serviceName } });
  }

  private routeOf(name: string, host?: string): HttpRoute {
    const { site, parent } = this;
    const known = this.routes.get(name) ?? new HttpRoute(site, { name, namespace: site.namespace, parent, ...(host !== undefined && { host }) });
    this.routes.set(name, known);
    return known;
  }

  private redirectToHttps(): void {
    const { site, parent } = this;
    new HttpRoute(site, { name: `${site.siteName}-to-https`, namespace: site.namespace, parent: { ...parent, listener: 'http' } }).add({
      matches: [{ path: { type: 'PathPrefix', value: '/' } }],
      filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }],
    });
  }

  private writeGateway(annotations: Readonly<Record<string, string>>): void {
    const { site, front } = this;
    const allowedRoutes = { namespaces: { from: 'Same' } };
    new ApiObject(site, 'Gateway', {
      apiVersion: `${GATEWAY_GROUP}/v1`,
      kind: 'Gateway',
      metadata: { name: site.siteName, ...(site.namespace !== undefined && { namespace: site.namespace }), annotations },
      spec: {
        gatewayClassName: front.gatewayClassName,
        listeners: [
          { name: 'http', protocol: 'HTTP', port: front.listenerPorts.http, allowedRoutes },
          ...(site.tlsSecretName === undefined ? [] : [{
            name: 'https', protocol: 'HTTPS', port: front.listenerPorts.https, allowedRoutes,
            tls: { mode: 'Terminate', certificateRefs: [{ group: '', kind: 'Secret', name: site.tlsSecretName }] },
          }]),
        ],
      },
    });
  }
}
