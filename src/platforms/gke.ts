import { CLUSTER_DNS } from '../model/network-peer';
import { checkCluster, type Platform } from '../model/platform';

/** Options of {@link gke}. */
export interface GkeOptions {
  /**
   * The cluster's name.
   *
   * @default 'ladder'
   */
  readonly clusterName?: string;

  /**
   * Google runs the nodes; resources are raised to Autopilot's minimums.
   *
   * @default false
   */
  readonly autopilot?: boolean;

  /**
   * Nodes to expect at first, at least 1.
   *
   * @default 3
   */
  readonly nodes?: number;
}

/** Google Kubernetes Engine. */
export interface GkePlatform extends Platform {
  readonly type: 'gke';
}

/** A GKE cluster: VPC-native, with the HTTP load balancing add-on, as GKE makes them by default. */
export function gke(options: GkeOptions = {}): GkePlatform {
  const { clusterName = 'ladder', nodes = 3 } = options;
  return {
    type: 'gke',
    clusterName,
    nodes,
    loadBalancer: { provided: true, by: 'gke' },
    fronts: ['gke', 'traefik', 'ingress-nginx'],
    autopilot: options.autopilot ?? false,
    // kube-dns, and where a cluster uses them NodeLocal DNSCache and Cloud DNS, which are addresses and no pods.
    dns: [CLUSTER_DNS, { ipBlock: { cidr: '169.254.20.10/32' } }, { ipBlock: { cidr: '169.254.169.254/32' } }],
    complaints: checkCluster(clusterName, 'nodes', nodes, 1),
  };
}
