import * as kplus from 'cdk8s-plus-27';
import type { PortChain } from '../../model/ports';
import { containerManifest, type ContainerOptions, type InitContainer, type SidecarContainer } from './container';
import type { MicroserviceProps } from './microservice-props';
import { COMPAT_ANNOTATION, podSecurityContext, type SecurityProfile } from './security';

/** What a Pod takes from its service's options. */
export type PodOptions = ContainerOptions & Pick<
  MicroserviceProps,
  'image' | 'tmpMebibytes' | 'drainSeconds' | 'terminationGracePeriodSeconds' | 'initContainers' | 'sidecars' | 'serviceAccountName' | 'version' | 'podAnnotations'
>;

interface PodParts {
  readonly name: string;
  readonly selector: Readonly<Record<string, string>>;
  readonly props: PodOptions;
  readonly ports: readonly PortChain[];
  /** The ports of each sidecar, by its name. */
  readonly sidecarPorts: ReadonlyMap<string, readonly PortChain[]>;
  readonly security: SecurityProfile;
}

/** The fields of a Pod template that others of its service read back. */
export interface PodTemplate extends Record<string, unknown> {
  readonly spec: Record<string, unknown> & { readonly initContainers?: readonly Container[]; readonly containers: readonly [Container] };
}

interface Container extends Record<string, unknown> {
  readonly readinessProbe?: { readonly httpGet?: { readonly path: string; readonly port: string | number; readonly scheme?: string } };
}

const TMP = 'tmp';

/** The Pod template: hardened, spread over nodes, drained gracefully. */
export function podTemplate({ name, selector, props, ports, sidecarPorts, security }: PodParts): PodTemplate {
  const drainSeconds = props.drainSeconds ?? 5;
  const main = containerManifest({ name, image: props.image, options: props, ports, security, drainSeconds, main: true });
  const beside = (container: InitContainer | SidecarContainer, own: readonly PortChain[]) => (
    containerManifest({ name: container.name, image: container.image, options: container, ports: own, security, drainSeconds: 0, main: false })
  );
  const initContainers = [
    ...(props.sidecars ?? []).map((sidecar) => ({ ...beside(sidecar, sidecarPorts.get(sidecar.name) ?? []), restartPolicy: 'Always' })),
    ...(props.initContainers ?? []).map((container) => beside(container, [])),
  ];
  const annotations = { ...(security.type === 'compat' && { [COMPAT_ANNOTATION]: security.reason }), ...props.podAnnotations };
  const volumes = [...volumesOf(props), ...(props.tmpMebibytes === undefined ? [] : [{ name: TMP, emptyDir: { sizeLimit: `${props.tmpMebibytes}Mi` } }])];
  return {
    metadata: {
      labels: { ...selector, ...(props.version !== undefined && { 'app.kubernetes.io/version': props.version }) },
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
    spec: {
      automountServiceAccountToken: props.serviceAccountName !== undefined,
      ...(props.serviceAccountName !== undefined && { serviceAccountName: props.serviceAccountName }),
      // Every Service of the namespace would otherwise be put into the environment, e.g. X_PORT=tcp://…
      enableServiceLinks: false,
      securityContext: podSecurityContext(security, Math.min(...[...ports, ...[...sidecarPorts.values()].flat()].map(({ containerPort }) => containerPort))),
      terminationGracePeriodSeconds: props.terminationGracePeriodSeconds ?? drainSeconds + 30,
      ...spread(selector),
      ...(initContainers.length > 0 && { initContainers }),
      containers: [{ ...main, ...(props.tmpMebibytes !== undefined && { volumeMounts: [...((main.volumeMounts as unknown[] | undefined) ?? []), { name: TMP, mountPath: '/tmp' }] }) }],
      ...(volumes.length > 0 && { volumes }),
    },
  };
}

/** Over nodes and, where there are some, zones; never so strictly that a small cluster cannot schedule. */
function spread(selector: Readonly<Record<string, string>>): Record<string, unknown> {
  const labelSelector = { matchLabels: selector };
  const over = (topologyKey: string) => ({ topologyKey, maxSkew: 1, whenUnsatisfiable: 'ScheduleAnyway', labelSelector });
  return {
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector } }],
      },
    },
    topologySpreadConstraints: [over('kubernetes.io/hostname'), over('topology.kubernetes.io/zone')],
  };
}

/** Every volume that a container mounts, once. */
export function volumesOf(props: PodOptions): Record<string, unknown>[] {
  const mounts = [props, ...(props.sidecars ?? []), ...(props.initContainers ?? [])].flatMap(({ volumeMounts }) => volumeMounts ?? []);
  return [...new Set(mounts.map(({ volume }) => volume))].map((volume) => kplus.k8s.toJson_Volume(volume._toKube()) as Record<string, unknown>);
}
