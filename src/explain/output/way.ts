import type { Hop } from '../trace';

/**
 * The hop where the way first breaks: the earliest broken one, followed down to the broken hop that has no broken hop behind it,
 * since a hop may be broken only because of what comes after.
 */
export function firstBroken(hops: readonly Hop[]): Hop | undefined {
  for (const hop of hops) {
    const deeper = firstBroken(hop.next);
    if (deeper !== undefined) return deeper;
    if (hop.verdict === 'broken') return hop;
  }
  return undefined;
}
