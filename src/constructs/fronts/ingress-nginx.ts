import type { IngressFront } from '../site/front';
import { namespaceSelector } from '../labels';

/** Options of {@link ingressNginx}. */
export interface IngressNginxOptions {
  /**
   * The class that it serves.
   *
   * @default 'nginx'
   */
  readonly ingressClassName?: string;

  /**
   * The namespace that the controller runs in.
   *
   * @default 'ingress-nginx'
   */
  readonly namespace?: string;
}

/** An ingress-nginx that is already there. It is not installed here: it has had no releases and no security fixes since March 2026. */
export function ingressNginx(options: IngressNginxOptions = {}): IngressFront {
  const { ingressClassName = 'nginx', namespace = 'ingress-nginx' } = options;
  return {
    api: 'Ingress',
    type: 'ingress-nginx',
    id: `ingress-nginx ${ingressClassName}`,
    ingressClassName,
    peers: [{ namespaceSelector: namespaceSelector(namespace), podSelector: { matchLabels: { 'app.kubernetes.io/name': 'ingress-nginx' } } }],
    complaints: () => [{
      code: 'INGRESS_NGINX_RETIRED', severity: 'warning', field: 'front', value: ingressClassName,
      rule: 'ingress-nginx has had no releases and no security fixes since March 2026.', fix: 'Move to Traefik or to Gateway API; the routes stay as they are.',
    }],
  };
}
