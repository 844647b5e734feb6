import type { Symptom, Verdict } from '../trace';

/** One test of a routing test file (schemas/routing-test.schema.json): a request and what must become of it. */
export interface RoutingTest {
  /** @default the request, and where it is sent from */
  readonly name: string;
  readonly request: string;
  /** @default from outside, or what the request's host says */
  readonly from?: string;
  /** @default the front that the host or the input points to */
  readonly via?: string;
  /** @default GET */
  readonly method?: string;
  /** @default none */
  readonly headers?: Readonly<Record<string, string>>;
  readonly expect: Expectation;
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}

/** What a test asks of the trace; what is left out may be anything. */
export interface Expectation {
  readonly verdict?: Verdict;
  /** null: the client sees no failure. */
  readonly symptom?: Symptom | null;
  /** All that may answer, as `namespace/name` or `namespace/name:port`; empty: nobody does. */
  readonly backends?: readonly string[];
  /** The HTTP status that a front answers itself, 100 to 599. */
  readonly status?: number;
  /** Id of a finding that the trace has. */
  readonly finding?: string;
}

export const expectationKeys = ['verdict', 'symptom', 'backend', 'status', 'finding'] as const;
export const routingTestKeys = ['name', 'request', 'from', 'via', 'method', 'headers', 'expect'] as const;
