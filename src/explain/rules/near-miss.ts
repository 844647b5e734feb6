import { nearest } from '../../model/names';
import type { Pod } from '../world/pods';
import type { Service } from '../world/services';
import type { World } from '../world/world';
import { mayHaveOperator } from './operators';

/** The pod that a Service's selector most likely means, and the one label that differs. */
export interface NearMiss {
  readonly pod: Pod;
  readonly key: string;
  readonly message: string;
  readonly fix: string;
}

/** Labels that name the release or the tool, not the program: two programs of a release share them. */
const generic: ReadonlySet<string> = new Set([
  'app.kubernetes.io/instance', 'app.kubernetes.io/part-of', 'app.kubernetes.io/managed-by', 'app.kubernetes.io/version', 'helm.sh/chart', 'release',
  'heritage', 'chart', 'instance', 'part-of', 'environment', 'env', 'team', 'owner', 'project',
]);

/**
 * A workload that misses a Service's selector by one label, in a way that cannot well be meant: the value or the key is misspelt, or the
 * workload is plainly the Service's. Pods may also come from an operator that is not here, so a mere difference proves nothing.
 */
export function nearMiss(world: World, service: Service): NearMiss | undefined {
  const known = misses.get(world) ?? new Map<Service, NearMiss | undefined>();
  misses.set(world, known);
  if (!known.has(service)) known.set(service, findNearMiss(world, service));
  return known.get(service);
}

/** Every request to a Service asks again. */
const misses = new WeakMap<World, Map<Service, NearMiss | undefined>>();

function findNearMiss(world: World, service: Service): NearMiss | undefined {
  const { selector } = service;
  if (selector === null) return undefined;
  const keys = Object.keys(selector);
  let best: { miss: NearMiss; score: number } | undefined;
  const sameNamespace = world.pods.inNamespace(service.namespace);
  for (const pod of sameNamespace) {
    const off = keys.filter((key) => pod.labels[key] !== selector[key]);
    const [key] = off;
    if (off.length !== 1 || key === undefined || isSetWhileRunning(key, selector[key] ?? '', pod)) continue;
    const score = likelihood(world, service, pod, key, keys);
    if (score > 0 && score > (best?.score ?? 0)) best = { miss: describe(pod, key, selector[key] ?? ''), score };
  }
  return best?.miss ?? onlyInAnotherPlace(world, service) ?? inAnotherNamespace(world, service);
}

function likelihood(world: World, service: Service, pod: Pod, key: string, keys: readonly string[]): number {
  const wanted = service.selector?.[key] ?? '';
  const has = pod.labels[key];
  const identityShared = keys.some((other) => other !== key && !generic.has(other));
  const claimed = isClaimed(world, pod);
  let score = 0;
  // Components of one application share a label: that alone makes a pod the Service's only if nobody else takes it and the ports agree.
  if (identityShared && !claimed && (leadsTo(service, pod) || pod.containers.every(({ ports }) => ports.length === 0))) score += 3;
  if (has !== undefined && nearest(wanted, [has]) !== undefined && Math.min(wanted.length, has.length) > 2 && !(claimed && key !== 'statefulset.kubernetes.io/pod-name' && numbered(wanted, has))) score += 4;
  else if (has !== undefined && !claimed && related(wanted, has)) score += 2;
  if (has === undefined && nearest(key, Object.keys(pod.labels)) !== undefined) score += 3;
  if (has === undefined && Object.values(pod.labels).includes(wanted)) score += 3;
  if (pod.workload.name === service.name && (!claimed || identityShared || leadsTo(service, pod))) score += 3;
  if (score === 0 && !claimed && leadsTo(service, pod) && !mayHaveOperator(world, service.namespace)) score = 1;
  // Something else in the input that makes such pods is the likelier explanation.
  return score < 4 && mayHaveOperator(world, service.namespace) ? 0 : score;
}

/** `web` and `web-2`, `v1` and `v2`: siblings, of which one may well be elsewhere. */
export function numbered(a: string, b: string): boolean {
  const stem = (value: string): string => value.replace(/[-.]?v?\d+$/, '');
  return stem(a) === stem(b);
}

/** Labels that the program or its operator puts on pods as they take roles: Patroni's leader, Vault's active one. */
function isSetWhileRunning(key: string, wanted: string, pod: Pod): boolean {
  if (pod.labels[key] !== undefined) return false;
  return /^(leader|master|primary|replica|active|standby|writer|reader|true)$/.test(wanted) || /(^|[-_./])(role|active|leader|primary|master|standby|sealed|initialized|state|status|hash)$|^is[A-Z-]/.test(key);
}

function related(a: string, b: string): boolean {
  return a.length > 2 && b.length > 2 && (a.includes(b) || b.includes(a));
}

const claims = new WeakMap<World, ReadonlySet<Pod>>();

/** Does some Service select the pod already? Then it is that one's. */
function isClaimed(world: World, pod: Pod): boolean {
  let claimed = claims.get(world);
  if (claimed === undefined) {
    claimed = new Set([...world.services.values()].flatMap((service) => (service.selector === null ? [] : world.pods.withAll(service.namespace, service.selector))));
    claims.set(world, claimed);
  }
  return claimed.has(pod);
}

/** Does the pod declare a port that the Service sends to? */
function leadsTo(service: Service, pod: Pod): boolean {
  return service.ports.some(({ targetPort, protocol }) => pod.containers.some(({ ports }) =>
    ports.some((entry) => entry.protocol === protocol && (entry.number === targetPort || entry.name === targetPort))));
}

function describe(pod: Pod, key: string, wanted: string): NearMiss {
  const has = pod.labels[key];
  const who = `${pod.workload.kind} ${pod.workload.name}`;
  return {
    pod, key,
    message: has === undefined ? `The nearest is ${who}, which has no label ${key}.` : `The nearest is ${who}, which has ${key}: ${has} instead of ${wanted}.`,
    fix: has === undefined ? `Add ${key}: ${wanted} to the pod template of ${who}, or take it out of the selector.` : `Write ${key}: ${has} in the selector, or ${key}: ${wanted} in the pod template of ${who}.`,
  };
}

/** The workload has the labels on itself but not on its pods. */
function onlyInAnotherPlace(world: World, service: Service): NearMiss | undefined {
  const wanted = Object.entries(service.selector ?? {});
  const [first] = wanted;
  if (first === undefined) return undefined;
  for (const pod of world.pods.inNamespace(service.namespace)) {
    const own = pod.manifest.object.metadata.labels;
    if (own === undefined || pod.workload.kind === 'Pod' || !wanted.every(([key, value]) => own[key] === value || pod.labels[key] === value)) continue;
    const missing = wanted.find(([key, value]) => pod.labels[key] !== value) ?? first;
    if (isClaimed(world, pod) && pod.workload.name !== service.name) continue;
    const who = `${pod.workload.kind} ${pod.workload.name}`;
    return {
      pod, key: missing[0],
      message: `${who} has ${missing[0]}: ${missing[1]} among its own labels, but not in its pod template, where a Service looks.`,
      fix: `Add ${missing[0]}: ${missing[1]} to spec.template.metadata.labels of ${who}.`,
    };
  }
  return undefined;
}

/** Pods with all the labels that nobody selects, in another namespace, while the Service's own has none at all. */
function inAnotherNamespace(world: World, service: Service): NearMiss | undefined {
  const [key] = Object.keys(service.selector ?? {});
  if (service.selector === null || key === undefined || world.pods.inNamespace(service.namespace).length > 0 || mayHaveOperator(world, service.namespace)) return undefined;
  const { selector } = service;
  const matching = world.allPods.filter((pod) => Object.entries(selector).every(([label, value]) => pod.labels[label] === value));
  const [pod] = matching;
  if (pod === undefined || matching.some((other) => other.namespace !== pod.namespace || isClaimed(world, other))) return undefined;
  const who = `${pod.workload.kind} ${pod.workload.name}`;
  return {
    pod, key,
    message: `${who} has these labels, in namespace ${pod.namespace}; a Service selects pods of its own, ${service.namespace}.`,
    fix: `Put Service ${service.name} and ${who} into one namespace.`,
  };
}
