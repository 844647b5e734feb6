import { openPorts } from '../explain/hops/gke-ingress';
import { whoServes } from '../explain/hops/ingress-class';
import type { Ingress } from '../explain/world/ingresses';
import type { World } from '../explain/world/world';
import type { Counted, LoadBalancer } from './load-balancer';
import type { PriceList } from './prices';

type Kind = Pick<LoadBalancer, 'what' | 'reach' | 'scope' | 'proxies'>;

/** GKE's classes, by the annotation `kubernetes.io/ingress.class`; without it, and without a class, GKE makes the first. */
const external: Kind = { what: 'global application', reach: 'external', scope: 'global', proxies: false };
const gkeClasses: ReadonlyMap<string, Kind> = new Map([
  ['gce', external],
  ['gce-internal', { what: 'internal application', reach: 'internal', scope: 'regional', proxies: true }],
  ['gce-regional-external', { what: 'regional application', reach: 'external', scope: 'regional', proxies: false }],
]);

/** What stands in front of an Ingress: a load balancer where it is GKE's own; one of a controller in the cluster is its Service's. */
export function countIngress(ingress: Ingress, world: World, counts: PriceList['counts']): Counted {
  const { namespace, name, manifest } = ingress;
  const { kind, running, nobody } = whoServes(world, ingress);
  if (nobody !== undefined) return { note: `No load balancer: ${nobody.message}` };
  if (running !== undefined) return undefined;
  const unpriced = (why: string): Counted => ({ unpriced: { kind: 'Ingress', namespace, name, why } });
  if (kind?.id !== 'gce') {
    const who = kind?.name ?? ingress.className ?? ingress.classAnnotation ?? 'a controller';
    return unpriced(kind?.managed === true
      ? `Ingress ${namespace}/${name} has a load balancer of ${who}, which is not in these prices.`
      : `Ingress ${namespace}/${name} is served by ${who}, which is not in the input; what stands in front of it is not counted.`);
  }
  if (world.platform !== 'gke' || counts === 'services') return unpriced(`Ingress ${namespace}/${name} has a load balancer of GKE's, which is not in these prices.`);
  const { length: number } = openPorts(ingress);
  const front = gkeClasses.get(ingress.classAnnotation ?? '') ?? external;
  // The pages price the rules of other load balancers and leave these to the section on proxies, which names none.
  return { kind: 'Ingress', namespace, name, manifest, ...front, rules: { least: front.proxies ? 0 : number, most: number }, takes: 'namespace' };
}
