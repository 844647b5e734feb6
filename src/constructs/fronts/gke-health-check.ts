import type { NetworkPeer } from '../../model/network-peer';
import type { PortChain } from '../../model/ports';
import { type Complaint, warning } from '../../model/problem';
import type { Microservice } from '../services/microservice';
import type { Site } from '../site/site';

/** Google's health checkers and proxies; they reach pods directly. @see https://cloud.google.com/load-balancing/docs/health-checks#fw-rule */
export const GOOGLE_FRONT_ENDS: readonly NetworkPeer[] = ['35.191.0.0/16', '130.211.0.0/22'].map((cidr) => ({ ipBlock: { cidr } }));

/** What Google's health checkers shall ask of a service: what its own readiness probe does, or `/` on the port that serves. */
export function healthCheckOf(service: Microservice, port: PortChain): { readonly path: string; readonly port: number; readonly https: boolean } {
  return service.healthCheck ?? { path: '/', port: port.containerPort, https: false };
}

/** How often it is asked, and when a pod counts as gone; the same behind an Ingress and a Gateway. */
export const HEALTH_CHECK_TIMES = { checkIntervalSec: 10, timeoutSec: 5, healthyThreshold: 1, unhealthyThreshold: 3 } as const;

/** Seconds that a pod on its way out keeps its connections. */
export const DRAINING = { drainingTimeoutSec: 30 } as const;

/** Services without a probe that says what to ask. */
export function healthCheckComplaints(site: Site): Complaint[] {
  return [...new Set(site.addresses.map((address) => address.service))].filter((service) => !service.healthCheck).map((service) => warning(
    'GKE_HEALTH_CHECK', `route to ${service.serviceName}`, undefined, "GKE's load balancer asks / by HTTP and wants 200; the service has no HTTP readiness probe that says better.", "Give it readiness: kplus.Probe.fromHttpGet('/ready').",
  ));
}
