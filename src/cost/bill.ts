import type { Billed } from './load-balancer';
import { type End, type Range, aMonth, exactly, nothing, range, sum, whole } from './money';
import type { PriceList, RegionPrices, RulePrices } from './prices';

/** A load balancer and its part of the bill, a month. */
export interface Row<T extends Billed> {
  readonly loadBalancer: T;
  readonly month: Range;
}

/** What load balancers of one project cost together, a month. Equal ones have equal rows, so rounding may leave their sum a little off the total. */
export interface Bill<T extends Billed> {
  readonly rows: readonly Row<T>[];
  readonly total: Range;
  /** Those that run on proxies, where the list has no price of these; they are no rows. */
  readonly unpriced: readonly T[];
}

/** Prices load balancers: forwarding rules counted together by scope, and the proxies that internal ones share. Each has its part, by its rules. */
export function billOf<T extends Billed>(loadBalancers: readonly T[], prices: PriceList, region: string): Bill<T> {
  const here = regionOf(prices, region);
  const priced = loadBalancers.filter(({ proxies }) => !proxies || here.proxies !== undefined);
  const pools = [
    rulesPool(priced.filter(({ scope }) => scope === 'global'), prices.global.rules, prices),
    rulesPool(priced.filter(({ scope }) => scope === 'regional'), here.rules, prices),
    proxiesPool(priced.filter(({ proxies }) => proxies), here),
  ];
  return {
    rows: priced.map((loadBalancer): Row<T> => {
      const parts = sum(pools.map((pool) => partOf(loadBalancer, pool)));
      return { loadBalancer, month: range((end) => whole(parts[end])) };
    }),
    total: sum(pools.map(({ month }) => month)),
    unpriced: loadBalancers.filter((one) => !priced.includes(one)),
  };
}

/** @throws Error when the list does not have the region, which whoever takes it from a user has looked at */
export function regionOf({ regions }: PriceList, region: string): RegionPrices {
  const found = Object.hasOwn(regions, region) ? regions[region] : undefined;
  if (found === undefined) throw new Error(`The price list has no region ${region}.`);
  return found;
}

/** What so many rules cost a month, at that end of what `firstRules` leaves open. */
export function rulesAMonth(count: number, { included, first, additional }: RulePrices, reading: PriceList['firstRules'], end: End): number {
  const together = reading === 'together' || (reading === 'unclear' && end === 'least');
  const firstOnes = together ? Math.min(count, 1) : Math.min(count, included);
  return aMonth(firstOnes * first.amount + Math.max(count - included, 0) * additional.amount);
}

/** One amount for several load balancers, and the weight that each has in it. */
interface Pool {
  readonly month: Range;
  readonly weights: ReadonlyMap<Billed, Range>;
  /** All weights together. */
  readonly weight: Range;
}

function rulesPool(loadBalancers: readonly Billed[], prices: RulePrices, { firstRules }: PriceList): Pool {
  const weight = sum(loadBalancers.map(({ rules }) => rules));
  return { month: range((end) => rulesAMonth(weight[end], prices, firstRules, end)), weights: new Map(loadBalancers.map((one) => [one, one.rules])), weight };
}

function proxiesPool(loadBalancers: readonly Billed[], { proxies }: RegionPrices): Pool {
  const month = proxies === undefined || loadBalancers.length === 0 ? 0 : aMonth(proxies.least * proxies.each.amount);
  return { month: exactly(month), weights: new Map(loadBalancers.map((one) => [one, exactly(1)])), weight: exactly(loadBalancers.length) };
}

/** Not rounded. */
function partOf(loadBalancer: Billed, { month, weights, weight }: Pool): Range {
  const own = weights.get(loadBalancer) ?? nothing;
  return range((end) => (own[end] === 0 ? 0 : (month[end] * own[end]) / weight[end]));
}
