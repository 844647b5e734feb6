import type { World } from '../explain';
import type { Pod } from '../explain/world/pods';
import { at, fields, list, text } from '../manifest/fields';
import { aMonth } from './money';
import type { RegionPrices } from './prices';

/** What the pods of an Ingress or Gateway controller request of the nodes. */
export interface Capacity {
  /** Such as Traefik. */
  readonly controller: string;
  readonly pods: number;
  /** vCPU. */
  readonly cpu: number;
  /** GiB. */
  readonly memory: number;
  /** Hundredths a month; null where the list has no price of nodes. */
  readonly month: number | null;
}

/** Controllers in the cluster, which a load balancer of their own does not pay for. */
export function capacityOf({ controllers }: World, { nodes }: RegionPrices): readonly Capacity[] {
  const names = [...new Set(controllers.map(({ kind }) => kind.name))].sort();
  return names.map((controller): Capacity => {
    const pods = [...new Set(controllers.filter(({ kind }) => kind.name === controller).map(({ pod }) => pod))];
    const number = (pod: Pod): number => pod.replicas ?? 1;
    const cpu = total(pods, (pod) => number(pod) * requested(pod, 'cpu'));
    const memory = total(pods, (pod) => number(pod) * requested(pod, 'memory')) / 2 ** 30;
    return { controller, pods: total(pods, number), cpu, memory, month: nodes === undefined ? null : aMonth(cpu * nodes.vcpu.amount + memory * nodes.memory.amount) };
  });
}

function total(pods: readonly Pod[], of: (pod: Pod) => number): number {
  return pods.reduce((sum, pod) => sum + of(pod), 0);
}

function requested({ spec }: Pod, resource: 'cpu' | 'memory'): number {
  return list(spec['containers']).reduce<number>((sum, container) => {
    const value = at(fields(container), 'resources', 'requests', resource);
    return sum + quantity(typeof value === 'number' ? String(value) : text(value) ?? '0');
  }, 0);
}

const suffixes: Readonly<Record<string, number>> = {
  m: 1e-3, '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40,
};

/** A quantity (resource.Quantity) as a number; what is none counts as nothing. */
function quantity(value: string): number {
  const [, number, suffix] = /^(\d+(?:\.\d+)?)([A-Za-z]*)$/.exec(value) ?? [];
  return Number(number ?? 0) * (suffixes[suffix ?? ''] ?? 0);
}
