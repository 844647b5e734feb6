import type { Trace } from '../trace';
import type { Mismatch } from './compare';
import type { TestResult } from './run';

/** The JSON of `ladder test --json` (schemas/test-report.schema.json). */
export interface TestReport {
  readonly passed: number;
  readonly failed: number;
  readonly tests: readonly {
    readonly name: string;
    readonly file: string;
    /** 1-based. */
    readonly line: number;
    readonly passed: boolean;
    readonly mismatches: readonly Mismatch[];
    readonly trace: Trace;
  }[];
}

export function testReport(results: readonly TestResult[]): TestReport {
  const tests = results.map(({ test: { name, file, line }, trace, mismatches }) => ({ name, file, line, passed: mismatches.length === 0, mismatches, trace }));
  const passed = tests.filter((test) => test.passed).length;
  return { passed, failed: tests.length - passed, tests };
}
