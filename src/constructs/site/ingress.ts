import { ApiObject, Lazy } from 'cdk8s';
import type { IngressFront } from './front';
import type { Site } from './site';
import type { SiteRoute } from './site-routes';
import type { RuleWriter, WrittenRule } from './written-rules';

interface Parts {
  readonly routes: readonly SiteRoute[];
  readonly fallback: SiteRoute | undefined;
}

/**
 * A site as one Ingress: a rule for each host, its paths in their order. What the front follows only apart from that has an Ingress beside it.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress/
 */
export class IngressWriter implements RuleWriter {
  private readonly annotations: Readonly<Record<string, string>>;
  private readonly routes: SiteRoute[] = [];
  private fallback: SiteRoute | undefined;
  private readonly apart = { exact: false, rest: false };

  constructor(private readonly site: Site, readonly front: IngressFront) {
    this.annotations = { ...front.furnish?.(site), ...site.annotations };
    this.write('Ingress', site.siteName, {}, () => ({
      routes: this.routes.filter(({ pathType }) => !this.apart.exact || pathType !== 'Exact'), fallback: this.apart.rest ? undefined : this.fallback,
    }));
  }

  send(route: SiteRoute): void {
    this.routes.push(route);
    this.part();
  }

  sendRest(route: SiteRoute): void {
    this.fallback = route;
    this.part();
  }

  get rules(): readonly WrittenRule[] {
    const { apart, annotations, front } = this;
    return this.routes.map((match) => ({
      api: 'Ingress', match, to: JSON.stringify([match.service.node.path, match.port?.name]), listener: 'any', rulesLeft: 1,
      annotations: { ...annotations, ...(apart.exact && match.pathType === 'Exact' && front.apart?.exact) },
    }));
  }

  /** Exact paths need an Ingress of their own beside prefixes, and the rest one beside rules. */
  private part(): void {
    const { routes, apart, site: { siteName }, front: { apart: annotations } } = this;
    if (annotations === undefined) return;
    if (!apart.exact && new Set(routes.map(({ pathType }) => pathType)).size > 1) {
      apart.exact = true;
      this.write('IngressExact', `${siteName}-exact`, annotations.exact, () => ({ routes: routes.filter(({ pathType }) => pathType === 'Exact'), fallback: undefined }));
    }
    if (!apart.rest && this.fallback && routes.length > 0) {
      apart.rest = true;
      this.write('IngressRest', `${siteName}-rest`, annotations.rest, () => ({ routes: [], fallback: this.fallback }));
    }
  }

  private write(id: string, name: string, annotations: Readonly<Record<string, string>>, parts: () => Parts): void {
    const { site, front } = this;
    new ApiObject(site, id, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name, ...(site.namespace !== undefined && { namespace: site.namespace }), annotations: { ...this.annotations, ...annotations } },
      spec: Lazy.any({ produce: () => ingressSpec(site, front, parts()) }),
    });
  }
}

function ingressSpec({ hosts, tlsSecretName }: Site, { ingressClassName }: IngressFront, { routes, fallback }: Parts): Record<string, unknown> {
  const rules = hosts.filter((host) => routes.some((route) => route.host === host)).map((host) => ({
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
