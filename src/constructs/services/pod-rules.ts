import { type Size, SizeRoundingBehavior } from 'cdk8s';
import type { Cpu, VolumeMount } from 'cdk8s-plus-27';
import { checkAnnotations, checkLabelName, checkLabelValue, checkObjectName } from '../../model/names';
import { type Complaint, complaint } from '../../model/problem';
import type { ContainerOptions } from './container';
import type { PodOptions } from './pod';
import type { SecurityProfile } from './security';

/** What the API server would refuse in a Pod of these options; `name` is the main container's. */
export function podComplaints(name: string, props: PodOptions & { readonly instance?: string; readonly security?: SecurityProfile }): Complaint[] {
  const others = (['sidecars', 'initContainers'] as const).flatMap((list) => (
    (props[list] ?? []).map((container, index) => ({ field: `${list}[${index}]`, container }))
  ));
  return [
    ...others.flatMap(({ field, container }) => checkLabelName(`${field}.name`, container.name)),
    ...twice([name, ...others.map(({ container }) => container.name)]).map((shared) => complaint(
      'CONTAINER_NAME_TWICE', 'sidecars', shared, 'The containers of a Pod have different names; the main one has the name of the service.', 'Rename one.',
    )),
    ...checkMounts('', props, props.tmpMebibytes === undefined ? [] : ['/tmp']),
    ...others.flatMap(({ field, container }) => checkMounts(`${field}.`, container, [])),
    ...checkVolumes([props, ...others.map(({ container }) => container)].flatMap(({ volumeMounts = [] }) => volumeMounts)),
    ...checkResources('', props),
    ...others.flatMap(({ field, container }) => checkResources(`${field}.`, container)),
    ...checkUser(props.security?.user),
    ...checkAnnotations('podAnnotations', props.podAnnotations),
    ...(props.version === undefined ? [] : checkLabelValue('version', props.version)),
    ...(props.instance === undefined ? [] : checkLabelValue('instance', props.instance)),
    ...(props.serviceAccountName === undefined ? [] : checkObjectName('serviceAccountName', props.serviceAccountName)),
  ];
}

function checkMounts(field: string, { volumeMounts = [] }: ContainerOptions, more: readonly string[]): Complaint[] {
  return twice([...more, ...volumeMounts.map(({ path }) => path)]).map((path) => complaint(
    'MOUNT_TWICE', `${field}volumeMounts`, path, 'A container has one volume at each path; tmpMebibytes takes /tmp.', 'Mount one of them elsewhere, or drop it.',
  ));
}

/** One volume may be mounted by several containers; two volumes of one name are refused. `tmp` is this project's own. */
function checkVolumes(mounts: readonly VolumeMount[]): Complaint[] {
  const volumes = [...new Set(mounts.map(({ volume }) => volume))];
  return twice(['tmp', ...volumes.map(({ name }) => name)]).map((name) => complaint(
    'VOLUME_NAME_TWICE', 'volumeMounts', name, 'The volumes of a Pod have different names; tmp is that of tmpMebibytes.', 'Give the volume a name of its own.',
  ));
}

/** @see https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/ */
function checkResources(field: string, { resources: { cpu, memory, ephemeralStorage } = {} }: ContainerOptions): Complaint[] {
  const pairs = [
    { name: 'cpu', request: millis(cpu?.request), limit: millis(cpu?.limit) },
    { name: 'memory', request: kibibytes(memory?.request), limit: kibibytes(memory?.limit) },
    { name: 'ephemeralStorage', request: kibibytes(ephemeralStorage?.request), limit: kibibytes(ephemeralStorage?.limit) },
  ];
  return pairs.filter(({ request = 0, limit = Infinity }) => request > limit).map(({ name }) => complaint(
    'RESOURCES', `${field}resources.${name}`, undefined, 'A request is at most its limit.', 'Raise the limit or lower the request.',
  ));
}

function millis(cpu: Cpu | undefined): number | undefined {
  return cpu && (cpu.amount.endsWith('m') ? Number(cpu.amount.slice(0, -1)) : Number(cpu.amount) * 1000);
}

function kibibytes(size: Size | undefined): number | undefined {
  return size?.toKibibytes({ rounding: SizeRoundingBehavior.NONE });
}

function checkUser(user: number | undefined): Complaint[] {
  if (user === undefined || (Number.isInteger(user) && user >= 1 && user <= 2147483647)) return [];
  return [complaint(
    'USER', 'security.user', user, 'A user is a whole number from 1 to 2147483647; 0 is root.', 'Write e.g. 10001, or say compat({ reason, root: true }) for root.',
  )];
}

function twice(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
