import { at, fields, integer, isFields, list, strings, text } from '../../manifest/fields';
import type { Manifest } from '../../manifest/read';
import type { FieldPath } from '../../manifest/yaml';
import { type Protocol, protocolOf } from './containers';
import type { Labels } from './labels';

export interface ServicePort {
  readonly name: string | undefined;
  readonly port: number;
  readonly protocol: Protocol;
  /** Defaults to `port`; 0 and "" count as not given. */
  readonly targetPort: number | string;
  readonly targetPortGiven: boolean;
  readonly nodePort: number | undefined;
  readonly appProtocol: string | undefined;
  readonly path: FieldPath;
}

export interface Service {
  readonly manifest: Manifest;
  readonly namespace: string;
  readonly name: string;
  readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';
  readonly headless: boolean;
  /** null: none, so endpoints are somebody else's. */
  readonly selector: Labels | null;
  readonly ports: readonly ServicePort[];
  readonly clusterIPs: readonly string[];
  readonly externalIPs: readonly string[];
  readonly externalName: string | undefined;
  readonly externalTrafficPolicy: 'Cluster' | 'Local';
  readonly internalTrafficPolicy: 'Cluster' | 'Local';
  readonly publishNotReady: boolean;
  readonly loadBalancerClass: string | undefined;
  readonly allocatesNodePorts: boolean;
  /** `status.loadBalancer.ingress`: what a provider gave. */
  readonly balancerAddresses: readonly string[];
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: Readonly<Record<string, unknown>>;
}

const types = ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'] as const;

export function parseService(manifest: Manifest): Service {
  const { object } = manifest;
  const spec = fields(object['spec']);
  const type = types.find((known) => known === spec['type']) ?? 'ClusterIP';
  const selector = isFields(spec['selector']) && Object.keys(spec['selector']).length > 0 ? strings(spec['selector']) : null;
  const clusterIP = text(spec['clusterIP']);
  const clusterIPs = [...new Set([clusterIP, ...list(spec['clusterIPs']).map(text)])].filter((ip) => ip !== undefined && ip !== '' && ip !== 'None') as string[];
  return {
    manifest, namespace: object.metadata.namespace ?? '', name: object.metadata.name, type,
    headless: clusterIP === 'None' && type !== 'ExternalName',
    selector: type === 'ExternalName' ? null : selector,
    ports: list(spec['ports']).flatMap((value, index) => parsePort(value, ['spec', 'ports', index])),
    clusterIPs,
    externalIPs: list(spec['externalIPs']).flatMap((ip) => text(ip) ?? []),
    externalName: type === 'ExternalName' ? text(spec['externalName']) : undefined,
    externalTrafficPolicy: spec['externalTrafficPolicy'] === 'Local' ? 'Local' : 'Cluster',
    internalTrafficPolicy: spec['internalTrafficPolicy'] === 'Local' ? 'Local' : 'Cluster',
    publishNotReady: spec['publishNotReadyAddresses'] === true,
    loadBalancerClass: text(spec['loadBalancerClass']),
    allocatesNodePorts: spec['allocateLoadBalancerNodePorts'] !== false,
    balancerAddresses: list(at(object, 'status', 'loadBalancer', 'ingress')).flatMap((entry) => text(at(entry, 'ip')) ?? text(at(entry, 'hostname')) ?? []),
    annotations: object.metadata.annotations ?? {},
    spec,
  };
}

function parsePort(value: unknown, path: FieldPath): ServicePort[] {
  const port = fields(value);
  const number = integer(port['port']);
  if (number === undefined) return [];
  const target = port['targetPort'];
  const given = (typeof target === 'number' && target !== 0) || (typeof target === 'string' && target !== '');
  return [{
    name: text(port['name']) || undefined, port: number, protocol: protocolOf(port['protocol']),
    targetPort: given ? (target as number | string) : number, targetPortGiven: given,
    nodePort: integer(port['nodePort']) || undefined,
    appProtocol: text(port['appProtocol']), path,
  }];
}

export function serviceText(service: Pick<Service, 'namespace' | 'name'>): string {
  return `${service.namespace}/${service.name}`;
}

/** `80` or `80/UDP`. */
export function portText(port: Pick<ServicePort, 'port' | 'protocol'>): string {
  return port.protocol === 'TCP' ? String(port.port) : `${port.port}/${port.protocol}`;
}

/** A class or annotations that keep a load balancer inside a network. */
export function isInternal({ annotations, loadBalancerClass }: Service): boolean {
  return loadBalancerClass === 'networking.gke.io/l4-regional-internal' || ['networking.gke.io/load-balancer-type', 'cloud.google.com/load-balancer-type'].some((key) => annotations[key]?.toLowerCase() === 'internal')
    || annotations['service.beta.kubernetes.io/azure-load-balancer-internal'] === 'true' || annotations['service.beta.kubernetes.io/aws-load-balancer-scheme'] === 'internal';
}
