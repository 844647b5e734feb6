import type { RouteFeature } from './http-route';

/** What a front does not follow: for each a sentence that says so. */
type Cannot = Readonly<Partial<Record<RouteFeature, string>>>;

const GKE = "GKE's load balancers";
const CANNOT: Cannot = {
  methods: `${GKE} do not match by method.`,
  'rewrite.path': `${GKE} rewrite a prefix of the path, and not all of it.`,
  'redirect.port': `${GKE} redirect to the scheme's own port.`,
  'redirect.status': `${GKE} redirect with 301 or 302.`,
  timeoutSeconds: `${GKE} have a timeout for each service, by a GCPBackendPolicy (backendTimeoutSeconds of gkeGateway), and none for a route.`,
};
const CLASSIC = 'The classic load balancer (gke-l7-gxlb) is known to route by host and path and to redirect, and to do no more.';
const CLASSIC_CANNOT: Cannot = {
  ...CANNOT, headers: CLASSIC, queryParams: CLASSIC, weight: CLASSIC, requestHeaders: CLASSIC, responseHeaders: CLASSIC, 'rewrite.host': CLASSIC, 'rewrite.prefix': CLASSIC,
};

/**
 * What a GatewayClass of GKE does not follow of an HTTPRoute: by the conformance reports of Gateway API 1.1 to 1.6, and by what a URL map
 * can say.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/gatewayclass-capabilities
 */
export function gkeCannot(gatewayClassName: string): Cannot {
  return gatewayClassName.startsWith('gke-l7-gxlb') ? CLASSIC_CANNOT : CANNOT;
}
