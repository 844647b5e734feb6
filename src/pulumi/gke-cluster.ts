/**
 * A GKE cluster of one's own, network and node account included.
 *
 * @module service-ladder/pulumi/gke-cluster
 */
import { container } from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { gkeKubeconfig } from './gke-kubeconfig';
import { GkeNetwork, type GkeNetworkArgs, POD_RANGE, SERVICE_RANGE } from './gke-network';
import { GkeNodeAccount } from './gke-node-account';

export { GkeNetwork, type GkeNetworkArgs } from './gke-network';

/** The nodes of a Standard cluster. */
export interface GkeNodes {
  /**
   * The machine type of every node.
   *
   * @default 'e2-standard-2'
   */
  readonly machineType?: string;

  /** Nodes in each zone, at least 0. */
  readonly min: number;
  /** Nodes in each zone at most. */
  readonly max: number;

  /**
   * Cheaper nodes that Google may take away at any time.
   *
   * @default false
   */
  readonly spot?: boolean;
}

/** Arguments of a {@link GkeCluster}. */
export interface GkeClusterArgs extends Pick<GkeNetworkArgs, 'ranges' | 'proxyRange' | 'addressName'> {
  /** The Google Cloud project's id. */
  readonly project: string;

  /** Lower-case letters, digits and dashes, at most 24 characters, since the node account's name is made of it. */
  readonly clusterName: string;

  /** E.g. `europe-west1`. */
  readonly region: string;

  /**
   * One zone of the region instead of all: one control plane that is gone while it is upgraded, and nodes in one place. For development.
   *
   * @default the whole region
   */
  readonly zone?: string;

  /** `'autopilot'`: Google runs the nodes and bills Pods. Otherwise a pool that grows and shrinks. */
  readonly nodes: GkeNodes | 'autopilot';

  /** Whether `pulumi destroy` has to be allowed first. Give it in production. */
  readonly deletionProtection: boolean;

  /**
   * How soon Google upgrades it.
   *
   * @default 'REGULAR'
   */
  readonly releaseChannel?: 'RAPID' | 'REGULAR' | 'STABLE';
}

/**
 * A private GKE cluster in a network of its own. Its control plane is reached by a DNS endpoint that IAM guards, and has no address.
 *
 * On the way down: what runs in the cluster goes before {@link kubeconfig}'s sources do, that is before nodes, cluster and network,
 * so that no load balancer is left behind.
 */
export class GkeCluster extends pulumi.ComponentResource {
  /** Network, subnets, router and address. */
  readonly network: GkeNetwork;
  /** The cluster itself. */
  readonly cluster: container.Cluster;
  /** The nodes of a Standard cluster; none on Autopilot. */
  readonly nodePool: container.NodePool | undefined;
  /** Known once there are nodes to run something. */
  readonly kubeconfig: pulumi.Output<string>;

  constructor(name: string, args: GkeClusterArgs, options?: pulumi.ComponentResourceOptions) {
    super('service-ladder:gcp:GkeCluster', name, {}, options);
    const { project, clusterName, region, nodes } = args;
    const location = args.zone ?? region;
    this.network = new GkeNetwork(name, args, { parent: this });
    const account = new GkeNodeAccount(name, { clusterName, project }, { parent: this });
    const shared = this.sharedArgs(args, location);

    if (nodes === 'autopilot') {
      this.cluster = new container.Cluster(name, {
        ...shared,
        enableAutopilot: true,
        // The nodes that Google makes get this account too.
        clusterAutoscaling: { autoProvisioningDefaults: { serviceAccount: account.email, oauthScopes: CLOUD_PLATFORM } },
      }, this.clusterOptions(account));
    } else {
      this.cluster = new container.Cluster(name, {
        ...shared,
        // The pool below is changed without making the cluster anew.
        removeDefaultNodePool: true,
        initialNodeCount: 1,
        workloadIdentityConfig: { workloadPool: `${project}.svc.id.goog` },
        // Dataplane V2 enforces NetworkPolicies itself: no networkPolicy block beside it.
        datapathProvider: 'ADVANCED_DATAPATH',
        enableShieldedNodes: true,
        enableL4IlbSubsetting: true,
        nodePoolDefaults: { nodeConfigDefaults: { insecureKubeletReadonlyPortEnabled: 'FALSE' } },
      }, this.clusterOptions(account));
      this.nodePool = this.makeNodePool(name, nodes, { location, clusterName, serviceAccount: account.email });
    }

    const { dnsEndpointConfig } = this.cluster.controlPlaneEndpointsConfig;
    this.kubeconfig = pulumi.all([dnsEndpointConfig.endpoint, this.nodePool?.id ?? '']).apply(([endpoint]) => (
      gkeKubeconfig({ context: `gke_${project}_${location}_${clusterName}`, endpoint })
    ));
    this.registerOutputs({ kubeconfig: this.kubeconfig });
  }

  private sharedArgs({ project, clusterName, deletionProtection, releaseChannel }: GkeClusterArgs, location: string): container.ClusterArgs {
    return {
      name: clusterName,
      project,
      location,
      deletionProtection,
      network: this.network.network.id,
      subnetwork: this.network.subnet.id,
      networkingMode: 'VPC_NATIVE',
      ipAllocationPolicy: { clusterSecondaryRangeName: POD_RANGE, servicesSecondaryRangeName: SERVICE_RANGE, stackType: 'IPV4' },
      privateClusterConfig: { enablePrivateNodes: true },
      controlPlaneEndpointsConfig: { dnsEndpointConfig: { allowExternalTraffic: true }, ipEndpointsConfig: { enabled: false } },
      releaseChannel: { channel: releaseChannel ?? 'REGULAR' },
      gatewayApiConfig: { channel: 'CHANNEL_STANDARD' },
      addonsConfig: { httpLoadBalancing: { disabled: false } },
      serviceExternalIpsConfig: { enabled: false },
      masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
    };
  }

  private clusterOptions(account: GkeNodeAccount): pulumi.CustomResourceOptions {
    return { parent: this, dependsOn: [this.network.nat, ...account.grants], customTimeouts: { create: '45m', update: '60m', delete: '45m' } };
  }

  private makeNodePool(name: string, nodes: GkeNodes, { location, clusterName, serviceAccount }: NodePoolPlace): container.NodePool {
    return new container.NodePool(name, {
      cluster: this.cluster.name,
      location,
      initialNodeCount: Math.max(nodes.min, 1),
      autoscaling: { minNodeCount: nodes.min, maxNodeCount: nodes.max, locationPolicy: nodes.spot ? 'ANY' : 'BALANCED' },
      management: { autoRepair: true, autoUpgrade: true },
      upgradeSettings: { strategy: 'SURGE', maxSurge: 1, maxUnavailable: 0 },
      networkConfig: { enablePrivateNodes: true },
      nodeConfig: {
        machineType: nodes.machineType ?? 'e2-standard-2',
        spot: nodes.spot ?? false,
        imageType: 'COS_CONTAINERD',
        serviceAccount,
        oauthScopes: CLOUD_PLATFORM,
        workloadMetadataConfig: { mode: 'GKE_METADATA' },
        shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
        metadata: { 'disable-legacy-endpoints': 'true' },
        tags: [clusterName],
      },
      // The autoscaler decides from then on.
    }, { parent: this, ignoreChanges: ['initialNodeCount'] });
  }
}

interface NodePoolPlace {
  readonly location: string;
  readonly clusterName: string;
  readonly serviceAccount: pulumi.Input<string>;
}

/** The scope that leaves it to IAM. */
const CLOUD_PLATFORM: string[] = ['https://www.googleapis.com/auth/cloud-platform'];
