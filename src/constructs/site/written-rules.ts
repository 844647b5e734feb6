import { type Front, shareController } from './front';
import type { Site } from './site';
import type { SiteMatch } from './site-routes';

/** A rule as it is written for one of a site's fronts: what its controller ranks. */
export interface WrittenRule {
  readonly api: 'Ingress' | 'Gateway';
  readonly match: SiteMatch;
  /** Who answers: services by their paths, or a redirect. */
  readonly to: string;
  /** Whether https alone leads to it; an Ingress's rules are for both. */
  readonly listener: 'any' | 'http' | 'https';
  /** Of its Ingress; none of a Gateway's mean anything here. */
  readonly annotations: Readonly<Record<string, string>>;
  /** How many rules its HTTPRoute has from its own on; 1 in an Ingress. */
  readonly rulesLeft: number;
}

/** Who writes a site's rules for one of its fronts. */
export interface RuleWriter {
  readonly front: Front;
  readonly rules: readonly WrittenRule[];
}

const writersOf = new WeakMap<Site, readonly RuleWriter[]>();

export function keepWriters(site: Site, writers: readonly RuleWriter[]): void {
  writersOf.set(site, writers);
}

/** The rules of a site that one controller ranks, of both APIs, as they are by now. */
export function rulesFor(site: Site, controller: Front): readonly WrittenRule[] {
  return (writersOf.get(site) ?? []).filter(({ front }) => shareController(front, controller)).flatMap(({ rules }) => rules);
}
