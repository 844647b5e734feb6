import { isCidr, isStrictlyWithin } from '../../model/cidr';
import { checkLabelName, checkLabels } from '../../model/names';
import { CLUSTER_DNS, type NetworkPeer, type PolicyPort } from '../../model/network-peer';
import { checkPortNumber, checkProtocol, type Protocol } from '../../model/ports';
import { type Complaint, complaint } from '../../model/problem';
import { namespaceSelector } from '../labels';

/** Pods or addresses that are no service of the environment. */
export type OutsidePeer = PodPeer | CidrPeer;

/** Pods by their labels. */
export interface PodPeer {
  /**
   * The namespace that the Pods are in.
   *
   * @default the service's own namespace
   */
  readonly namespace?: string;

  /**
   * The labels that the Pods have, all of them.
   *
   * @default every pod of the namespace
   */
  readonly podLabels?: Readonly<Record<string, string>>;

  /**
   * The ports that the connection is about.
   *
   * @default for callers every port of the service; for calls every port
   */
  readonly ports?: readonly PeerPort[];
}

/** Addresses outside the cluster. Pod addresses do not belong here: they change. */
export interface CidrPeer {
  /** E.g. `10.20.0.0/16`. */
  readonly cidr: string;

  /**
   * Smaller CIDRs in it that are left out.
   *
   * @default none
   */
  readonly except?: readonly string[];

  /**
   * The ports that the connection is about.
   *
   * @default for callers every port of the service; for calls every port
   */
  readonly ports?: readonly PeerPort[];
}

/** The port that the other side's Pod or host listens on, 1-65535. */
export interface PeerPort {
  /** A number, 1-65535: policies are judged after the Service's address is translated. */
  readonly port: number;

  /**
   * The transport.
   *
   * @default 'TCP'
   */
  readonly protocol?: Protocol;
}

/** One allowance of a policy: these peers, on these ports. No peers means everybody, no ports every port. */
export interface Allowance {
  /** The other sides. */
  readonly peers: readonly NetworkPeer[];
  /** The Pod's ports that the connection is about. */
  readonly ports: readonly PolicyPort[];
}

const EVERYWHERE_DNS: readonly PolicyPort[] = [{ protocol: 'UDP', port: 53 }, { protocol: 'TCP', port: 53 }];

/**
 * A policy that lets in and out what is listed, and DNS.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function networkPolicySpec(
  podLabels: Readonly<Record<string, string>>,
  ingress: readonly Allowance[],
  egress: readonly Allowance[] | 'everything',
  dns: readonly NetworkPeer[] = [CLUSTER_DNS],
): Record<string, unknown> {
  const out = egress === 'everything' ? [{}] : [{ to: dns, ports: EVERYWHERE_DNS }, ...egress.map((allowance) => rule('to', allowance))];
  return {
    podSelector: { matchLabels: podLabels },
    policyTypes: ['Ingress', 'Egress'],
    ingress: ingress.map((allowance) => rule('from', allowance)),
    egress: out,
  };
}

/** An outside peer as an allowance; callers without ports get `defaultPorts`. */
export function outsideAllowance(peer: OutsidePeer, defaultPorts: readonly PolicyPort[]): Allowance {
  const ports = peer.ports?.map(({ port, protocol }) => ({ protocol: protocol ?? 'TCP', port })) ?? defaultPorts;
  if ('cidr' in peer) {
    return { peers: [{ ipBlock: { cidr: peer.cidr, ...(peer.except && { except: peer.except }) } }], ports };
  }
  const podSelector = peer.podLabels ? { matchLabels: peer.podLabels } : {};
  return { peers: [{ ...(peer.namespace !== undefined && { namespaceSelector: namespaceSelector(peer.namespace) }), podSelector }], ports };
}

export function checkOutsidePeer(field: string, peer: OutsidePeer): Complaint[] {
  return [
    ...(peer.ports ?? []).flatMap(({ port, protocol }, index) => [
      ...checkPortNumber(`${field}.ports[${index}]`, port), ...checkProtocol(`${field}.ports[${index}].protocol`, protocol),
    ]),
    ...('cidr' in peer ? checkCidrPeer(field, peer) : [
      ...(peer.namespace === undefined ? [] : checkLabelName(`${field}.namespace`, peer.namespace)),
      ...checkLabels(`${field}.podLabels`, peer.podLabels ?? {}),
    ]),
  ];
}

function checkCidrPeer(field: string, { cidr, except = [] }: CidrPeer): Complaint[] {
  const unreadable = [cidr, ...except].filter((text) => !isCidr(text));
  if (unreadable.length > 0) {
    return unreadable.map((text) => complaint(
      'CIDR', field, text, 'A NetworkPolicy takes CIDRs, and no host names.', `Write the address with its mask, e.g. ${text.includes(':') ? '2001:db8::1/128' : '203.0.113.7/32'}.`,
    ));
  }
  return except.filter((text) => !isStrictlyWithin(text, cidr)).map((text) => complaint(
    'CIDR_EXCEPT', `${field}.except`, text, `An exception is a part of ${cidr}, and less than all of it.`, 'Drop it, or correct its address or mask.',
  ));
}

function rule(direction: 'from' | 'to', { peers, ports }: Allowance): Record<string, unknown> {
  return { ...(peers.length > 0 && { [direction]: peers }), ...(ports.length > 0 && { ports }) };
}
