import { type Fields, at, fields, integer, list, text } from '../../manifest/fields';
import { isVariable } from '../../manifest/variables';
import type { FieldPath } from '../../manifest/yaml';

export type Protocol = 'TCP' | 'UDP' | 'SCTP';

export interface ContainerPort {
  readonly name: string | undefined;
  readonly number: number;
  readonly protocol: Protocol;
  readonly hostPort: number | undefined;
  readonly hostIP: string | undefined;
  readonly container: string;
  /** In the object. */
  readonly path: FieldPath;
}

/** An httpGet, tcpSocket or grpc probe: what it asks. exec probes ask no port. */
export interface Probe {
  readonly port: number | string | undefined;
  readonly httpPath: string | undefined;
  readonly path: FieldPath;
}

export interface EnvValue {
  readonly name: string;
  readonly value: string;
  readonly path: FieldPath;
}

/** A container that may listen: a regular one, or an init container with `restartPolicy: Always` (a sidecar). */
export interface Container {
  readonly name: string;
  readonly image: string;
  readonly ports: readonly ContainerPort[];
  readonly env: readonly EnvValue[];
  /** command and args together. */
  readonly args: readonly EnvValue[];
  readonly probes: Readonly<Partial<Record<'readiness' | 'liveness' | 'startup', Probe>>>;
  readonly hasReadiness: boolean;
  readonly path: FieldPath;
}

export function protocolOf(value: unknown): Protocol {
  return value === 'UDP' || value === 'SCTP' ? value : 'TCP';
}

/** The containers of a PodSpec at `path` that run while the pod does. */
export function parseContainers(spec: Fields, path: FieldPath): Container[] {
  const regular = list(spec['containers']).map((value, index) => parseContainer(fields(value), [...path, 'containers', index]));
  const sidecars = list(spec['initContainers'])
    .map((value, index) => ({ value: fields(value), path: [...path, 'initContainers', index] }))
    .filter(({ value }) => value['restartPolicy'] === 'Always')
    .map((entry) => parseContainer(entry.value, entry.path));
  return [...regular, ...sidecars];
}

function parseContainer(container: Fields, path: FieldPath): Container {
  const name = text(container['name']) ?? '';
  return {
    name,
    image: text(container['image']) ?? '',
    ports: list(container['ports']).flatMap((value, index) => {
      const port = fields(value);
      const number = integer(port['containerPort']);
      return number === undefined ? [] : [{
        name: text(port['name']), number, protocol: protocolOf(port['protocol']),
        hostPort: integer(port['hostPort']), hostIP: text(port['hostIP']), container: name, path: [...path, 'ports', index],
      }];
    }),
    env: list(container['env']).flatMap((value, index) => {
      const variable = text(at(value, 'value'));
      return variable === undefined ? [] : [{ name: text(at(value, 'name')) ?? '', value: variable, path: [...path, 'env', index, 'value'] }];
    }),
    args: ['command', 'args'].flatMap((field) =>
      list(container[field]).flatMap((value, index) => (typeof value === 'string' ? [{ name: field, value, path: [...path, field, index] }] : []))),
    probes: {
      readiness: parseProbe(container['readinessProbe'], [...path, 'readinessProbe']),
      liveness: parseProbe(container['livenessProbe'], [...path, 'livenessProbe']),
      startup: parseProbe(container['startupProbe'], [...path, 'startupProbe']),
    },
    hasReadiness: container['readinessProbe'] !== undefined && container['readinessProbe'] !== null,
    path,
  };
}

function parseProbe(value: unknown, path: FieldPath): Probe | undefined {
  const probe = fields(value);
  for (const kind of ['httpGet', 'tcpSocket', 'grpc'] as const) {
    if (probe[kind] === undefined) continue;
    const action = fields(probe[kind]);
    const port = action['port'];
    return {
      port: typeof port === 'number' || typeof port === 'string' ? numeric(port) : undefined,
      httpPath: kind === 'httpGet' ? text(action['path']) ?? '/' : undefined,
      path: [...path, kind, 'port'],
    };
  }
  return undefined;
}

/** An IntOrString; a text of digits counts as the text it is, except to a probe, where it can only be meant as the number. */
function numeric(port: number | string): number | string {
  return typeof port === 'string' && /^\d+$/.test(port) ? Number(port) : port;
}

/** The probe that keeps the container from ever being ready: it asks a port by a name that the container does not declare. */
export function hopelessProbe({ probes, ports }: Container): Probe | undefined {
  return [probes.readiness, probes.startup].find((probe) => typeof probe?.port === 'string' && !isVariable(probe.port) && !ports.some(({ name }) => name === probe.port));
}
