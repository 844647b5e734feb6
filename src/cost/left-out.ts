import { amountText } from './amounts';
import { regionOf } from './bill';
import type { CostOptions } from './cost';
import { aMonth } from './money';

/** What the sums do not have in them. */
export function leftOut({ prices, region, gib = 0 }: CostOptions): readonly string[] {
  const { dataProcessed, nodes } = regionOf(prices, region);
  const { clusterFee, currency, counts } = prices;
  return [
    ...gib > 0 ? [] : [`data that load balancers pass on: ${dataProcessed.amount} ${currency} a GiB behind any number of them; --gib counts it`],
    'data out to the internet, often the larger part',
    nodes === undefined ? "nodes, and what a controller's pods take of them" : "nodes, but for what a controller's pods request",
    ...clusterFee === undefined ? [] : [`the cluster's own fee: ${amountText(aMonth(clusterFee.amount))} ${currency} whatever stands in it, unless a free tier covers it`],
    counts === 'gke' ? 'external addresses: free while a forwarding rule uses them; a reserved one that nothing uses is charged' : 'external addresses',
    'other forwarding rules of the project and region: they share the price of the first ones, and each environment is priced as if alone',
    'NAT, firewalls and DDoS protection, CDN, certificates, DNS, logs',
    'taxes, discounts, commitments and credits',
  ];
}
