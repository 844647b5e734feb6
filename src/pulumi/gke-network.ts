import { compute } from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';

/** Arguments of a {@link GkeNetwork}. */
export interface GkeNetworkArgs {
  /** The cluster's name; network, subnet and router carry it too. */
  readonly clusterName: string;

  /** E.g. `europe-west1`. */
  readonly region: string;

  /**
   * Addresses for nodes, Pods and Services.
   *
   * @default 10.10.0.0/20, 10.20.0.0/16 and 10.30.0.0/20
   */
  readonly ranges?: { readonly nodes: string; readonly pods: string; readonly services: string };

  /**
   * A range for Google's own proxies, which internal and regional application load balancers need; none saves it.
   *
   * @default none
   */
  readonly proxyRange?: string;

  /**
   * The name of the reserved address that a load balancer or Ingress asks for.
   *
   * @default 'shop'
   */
  readonly addressName?: string;
}

/** Names of the secondary ranges, as the cluster asks for them. */
export const POD_RANGE = 'pods';
export const SERVICE_RANGE = 'services';

/** A VPC network of the cluster's own: private nodes that get out by Cloud NAT, and the addresses of the fronts. */
export class GkeNetwork extends pulumi.ComponentResource {
  /** The network itself. */
  readonly network: compute.Network;
  /** The subnet that nodes, Pods and Services have their ranges in. */
  readonly subnet: compute.Subnetwork;
  /** Private nodes pull images through it. */
  readonly nat: compute.RouterNat;
  /** For a Service of type LoadBalancer. */
  readonly regionalAddress: compute.Address;
  /** For GKE's own Ingress. */
  readonly globalAddress: compute.GlobalAddress;

  constructor(name: string, args: GkeNetworkArgs, options?: pulumi.ComponentResourceOptions) {
    super('service-ladder:gcp:GkeNetwork', name, {}, options);
    const { clusterName, region, addressName = 'shop' } = args;
    const ranges = args.ranges ?? { nodes: '10.10.0.0/20', pods: '10.20.0.0/16', services: '10.30.0.0/20' };
    const child = { parent: this };

    this.network = new compute.Network(name, { name: clusterName, autoCreateSubnetworks: false, routingMode: 'REGIONAL' }, child);
    this.subnet = new compute.Subnetwork(name, {
      name: clusterName, region, network: this.network.id, ipCidrRange: ranges.nodes, privateIpGoogleAccess: true,
      secondaryIpRanges: [
        { rangeName: POD_RANGE, ipCidrRange: ranges.pods },
        { rangeName: SERVICE_RANGE, ipCidrRange: ranges.services },
      ],
    }, child);
    if (args.proxyRange !== undefined) {
      new compute.Subnetwork(`${name}-proxies`, {
        name: `${clusterName}-proxies`, region, network: this.network.id, ipCidrRange: args.proxyRange, purpose: 'REGIONAL_MANAGED_PROXY', role: 'ACTIVE',
      }, child);
    }
    const router = new compute.Router(name, { name: clusterName, region, network: this.network.id }, child);
    this.nat = new compute.RouterNat(name, {
      name: clusterName, region, router: router.name, natIpAllocateOption: 'AUTO_ONLY', sourceSubnetworkIpRangesToNat: 'LIST_OF_SUBNETWORKS',
      subnetworks: [{ name: this.subnet.id, sourceIpRangesToNats: ['ALL_IP_RANGES'] }],
    }, child);
    this.regionalAddress = new compute.Address(name, { name: addressName, region, addressType: 'EXTERNAL' }, child);
    this.globalAddress = new compute.GlobalAddress(name, { name: addressName, addressType: 'EXTERNAL' }, child);
    this.registerOutputs({});
  }
}
