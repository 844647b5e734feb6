import type { Platform } from '../model/platform';
import { gke } from '../platforms/gke';
import { kind } from '../platforms/kind';
import type { EnvironmentDefinition } from './definition';
import { shopEnvironment, type ShopRung } from './rungs';

/** The shop on every rung of the ladder. */
export const environments: readonly EnvironmentDefinition[] = [
  shop('kind-clusterip', 'kind: every service on a ClusterIP, called from inside the cluster', kind(), 'clusterip'),
  shop('kind-nodeport', 'kind: pinned node ports, mapped to the laptop', kind(), 'nodeport'),
  shop('kind-ingress', 'kind: Traefik in front of ClusterIP services, on localhost:8080 and :8443', kind(), 'ingress'),
  shop('kind-gateway', 'kind: the same by the Gateway API, with Traefik', kind(), 'gateway'),
  shop('gke-loadbalancer', 'GKE: a load balancer for each service', gke(), 'loadbalancer'),
  shop('gke-ingress-traefik', 'GKE: one load balancer, Traefik, ClusterIP services', gke(), 'ingress'),
  shop('gke-ingress', "GKE: GKE's own application load balancer, ClusterIP services", gke(), 'gke-ingress'),
  shop('gke-gateway', "GKE: the same by the Gateway API, with GKE's own controller", gke(), 'gke-gateway'),
];

function shop(name: string, description: string, platform: Platform, rung: ShopRung): EnvironmentDefinition {
  return { name, description, build: (app) => shopEnvironment(app, name, { platform, rung }) };
}
