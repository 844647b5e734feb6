import type { Pod } from '../world/pods';
import type { Service } from '../world/services';
import type { World } from '../world/world';

/** What a name means to cluster DNS. */
export type Meaning =
  | { readonly kind: 'service'; readonly service: Service }
  /** `web-0.web.shop`: one pod of a headless Service. */
  | { readonly kind: 'pod'; readonly pod: Pod; readonly service: Service }
  /** A cluster name that nothing in the input has; `sure` when the suffix says so. */
  | { readonly kind: 'missing'; readonly name: string; readonly namespace: string; readonly sure: boolean }
  | { readonly kind: 'outside' };

/** Resolves a name as a pod of `namespace` does: its search list (its namespace, svc, the cluster's domain), then as it is. */
export function meaningOf(world: World, host: string, namespace: string): Meaning {
  const name = host.replace(/\.$/, '');
  const domain = world.profile.clusterDomain ?? 'cluster.local';
  const suffix = [`.svc.${domain}`, '.svc'].find((end) => name.endsWith(end));
  const labels = (suffix === undefined ? name : name.slice(0, -suffix.length)).split('.');
  if (suffix !== undefined) return qualified(world, labels) ?? { kind: 'missing', name: labels.at(-2) ?? labels[0] ?? '', namespace: labels.length > 1 ? labels.at(-1) ?? '' : namespace, sure: true };
  const [first = '', second = ''] = labels;
  if (labels.length === 1) {
    const service = world.services.get(`${namespace}/${first}`);
    return service !== undefined ? { kind: 'service', service } : { kind: 'missing', name: first, namespace, sure: true };
  }
  // ndots:5 tries the search list first: `a.b` is pod a of the headless Service b next door before it is Service a of namespace b.
  const nextDoor = world.services.get(`${namespace}/${second}`);
  const pod = labels.length === 2 && nextDoor !== undefined ? podOf(world, nextDoor, first) : undefined;
  if (pod !== undefined && nextDoor !== undefined) return { kind: 'pod', pod, service: nextDoor };
  const found = qualified(world, labels);
  if (found !== undefined) return found;
  if (labels.length === 2 && (world.namespacesSeen.has(second) || !isPublic(second))) return { kind: 'missing', name: first, namespace: second, sure: world.namespacesSeen.has(second) };
  return { kind: 'outside' };
}

function qualified(world: World, labels: readonly string[]): Meaning | undefined {
  if (labels.length === 2) {
    const service = world.services.get(`${labels[1]}/${labels[0]}`);
    return service === undefined ? undefined : { kind: 'service', service };
  }
  if (labels.length !== 3) return undefined;
  const service = world.services.get(`${labels[2]}/${labels[1]}`);
  const pod = service === undefined ? undefined : podOf(world, service, labels[0] ?? '');
  return pod === undefined || service === undefined ? undefined : { kind: 'pod', pod, service };
}

/** DNS names a pod under a headless Service that selects it and is its subdomain. */
function podOf(world: World, service: Service, hostname: string): Pod | undefined {
  if (!service.headless || service.selector === null) return undefined;
  return world.pods.withAll(service.namespace, service.selector).find((pod) => pod.replicas !== 0
    && (pod.hostname === hostname || (pod.live && pod.name === hostname)) && (pod.subdomain === undefined || pod.subdomain === service.name));
}

/** Ends of names of the internet; another last label of two is rather a namespace. */
function isPublic(label: string): boolean {
  return /^(com|org|net|io|dev|app|co|edu|gov|mil|int|info|biz|cloud|ai|me|xyz|tech|local|internal|lan|home|test|example|[a-z]{2})$/.test(label);
}
