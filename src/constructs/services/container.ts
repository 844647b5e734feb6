import { SizeRoundingBehavior, type Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import type { PodPort, PortChain } from '../../model/ports';
import { containerSecurityContext, type SecurityProfile } from './security';

const TAKEN = [
  'args', 'command', 'workingDir', 'envVariables', 'envFrom', 'volumeMounts', 'imagePullPolicy',
  'resources', 'readiness', 'liveness', 'startup', 'lifecycle',
] as const satisfies readonly (keyof kplus.ContainerProps)[];

/** What a service's container can be told: cdk8s-plus-27's own types, less what this project decides. */
export type ContainerOptions = Pick<kplus.ContainerProps, (typeof TAKEN)[number]>;

/** A container that runs to its end before the service's own starts. */
export interface InitContainer extends Omit<ContainerOptions, 'readiness' | 'liveness' | 'startup' | 'lifecycle'> {
  /** Unique in the Pod, an RFC 1123 label. */
  readonly name: string;
  /** With a pinned tag or digest. */
  readonly image: string;
}

/** A container that runs beside the service's own, from before its start to after its end. */
export interface SidecarContainer extends ContainerOptions {
  /** Unique in the Pod, an RFC 1123 label. */
  readonly name: string;
  /** With a pinned tag or digest. */
  readonly image: string;

  /**
   * Its own ports, which no Service has; the first is the one that its probes mean when they name none.
   *
   * @default none
   */
  readonly ports?: readonly PodPort[];
}

/** Small on purpose: a laptop's kind cluster schedules the whole example, and nobody is throttled by default. */
const RESOURCES = {
  requests: { cpu: '20m', memory: '32Mi', 'ephemeral-storage': '16Mi' },
  limits: { cpu: '250m', memory: '128Mi', 'ephemeral-storage': '64Mi' },
} as const;

interface ContainerParts {
  readonly name: string;
  readonly image: string;
  readonly options: ContainerOptions;
  readonly ports: readonly PortChain[];
  /** Whether it is a service's own, which is not ready before its first port answers. */
  readonly main: boolean;
  readonly security: SecurityProfile;
  /** Seconds to go on serving after the Pod is told to end; 0 for none. */
  readonly drainSeconds: number;
}

/**
 * The container as it is written. cdk8s-plus-27 renders what users say with its types; what it drops or decides otherwise
 * (named ports, probe ports by name, preStop sleep, quantities below a mebibyte, its large default resources) is put right here.
 */
export function containerManifest({ name, image, options, ports, security, drainSeconds, main }: ContainerParts): Record<string, unknown> {
  const { resources, startup, ...rest } = taken(options);
  const first = ports[0];
  const container = new kplus.Container({
    imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
    // A Pod without one counts as ready before it listens.
    ...(main && first?.protocol === 'TCP' && { readiness: kplus.Probe.fromTcpSocket() }),
    ...rest,
    name,
    image,
    // Without it, a probe without a port would aim at 80.
    ...(first && { portNumber: first.containerPort }),
    ...(startup && { startup }),
  });
  const { ports: unnamedPorts, resources: rounded, startupProbe, ...manifest } = kplus.k8s.toJson_Container(container._toKube()) as Record<string, unknown>;
  return {
    ...manifest,
    ...(ports.length > 0 && { ports: ports.map(({ name: port, containerPort, protocol }) => ({ name: port, containerPort, protocol })) }),
    ...(manifest.readinessProbe !== undefined && { readinessProbe: withNamedPort(manifest.readinessProbe, ports) }),
    ...(manifest.livenessProbe !== undefined && { livenessProbe: withNamedPort(manifest.livenessProbe, ports) }),
    // cdk8s-plus-27 makes up a startup probe that gives a slow image 30 seconds.
    ...(startup && { startupProbe: withNamedPort(startupProbe, ports) }),
    ...(drainSeconds > 0 && !rest.lifecycle?.preStop && {
      lifecycle: { ...(manifest.lifecycle as object | undefined), preStop: { sleep: { seconds: drainSeconds } } },
    }),
    resources: resourceRequirements(resources),
    securityContext: containerSecurityContext(security),
  };
}

/** A probe's port by name where the container has it, so that it follows the port chain. */
function withNamedPort(probe: unknown, ports: readonly PortChain[]): Record<string, unknown> {
  const manifest = { ...(probe as Record<string, unknown>) };
  for (const action of ['httpGet', 'tcpSocket']) {
    const target = manifest[action] as { readonly port: unknown } | undefined;
    const chain = ports.find(({ containerPort, protocol }) => containerPort === target?.port && protocol === 'TCP');
    if (target && chain) manifest[action] = { ...target, port: chain.targetPort };
  }
  return manifest;
}

function resourceRequirements(given: kplus.ContainerResources | undefined): Record<string, Record<string, string | undefined>> {
  const { cpu, memory, ephemeralStorage } = given ?? {};
  const pick = (which: 'requests' | 'limits', key: 'request' | 'limit') => ({
    cpu: cpu ? cpu[key]?.amount : RESOURCES[which].cpu,
    memory: memory ? quantity(memory[key]) : RESOURCES[which].memory,
    'ephemeral-storage': ephemeralStorage ? quantity(ephemeralStorage[key]) : RESOURCES[which]['ephemeral-storage'],
  });
  return { requests: withoutUndefined(pick('requests', 'request')), limits: withoutUndefined(pick('limits', 'limit')) };
}

function quantity(size: Size | undefined): string | undefined {
  if (!size) return undefined;
  const kibibytes = size.toKibibytes({ rounding: SizeRoundingBehavior.NONE });
  if (kibibytes % (1024 * 1024) === 0) return `${kibibytes / (1024 * 1024)}Gi`;
  return kibibytes % 1024 === 0 ? `${kibibytes / 1024}Mi` : `${kibibytes}Ki`;
}

/** Only those options, and only where something is said: the object may hold more, e.g. the service's own ports. */
function taken(options: ContainerOptions): ContainerOptions {
  return Object.fromEntries(TAKEN.filter((key) => options[key] !== undefined).map((key) => [key, options[key]]));
}

function withoutUndefined<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
