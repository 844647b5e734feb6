import type { Manifest } from '../manifest/read';
import type { Service } from '../explain/world/services';
import type { Range } from './money';

/** What a load balancer is billed by. */
export interface Billed {
  /** Whose count of first forwarding rules it is in. */
  readonly scope: 'global' | 'regional';
  readonly rules: Range;
  /** It runs on proxies that internal application load balancers of a region share. */
  readonly proxies: boolean;
}

export type Reach = 'external' | 'internal';

/** An object that a provider makes a load balancer for, and bills. */
export interface LoadBalancer extends Billed {
  readonly kind: 'Service' | 'Ingress' | 'Gateway';
  readonly namespace: string;
  readonly name: string;
  readonly manifest: Manifest;
  /** What it is, for people. */
  readonly what: string;
  readonly reach: Reach;
  /**
   * Whose services could stand behind it: it routes by host and path, to those of its own `namespace` as an Ingress does, or of
   * `everything`, as a Gateway does and a controller.
   */
  readonly takes: 'nothing' | 'namespace' | 'everything';
  /** The Service, where it is one. */
  readonly service?: Service;
}

/** A load balancer that there is or may be, whose price the list does not have. */
export interface Unpriced {
  readonly kind: LoadBalancer['kind'];
  readonly namespace: string;
  readonly name: string;
  /** A sentence. */
  readonly why: string;
}

/** What one object comes to: a load balancer, one without a price, or none at all, sometimes with a word about it. */
export type Counted = LoadBalancer | { readonly unpriced: Unpriced } | { readonly note: string } | undefined;

/** `Service shop/blue`. */
export function nameOf({ kind, namespace, name }: Pick<LoadBalancer, 'kind' | 'namespace' | 'name'>): string {
  return `${kind} ${namespace}/${name}`;
}
