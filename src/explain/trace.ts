/**
 * What explain says of a request: a tree of hops, a verdict, and what it rests on. These types are the published JSON
 * (schemas/trace.schema.json); the reading, the judging and every output format meet here.
 */

/** partial: some of the attempts fail. depends: the answer hangs on something the input cannot say. unknown: part of the way is not in the input. */
export type Verdict = 'ok' | 'broken' | 'partial' | 'depends' | 'unknown';

/** What the client sees when the way breaks. */
export type Symptom =
  | 'nxdomain' | 'refused' | 'timeout' | 'http-404' | 'http-500' | 'http-502' | 'http-503' | 'reset' | 'pending';

export type HopKind =
  | 'dns' | 'port-forward' | 'host-port' | 'load-balancer' | 'node-port' | 'gateway' | 'ingress' | 'route' | 'service'
  | 'egress-policy' | 'ingress-policy' | 'endpoint' | 'container' | 'external';

/** An object in the input and the place it was read from. */
export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** What was looked at on a hop and did not get the request. */
export interface Alternative {
  readonly what: string;
  readonly why: string;
}

/** One step of the way. Load balancing over several targets makes several children. */
export interface Hop {
  readonly kind: HopKind;
  readonly verdict: Verdict;
  /** One sentence for people: what happens here. */
  readonly text: string;
  readonly object?: ObjectRef;
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  /** The address the request is sent to before this hop, e.g. `localhost:30001`. */
  readonly from?: string;
  /** The address after it, e.g. `10.244.1.5:8080`. */
  readonly to?: string;
  readonly considered?: readonly Alternative[];
  readonly next: readonly Hop[];
}

/** A workload, or a bare Pod, that would answer, with the port of its container. */
export interface Backend {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
}

export type Severity = 'error' | 'warning' | 'note';

/** One finding: stable id (the catalogue is in findings/), what is wrong, and what to do. */
export interface Finding {
  readonly id: string;
  readonly severity: Severity;
  readonly message: string;
  readonly fix: string;
  readonly object: ObjectRef;
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}

/** The answer to one request. */
export interface Trace {
  readonly request: string;
  readonly from: string;
  readonly verdict: Verdict;
  readonly symptom: Symptom | null;
  /** The HTTP status that a front answers itself: a redirect, 404 or 500. */
  readonly status?: number;
  readonly backends: readonly Backend[];
  readonly hops: readonly Hop[];
  readonly findings: readonly Finding[];
  /** What was taken for granted because manifests cannot say it. */
  readonly assumptions: readonly string[];
}

/** The answer of `check`: every finding once, and what became of every request that the manifests invite. */
export interface CheckReport {
  readonly findings: readonly Finding[];
  readonly requests: readonly { readonly request: string; readonly from: string; readonly verdict: Verdict; readonly symptom: Symptom | null }[];
}
