import { type Bill, billOf } from './bill';
import { whyNotHttp } from './http-service';
import { type Billed, type LoadBalancer, type Reach, nameOf } from './load-balancer';
import { type Range, exactly, range, sum } from './money';
import type { PriceList } from './prices';

/** The same services with one front for all that could stand behind one: an external one, and an internal one for the internal ones. */
export interface Together {
  /** Load balancers that would be given up; what is internal must not end up behind the external front. */
  readonly moves: Readonly<Record<Reach, readonly string[]>>;
  /** Fronts that are there already and take all of their reach. */
  readonly there: readonly { readonly reach: Reach; readonly name: string }[];
  /** Services that keep their load balancer, and why. */
  readonly stays: readonly { readonly name: string; readonly why: string }[];
  readonly alternatives: readonly Alternative[];
  /** Kinds of front that the list has no price for in this region. */
  readonly withoutPrice: readonly string[];
}

/** One kind of front, and what all load balancers would cost with it. */
export interface Alternative {
  /**
   * `there`: fronts that are there already; `controller`: one that runs in the cluster; `gke-gateway`: one of GKE's, shared by the
   * namespaces; `gke-ingress`: GKE's own, one for each namespace, because an Ingress sends to Services of its own alone.
   */
  readonly front: 'there' | 'controller' | 'gke-gateway' | 'gke-ingress';
  readonly what: string;
  readonly rules: Range;
  readonly month: Range;
  /** How much less than now, at the same end of each range; negative when it is more. */
  readonly saves: Range;
}

/** Load balancers of one reach that could be one. */
interface Group {
  readonly reach: Reach;
  /** The front that is there and could take all; it stays. */
  readonly there: LoadBalancer | undefined;
  /** Empty where there is nothing to put together. */
  readonly moving: readonly LoadBalancer[];
}

/** @returns undefined when no two load balancers could be one */
export function togetherOf(now: Bill<LoadBalancer>, prices: PriceList, region: string): Together | undefined {
  const all = now.rows.map(({ loadBalancer }) => loadBalancer);
  const groups = (['external', 'internal'] as const).map((reach) => groupOf(all, reach)).filter(({ moving }) => moving.length > 0);
  if (groups.length === 0) return undefined;
  const moving = new Set(groups.flatMap((group) => group.moving));
  const left = all.filter((one) => !moving.has(one));
  const kinds = kindsOf(groups.filter(({ there }) => there === undefined), prices).map(({ front, what, fronts }) => ({ front, what, after: billOf<Billed>([...left, ...fronts], prices, region) }));
  const namesOf = (reach: Reach): readonly string[] => [...moving].filter((one) => one.reach === reach).map(nameOf);
  return {
    moves: { external: namesOf('external'), internal: namesOf('internal') },
    there: groups.flatMap(({ reach, there }) => (there === undefined ? [] : [{ reach, name: nameOf(there) }])),
    stays: left.flatMap((one) => (one.service === undefined || one.takes !== 'nothing' ? [] : [{ name: nameOf(one), why: whyNotHttp(one.service) ?? `it is the only ${one.reach} one for HTTP` }])),
    alternatives: kinds.filter(({ after }) => after.unpriced.length === 0).map(({ front, what, after }) => ({
      front, what,
      rules: sum(after.rows.map(({ loadBalancer }) => loadBalancer.rules)),
      month: after.total,
      saves: range((end) => now.total[end] - after.total[end]),
    })),
    withoutPrice: kinds.filter(({ after }) => after.unpriced.length > 0).map(({ what }) => what),
  };
}

/** What could be one: all that is for HTTP, but the Services of controllers, which stay. */
function groupOf(all: readonly LoadBalancer[], reach: Reach): Group {
  const here = all.filter((one) => one.reach === reach);
  const could = here.filter(({ takes, service }) => service === undefined || (takes === 'nothing' && whyNotHttp(service) === undefined));
  const there = here.filter((front) => could.every((one) => one === front || canTake(front, one))).sort(byPreference)[0];
  const moving = could.filter((one) => one !== there);
  return { reach, there, moving: there !== undefined || moving.length > 1 ? moving : [] };
}

function canTake({ takes, namespace }: LoadBalancer, one: LoadBalancer): boolean {
  return takes === 'everything' || (takes === 'namespace' && namespace === one.namespace);
}

/** A controller's Service, which stays anyway, before a Gateway, and that before an Ingress; of two alike the one with more rules. */
function byPreference(a: LoadBalancer, b: LoadBalancer): number {
  const order = ['Service', 'Gateway', 'Ingress'];
  return order.indexOf(a.kind) - order.indexOf(b.kind) || b.rules.most - a.rules.most;
}

/** The kinds of front for groups that have none there, each with the fronts it takes. */
function kindsOf(groups: readonly Group[], { counts }: PriceList): readonly (Pick<Alternative, 'front' | 'what'> & { readonly fronts: readonly Billed[] })[] {
  if (groups.length === 0) return [{ front: 'there', what: 'what is there', fronts: [] }];
  const controller = { front: 'controller', what: 'one controller for all (its pods not counted)', fronts: groups.map(() => serviceFront) } as const;
  if (counts === 'services') return [controller];
  const gateway = { front: 'gke-gateway', what: 'one GKE Gateway for all', fronts: groups.map(({ reach }) => gkeFront(reach)) } as const;
  const ingresses = groups.flatMap(ingressesOf);
  // Each namespace has its Ingress and nothing else: as it is now.
  if (groups.every(({ moving }) => moving.every((one) => ingresses.includes(one)))) return [controller, gateway];
  const each = groups.length > 1 ? 'each namespace, external and internal' : 'each namespace';
  const what = ingresses.length > groups.length ? `a GKE Ingress for ${each} (${ingresses.length})` : 'a GKE Ingress';
  return [controller, gateway, { front: 'gke-ingress', what, fronts: ingresses }];
}

/** One for each namespace: one that is there, else a new one. */
function ingressesOf({ reach, moving }: Group): readonly Billed[] {
  const namespaces = [...new Set(moving.map(({ namespace }) => namespace))];
  return namespaces.map((namespace) => moving.filter((one) => one.kind === 'Ingress' && one.namespace === namespace).sort(byPreference)[0] ?? gkeFront(reach));
}

const serviceFront: Billed = { scope: 'regional', rules: exactly(1), proxies: false };

/** GKE's Ingress and its Gateway have the same load balancers, here with a rule for http and one for https. */
function gkeFront(reach: Reach): Billed {
  return reach === 'external' ? { scope: 'global', rules: exactly(2), proxies: false } : { scope: 'regional', rules: { least: 0, most: 2 }, proxies: true };
}

/** Is a new front of GKE's for that reach among the alternatives? */
export function hasGkeFront({ moves, there, alternatives }: Together, reach: Reach): boolean {
  return moves[reach].length > 0 && !there.some((one) => one.reach === reach) && alternatives.some(({ front }) => front.startsWith('gke-'));
}

/** What one more Service of type LoadBalancer would add. */
export function oneMore({ rows, total }: Bill<LoadBalancer>, prices: PriceList, region: string): Range {
  const after = billOf<Billed>([...rows.map(({ loadBalancer }) => loadBalancer), serviceFront], prices, region);
  return range((end) => after.total[end] - total[end]);
}
