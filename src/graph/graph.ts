import type { Finding, HopKind, Verdict } from '../explain';

/**
 * The picture as plain data: what is drawn, before anything has a place. It is also what the page carries as JSON, so there is nothing
 * in it but texts, numbers and lists.
 */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly namespaces: readonly GraphNamespace[];
  /** Every finding once, as `ladder check` prints them; nodes and namespaces refer to them by their index. */
  readonly findings: readonly GraphFinding[];
  readonly ways: readonly Way[];
}

/** Cards of whoever sends requests and is no object of the input. */
export const clients = { internet: 'Client/internet', laptop: 'Client/laptop', network: 'Client/network', pods: 'Client/pods' } as const;

export type NodeKind = 'client' | 'balancer' | 'node' | 'gateway' | 'rule' | 'service' | 'workload' | 'external';

/** A card of the picture. */
export interface GraphNode {
  /** Unique, e.g. `Service/shop/blue`. */
  readonly id: string;
  readonly kind: NodeKind;
  /** What it is, in a few words: `Service · NodePort`. */
  readonly caption: string;
  readonly title: string;
  /** undefined: it is outside of the cluster, or of no namespace. */
  readonly namespace?: string;
  /** Where it stands among the cards of its namespace, from left to right. */
  readonly column: number;
  /** Ports, paths or listeners; edges start and end at them. */
  readonly rows: readonly GraphRow[];
  /** Where the pods run, for a workload whose pods are known. */
  readonly places: readonly PodPlace[];
  /** More than one pod stands behind the card. */
  readonly several: boolean;
  /** What its NetworkPolicies say, a sentence each. */
  readonly policies: readonly string[];
  readonly findings: readonly number[];
  /** `file:line` of its object. */
  readonly place?: string;
}

export interface GraphRow {
  readonly text: string;
  readonly note: string;
}

/** Pods of a workload on one node. */
export interface PodPlace {
  readonly node: string;
  readonly ready: number;
  readonly notReady: number;
}

/** way: how requests get on. call: pods that are told an address. cut: a way that pods would be on, were they ready. */
export type EdgeKind = 'way' | 'call' | 'cut';

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
  /** Row of the card it starts at; undefined: the card's head. */
  readonly fromRow?: number;
  readonly toRow?: number;
  /** The port that is dialled at its end. */
  readonly port?: number;
}

export interface GraphNamespace {
  readonly name: string;
  /** Directions in which a policy of it closes every pod. */
  readonly denies: readonly ('ingress' | 'egress')[];
  readonly policies: readonly string[];
  readonly findings: readonly number[];
}

export interface GraphFinding extends Pick<Finding, 'id' | 'severity' | 'message' | 'fix'> {
  readonly object: string;
  readonly place: string;
  /** The cards that show it. */
  readonly nodes: readonly string[];
}

/** A request and what `ladder explain` says of it. */
export interface Way {
  readonly request: string;
  readonly from: string;
  readonly verdict: Verdict;
  readonly headline: string;
  readonly steps: readonly WayStep[];
  readonly links: readonly WayLink[];
  /** The card that sends. */
  readonly start: string;
  /** Why it does not work. */
  readonly reasons: readonly Pick<GraphFinding, 'id' | 'severity' | 'message' | 'fix' | 'object' | 'place'>[];
  readonly assumptions: readonly string[];
}

/** A line of the explanation. */
export interface WayStep {
  /** Ways that fork have the same number twice. */
  readonly number: number;
  readonly kind: HopKind;
  readonly verdict: Verdict;
  readonly text: string;
  readonly where: string;
  readonly breaksHere: boolean;
  /** The card where it happens. */
  readonly node: string;
}

/** A stretch of a way between two cards. */
export interface WayLink {
  readonly from: string;
  readonly to: string;
  /** Index of the edge it runs along; undefined: the picture has none there. */
  readonly edge?: number;
}

/** The cards that are drawn: a client that no line starts at is there only with a way of its own. */
export function cardsFor({ nodes, edges }: Graph, way: Way | undefined): readonly GraphNode[] {
  const sending = new Set(edges.map(({ from }) => from));
  return nodes.filter(({ kind, id }) => kind !== 'client' || sending.has(id) || way?.start === id);
}
