import type { Pod } from '../../explain/world/pods';
import { append } from '../../explain/world/labels';
import type { World } from '../../explain/world/world';
import { referencesOf } from '../../explain/world/references';
import type { GraphRow, PodPlace } from '../graph';
import { policyTexts } from './policies';
import { type Sketch, columns, rowWhere } from './sketch';

export function workloadId({ workload }: Pod): string {
  return `${workload.kind}/${workload.namespace}/${workload.name}`;
}

/** A card for each workload, with the ports its containers declare and, in a live cluster, the nodes its pods are on. */
export function addWorkloads(sketch: Sketch, world: World): void {
  const groups = new Map<string, Pod[]>();
  for (const pod of world.allPods) append(groups, workloadId(pod), pod);
  const controllers = new Set(world.controllers.map(({ pod }) => workloadId(pod)));
  const owners = new Map(world.manifests.objects.map((manifest) => [`${manifest.object.kind}/${manifest.object.metadata.namespace ?? ''}/${manifest.object.metadata.name}`, manifest]));
  for (const [id, pods] of groups) {
    const [first] = pods;
    if (first === undefined || (comesAndGoes(first) && referencesOf(first).length === 0)) continue;
    const { workload } = first;
    const live = pods.every((pod) => pod.live);
    sketch.add({
      id, kind: 'workload', title: workload.name, namespace: workload.namespace,
      caption: [workload.kind, live ? count(pods.length, 'pod') : replicasText(pods)].filter((part) => part !== '').join(' · '),
      column: controllers.has(id) ? columns.frontWorkload : columns.workload,
      rows: portsOf(pods).map(({ number, name, protocol }): GraphRow => ({ text: `:${number}`, note: [name ?? '', protocol === 'TCP' ? '' : protocol].join(' ').trim() })),
      places: live ? placesOf(pods) : [],
      several: live ? pods.length > 1 : pods.some(({ replicas }) => replicas === null || replicas > 1) || pods.length > 1,
      policies: policyTexts(world, first),
      objects: [...new Set([owners.get(id) ?? first.manifest, ...pods.map(({ manifest }) => manifest)])],
    });
    for (const { namespace, name } of pods) sketch.standIns.set(`Pod/${namespace}/${name}`, id);
  }
}

/** The row of a port on a workload's card. */
export function portRow(world: World, pod: Pod, port: number): number | undefined {
  return rowWhere(portsOf(world.podsByName.get(`${pod.namespace}/${pod.workload.name}`) ?? [pod]), ({ number }) => number === port);
}

function comesAndGoes({ workload }: Pod): boolean {
  return workload.kind === 'Job' || workload.kind === 'CronJob';
}

function portsOf(pods: readonly Pod[]) {
  const ports = pods.flatMap(({ containers }) => containers.flatMap((container) => container.ports));
  return [...new Map(ports.map((port) => [`${port.number}/${port.protocol}`, port])).values()];
}

function replicasText(pods: readonly Pod[]): string {
  if (pods.some(({ replicas }) => replicas === null)) return pods[0]?.workload.kind === 'DaemonSet' ? 'on every node' : 'scaled';
  const replicas = pods.reduce((sum, pod) => sum + (pod.replicas ?? 0), 0);
  return pods[0]?.workload.kind === 'Pod' ? '' : count(replicas, 'replica');
}

function placesOf(pods: readonly Pod[]): PodPlace[] {
  const nodes = [...new Set(pods.map(({ node }) => node ?? 'not on a node yet'))].sort();
  return nodes.map((node) => {
    const here = pods.filter((pod) => (pod.node ?? 'not on a node yet') === node);
    const ready = here.filter((pod) => pod.ready !== false && !pod.terminating).length;
    return { node, ready, notReady: here.length - ready };
  });
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
