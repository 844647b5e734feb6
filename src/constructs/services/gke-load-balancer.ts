import { Exposure, type LoadBalancerOptions } from './exposure';

/** What both of GKE's passthrough load balancers can be told. */
export interface GkeLoadBalancerOptions extends Omit<LoadBalancerOptions, 'loadBalancerClass'> {
  /**
   * Reserved regional addresses, by name: one, or one for each IP family.
   *
   * @default an address that lasts as long as the Service
   */
  readonly addressNames?: readonly string[];

  /**
   * The subnet that the address is from.
   *
   * @default the cluster's
   */
  readonly subnet?: string;
}

/** Weighing nodes by their pods only means something where each node serves its own. */
export type GkeWeighting =
  | {
    /**
     * Send each node a share of the requests that fits its number of pods. Needs `externalTrafficPolicy: 'Local'` and GKE 1.31.
     *
     * @default false
     */
    readonly weightedByPods?: false;
  }
  | { readonly weightedByPods: true; readonly externalTrafficPolicy: 'Local' };

/** Options of {@link GkeLoadBalancer.external}. */
export type GkeExternalOptions = GkeLoadBalancerOptions & GkeWeighting & {
  /**
   * The network tier; `Standard` is cheaper and regional.
   *
   * @default 'Premium'
   */
  readonly networkTier?: 'Premium' | 'Standard';
};

/** Options of {@link GkeLoadBalancer.internal}. */
export type GkeInternalOptions = GkeLoadBalancerOptions & GkeWeighting & {
  /**
   * Let clients of other regions of the network connect.
   *
   * @default false
   */
  readonly globalAccess?: boolean;
};

/**
 * GKE's load balancers for one Service: they pass packets through to the nodes, the client's address with them. With
 * `externalTrafficPolicy: 'Local'` their health check asks each node whether it has a pod.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/concepts/service-load-balancer-parameters
 */
export const GkeLoadBalancer = {
  /** Reached from the internet: a regional backend-service load balancer. Needs GKE 1.33.1-gke.1779000 for the class. */
  external(options: GkeExternalOptions = {}): Exposure {
    const { networkTier, ...rest } = options;
    return gkeExposure('networking.gke.io/l4-regional-external', rest, {
      'cloud.google.com/network-tier': networkTier,
    });
  },

  /** Reached inside the VPC network. Needs subsetting, which is automatic from GKE 1.36. */
  internal(options: GkeInternalOptions = {}): Exposure {
    const { globalAccess, ...rest } = options;
    return gkeExposure('networking.gke.io/l4-regional-internal', rest, {
      'networking.gke.io/internal-load-balancer-allow-global-access': globalAccess ? 'true' : undefined,
    });
  },
} as const;

function gkeExposure(loadBalancerClass: string, options: GkeLoadBalancerOptions & GkeWeighting, own: Readonly<Record<string, string | undefined>>): Exposure {
  const { addressNames, subnet, weightedByPods, annotations, ...rest } = options;
  const said = Object.entries({
    'networking.gke.io/load-balancer-ip-addresses': addressNames?.join(','),
    'networking.gke.io/load-balancer-subnet': subnet,
    'networking.gke.io/weighted-load-balancing': weightedByPods ? 'pods-per-node' : undefined,
    ...own,
  }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const all = { ...Object.fromEntries(said), ...annotations };
  return Exposure.loadBalancer({ ...rest, loadBalancerClass, ...(Object.keys(all).length > 0 && { annotations: all }) });
}
