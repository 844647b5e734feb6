import { laptopPort, type PortChain } from '../model/ports';
import type { KindPlatform } from './kind';

/** kind's cluster config, as `kind create cluster --config` reads it. @see https://kind.sigs.k8s.io/docs/user/configuration/ */
export interface KindClusterConfig {
  readonly kind: 'Cluster';
  readonly apiVersion: 'kind.x-k8s.io/v1alpha4';
  /** The cluster's name; its context is `kind-<name>`. */
  readonly name: string;
  /** One control plane, and the workers. */
  readonly nodes: readonly KindNode[];
}

/** A node of kind's, which is a container. */
export interface KindNode {
  /** What it does. */
  readonly role: 'control-plane' | 'worker';
  /** The node image, pinned by digest. */
  readonly image: string;

  /**
   * Labels of the node.
   *
   * @default none
   */
  readonly labels?: Readonly<Record<string, string>>;

  /**
   * The laptop's ports that lead here.
   *
   * @default none
   */
  readonly extraPortMappings?: readonly KindPortMapping[];
}

/** From the laptop into a node: `containerPort` is the nodePort. */
export interface KindPortMapping {
  /** The port on the node, which is the nodePort. */
  readonly containerPort: number;
  /** The port on the laptop. */
  readonly hostPort: number;
  /** The laptop's address that it listens on. */
  readonly listenAddress: string;
  /** The transport. */
  readonly protocol: string;
}

/** The cluster that these ports need: every pinned nodePort is mapped, because mappings are fixed when the cluster is made. */
export function kindClusterConfig(platform: KindPlatform, ports: readonly PortChain[]): KindClusterConfig {
  const extraPortMappings = portMappings(ports);
  const image = platform.nodeImage;
  return {
    kind: 'Cluster',
    apiVersion: 'kind.x-k8s.io/v1alpha4',
    name: platform.clusterName,
    nodes: [
      // Every node answers on every nodePort, so mapping one node is enough.
      { role: 'control-plane', image, ...(extraPortMappings.length > 0 && { extraPortMappings }) },
      ...Array.from({ length: platform.workers }, (): KindNode => ({
        role: 'worker', image, ...(Object.keys(platform.workerLabels).length > 0 && { labels: platform.workerLabels }),
      })),
    ],
  };
}

/** The mappings of the pinned node ports, in order of their host port. */
export function portMappings(ports: readonly PortChain[]): KindPortMapping[] {
  return ports
    .flatMap((chain): KindPortMapping[] => {
      const hostPort = laptopPort(chain);
      if (chain.nodePort === undefined || hostPort === undefined) return [];
      // Without an address kind would listen on all of the laptop's.
      return [{ containerPort: chain.nodePort, hostPort, listenAddress: '127.0.0.1', protocol: chain.protocol }];
    })
    .sort((a, b) => a.hostPort - b.hostPort || a.protocol.localeCompare(b.protocol));
}

/** What to type to get the cluster, to bring images in that its nodes cannot or should not pull, to install CRDs, and to deploy to it. */
export function kindCommands(platform: KindPlatform, configFile: string, images: readonly string[], folder: string, crds: readonly string[] = []): string[] {
  const { clusterName } = platform;
  return [
    `kind create cluster --config ${configFile}`,
    ...(images.length > 0 ? [`kind load docker-image ${images.join(' ')} --name ${clusterName}`] : []),
    ...crds.map((url) => `kubectl --context kind-${clusterName} apply --server-side -f ${url}`),
    `kubectl --context kind-${clusterName} apply -k ${folder}`,
  ];
}
