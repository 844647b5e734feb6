/**
 * What explain says of a request: a tree of hops, a verdict, and what it rests on. These types are the published JSON
 * (schemas/trace.schema.json); the reading, the judging and every output format meet here.
 */

/** partial: some of the attempts fail. depends: the answer hangs on something the input cannot say. unknown: part of the way is not in the input. */
export type Verdict = 'ok' | 'broken' | 'partial' | 'depends' | 'unknown';

/** What the client sees when the way breaks. */
export type Symptom =
  | 'nxdomain' | 'refused' | 'timeout' | 'http-404' | 'http-500' | 'http-502' | 'http-503' | 'reset' | 'pending';

/** What a step is about. */
export type HopKind =
  | 'dns' | 'port-forward' | 'host-port' | 'load-balancer' | 'node-port' | 'gateway' | 'ingress' | 'route' | 'service'
  | 'egress-policy' | 'ingress-policy' | 'endpoint' | 'container' | 'external';

/** An object in the input and the place it was read from. */
export interface ObjectRef {
  /** E.g. `apps/v1`. */
  readonly apiVersion: string;
  /** E.g. `Deployment`. */
  readonly kind: string;
  /** Its namespace. @default none: it belongs to the whole cluster */
  readonly namespace?: string;
  /** Its name. */
  readonly name: string;
}

/** What was looked at on a hop and did not get the request. */
export interface Alternative {
  /** The object or rule, in words. */
  readonly what: string;
  /** Why the request does not go there. */
  readonly why: string;
}

/** One step of the way. Load balancing over several targets makes several children. */
export interface Hop {
  /** What this step is about. */
  readonly kind: HopKind;
  /** What becomes of the request from here on. */
  readonly verdict: Verdict;
  /** One sentence for people: what happens here. */
  readonly text: string;
  /** The object that decides. @default none: no object of the input does */
  readonly object?: ObjectRef;
  /** The file of the object. @default none without an object */
  readonly file?: string;
  /** 1-based. @default none without an object */
  readonly line?: number;
  /** The address the request is sent to before this hop, e.g. `localhost:30001`. @default none: the address stays as it is */
  readonly from?: string;
  /** The address after it, e.g. `10.244.1.5:8080`. @default none: the address stays as it is */
  readonly to?: string;
  /** What else could have got the request. @default none */
  readonly considered?: readonly Alternative[];
  /** The steps after it; none where the way ends. */
  readonly next: readonly Hop[];
}

/** A workload, or a bare Pod, that would answer, with the port of its container. */
export interface Backend {
  /** E.g. `Deployment` or `Pod`. */
  readonly kind: string;
  /** Its namespace. */
  readonly namespace: string;
  /** Its name. */
  readonly name: string;
  /** The container's port, 1-65535. */
  readonly port: number;
}

/** How bad a finding is: it breaks a request, it may, or it is good to know. */
export type Severity = 'error' | 'warning' | 'note';

/** One finding: stable id (the catalogue is in findings/), what is wrong, and what to do. */
export interface Finding {
  /** In the catalogue, e.g. `SVC001`. */
  readonly id: string;
  /** As bad as it is here; a rule's own severity is the worst. */
  readonly severity: Severity;
  /** What is wrong, with the values. */
  readonly message: string;
  /** What to write instead. */
  readonly fix: string;
  /** The object that is to be changed. */
  readonly object: ObjectRef;
  /** The file that it was read from. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}

/** The answer to one request. */
export interface Trace {
  /** As it was typed, with the flags that make it another request: `http://shop.example.com/ -X POST`. */
  readonly request: string;
  /** Where it is sent from, e.g. `laptop` or `pod:shop/orders`. */
  readonly from: string;
  /** What becomes of it. */
  readonly verdict: Verdict;
  /** What the client sees; null when nothing breaks. */
  readonly symptom: Symptom | null;
  /** The HTTP status that a front answers itself: a redirect, 404 or 500. @default none: a backend answers, or nobody */
  readonly status?: number;
  /** All that may answer. */
  readonly backends: readonly Backend[];
  /** Where it starts: one hop, or several where a name has several addresses. */
  readonly hops: readonly Hop[];
  /** What is wrong with the objects on its way, errors first. */
  readonly findings: readonly Finding[];
  /** What was taken for granted because manifests cannot say it. */
  readonly assumptions: readonly string[];
}

/** The answer of `check`: every finding once, and what became of every request that the manifests invite. */
export interface CheckReport {
  /** Each once, errors first. */
  readonly findings: readonly Finding[];
  /** Every request that was followed, and what becomes of it. */
  readonly requests: readonly { readonly request: string; readonly from: string; readonly verdict: Verdict; readonly symptom: Symptom | null }[];
}
