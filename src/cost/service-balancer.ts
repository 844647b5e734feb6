import { type Service, serviceText } from '../explain/world/services';
import { selectsPod } from '../explain/hops/front';
import type { World } from '../explain/world/world';
import { gatewayNameOf } from './gateway-balancer';
import type { Counted, Reach } from './load-balancer';
import { exactly, type Range } from './money';
import type { PriceList } from './prices';

/** GKE's own classes of a Service's load balancer. */
const gkeClasses: ReadonlyMap<string, Reach> = new Map([
  ['networking.gke.io/l4-regional-external', 'external'], ['networking.gke.io/l4-regional-internal', 'internal'],
]);

/** What stands in front of a Service of type LoadBalancer; other types have none. */
export function countService(service: Service, world: World, counts: PriceList['counts']): Counted {
  if (service.type !== 'LoadBalancer') return undefined;
  const { namespace, name, manifest, loadBalancerClass } = service;
  const unpriced = (why: string): Counted => ({ unpriced: { kind: 'Service', namespace, name, why } });
  const controller = controllerOf(service, world);
  const takes = controller === undefined && gatewayNameOf(service) === undefined ? 'nothing' : 'everything';
  const role = controller === undefined ? '' : `, for ${controller}`;
  if (counts === 'services') {
    return { kind: 'Service', namespace, name, manifest, what: `load balancer${role}`, reach: reachOf(service), scope: 'regional', rules: exactly(1), proxies: false, takes, service };
  }
  if (world.platform !== 'gke') return unpriced(`Service ${serviceText(service)} has a load balancer of its own, which here is not Google's.`);
  if (loadBalancerClass !== undefined && !gkeClasses.has(loadBalancerClass)) {
    return unpriced(`Service ${serviceText(service)} has a load balancer of class ${loadBalancerClass}, which is not GKE's.`);
  }
  const reach = reachOf(service);
  return { kind: 'Service', namespace, name, manifest, what: `${reach} passthrough${role}`, reach, scope: 'regional', rules: rulesOf(service), proxies: false, takes, service };
}

/** The Ingress or Gateway controller whose pods the Service leads to. */
function controllerOf(service: Service, { controllers }: World): string | undefined {
  return controllers.find(({ pod }) => selectsPod(service, pod))?.kind.name;
}

/** The class decides; without one GKE goes by the annotation, whose older key and spelling it still takes. */
function reachOf({ loadBalancerClass, annotations }: Service): Reach {
  if (loadBalancerClass !== undefined) return gkeClasses.get(loadBalancerClass) ?? 'external';
  const type = annotations['networking.gke.io/load-balancer-type'] ?? annotations['cloud.google.com/load-balancer-type'];
  return type === 'Internal' || type === 'internal' ? 'internal' : 'external';
}

/**
 * A forwarding rule for each IP family. With TCP and UDP in one Service, GKE's documentation had two for each family, and later
 * one that passes on everything (`L3_DEFAULT`). PreferDualStack has one family or two, as the cluster does.
 */
function rulesOf({ spec, ports }: Service): Range {
  const policy = spec['ipFamilyPolicy'];
  const least = policy === 'RequireDualStack' ? 2 : 1;
  const most = policy === 'PreferDualStack' ? 2 : least;
  const protocols = new Set(ports.map(({ protocol }) => protocol)).size;
  return { least, most: most * Math.max(protocols, 1) };
}
