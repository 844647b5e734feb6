import { type ExplainOptions, type Request, type Trace, type World, explain, parseRequest } from '..';
import { type Problem, ProblemError } from '../../model/problem';
import { type Mismatch, mismatches } from './compare';
import type { RoutingTest } from './routing-test';

/** What became of one test; it passed when nothing differs. */
export interface TestResult {
  readonly test: RoutingTest;
  readonly trace: Trace;
  readonly mismatches: readonly Mismatch[];
  /** How long the explanation took, in seconds. */
  readonly seconds: number;
}

export function runSuite(tests: readonly RoutingTest[], world: World, options: ExplainOptions): readonly TestResult[] {
  return tests.map((test) => {
    const start = performance.now();
    const trace = explain(world, requestOf(test, options), options);
    return { test, trace, mismatches: mismatches(test.expect, trace), seconds: (performance.now() - start) / 1000 };
  });
}

/** The problems of a test's request and of what stands beside it. */
export function checkRequest(test: Asked, options: ExplainOptions): readonly Problem[] {
  try {
    requestOf(test, options);
    return [];
  } catch (error) {
    if (error instanceof ProblemError) return error.problems;
    throw error;
  }
}

type Asked = Pick<RoutingTest, 'request' | 'from' | 'via' | 'method' | 'headers'>;

function requestOf({ request, from, via, method, headers = {} }: Asked, { namespace }: ExplainOptions): Request {
  return parseRequest(request, { from, via, method, namespace, headers: Object.entries(headers).map(([name, value]) => `${name}: ${value}`) });
}
