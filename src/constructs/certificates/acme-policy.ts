import { ApiObject } from 'cdk8s';
import type { CertificateIssuer } from './issuer';
import type { Site } from '../site/site';

/** What cert-manager labels the pods with that answer an HTTP-01 challenge, and where these listen (pkg/issuer/acme/http). */
const SOLVER_LABELS = { 'acme.cert-manager.io/http01-solver': 'true' };
const SOLVER_PORT = 8089;

/**
 * Lets a site's fronts through to the pods that answer for its names, which a namespace that denies by default would drop. An issuer
 * that is made elsewhere may well use HTTP-01.
 */
export function admitSolver(site: Site, { source }: CertificateIssuer): void {
  if (source && !('acme' in source && source.acme.solvers.some((solver) => 'http01' in solver))) return;
  const peers = site.fronts.some((front) => front.peers.length === 0) ? [] : site.fronts.flatMap((front) => front.peers);
  const from = [...new Map(peers.map((peer) => [JSON.stringify(peer), peer])).values()];
  new ApiObject(site, 'SolverPolicy', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: `${site.siteName}-acme-solver`, ...(site.namespace !== undefined && { namespace: site.namespace }) },
    spec: {
      podSelector: { matchLabels: SOLVER_LABELS },
      policyTypes: ['Ingress'],
      ingress: [{ ...(from.length > 0 && { from }), ports: [{ protocol: 'TCP', port: SOLVER_PORT }] }],
    },
  });
}
