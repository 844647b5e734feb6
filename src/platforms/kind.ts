import { CLUSTER_DNS } from '../model/network-peer';
import { checkCluster, type Platform } from '../model/platform';

/** Options of {@link kind}. */
export interface KindOptions {
  /**
   * The cluster's name; its context is `kind-<name>`.
   *
   * @default 'kind'
   */
  readonly clusterName?: string;

  /**
   * Nodes that run workloads, beside the control plane; with 0 the control plane runs them too.
   *
   * @default 2
   */
  readonly workers?: number;

  /**
   * The node image, pinned by digest: use one that was built for your kind release.
   *
   * @default Kubernetes 1.37.0 as built for kind 0.33
   */
  readonly nodeImage?: string;

  /**
   * Labels of every worker.
   *
   * @default none
   */
  readonly workerLabels?: Readonly<Record<string, string>>;

  /**
   * Whether cloud-provider-kind runs beside the cluster and gives load balancers an address.
   *
   * @default false
   */
  readonly cloudProviderKind?: boolean;
}

/** kind, Kubernetes in containers on a laptop. */
export interface KindPlatform extends Platform {
  readonly type: 'kind';
  /** The image of every node. */
  readonly nodeImage: string;
  /** Nodes beside the control plane. */
  readonly workers: number;
  /** Labels of every worker. */
  readonly workerLabels: Readonly<Record<string, string>>;
}

/** From the release notes of kind 0.33.0: an image belongs to the release it was built for. */
const NODE_IMAGE = 'kindest/node:v1.37.0@sha256:a1ed56cfb0e7b93589bdf97c8cd566405a265939e3620fc4f5de89adff580ae5';

/** A kind cluster: node ports reach the laptop through port mappings, and load balancers stay pending unless something makes them. */
export function kind(options: KindOptions = {}): KindPlatform {
  const { clusterName = 'kind', workers = 2 } = options;
  return {
    type: 'kind',
    clusterName,
    nodes: Math.max(workers, 1),
    workers,
    nodeImage: options.nodeImage ?? NODE_IMAGE,
    workerLabels: options.workerLabels ?? {},
    loadBalancer: options.cloudProviderKind
      ? { provided: true, by: 'cloud-provider-kind' }
      : {
        provided: false,
        why: 'Nothing on kind makes load balancers, so the Service would stay <pending> for ever.',
        fix: 'Use Exposure.nodePort({ nodePort: 30080 }) or Exposure.ingress({ site }), or run cloud-provider-kind and say kind({ cloudProviderKind: true }).',
      },
    fronts: ['traefik', 'ingress-nginx'],
    autopilot: false,
    dns: [CLUSTER_DNS],
    complaints: checkCluster(clusterName, 'workers', workers, 0),
  };
}
