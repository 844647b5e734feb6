import { refusedGateway } from '../explain/hops/gke-gateway';
import { controllerOfGatewayController } from '../explain/world/controllers';
import type { Gateway } from '../explain/world/gateways';
import type { Service } from '../explain/world/services';
import type { World } from '../explain/world/world';
import type { Counted, LoadBalancer } from './load-balancer';
import type { PriceList } from './prices';

type Kind = Pick<LoadBalancer, 'what' | 'reach' | 'scope' | 'proxies'>;

/** GKE's classes, each also with -mc for several clusters. */
const gkeClasses: ReadonlyMap<string, Kind> = new Map([
  ['gke-l7-global-external-managed', { what: 'global application', reach: 'external', scope: 'global', proxies: false }],
  ['gke-l7-gxlb', { what: 'global application (classic)', reach: 'external', scope: 'global', proxies: false }],
  ['gke-l7-regional-external-managed', { what: 'regional application', reach: 'external', scope: 'regional', proxies: false }],
  ['gke-l7-rilb', { what: 'internal application', reach: 'internal', scope: 'regional', proxies: true }],
  ['gke-l7-cross-regional-internal-managed', { what: 'internal application, across regions', reach: 'internal', scope: 'global', proxies: true }],
]);

/** What stands in front of a Gateway: a load balancer where it is GKE's own; one of a controller in the cluster is its Service's. */
export function countGateway(gateway: Gateway, world: World, counts: PriceList['counts']): Counted {
  const { namespace, name, manifest, className } = gateway;
  const unpriced = (why: string): Counted => ({ unpriced: { kind: 'Gateway', namespace, name, why } });
  const front = gkeClasses.get(className.replace(/-mc$/, ''));
  const controller = controllerOfGatewayController(world.gatewayClasses.get(className) ?? '');
  if (front === undefined && controller?.id !== 'gce') {
    return inTheCluster(gateway, world) ? undefined : unpriced(`Gateway ${namespace}/${name} is of class ${className || '(none)'}, whose controller is not in the input; what stands in front of it is not counted.`);
  }
  if (world.platform !== 'gke' || counts === 'services') return unpriced(`Gateway ${namespace}/${name} has a load balancer of GKE's, which is not in these prices.`);
  const refused = refusedGateway(gateway);
  if (refused !== undefined) return { note: `No load balancer: ${refused.message}` };
  if (front === undefined) return unpriced(`Gateway ${namespace}/${name} is of class ${className}, of which it is not known what load balancer it makes.`);
  const ports = new Set(gateway.listeners.map(({ port }) => port)).size;
  if (ports === 0) return { note: `No load balancer: Gateway ${namespace}/${name} has no listener.` };
  return { kind: 'Gateway', namespace, name, manifest, ...front, rules: { least: front.proxies ? 0 : ports, most: ports }, takes: 'everything' };
}

/** The Gateway that a controller has made a Service for, by the label that the Gateway API gives it. */
export function gatewayNameOf({ manifest }: Service): string | undefined {
  return manifest.object.metadata.labels?.['gateway.networking.k8s.io/gateway-name'];
}

/** Its controller runs in the input, or has made a Service for it. */
function inTheCluster({ namespace, name, className }: Gateway, { controllers, gatewayClasses, services }: World): boolean {
  const controllerName = gatewayClasses.get(className);
  return controllers.some(({ kind }) => kind.gatewayController !== undefined && (kind.gatewayController === controllerName || kind.classNames.includes(className)))
    || [...services.values()].some((service) => service.namespace === namespace && gatewayNameOf(service) === name);
}
