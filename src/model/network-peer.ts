/** One end of a connection as a NetworkPolicy has it (networking.k8s.io/v1 NetworkPolicyPeer). */
export type NetworkPeer =
  | { readonly namespaceSelector?: LabelSelector; readonly podSelector?: LabelSelector }
  | { readonly ipBlock: { readonly cidr: string; readonly except?: readonly string[] } };

/** Equality only: this project never writes expressions. */
export interface LabelSelector {
  /**
   * Labels that must all be there.
   *
   * @default none: everything matches
   */
  readonly matchLabels?: Readonly<Record<string, string>>;
}

/** A port as a policy has it: always the Pod's, since policies are judged after the Service's address is translated. */
export interface PolicyPort {
  /** `TCP`, `UDP` or `SCTP`. */
  readonly protocol: string;
  /** The Pod's port, 1-65535. */
  readonly port: number;
}

/** CoreDNS and kube-dns both carry this label, on every distribution that this project knows. */
export const CLUSTER_DNS: NetworkPeer = {
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
  podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
};
