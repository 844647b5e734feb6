import type { Construct } from 'constructs';
import type { RouteFeature } from '../../model/http-route';
import type { FrontType } from '../../model/platform';
import type { NetworkPeer } from '../../model/network-peer';
import type { PortChain } from '../../model/ports';
import type { Complaint } from '../../model/problem';
import type { Microservice } from '../services/microservice';
import type { Site } from './site';

/** Who serves a {@link Site}, told apart by the API that it reads: a controller that is installed here, or already there. */
export type Front = IngressFront | GatewayFront;

interface AnyFront {
  /** What it is, for the platform to say whether it exists there. */
  readonly type: FrontType;

  /** Names the front in messages, and tells two of one type apart; fronts of one controller share it. */
  readonly id: string;

  /**
   * The reserved global address, by name, that each of its load balancers takes.
   *
   * @default one that lasts as long as the load balancer
   */
  readonly globalAddress?: string | undefined;

  /** Where its requests come from, for the policies of the services behind it; none means from anywhere. */
  readonly peers: readonly NetworkPeer[];

  /**
   * Whether it gets or has certificates for a site's hosts by itself.
   *
   * @default false
   */
  readonly issuesCertificates?: boolean;

  /**
   * Whether it brings no request for a site, not even one over http, to where a name is proved until there is something in the site's Secret.
   *
   * @default false
   */
  readonly needsSecretFirst?: boolean;

  /**
   * Its own Deployment and Service, where it runs in the cluster: what clients reach.
   *
   * @default none: it runs elsewhere
   */
  readonly entry?: Microservice;

  /**
   * The appProtocols of a port that it knows, in lower case.
   *
   * @default it takes any
   */
  readonly appProtocols?: readonly string[] | undefined;

  /**
   * Whether it speaks https to a port that names no appProtocol.
   *
   * @default it speaks http to all of them
   */
  looksLikeHttps?: ((port: PortChain) => boolean) | undefined;

  /**
   * What a service behind it needs, once for each.
   *
   * @default nothing
   */
  attach?(site: Site, service: Microservice, port: PortChain): void;

  /**
   * What a site asks of it that it cannot do; `others` are the other sites of the environment.
   *
   * @default none
   */
  complaints?(site: Site, others: readonly Site[]): readonly Complaint[];
}

/** Whether one controller serves both: they are one front, or in front of the same program. */
export function shareController(a: Front, b: Front): boolean {
  return a.id === b.id || (a.entry !== undefined && a.entry === b.entry);
}

/** A controller that reads Ingresses. */
export interface IngressFront extends AnyFront {
  readonly api: 'Ingress';

  /**
   * Written as the Ingress's class; none where the class is an annotation, as on GKE.
   *
   * @default none
   */
  readonly ingressClassName?: string;

  /**
   * Whether it follows Exact paths only apart from prefixes, and a default backend only apart from rules; with the annotations of an Ingress for each.
   *
   * @default it follows them beside each other: a site is one Ingress
   */
  readonly apart?: { readonly exact: Readonly<Record<string, string>>; readonly rest: Readonly<Record<string, string>> };

  /**
   * The annotations that every Ingress for it carries; it makes the objects that it needs beside them.
   *
   * @default none
   */
  furnish?(site: Site): Readonly<Record<string, string>>;

  /**
   * Whether a site with a certificate is open for https alone.
   *
   * @default false
   */
  readonly httpsOnly?: boolean;
}

/** A controller that reads Gateways and HTTPRoutes. */
export interface GatewayFront extends AnyFront {
  readonly api: 'Gateway';

  /** Written as the Gateway's class. */
  readonly gatewayClassName: string;

  /** The ports of its listeners; a controller that runs in the cluster may listen on others than clients dial. */
  readonly listenerPorts: { readonly http: number; readonly https: number };

  /**
   * Whether each of its Gateways has an address of its own; else they share a controller's, and a request may be another Gateway's.
   *
   * @default false
   */
  readonly addressEach?: boolean;

  /**
   * The port that clients dial for https, 1-65535: redirects name it where it is not 443.
   *
   * @default 443
   */
  readonly clientHttpsPort?: number;

  /**
   * What it does not follow of an HTTPRoute: for each a sentence that says so.
   *
   * @default it follows all
   */
  readonly cannot?: Readonly<Partial<Record<RouteFeature, string>>>;

  /**
   * What a Gateway of its class carries besides; it makes the objects that it needs beside it.
   *
   * @default nothing
   */
  furnish?(gateway: GatewayPlace): GatewayParts;

  /**
   * What is wrong with a Gateway of its class at this place, whose listeners name these Secrets, each once.
   *
   * @default nothing
   */
  gatewayComplaints?(gateway: GatewayPlace, secrets: readonly string[]): readonly Complaint[];

  /**
   * The name of the Gateway that it is, if sites share it.
   *
   * @default a site has a Gateway of its own, named as the site
   */
  readonly gatewayName?: string;

  /**
   * The namespace of that Gateway.
   *
   * @default the site's
   */
  readonly namespace?: string | undefined;

  /**
   * The Secret of that Gateway, in its namespace, for the hosts of sites that have none of their own.
   *
   * @default none
   */
  readonly tlsSecretName?: string | undefined;

  /**
   * The Gateway of somebody else that a site's routes are attached to.
   *
   * @default a site has a Gateway of its own
   */
  join?(site: Site): RouteParents;
}

/** Where a Gateway is, or will be. */
export interface GatewayPlace {
  /** The construct that it belongs to; what it needs is made beside it. */
  readonly scope: Construct;
  /** The Gateway's name. */
  readonly name: string;
  /** Its namespace; none leaves it to `kubectl -n`. */
  readonly namespace: string | undefined;
}

/** What a front adds to a Gateway. */
export interface GatewayParts {
  /**
   * Annotations of the Gateway.
   *
   * @default none
   */
  readonly annotations?: Readonly<Record<string, string>>;

  /**
   * `spec.addresses`.
   *
   * @default an address that the controller chooses
   */
  readonly addresses?: readonly object[];

  /**
   * How https is ended where no Secret says it: `tls` of the listener.
   *
   * @default none
   */
  readonly tls?: object;
}

/** A Gateway, and its listener for plain requests and for each host's https. */
export interface RouteParents {
  /** The Gateway's name. */
  readonly gateway: string;
  /** The Gateway's namespace. */
  readonly namespace: string | undefined;
  /** The name of the listener for plain requests. */
  readonly http: string;
  /** The name of the listener that ends https for a host; without one, for what no host takes. */
  https(host: string | undefined): string;
}
