import { at, strings, text } from '../manifest/fields';
import { apiGroup, type KubeObject } from '../manifest/object';
import type { Platform } from '../model/platform';

/** How long Pulumi waits for an object to be ready, and to be gone; durations as Pulumi writes them. */
export interface Timeouts {
  /** E.g. `5m`. */
  readonly create: string;
  /** E.g. `5m`. */
  readonly update: string;
  /** E.g. `10m`. */
  readonly delete: string;
}

/** The provider reads the wish not to wait from an annotation and nowhere else. */
export const SKIP_AWAIT = 'pulumi.com/skipAwait';

/** Long enough for a large image, short enough that a crashing one is told of while somebody still looks. */
const PODS: Timeouts = { create: '5m', update: '5m', delete: '10m' };
/** Google's load balancers take minutes to come, and to go. */
const LOAD_BALANCER: Timeouts = { create: '10m', update: '10m', delete: '15m' };
const APPLICATION_LOAD_BALANCER: Timeouts = { create: '15m', update: '15m', delete: '15m' };

/** The limits for a kind that Pulumi waits for; none for the others, which are there as soon as they are accepted. */
export function timeoutsOf(object: KubeObject): Timeouts | undefined {
  switch (`${apiGroup(object.apiVersion)}/${object.kind}`) {
    case 'apps/Deployment': case 'apps/StatefulSet': case 'apps/DaemonSet': case 'batch/Job': case '/Pod': return PODS;
    case '/Service': return at(object, 'spec', 'type') === 'LoadBalancer' ? LOAD_BALANCER : PODS;
    case '/Namespace': return { create: '1m', update: '1m', delete: '15m' };
    // Of a kind that it does not know Pulumi waits for the end alone: a Gateway's load balancer takes as long to go as an Ingress's.
    case 'networking.k8s.io/Ingress': case 'gateway.networking.k8s.io/Gateway': return APPLICATION_LOAD_BALANCER;
    default: return undefined;
  }
}

/** Whether Pulumi would wait here for an address that nobody will ever write. */
export function waitsInVain(object: KubeObject, platform: Platform, fronts: Fronts): boolean {
  switch (`${apiGroup(object.apiVersion)}/${object.kind}`) {
    case '/Service': return at(object, 'spec', 'type') === 'LoadBalancer' && !platform.loadBalancer.provided;
    case 'networking.k8s.io/Ingress': return !isGoogles(object, platform) && !(fronts.haveLoadBalancer && platform.loadBalancer.provided);
    default: return false;
  }
}

/** What is known of the ingress controllers that come along. */
export interface Fronts {
  /** One of them has a load balancer, whose address it copies to its Ingresses. Node ports have none to copy. */
  readonly haveLoadBalancer: boolean;
}

function isGoogles(ingress: KubeObject, platform: Platform): boolean {
  const name = strings(ingress.metadata.annotations)['kubernetes.io/ingress.class'];
  const unclassed = name === undefined && text(at(ingress, 'spec', 'ingressClassName')) === undefined;
  return platform.type === 'gke' && (unclassed || name?.startsWith('gce') === true);
}
