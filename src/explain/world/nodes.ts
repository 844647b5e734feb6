import { at, fields, list, strings, text } from '../../manifest/fields';
import type { Manifest } from '../../manifest/read';
import type { PortMapping, Profile } from '../profile';
import { type Labels, type Selector, type Tri, hasAll, matches, parseSelector } from './labels';
import type { Pod } from './pods';

export interface Node {
  readonly name: string;
  readonly addresses: readonly string[];
  readonly labels: Labels;
  /** Keys of NoSchedule and NoExecute taints. */
  readonly taints: readonly string[];
  readonly ready: boolean;
  readonly portMappings: readonly PortMapping[];
  /** undefined when it comes from a profile or a kind config. */
  readonly manifest: Manifest | undefined;
}

const controlPlaneTaint = 'node-role.kubernetes.io/control-plane';

/** Nodes of a live dump are the truth; a profile or a kind config adds their port mappings, or stands for them. */
export function parseNodes(manifests: readonly Manifest[], profile: Profile): Node[] {
  const stated = new Map((profile.nodes ?? []).map((node) => [node.name, node]));
  const live = manifests.map((manifest): Node => {
    const { object } = manifest;
    const extra = stated.get(object.metadata.name);
    stated.delete(object.metadata.name);
    const addresses = list(at(object, 'status', 'addresses'))
      .filter((entry) => at(entry, 'type') !== 'Hostname')
      .flatMap((entry) => text(at(entry, 'address')) ?? []);
    const ready = list(at(object, 'status', 'conditions')).find((entry) => at(entry, 'type') === 'Ready');
    return {
      name: object.metadata.name, addresses: [...addresses, ...(extra?.addresses ?? [])],
      labels: { 'kubernetes.io/hostname': object.metadata.name, ...object.metadata.labels, ...extra?.labels },
      taints: list(at(object, 'spec', 'taints')).filter((taint) => at(taint, 'effect') !== 'PreferNoSchedule').flatMap((taint) => text(at(taint, 'key')) ?? []),
      ready: ready === undefined || at(ready, 'status') === 'True',
      portMappings: extra?.portMappings ?? [], manifest,
    };
  });
  // A kind config names nodes `kind-worker`; a dump of a cluster of another name has the same nodes in the same order.
  const rest = [...stated.values()];
  if (live.length > 0) {
    const mapped = rest.filter((node) => (node.portMappings ?? []).length > 0);
    return mapped.length === 0 ? live : live.map((node, index) => (index === 0 && node.portMappings.length === 0
      ? { ...node, portMappings: mapped.flatMap((entry) => entry.portMappings ?? []) } : node));
  }
  return rest.map((node) => ({
    name: node.name, addresses: node.addresses ?? [],
    labels: { 'kubernetes.io/hostname': node.name, 'kubernetes.io/os': 'linux', ...(node.controlPlane === true ? { [controlPlaneTaint]: '' } : {}), ...node.labels },
    taints: node.controlPlane === true ? [controlPlaneTaint] : [], ready: true, portMappings: node.portMappings ?? [], manifest: undefined,
  }));
}

/** May a pod run on a node? no is proved by nodeName, nodeSelector, required affinity or an untolerated taint. */
export function mayRunOn(pod: Pod, node: Node): boolean {
  if (pod.node !== undefined) return pod.node === node.name;
  if (!hasAll(node.labels, strings(pod.spec['nodeSelector']))) return false;
  const required = at(pod.spec, 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms');
  const terms = list(required).map(termSelector);
  if (terms.length > 0 && !terms.some((term) => matches(term, node.labels))) return false;
  return node.taints.every((taint) => tolerates(pod, taint));
}

function termSelector(term: unknown): Selector {
  return parseSelector({ matchExpressions: at(term, 'matchExpressions') }) ?? { requirements: [] };
}

function tolerates(pod: Pod, taint: string): boolean {
  if (pod.workload.kind === 'DaemonSet' && taint.startsWith('node.kubernetes.io/')) return true;
  return list(pod.spec['tolerations']).some((entry) => {
    const key = text(at(entry, 'key'));
    return key === undefined || key === '' ? at(entry, 'operator') === 'Exists' : key === taint;
  });
}

/** Is there a pod of this kind on the node: surely, surely not, or as the scheduler likes? */
export function runsOn(pod: Pod, node: Node, nodes: readonly Node[]): Tri {
  if (!mayRunOn(pod, node)) return 'no';
  if (pod.node !== undefined || pod.workload.kind === 'DaemonSet') return 'yes';
  const candidates = nodes.filter((candidate) => mayRunOn(pod, candidate));
  if (candidates.length <= 1) return 'yes';
  return pod.replicas !== null && pod.replicas >= candidates.length && spreads(pod) ? 'yes' : 'unknown';
}

/** Do its rules put no two replicas on one node while another is free? */
function spreads(pod: Pod): boolean {
  const hostname = 'kubernetes.io/hostname';
  const anti = list(at(pod.spec, 'affinity', 'podAntiAffinity', 'requiredDuringSchedulingIgnoredDuringExecution')).some((entry) => at(entry, 'topologyKey') === hostname);
  return anti || list(pod.spec['topologySpreadConstraints']).some((entry) => fields(entry)['topologyKey'] === hostname && at(entry, 'whenUnsatisfiable') !== 'ScheduleAnyway');
}
