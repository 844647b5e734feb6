import { regionOf } from './bill';
import type { Cost } from './cost';
import type { Reach } from './load-balancer';
import type { PriceList, PriceSource } from './prices';
import { hasGkeFront } from './together';

/** Where the prices that some sums are made of were read, each place once. */
export function usedSources(costs: readonly Cost[], prices: PriceList, region: string): readonly PriceSource[] {
  const here = regionOf(prices, region);
  const loadBalancers = costs.flatMap(({ rows }) => rows.map(({ loadBalancer }) => loadBalancer));
  const fronts = (reach: Reach): boolean => costs.some(({ together }) => together !== undefined && hasGkeFront(together, reach));
  const used = [
    here.rules.first, here.rules.additional, here.dataProcessed,
    ...fronts('external') || loadBalancers.some(({ scope }) => scope === 'global') ? [prices.global.rules.first, prices.global.rules.additional] : [],
    ...here.proxies !== undefined && (fronts('internal') || loadBalancers.some(({ proxies }) => proxies)) ? [here.proxies.each] : [],
    ...here.nodes !== undefined && costs.some(({ capacity }) => capacity.length > 0) ? [here.nodes.vcpu, here.nodes.memory] : [],
    ...prices.clusterFee === undefined ? [] : [prices.clusterFee],
  ];
  return [...new Set(used.map(({ source }) => source))].flatMap((source) => prices.sources[source] ?? []);
}
