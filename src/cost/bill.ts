import type { Billed } from './load-balancer';
import { type End, type Range, aMonth, nothing, share, sum } from './money';
import type { PriceList, RegionPrices, RulePrices } from './prices';

/** A load balancer and its part of the bill, a month. */
export interface Row<T extends Billed> {
  readonly loadBalancer: T;
  readonly month: Range;
}

/** What load balancers of one project cost together, a month. The rows add up to it. */
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
  const global = ruleParts(priced.filter(({ scope }) => scope === 'global'), prices.global.rules, prices);
  const regional = ruleParts(priced.filter(({ scope }) => scope === 'regional'), here.rules, prices);
  const shared = proxyParts(priced.filter(({ proxies }) => proxies), here);
  const rows = priced.map((loadBalancer): Row<T> => ({ loadBalancer, month: sum([global, regional, shared].map((parts) => parts.get(loadBalancer) ?? nothing)) }));
  return { rows, total: sum(rows.map(({ month }) => month)), unpriced: loadBalancers.filter((one) => !priced.includes(one)) };
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

type Parts = ReadonlyMap<Billed, Range>;

function ruleParts(loadBalancers: readonly Billed[], rules: RulePrices, { firstRules }: PriceList): Parts {
  const at = (end: End): readonly number[] => {
    const counts = loadBalancers.map((one) => one.rules[end]);
    return share(rulesAMonth(counts.reduce((all, count) => all + count, 0), rules, firstRules, end), counts);
  };
  return partsOf(loadBalancers, at('least'), at('most'));
}

function proxyParts(loadBalancers: readonly Billed[], { proxies }: RegionPrices): Parts {
  const all = proxies === undefined || loadBalancers.length === 0 ? 0 : aMonth(proxies.least * proxies.each.amount);
  const parts = share(all, loadBalancers.map(() => 1));
  return partsOf(loadBalancers, parts, parts);
}

function partsOf(loadBalancers: readonly Billed[], least: readonly number[], most: readonly number[]): Parts {
  return new Map(loadBalancers.map((one, index) => [one, { least: least[index] ?? 0, most: most[index] ?? 0 }]));
}
