import { checkPortName, isQualifiedName } from './names';
import { checkNodePort, type NodePortRequest } from './node-ports';
import { type Complaint, complaint, warning } from './problem';

/** The transports a Service knows. */
export type Protocol = 'TCP' | 'UDP' | 'SCTP';

/** What a user says of a port. Only the container port is needed. */
export interface PortSpec {
  /** Where the process listens, 1-65535. */
  readonly containerPort: number;

  /**
   * The Service's port, which callers dial, 1-65535.
   *
   * @default the container port
   */
  readonly port?: number;

  /**
   * The name that Service, container, probes and policies use, at most 15 characters. Needed, and unique, with several ports.
   *
   * @default `http` for the only port
   */
  readonly name?: string;

  /**
   * The transport.
   *
   * @default 'TCP'
   */
  readonly protocol?: Protocol;

  /**
   * A hint for proxies, e.g. `kubernetes.io/h2c`, `kubernetes.io/ws` or `grpc` (ServicePort.appProtocol).
   *
   * @default none
   */
  readonly appProtocol?: string;
}

/** A port of the Pod that is on no Service, e.g. for metrics or probes. */
export interface PodPort extends Pick<PortSpec, 'containerPort' | 'protocol'> {
  /** Unique in the Pod, at most 15 characters. */
  readonly name: string;
}

/**
 * One port on its whole way: hostPort → nodePort → port → targetPort → containerPort. Service, Deployment, probes, NetworkPolicy,
 * Ingress and kind's port mappings all take their numbers from here, so they cannot disagree.
 */
export interface PortChain {
  /** Unique in the service, at most 15 characters. */
  readonly name: string;
  /** The transport. */
  readonly protocol: Protocol;

  /**
   * A hint for proxies.
   *
   * @default none
   */
  readonly appProtocol?: string;

  /**
   * On the laptop, through kind's extraPortMappings; left out it is the nodePort, `false` is none.
   *
   * @default the nodePort
   */
  readonly hostPort?: number | false;

  /**
   * On every node, 30000-32767; left out, the cluster assigns one where the rung needs it.
   *
   * @default the cluster assigns one
   */
  readonly nodePort?: number;

  /** On the Service. */
  readonly port: number;
  /** The container port's name: it follows when the number changes. */
  readonly targetPort: string;
  /** Where the process listens. */
  readonly containerPort: number;
}

/** Resolves what was said of ports and node ports into whole chains, with everything that is wrong with them. */
export function portChains(
  specs: readonly PortSpec[],
  nodePorts: Readonly<Record<string, NodePortRequest>> = {},
): { readonly chains: readonly PortChain[]; readonly complaints: readonly Complaint[] } {
  const complaints: Complaint[] = [];
  const chains = specs.map((spec, index): PortChain => {
    const name = spec.name ?? 'http';
    const requested = Object.hasOwn(nodePorts, name) ? nodePorts[name] : undefined;
    const field = specs.length === 1 ? 'port' : `ports[${index}]`;
    complaints.push(...checkSpec(field, spec, specs.length), ...(requested ? checkNodePort(`${field}.nodePort`, requested) : []));
    return {
      name,
      protocol: spec.protocol ?? 'TCP',
      ...(spec.appProtocol !== undefined && { appProtocol: spec.appProtocol }),
      ...(requested?.hostPort !== undefined && { hostPort: requested.hostPort }),
      ...(requested?.nodePort !== undefined && { nodePort: requested.nodePort }),
      port: spec.port ?? spec.containerPort,
      targetPort: name,
      containerPort: spec.containerPort,
    };
  });
  complaints.push(...checkTogether(chains), ...checkAssigned(chains, nodePorts));
  return { chains, complaints };
}

/** Ports without a Service. The containers of a Pod share one address, so they differ from those of the others, `beside`, too. */
export function podPortChains(
  field: string, specs: readonly PodPort[], beside: readonly PortChain[],
): { readonly chains: readonly PortChain[]; readonly complaints: readonly Complaint[] } {
  const chains = specs.map(({ name, containerPort, protocol = 'TCP' }): PortChain => ({ name, protocol, port: containerPort, targetPort: name, containerPort }));
  const own = new Set(chains);
  return {
    chains,
    complaints: [
      ...specs.flatMap((spec, index) => checkSpec(`${field}[${index}]`, spec, 1)),
      ...checkUnique(field, [...beside, ...chains], IN_POD, (chain) => own.has(chain)),
    ],
  };
}

/** The chain that a port's name or Service port number means. */
export function findPort(chains: readonly PortChain[], port: string | number): PortChain | undefined {
  return chains.find((chain) => (typeof port === 'number' ? chain.port === port : chain.name === port));
}

/** Where the laptop reaches a pinned nodePort of a kind cluster; nowhere when it is not pinned or the laptop is kept out. */
export function laptopPort({ nodePort, hostPort }: PortChain): number | undefined {
  return nodePort === undefined || hostPort === false ? undefined : (hostPort ?? nodePort);
}

/** 1-65535, as the API has it (core/v1 ServicePort.port, ContainerPort.containerPort). */
export function checkPortNumber(field: string, port: number): Complaint[] {
  if (Number.isInteger(port) && port >= 1 && port <= 65535) return [];
  return [{
    code: 'PORT_RANGE', severity: 'error', field, value: port,
    rule: 'A port is a whole number from 1 to 65535.', fix: 'Give the number the process listens on, e.g. 8080.',
  }];
}

export function checkProtocol(field: string, protocol: Protocol = 'TCP'): Complaint[] {
  if (['TCP', 'UDP', 'SCTP'].includes(protocol)) return [];
  return [{
    code: 'PORT_PROTOCOL', severity: 'error', field, value: protocol,
    rule: 'A protocol is TCP, UDP or SCTP.', fix: "Write it in capitals: 'TCP', 'UDP' or 'SCTP'. HTTP and gRPC are TCP; say them with appProtocol.",
  }];
}

function checkSpec(field: string, spec: PortSpec, count: number): Complaint[] {
  const complaints = [...checkPortNumber(`${field}.containerPort`, spec.containerPort)];
  if (spec.port !== undefined) complaints.push(...checkPortNumber(`${field}.port`, spec.port));
  if (spec.name !== undefined) complaints.push(...checkPortName(`${field}.name`, spec.name));
  if (spec.name === undefined && count > 1) {
    complaints.push({
      code: 'PORT_UNNAMED', severity: 'error', field: `${field}.name`, value: spec.containerPort,
      rule: 'With several ports each needs a name.', fix: "Add name: 'http', 'grpc', 'metrics'… to each.",
    });
  }
  complaints.push(...checkProtocol(`${field}.protocol`, spec.protocol));
  if (spec.appProtocol !== undefined && !isQualifiedName(spec.appProtocol)) {
    complaints.push({
      code: 'APP_PROTOCOL', severity: 'error', field: `${field}.appProtocol`, value: spec.appProtocol,
      rule: 'appProtocol is an IANA name or prefix/name, each part at most 63 characters.', fix: "Use e.g. 'http', 'grpc' or 'kubernetes.io/h2c'.",
    });
  }
  return complaints;
}

function checkTogether(chains: readonly PortChain[]): Complaint[] {
  if (chains.length > 0) return [...checkUnique('ports', chains, [...IN_POD, ON_SERVICE]), ...warnOfSharedNumbers(chains)];
  return [complaint('PORT_NONE', 'ports', [], 'A Service needs at least one port.', 'Give the container port: port: 8080.')];
}

interface UniqueRule {
  readonly code: string;
  readonly key: (chain: PortChain) => string;
  readonly rule: string;
}

const IN_POD: readonly UniqueRule[] = [
  { code: 'PORT_NAME_TWICE', key: ({ name }) => name, rule: 'Port names are unique within a service.' },
  { code: 'CONTAINER_PORT_TWICE', key: ({ protocol, containerPort }) => `${protocol}/${containerPort}`, rule: 'A Pod listens on each protocol and port once.' },
];

const ON_SERVICE: UniqueRule = { code: 'PORT_TWICE', key: ({ protocol, port }) => `${protocol}/${port}`, rule: 'A Service has each protocol and port once.' };

/** Only groups with somebody who is `concerned` are said: the others have been said already. */
function checkUnique(
  field: string, chains: readonly PortChain[], rules: readonly UniqueRule[], concerned: (chain: PortChain) => boolean = () => true,
): Complaint[] {
  return rules.flatMap(({ code, key, rule }) => [...groups(chains, key)]
    .filter(([, sharing]) => sharing.length > 1 && sharing.some(concerned))
    .map(([value, sharing]) => complaint(code, field, value, rule, `Change or drop one of the ${sharing.length}.`)));
}

/** DNS does it, and it works; but kubectl's client-side apply takes the number alone for the key of the list. */
function warnOfSharedNumbers(chains: readonly PortChain[]): Complaint[] {
  return [...groups(chains, ({ port }) => String(port))]
    .filter(([, sharing]) => new Set(sharing.map(({ protocol }) => protocol)).size > 1)
    .map(([, sharing]) => warning(
      'PORT_ON_TWO_PROTOCOLS', 'ports', sharing[0]?.port, 'A client-side apply that changes a Service with one port number on two protocols loses one of them.',
      'Apply with kubectl apply --server-side, as GitOps controllers and Pulumi can, or give each protocol its own number.',
    ));
}

/** A node port for a port that does not exist would silently go nowhere. */
function checkAssigned(chains: readonly PortChain[], nodePorts: Readonly<Record<string, NodePortRequest>>): Complaint[] {
  const names = chains.map((chain) => chain.name);
  return Object.keys(nodePorts).filter((name) => !names.includes(name)).map((name) => ({
    code: 'NODE_PORT_UNKNOWN', severity: 'error' as const, field: `exposure.nodePorts.${name}`, value: nodePorts[name]?.nodePort,
    rule: 'A nodePort belongs to one of the ports of the service.', fix: `Use one of its port names: ${names.join(', ')}.`,
  }));
}

function groups<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const item of items) found.set(key(item), [...(found.get(key(item)) ?? []), item]);
  return found;
}
