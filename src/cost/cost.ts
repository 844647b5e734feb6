import type { World } from '../explain';
import { type Row, billOf, regionOf } from './bill';
import { type Capacity, capacityOf } from './capacity';
import { frontsOf } from './fronts';
import { type LoadBalancer, type Unpriced, nameOf } from './load-balancer';
import { type Range, exactly, hundredths, sum } from './money';
import type { PriceList } from './prices';
import { type Together, oneMore, togetherOf } from './together';

/** What to price by. */
export interface CostOptions {
  readonly prices: PriceList;
  /** A region of the list. */
  readonly region: string;
  /**
   * GiB that all load balancers together pass on in a month, requests and responses.
   *
   * @default 0
   */
  readonly gib?: number;
}

/** What the load balancers of one cluster cost, as if nothing else were in its project. Money is in hundredths a month. */
export interface Cost {
  readonly rows: readonly Row<LoadBalancer>[];
  /** Data processed, where there is any. */
  readonly data: number;
  readonly capacity: readonly Capacity[];
  /** Everything above; not what is in `unpriced`. */
  readonly total: Range;
  /** What the list has no price for: then the total is not the whole. */
  readonly unpriced: readonly Unpriced[];
  readonly together: Together | undefined;
  /** What one more Service of type LoadBalancer would add; undefined where there is none yet. */
  readonly oneMore: Range | undefined;
  /** Sentences. */
  readonly notes: readonly string[];
}

/** What one environment, or some manifests, cost. */
export interface NamedCost {
  readonly name: string;
  readonly cost: Cost;
}

/** Prices the load balancers that the objects of a world make. */
export function costOf(world: World, { prices, region, gib = 0 }: CostOptions): Cost {
  const { loadBalancers, unpriced, notes } = frontsOf(world, prices.counts);
  const bill = billOf(loadBalancers, prices, region);
  const here = regionOf(prices, region);
  const some = bill.rows.length > 0;
  const data = some ? hundredths(gib * here.dataProcessed.amount) : 0;
  const capacity = some ? capacityOf(world, here) : [];
  return {
    rows: bill.rows, data, capacity,
    total: sum([bill.total, exactly(data), ...capacity.map(({ month }) => exactly(month ?? 0))]),
    unpriced: [...unpriced, ...bill.unpriced.map((one) => withoutProxyPrice(one, region))],
    together: togetherOf(bill, prices, region),
    oneMore: some ? oneMore(bill, prices, region) : undefined,
    notes,
  };
}

function withoutProxyPrice(one: LoadBalancer, region: string): Unpriced {
  const { kind, namespace, name } = one;
  return { kind, namespace, name, why: `${nameOf(one)} runs on proxies, whose price the list does not have for ${region}.` };
}
