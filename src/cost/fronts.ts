import type { World } from '../explain';
import { countGateway } from './gateway-balancer';
import { countIngress } from './ingress-balancer';
import { type Counted, type LoadBalancer, type Unpriced, nameOf } from './load-balancer';
import { otherCloud } from './other-cloud';
import type { PriceList } from './prices';
import { countService } from './service-balancer';

/** Every load balancer that the objects of a world make somebody bill. */
export interface Fronts {
  readonly loadBalancers: readonly LoadBalancer[];
  readonly unpriced: readonly Unpriced[];
  readonly notes: readonly string[];
}

/** Platforms on the own machine, where whatever makes load balancers does it for nothing. */
const free: ReadonlySet<string | undefined> = new Set(['kind', 'minikube', 'docker-desktop']);

/** Looks for them, in an order that does not hang on the order of the input. */
export function frontsOf(world: World, counts: PriceList['counts']): Fronts {
  if (free.has(world.platform)) {
    return { loadBalancers: [], unpriced: [], notes: [`Nobody bills load balancers on ${world.platform}: there is nothing to price.`] };
  }
  const other = world.platform === undefined && counts === 'gke' ? otherCloud(world) : undefined;
  const placed: World = { ...world, platform: world.platform ?? (other === undefined ? 'gke' : 'bare') };
  const counted: readonly Counted[] = [
    ...[...world.services.values()].map((service) => countService(service, placed, counts)),
    ...world.ingresses.map((ingress) => countIngress(ingress, placed, counts)),
    ...[...world.gateways.values()].map((gateway) => countGateway(gateway, placed, counts)),
  ];
  const loadBalancers = counted.flatMap((one) => (one !== undefined && 'rules' in one ? [one] : [])).sort(byName);
  const unpriced = counted.flatMap((one) => (one !== undefined && 'unpriced' in one ? [one.unpriced] : [])).sort(byName);
  const notes = counted.flatMap((one) => (one !== undefined && 'note' in one ? [one.note] : [])).sort();
  const guessed = world.platform === undefined && counts === 'gke' && loadBalancers.length + unpriced.length > 0;
  return { loadBalancers, unpriced, notes: [...guessed ? [other ?? 'No platform is given, so it is counted as on GKE; --platform says another.'] : [], ...notes] };
}

/** Services first, then Ingresses and Gateways, each by name. */
function byName(a: Pick<LoadBalancer, 'kind' | 'namespace' | 'name'>, b: Pick<LoadBalancer, 'kind' | 'namespace' | 'name'>): number {
  const order = ['Service', 'Ingress', 'Gateway'];
  return order.indexOf(a.kind) - order.indexOf(b.kind) || (nameOf(a) < nameOf(b) ? -1 : Number(nameOf(a) > nameOf(b)));
}
