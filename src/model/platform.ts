import { checkLabelName } from './names';
import type { NetworkPeer } from './network-peer';
import { type Complaint, complaint } from './problem';

/** What a cluster can and cannot do, as far as exposing services goes. `kind({...})` and `gke({...})` make them. */
export interface Platform {
  /** Which platform it is. */
  readonly type: 'kind' | 'gke';

  /** The cluster's name; on kind the context is `kind-<name>`. */
  readonly clusterName: string;

  /** Nodes that run workloads. */
  readonly nodes: number;

  /** Whether a Service of type LoadBalancer ever gets an address. */
  readonly loadBalancer: LoadBalancerSupport;

  /** The fronts that exist or can be installed here. */
  readonly fronts: readonly FrontType[];

  /** GKE Autopilot: no hostPort, resources are raised to its minimums. Always false on kind. */
  readonly autopilot: boolean;

  /** Where pods send their DNS queries, for egress policies. */
  readonly dns: readonly NetworkPeer[];

  /** What is wrong with its own options; the environment that it is given to says so. */
  readonly complaints: readonly Complaint[];
}

/** Who makes load balancers, or why nobody does and what to do about it. */
export type LoadBalancerSupport =
  | { readonly provided: true; readonly by: 'cloud-provider-kind' | 'gke' }
  | { readonly provided: false; readonly why: string; readonly fix: string };

/** What may stand in front of services. */
export type FrontType = 'traefik' | 'gke' | 'ingress-nginx';

/** What every platform's options have in common. */
export function checkCluster(clusterName: string, nodesField: string, nodes: number, least: number): Complaint[] {
  return [
    ...checkLabelName('platform.clusterName', clusterName),
    ...(Number.isInteger(nodes) && nodes >= least ? [] : [complaint(
      'NODES', `platform.${nodesField}`, nodes, `${nodesField} is a whole number from ${least}.`, 'Write e.g. 3.',
    )]),
  ];
}
