import type { PodPort, PortSpec } from '../../model/ports';
import type { Replicas } from './availability';
import type { ContainerOptions, InitContainer, SidecarContainer } from './container';
import type { Exposure } from './exposure';
import type { OutsidePeer } from './network-policy';
import type { SecurityProfile } from './security';

/** Options of a `Microservice`. Containers, env, volumes, probes and resources are cdk8s-plus-27's own types. */
export interface MicroserviceProps extends ContainerOptions {
  /** The image with a pinned tag or digest. */
  readonly image: string;

  /**
   * The one port, or a container port number alone. Use this or `ports`.
   *
   * @default none; one of the two is needed
   */
  readonly port?: number | PortSpec;

  /**
   * Several ports, each with a name; the first is the one that probes and routes mean when they name none.
   *
   * @default none
   */
  readonly ports?: readonly PortSpec[];

  /**
   * Container ports that are on the Pod and not on the Service, e.g. for metrics or probes.
   *
   * @default none
   */
  readonly privatePorts?: readonly PodPort[];

  /**
   * The rung: how the service is reached.
   *
   * @default Exposure.clusterIp()
   */
  readonly exposure?: Exposure;

  /**
   * The name of Service and Deployment, an RFC 1035 label of at most 63 characters.
   *
   * @default the construct's id
   */
  readonly name?: string;

  /**
   * Tells two installations of one service in a namespace apart (label app.kubernetes.io/instance). Part of the selector, so it cannot change later.
   *
   * @default the name
   */
  readonly instance?: string;

  /**
   * A number, or `{ minReplicas, maxReplicas }` for a HorizontalPodAutoscaler.
   *
   * @default 2
   */
  readonly replicas?: Replicas;

  /**
   * The services that this one calls, by name or `namespace/name`, and other pods or addresses. Both ends get their policy from it.
   *
   * @default none: only DNS gets out
   */
  readonly calls?: readonly (string | OutsidePeer)[];

  /**
   * Who may call this one besides those whose `calls` name it.
   *
   * @default nobody
   */
  readonly callers?: readonly (string | OutsidePeer)[];

  /**
   * How much of its isolation the container keeps; `compat({...})` for images that need more.
   *
   * @default Pod Security restricted, read-only root, user 10001
   */
  readonly security?: SecurityProfile;

  /**
   * A writable /tmp in memory-free scratch space, of at most this many mebibytes.
   *
   * @default none
   */
  readonly tmpMebibytes?: number;

  /**
   * Seconds to go on serving after the Pod is told to end, while load balancers and nodes take it out. 0 for none.
   * Needs Kubernetes 1.30 (the `sleep` lifecycle action).
   *
   * @default 5
   */
  readonly drainSeconds?: number;

  /**
   * Seconds from being told to end to being killed, `drainSeconds` included.
   *
   * @default drainSeconds + 30
   */
  readonly terminationGracePeriodSeconds?: number;

  /**
   * Containers that run to their end before the service starts.
   *
   * @default none
   */
  readonly initContainers?: readonly InitContainer[];

  /**
   * Containers that start before the service and run beside it (restartable init containers, Kubernetes 1.29).
   *
   * @default none
   */
  readonly sidecars?: readonly SidecarContainer[];

  /**
   * A service account for a Pod that talks to the API server; its token is then mounted.
   *
   * @default the namespace's own, without a token
   */
  readonly serviceAccountName?: string;

  /**
   * The release, as label app.kubernetes.io/version.
   *
   * @default none
   */
  readonly version?: string;

  /**
   * Annotations of the Pods.
   *
   * @default none
   */
  readonly podAnnotations?: Readonly<Record<string, string>>;

  /**
   * Lets the Pods call anything, for controllers whose targets are not known here.
   *
   * @default false
   */
  readonly unrestrictedEgress?: boolean;
}

/** The peers that are services of the environment. */
export function namedPeers(peers: readonly (string | OutsidePeer)[] = []): string[] {
  return peers.filter((peer) => typeof peer === 'string');
}

/** The peers that are pods or addresses. */
export function outsidePeers(peers: readonly (string | OutsidePeer)[] = []): OutsidePeer[] {
  return peers.filter((peer) => typeof peer !== 'string');
}
