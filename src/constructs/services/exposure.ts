import { isCidr } from '../../model/cidr';
import { checkAnnotations, isQualifiedName } from '../../model/names';
import type { NodePortRequest } from '../../model/node-ports';
import { type Complaint, complaint, warning } from '../../model/problem';
import type { IngressRoute } from '../site/site';

/** What any Service with a virtual address can be told. */
export interface ClusterIpOptions {
  /**
   * Whether a client keeps its pod: `true`, or for how many seconds (1-86400) after its last request.
   *
   * @default false, any ready pod
   */
  readonly sessionAffinity?: boolean | { readonly timeoutSeconds: number };

  /**
   * `Local`: calls from inside only reach pods on the caller's own node, and fail where there is none. Not supported on GKE Dataplane V2.
   *
   * @default 'Cluster'
   */
  readonly internalTrafficPolicy?: 'Cluster' | 'Local';

  /**
   * A preference for near pods (Kubernetes 1.33; the two new names 1.35). Unlike `internalTrafficPolicy: Local` it never drops a call.
   *
   * @default none
   */
  readonly trafficDistribution?: 'PreferSameZone' | 'PreferSameNode' | 'PreferClose';

  /**
   * IPv4, IPv6 or both.
   *
   * @default the cluster's first family
   */
  readonly ipFamilies?: IpFamilies;

  /**
   * Annotations of the Service, for controllers that read them.
   *
   * @default none
   */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** `RequireDualStack` is refused by the API where the cluster has one family. */
export interface IpFamilies {
  /** Whether one family will do, two are better, or two are needed. */
  readonly policy: 'SingleStack' | 'PreferDualStack' | 'RequireDualStack';

  /**
   * The order matters: the first is the Service's primary family and can never change.
   *
   * @default the cluster's order
   */
  readonly families?: readonly ('IPv4' | 'IPv6')[];
}

/** A Service without a virtual address: DNS answers with the pods themselves, so callers dial the container port. */
export interface HeadlessOptions extends Pick<ClusterIpOptions, 'ipFamilies' | 'annotations'> {
  /**
   * Also name pods that are not ready, for peers that find each other while starting.
   *
   * @default false
   */
  readonly publishNotReadyAddresses?: boolean;
}

/** What a Service reached from outside can be told besides. */
export interface ExternalOptions extends ClusterIpOptions {
  /**
   * `Local` keeps the client's address and saves a hop; nodes without a pod drop the request.
   *
   * @default 'Cluster'
   */
  readonly externalTrafficPolicy?: 'Cluster' | 'Local';
}

/** A NodePort Service: what any Service reached from outside can be told, and its port on the nodes. */
export interface NodePortOptions extends ExternalOptions, NodePortRequest {
  /**
   * Node ports of a service with several ports, by port name. Use this or `nodePort`, not both.
   *
   * @default the cluster chooses those that are not given
   */
  readonly nodePorts?: Readonly<Record<string, NodePortRequest>>;
}

/** A LoadBalancer Service. Clouds read more from annotations; for GKE's see `GkeLoadBalancer`. */
export interface LoadBalancerOptions extends ExternalOptions {
  /**
   * Who shall make it, e.g. `networking.gke.io/l4-regional-external`. Cannot change while the Service is a LoadBalancer.
   *
   * @default the cluster's own
   */
  readonly loadBalancerClass?: string;

  /**
   * CIDRs that may connect.
   *
   * @default everybody
   */
  readonly loadBalancerSourceRanges?: readonly string[];

  /**
   * `false` saves node ports where the load balancer reaches pods directly.
   *
   * @default true
   */
  readonly allocateLoadBalancerNodePorts?: boolean;
}

/** The rungs, as data. */
export type Rung =
  | { readonly type: 'ClusterIP'; readonly options: ClusterIpOptions }
  | { readonly type: 'Headless'; readonly options: HeadlessOptions }
  | { readonly type: 'NodePort'; readonly options: NodePortOptions }
  | { readonly type: 'LoadBalancer'; readonly options: LoadBalancerOptions }
  | { readonly type: 'Ingress'; readonly options: ClusterIpOptions; readonly route: IngressRoute };

/**
 * How a service is reached: one value, so moving it up or down the ladder is one line. What a rung cannot have is not among its
 * options and does not compile.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types
 */
export class Exposure {
  /** Reached by other pods, under its DNS name. */
  static clusterIp(options: ClusterIpOptions = {}): Exposure {
    return new Exposure({ type: 'ClusterIP', options });
  }

  /** Reached by other pods, each of its pods by itself. */
  static headless(options: HeadlessOptions = {}): Exposure {
    return new Exposure({ type: 'Headless', options });
  }

  /** Also reached on one port of every node; on kind from the laptop, through a port mapping, when the nodePort is pinned. */
  static nodePort(options: NodePortOptions = {}): Exposure {
    return new Exposure({ type: 'NodePort', options });
  }

  /** Also reached at an address of its own, where something makes load balancers. For GKE's see `GkeLoadBalancer`. */
  static loadBalancer(options: LoadBalancerOptions = {}): Exposure {
    return new Exposure({ type: 'LoadBalancer', options });
  }

  /** A ClusterIP behind a {@link Site}: reached by host and path. */
  static ingress(route: IngressRoute, options: ClusterIpOptions = {}): Exposure {
    return new Exposure({ type: 'Ingress', options, route });
  }

  private constructor(/** The rung that it stands on. */ readonly rung: Rung) {}

  /** Node ports by port name; a single one goes to the first port. */
  nodePorts(portNames: readonly string[]): Readonly<Record<string, NodePortRequest>> {
    if (this.rung.type !== 'NodePort') return {};
    const { nodePort, hostPort, nodePorts } = this.rung.options;
    const first = portNames[0];
    if (nodePorts || first === undefined || (nodePort === undefined && hostPort === undefined)) return nodePorts ?? {};
    return { [first]: { ...(nodePort !== undefined && { nodePort }), ...(hostPort !== undefined && { hostPort }) } };
  }

  /** What the options of this rung get wrong, whatever the service. */
  complaints(): Complaint[] {
    const { type, options } = this.rung;
    const found: Complaint[] = checkAnnotations('annotations', options.annotations);
    if ('sessionAffinity' in options && typeof options.sessionAffinity === 'object') {
      const { timeoutSeconds } = options.sessionAffinity;
      if (!Number.isInteger(timeoutSeconds) || timeoutSeconds < 1 || timeoutSeconds > 86400) {
        found.push(complaint('SESSION_AFFINITY_TIMEOUT', 'sessionAffinity.timeoutSeconds', timeoutSeconds,
          'A session affinity timeout is 1 to 86400 seconds.', 'Write e.g. { timeoutSeconds: 10800 }, or true for three hours.'));
      }
    }
    const families = options.ipFamilies?.families;
    if (families && (families.length === 0 || families.length > 2 || new Set(families).size !== families.length)) {
      found.push(complaint('IP_FAMILIES', 'ipFamilies.families', families, 'IP families are IPv4, IPv6 or both, each once.', "Write ['IPv4', 'IPv6'] or leave it out."));
    }
    if (families?.length === 2 && options.ipFamilies?.policy === 'SingleStack') {
      found.push(complaint('IP_FAMILIES', 'ipFamilies', options.ipFamilies, 'SingleStack has one family.', "Use policy: 'PreferDualStack'."));
    }
    if (type === 'NodePort' && options.nodePorts && (options.nodePort !== undefined || options.hostPort !== undefined)) {
      found.push(complaint('NODE_PORT_BOTH', 'nodePort', options.nodePort ?? options.hostPort,
        'nodePort is for a service with one port, nodePorts for several.', 'Keep one of the two.'));
    }
    if (type === 'LoadBalancer') found.push(...loadBalancerComplaints(options));
    return found.map((each) => ({ ...each, field: `exposure.${each.field}` }));
  }
}

function loadBalancerComplaints(options: LoadBalancerOptions): Complaint[] {
  const found: Complaint[] = [];
  if (options.loadBalancerClass !== undefined && !isQualifiedName(options.loadBalancerClass)) {
    found.push(complaint('LOAD_BALANCER_CLASS', 'loadBalancerClass', options.loadBalancerClass,
      'A load balancer class is name or prefix/name.', "Use the provider's own, e.g. networking.gke.io/l4-regional-external."));
  }
  for (const range of options.loadBalancerSourceRanges ?? []) {
    if (!isCidr(range)) {
      found.push(complaint('SOURCE_RANGE', 'loadBalancerSourceRanges', range, 'A source range is a CIDR.', `Write it with its mask, e.g. ${range.includes(':') ? '2001:db8::/32' : '203.0.113.0/24'}.`));
    }
  }
  if (options.allocateLoadBalancerNodePorts === false && options.externalTrafficPolicy === 'Local') {
    found.push(warning('LOAD_BALANCER_NODE_PORTS', 'allocateLoadBalancerNodePorts', false,
      'externalTrafficPolicy Local is served on node ports by most load balancers.', 'Leave node ports allocated unless yours reaches pods directly.'));
  }
  return found;
}
