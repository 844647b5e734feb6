import type { FrontType } from '../model/platform';
import type { NetworkPeer } from '../model/network-peer';
import type { PortChain } from '../model/ports';
import type { Complaint } from '../model/problem';
import type { Microservice } from './microservice';
import type { Site } from './site';

/** Who serves a {@link Site}: an ingress controller, installed here or already there. */
export interface Front {
  readonly type: FrontType;

  /** Names the front in messages, and tells two of one type apart. */
  readonly id: string;

  /** Written as the Ingress's class; none where the class is an annotation, as on GKE. */
  readonly ingressClassName?: string;

  /** Where its requests come from, for the policies of the services behind it; none means from anywhere. */
  readonly peers: readonly NetworkPeer[];

  /** Whether it gets certificates for a site's hosts by itself. */
  readonly issuesCertificates?: boolean;

  /** The annotations that every Ingress for it carries, and the objects it needs beside them. */
  furnish?(site: Site): Readonly<Record<string, string>>;

  /** What a service behind it needs, once for each. */
  attach?(site: Site, service: Microservice, port: PortChain): void;

  /** What a site asks of it that it cannot do. */
  complaints?(site: Site): readonly Complaint[];
}
