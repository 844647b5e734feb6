import { type Fields, at, fields, integer, list, strings, text } from '../../manifest/fields';
import type { Manifest } from '../../manifest/read';
import type { FieldPath } from '../../manifest/yaml';
import { type Container, hopelessProbe, parseContainers } from './containers';
import { type Labels, append, matches, parseSelector } from './labels';

/** What owns pods: a workload, or the pod itself when nothing does. */
export interface WorkloadRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** A pod: a real one of a live dump, or a representative of those that a workload's template makes. */
export interface Pod {
  readonly manifest: Manifest;
  readonly workload: WorkloadRef;
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
  readonly containers: readonly Container[];
  readonly hostNetwork: boolean;
  /** `spec.hostname` and `spec.subdomain`, or a StatefulSet's: its own name under a headless Service. */
  readonly hostname: string | undefined;
  readonly subdomain: string | undefined;
  /** How many pods this stands for; null when the input does not say (DaemonSet, autoscaling from an unknown base). */
  readonly replicas: number | null;
  /** The API server refuses the workload: its selector does not match its own template. */
  readonly refused: boolean;
  /** Read from status: this very pod runs (or ran). */
  readonly live: boolean;
  /** null: not known before it runs. */
  readonly ready: boolean | null;
  readonly terminating: boolean;
  readonly addresses: readonly string[];
  readonly node: string | undefined;
  /** The PodSpec, for what decides on the node. */
  readonly spec: Fields;
  /** Of the PodSpec in the object. */
  readonly specPath: FieldPath;
  /** Of the labels in the object. */
  readonly labelsPath: FieldPath;
}

const templatePaths: Readonly<Record<string, FieldPath>> = {
  Deployment: ['spec', 'template'], StatefulSet: ['spec', 'template'], DaemonSet: ['spec', 'template'], ReplicaSet: ['spec', 'template'],
  ReplicationController: ['spec', 'template'], Job: ['spec', 'template'], CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};

const workloadGroups: ReadonlySet<string> = new Set(['v1', 'apps/v1', 'apps/v1beta1', 'apps/v1beta2', 'extensions/v1beta1', 'batch/v1', 'batch/v1beta1']);

/** More replicas than this of a StatefulSet are one representative: nobody names a Service for the hundredth pod. */
const mostOrdinals = 64;

function isWorkload({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): boolean {
  return workloadGroups.has(apiVersion) && (kind in templatePaths || kind === 'Pod');
}

/** Tests and migrations that Helm runs beside the release are none of its pods, whatever their labels. */
function isHook({ object }: Manifest): boolean {
  return object.metadata.annotations?.['helm.sh/hook'] !== undefined && object['status'] === undefined;
}

/** Pods of everything that makes pods. Real ones win: a workload whose pods are in the input is not expanded as well. */
export function parsePods(manifests: readonly Manifest[], scaled: ReadonlySet<string>): Pod[] {
  const workloads = manifests.filter((manifest) => isWorkload(manifest.object) && !isHook(manifest));
  const present = new Map(workloads.map((manifest) => [keyOf(manifest.object.kind, manifest.object.metadata.namespace, manifest.object.metadata.name), manifest]));
  const pods: Pod[] = [];
  const livePods = new Map<string, Pod[]>();
  const namespacesWithLivePods = new Set<string>();
  for (const manifest of workloads) {
    if (manifest.object.kind !== 'Pod') continue;
    const pod = parsePod(manifest, present);
    if (pod === undefined) continue;
    pods.push(pod);
    if (!pod.live) continue;
    namespacesWithLivePods.add(pod.namespace);
    append(livePods, keyOf(pod.workload.kind, pod.workload.namespace, pod.workload.name), pod);
  }
  for (const manifest of workloads) {
    const { object } = manifest;
    if (object.kind === 'Pod' || ownedBy(manifest, present) !== undefined) continue;
    const namespace = object.metadata.namespace ?? '';
    if (livePods.has(keyOf(object.kind, namespace, object.metadata.name))) continue;
    // A live dump with pods of this namespace but none of this workload: it has none, unless its own status says otherwise.
    const none = namespacesWithLivePods.has(namespace) && isFieldsWith(object['status'], 'observedGeneration') && !someRunning(object['status']);
    pods.push(...expand(manifest, scaled.has(keyOf(object.kind, namespace, object.metadata.name)), none));
  }
  return pods;
}

export function keyOf(kind: string, namespace: string | undefined, name: string): string {
  return `${kind}/${namespace ?? ''}/${name}`;
}

function isFieldsWith(value: unknown, field: string): boolean {
  return fields(value)[field] !== undefined;
}

function someRunning(status: unknown): boolean {
  const { replicas, readyReplicas, numberReady } = fields(status);
  return [replicas, readyReplicas, numberReady].some((count) => (integer(count) ?? 0) > 0);
}

/** The controller among ownerReferences, if it is in the input. */
function ownedBy(manifest: Manifest, present: ReadonlyMap<string, Manifest>): Manifest | undefined {
  for (const owner of list(manifest.object.metadata['ownerReferences'])) {
    const found = present.get(keyOf(text(at(owner, 'kind')) ?? '', manifest.object.metadata.namespace, text(at(owner, 'name')) ?? ''));
    if (found !== undefined) return found;
  }
  return undefined;
}

function refOf(manifest: Manifest): WorkloadRef {
  const { apiVersion, kind, metadata } = manifest.object;
  return { apiVersion, kind, namespace: metadata.namespace ?? '', name: metadata.name };
}

/** The topmost owner: a Pod's ReplicaSet's Deployment, a Job's CronJob, by name where the input leaves out the middle. */
function workloadOf(manifest: Manifest, labels: Labels, present: ReadonlyMap<string, Manifest>): WorkloadRef {
  const owner = ownedBy(manifest, present);
  if (owner !== undefined) return workloadOf(owner, labels, present);
  const namespace = manifest.object.metadata.namespace ?? '';
  const reference = list(manifest.object.metadata['ownerReferences']).find((entry) => at(entry, 'controller') === true)
    ?? list(manifest.object.metadata['ownerReferences'])[0];
  const kind = text(at(reference, 'kind'));
  const name = text(at(reference, 'name'));
  if (kind === undefined || name === undefined || kind === 'Node') return refOf(manifest);
  const hash = labels['pod-template-hash'];
  if (kind === 'ReplicaSet' && hash !== undefined && name.endsWith(`-${hash}`)) {
    return { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name: name.slice(0, -hash.length - 1) };
  }
  return { apiVersion: text(at(reference, 'apiVersion')) ?? '', kind, namespace, name };
}

function parsePod(manifest: Manifest, present: ReadonlyMap<string, Manifest>): Pod | undefined {
  const { object } = manifest;
  const spec = fields(object['spec']);
  const status = fields(object['status']);
  const phase = text(status['phase']);
  if (phase === 'Succeeded' || phase === 'Failed') return undefined;
  const labels = object.metadata.labels ?? {};
  const live = phase !== undefined;
  const condition = list(status['conditions']).find((entry) => at(entry, 'type') === 'Ready');
  const containers = parseContainers(spec, ['spec']);
  const addresses = [text(status['podIP']), ...list(status['podIPs']).map((entry) => text(at(entry, 'ip')))];
  return {
    manifest, workload: workloadOf(manifest, labels, present),
    namespace: object.metadata.namespace ?? '', name: object.metadata.name, labels,
    containers,
    hostNetwork: spec['hostNetwork'] === true,
    hostname: text(spec['hostname']), subdomain: text(spec['subdomain']),
    replicas: 1, refused: false, live,
    ready: condition === undefined ? (phase === 'Pending' ? false : readyBy(containers)) : at(condition, 'status') === 'True',
    terminating: object.metadata['deletionTimestamp'] !== undefined && object.metadata['deletionTimestamp'] !== null,
    addresses: [...new Set(addresses.filter((address) => address !== undefined && address !== ''))] as string[],
    node: text(spec['nodeName']), spec, specPath: ['spec'], labelsPath: ['metadata', 'labels'],
  };
}

/** Representatives of what a template makes, with the labels that controllers add. */
function expand(manifest: Manifest, scaled: boolean, none: boolean): Pod[] {
  const { object } = manifest;
  const path = templatePaths[object.kind];
  if (path === undefined) return [];
  const template = fields(at(object, ...path));
  const spec = fields(template['spec']);
  const specPath = [...path, 'spec'];
  const workload = refOf(manifest);
  const labels = { ...strings(at(template, 'metadata', 'labels')) };
  const declared = none ? 0 : declaredReplicas(object.kind, fields(object['spec']), scaled);
  const selector = object.apiVersion === 'apps/v1' ? parseSelector(at(object, 'spec', 'selector')) : undefined;
  const refused = selector !== undefined && !matches(selector, labels);
  const containers = parseContainers(spec, specPath);
  const base: Pod = {
    manifest, workload, namespace: workload.namespace, name: workload.name, labels, containers,
    hostNetwork: spec['hostNetwork'] === true,
    hostname: text(spec['hostname']), subdomain: text(spec['subdomain']),
    replicas: refused ? 0 : declared, refused, live: false, ready: readyByStatus(object['status'], declared) ?? readyBy(containers), terminating: false, addresses: [],
    node: text(spec['nodeName']), spec, specPath, labelsPath: [...path, 'metadata', 'labels'],
  };
  switch (object.kind) {
    case 'Deployment':
      // The hash is the controller's to know; that the label is there is known.
      return [base];
    case 'StatefulSet': return ordinals(base, object['spec']);
    case 'Job': case 'CronJob': return [{ ...base, labels: jobLabels(labels, workload) }];
    default: return [base];
  }
}

function declaredReplicas(kind: string, spec: Fields, scaled: boolean): number | null {
  switch (kind) {
    case 'DaemonSet': case 'CronJob': return null;
    case 'Job': return integer(spec['parallelism']) ?? 1;
    default: {
      const replicas = integer(spec['replicas']) ?? 1;
      return scaled ? (replicas === 0 ? 0 : null) : replicas;
    }
  }
}

/** false where a probe can never succeed; else only the cluster knows. */
function readyBy(containers: readonly Container[]): false | null {
  return containers.some((container) => hopelessProbe(container) !== undefined) ? false : null;
}

/** A dump of workloads without their pods still says how many are ready. */
function readyByStatus(status: unknown, replicas: number | null): boolean | null {
  if (!isFieldsWith(status, 'observedGeneration') || replicas === 0) return null;
  const { readyReplicas, numberReady, replicas: running, desiredNumberScheduled } = fields(status);
  if (running === undefined && desiredNumberScheduled === undefined) return null;
  return (integer(readyReplicas) ?? integer(numberReady) ?? 0) > 0;
}

function ordinals(base: Pod, statefulSpec: unknown): Pod[] {
  const subdomain = text(at(statefulSpec, 'serviceName'));
  const start = integer(at(statefulSpec, 'ordinals', 'start')) ?? 0;
  const count = base.replicas === null || base.replicas > mostOrdinals ? 1 : base.replicas;
  if (count === 0) return [{ ...base, subdomain }];
  return Array.from({ length: count }, (_, index) => {
    const name = `${base.workload.name}-${start + index}`;
    return {
      ...base, name, hostname: name, subdomain,
      replicas: count === base.replicas ? 1 : base.replicas,
      labels: {
        ...base.labels,
        'statefulset.kubernetes.io/pod-name': name,
        'apps.kubernetes.io/pod-index': String(start + index),
      },
    };
  });
}

function jobLabels(labels: Labels, workload: WorkloadRef): Labels {
  return workload.kind === 'Job' ? { 'job-name': workload.name, 'batch.kubernetes.io/job-name': workload.name, ...labels } : labels;
}
