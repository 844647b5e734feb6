import type { NetworkPeer } from './network-peer';

/** What a cluster can and cannot do, as far as exposing services goes. `kind({...})` and `gke({...})` make them. */
export interface Platform {
  readonly type: 'kind' | 'gke';

  /** The cluster's name; on kind the context is `kind-<name>`. */
  readonly clusterName: string;

  /** Nodes that run workloads. */
  readonly nodes: number;

  /** Whether a Service of type LoadBalancer ever gets an address. */
  readonly loadBalancer: LoadBalancerSupport;

  /** The Ingress fronts that exist or can be installed here. */
  readonly fronts: readonly FrontType[];

  /** GKE Autopilot: no hostPort, resources are raised to its minimums. Always false on kind. */
  readonly autopilot: boolean;

  /** Where pods send their DNS queries, for egress policies. */
  readonly dns: readonly NetworkPeer[];
}

/** Who makes load balancers, or why nobody does and what to do about it. */
export type LoadBalancerSupport =
  | { readonly provided: true; readonly by: 'cloud-provider-kind' | 'gke' }
  | { readonly provided: false; readonly why: string; readonly fix: string };

export type FrontType = 'traefik' | 'gke' | 'ingress-nginx';
