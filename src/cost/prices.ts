import googleCloud from './prices/google-cloud.json';
import { readPrices } from './read-prices';

/** What a price is for one of. */
export type Unit = 'hour' | 'GiB' | 'vCPU-hour' | 'GiB-hour';

/** A price and where it was seen. */
export interface Price {
  /** In the currency of the list, before taxes; 0 or more. */
  readonly amount: number;
  readonly unit: Unit;
  /** A key of {@link PriceList.sources}. */
  readonly source: string;
}

/** Where prices were read. */
export interface PriceSource {
  /** The address of the page, or the name of the contract. */
  readonly page: string;
  /** The day on which it said so, as 2026-09-20. */
  readonly read: string;
  readonly note?: string;
}

/** Forwarding rules: the first ones at one price, each further one at another. */
export interface RulePrices {
  /** How many are the first ones, at least 1. */
  readonly included: number;
  readonly first: Price;
  readonly additional: Price;
}

/** What a region costs. */
export interface RegionPrices {
  readonly rules: RulePrices;
  /** A GiB that a load balancer passes on, request or response. */
  readonly dataProcessed: Price;
  /** Proxies that internal application load balancers of a region share: at least so many run. */
  readonly proxies?: { readonly least: number; readonly each: Price };
  /** Capacity of the nodes, for a controller's pods. */
  readonly nodes?: { readonly vcpu: Price; readonly memory: Price };
}

/**
 * A list of prices: `src/cost/prices/google-cloud.json`, or a user's own (`--prices`; schemas/prices.schema.json). Amounts are
 * before taxes and discounts unless the list's owner wrote them otherwise.
 */
export interface PriceList {
  readonly provider: string;
  /**
   * How load balancers are counted. `gke`: forwarding rules of Services, and of GKE's own Ingresses and Gateways. `services`: one
   * for each Service of type LoadBalancer, whatever its class.
   */
  readonly counts: 'gke' | 'services';
  /** ISO 4217, such as USD. */
  readonly currency: string;
  readonly defaultRegion: string;
  /**
   * Is the price of the first rules one for all of them `together`, or for `each`? Where it is `unclear` both are counted, as the
   * least and the most.
   */
  readonly firstRules: 'together' | 'each' | 'unclear';
  readonly sources: Readonly<Record<string, PriceSource>>;
  /** The cluster itself, whatever stands in it: named beside the sum, never in it. */
  readonly clusterFee?: Price;
  /** Load balancers that belong to no region. */
  readonly global: { readonly rules: RulePrices };
  readonly regions: Readonly<Record<string, RegionPrices>>;
}

/** The list that comes with ladder, as its file has it. */
export const publishedPrices: unknown = googleCloud;

/** Published list prices of Google Cloud. */
export function publishedPriceList(): PriceList {
  return readPrices(googleCloud, 'google-cloud.json');
}
