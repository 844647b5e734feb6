import { ApiObject, Lazy } from 'cdk8s';
import type { IngressFront } from './front';
import type { Site } from './site';
import type { SiteRoute, SiteRoutes } from './site-routes';

/**
 * A site as one Ingress: a rule for each host, its paths in their order.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress/
 */
export function writeIngress(site: Site, front: IngressFront, routes: SiteRoutes, annotations: Readonly<Record<string, string>> = {}): void {
  new ApiObject(site, 'Ingress', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name: site.siteName,
      ...(site.namespace !== undefined && { namespace: site.namespace }),
      annotations: { ...front.furnish?.(site), ...annotations },
    },
    spec: Lazy.any({ produce: () => ingressSpec(site, front, routes) }),
  });
}

function ingressSpec({ hosts, tlsSecretName }: Site, { ingressClassName }: IngressFront, { routes, fallback }: SiteRoutes): Record<string, unknown> {
  const rules = hosts.map((host) => ({
    host,
    http: {
      paths: routes.filter((route) => route.host === host).map((route) => ({ path: route.path, pathType: route.pathType, backend: backendOf(route) })),
    },
  }));
  return {
    ...(ingressClassName !== undefined && { ingressClassName }),
    ...(fallback && { defaultBackend: backendOf(fallback) }),
    ...(rules.length > 0 && { rules }),
    ...(tlsSecretName !== undefined && { tls: [{ hosts, secretName: tlsSecretName }] }),
  };
}

function backendOf({ service, port }: SiteRoute): Record<string, unknown> {
  return { service: { name: service.serviceName, port: { name: port?.name } } };
}
