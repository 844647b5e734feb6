import type { Parameters } from 'fast-check';

/**
 * How many random cases, and which: `CASES=10` makes ten times as many, `SEED` others. Without a seed they are the same on every
 * run, so that a change fails for its own mistakes.
 */
export function cases<T>(count: number): Parameters<T> {
  return { numRuns: Math.round(count * Number(process.env.CASES ?? 1)), seed: Number(process.env.SEED ?? 1) };
}
