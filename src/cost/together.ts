import { type Bill, billOf } from './bill';
import { whyNotHttp } from './http-service';
import { type Billed, type LoadBalancer, nameOf } from './load-balancer';
import { type Range, exactly, range, sum } from './money';
import type { PriceList } from './prices';

/** The same services with one front for all that could stand behind one: an external one, and an internal one for the internal ones. */
export interface Together {
  /** Services that would give up their load balancer; the internal ones must not end up behind the external front. */
  readonly moves: { readonly external: readonly string[]; readonly internal: readonly string[] };
  /** Load balancers that stay as they are, and why. */
  readonly stays: readonly { readonly name: string; readonly why: string }[];
  readonly alternatives: readonly Alternative[];
  /** Kinds of front that the list has no price for in this region. */
  readonly withoutPrice: readonly string[];
}

/** One kind of front, and what all load balancers would cost with it. */
export interface Alternative {
  /** `there`: fronts that are there already; `controller`: one that runs in the cluster; `gke-ingress`: GKE's own. */
  readonly front: 'there' | 'controller' | 'gke-ingress';
  readonly what: string;
  readonly rules: Range;
  readonly month: Range;
  /** How much less than now, at the same end of each range; negative when it is more. */
  readonly saves: Range;
}

type Reach = Billed['reach'];

/** @returns undefined when no two services could share a front, and none could join one that is there */
export function togetherOf(now: Bill<LoadBalancer>, prices: PriceList, region: string): Together | undefined {
  const all = now.rows.map(({ loadBalancer }) => loadBalancer);
  const moving = (['external', 'internal'] as const).flatMap((reach) => movable(all, reach));
  if (moving.length === 0) return undefined;
  const left = all.filter((one) => !moving.includes(one));
  const missing = (['external', 'internal'] as const).filter((reach) => moving.some((one) => one.reach === reach) && !left.some((one) => one.routes && one.reach === reach));
  const namesOf = (reach: Reach): readonly string[] => moving.filter((one) => one.reach === reach).map(nameOf);
  const kinds = kindsOf(missing, prices).map(({ front, what, adds }) => ({ front, what, after: billOf<Billed>([...left, ...adds], prices, region) }));
  return {
    moves: { external: namesOf('external'), internal: namesOf('internal') },
    stays: left.flatMap((one) => (one.service === undefined || one.routes ? [] : [{ name: nameOf(one), why: whyNotHttp(one.service) ?? `it is the only ${one.reach} one` }])),
    alternatives: kinds.filter(({ after }) => after.unpriced.length === 0).map(({ front, what, after }) => ({
      front, what,
      rules: sum(after.rows.map(({ loadBalancer }) => loadBalancer.rules)),
      month: after.total,
      saves: range((end) => now.total[end] - after.total[end]),
    })),
    withoutPrice: kinds.filter(({ after }) => after.unpriced.length > 0).map(({ what }) => what),
  };
}

/** Services of that reach that could stand behind one front: two or more, or one where such a front is there. */
function movable(all: readonly LoadBalancer[], reach: Reach): readonly LoadBalancer[] {
  const there = all.filter((one) => one.reach === reach);
  const could = there.filter(({ service, routes }) => service !== undefined && !routes && whyNotHttp(service) === undefined);
  return could.length >= (there.some(({ routes }) => routes) ? 1 : 2) ? could : [];
}

/** The fronts that would have to come, by the kind of front. */
function kindsOf(missing: readonly Reach[], { counts }: PriceList): readonly (Pick<Alternative, 'front' | 'what'> & { readonly adds: readonly Billed[] })[] {
  if (missing.length === 0) return [{ front: 'there', what: 'the front that is there', adds: [] }];
  const controller = { front: 'controller', what: 'an Ingress controller (its pods not counted)', adds: missing.map(serviceFront) } as const;
  return counts === 'services' ? [controller] : [controller, { front: 'gke-ingress', what: "GKE's own Ingress, http and https (global rules are counted apart)", adds: missing.map(gkeFront) }];
}

function serviceFront(reach: Reach): Billed {
  return { reach, scope: 'regional', rules: exactly(1), proxies: false, routes: true };
}

function gkeFront(reach: Reach): Billed {
  return reach === 'external'
    ? { reach, scope: 'global', rules: exactly(2), proxies: false, routes: true }
    : { reach, scope: 'regional', rules: { least: 0, most: 2 }, proxies: true, routes: true };
}

/** What one more Service of type LoadBalancer would add. */
export function oneMore({ rows, total }: Bill<LoadBalancer>, prices: PriceList, region: string): Range {
  const after = billOf<Billed>([...rows.map(({ loadBalancer }) => loadBalancer), serviceFront('external')], prices, region);
  return range((end) => after.total[end] - total[end]);
}
