import { parseYaml } from '../manifest/yaml';
import { type Fields, at, bool, fields, integer, isFields, list, strings, text } from '../manifest/fields';
import { type Problem, ProblemError } from '../model/problem';

/** Where a cluster runs; it decides which addresses a client reaches and who gives load balancers an address. */
export const platforms = ['kind', 'gke', 'minikube', 'docker-desktop', 'bare'] as const;

/** Where a cluster runs. */
export type Platform = (typeof platforms)[number];

/** The modes of kube-proxy. */
export const proxyModes = ['iptables', 'ipvs', 'nftables'] as const;

/** How kube-proxy works. */
export type ProxyMode = (typeof proxyModes)[number];

/** A port of the host that a kind node's port is published on. */
export interface PortMapping {
  /** The port on the host, 1-65535. */
  readonly hostPort: number;
  /** The port on the node: a nodePort, or a controller's hostPort. */
  readonly containerPort: number;
  /** The transport. @default TCP */
  readonly protocol?: 'TCP' | 'UDP' | 'SCTP';
  /** The host's address that it listens on. @default 0.0.0.0 */
  readonly listenAddress?: string;
}

/** A node as far as routing is concerned. */
export interface ProfileNode {
  /** As `kubectl get nodes` shows it. */
  readonly name: string;
  /** IP addresses that clients may dial. @default none */
  readonly addresses?: readonly string[];
  /** For node selectors and affinity. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** `NoSchedule` and `NoExecute` taints keep pods away that do not tolerate them. @default [] */
  readonly controlPlane?: boolean;
  /** On kind: ports of the host that lead here. @default none */
  readonly portMappings?: readonly PortMapping[];
}

/** What manifests cannot say about the cluster they are for. What is left out is taken from the input, or assumed and said so. */
export interface Profile {
  /** Where the cluster runs. @default as the nodes of the input look, else not known */
  readonly platform?: Platform;
  /** Its nodes. @default those of the input */
  readonly nodes?: readonly ProfileNode[];
  /** Name of what gives Services of type LoadBalancer an address, such as `metallb` or `cloud-provider-kind`; false when nothing does. @default by platform */
  readonly loadBalancer?: string | false;
  /** Controller names (`traefik`, `traefik.io/ingress-controller`) that run and serve Ingresses or Gateways. @default those in the input alone */
  readonly controllers?: readonly string[];
  /** Does the CNI enforce NetworkPolicies? @default true, as an assumption */
  readonly enforcesPolicies?: boolean;
  /** How kube-proxy works; nftables answers no NodePort on localhost. @default iptables */
  readonly proxyMode?: ProxyMode;
  /** Is the input everything that runs there? Then what is not in it does not exist. @default false */
  readonly wholeCluster?: boolean;
  /** First and last port that nodePort may be. @default 30000-32767 */
  readonly nodePortRange?: readonly [number, number];
  /** The domain of Services' DNS names. @default cluster.local */
  readonly clusterDomain?: string;
  /** Are node addresses reachable from the laptop? @default by platform: not with Docker Desktop */
  readonly nodesReachable?: boolean;
}

const keys: readonly (keyof Profile)[] = [
  'platform', 'nodes', 'loadBalancer', 'controllers', 'enforcesPolicies', 'proxyMode', 'wholeCluster', 'nodePortRange', 'clusterDomain',
  'nodesReachable',
];

/**
 * Reads a profile file: the fields of {@link Profile} in YAML, or a kind cluster config.
 * @throws ProblemError with every mistake in it, each with file and field
 */
export function parseProfile(yaml: string, file = 'profile'): Profile {
  const parsed = parseYaml(yaml);
  if ('error' in parsed) {
    throw new ProblemError([{ code: 'PROFILE_YAML', severity: 'error', path: `${file}:${parsed.error.line + 1}`, rule: `A profile is YAML: ${parsed.error.reason}.`, fix: 'Correct the YAML.' }]);
  }
  const value = parsed.value ?? {};
  if (isFields(value) && text(value['apiVersion'])?.startsWith('kind.x-k8s.io/') === true) return profileOfKindConfig(value);
  const problems: Problem[] = [];
  const wrong = (field: string, given: unknown, rule: string, fix: string): void => {
    problems.push({ code: 'PROFILE_FIELD', severity: 'error', path: `${file} ${field}`.trim(), value: given, rule, fix });
  };
  if (!isFields(value)) {
    wrong('', value, 'A profile is a mapping.', 'Write for example `platform: kind`.');
    throw new ProblemError(problems);
  }
  for (const key of Object.keys(value)) {
    if (!(keys as readonly string[]).includes(key)) wrong(key, value[key], 'A profile has no such field.', `Use one of ${keys.join(', ')}.`);
  }
  const oneOf = <T extends string>(field: string, allowed: readonly T[]): T | undefined => {
    const given = value[field];
    if (given === undefined || (allowed as readonly unknown[]).includes(given)) return given as T | undefined;
    wrong(field, given, `${field} is one of ${allowed.join(', ')}.`, 'Choose one of these, or leave it out.');
    return undefined;
  };
  const flag = (field: string): boolean | undefined => {
    const given = value[field];
    if (given !== undefined && typeof given !== 'boolean') wrong(field, given, `${field} is true or false.`, 'Write true or false.');
    return bool(given);
  };
  const range = value['nodePortRange'];
  const ends = typeof range === 'string' ? range.split('-').map(Number) : list(range).map(Number);
  if (range !== undefined && (ends.length !== 2 || !ends.every((end) => Number.isInteger(end) && end >= 1 && end <= 65535))) {
    wrong('nodePortRange', range, 'nodePortRange is a first and a last port.', 'Write for example 30000-32767.');
  }
  if (value['nodes'] !== undefined && !Array.isArray(value['nodes'])) wrong('nodes', value['nodes'], 'nodes is a list.', 'Write for example `nodes: [{name: kind-control-plane}]`.');
  if (value['controllers'] !== undefined && !Array.isArray(value['controllers'])) wrong('controllers', value['controllers'], 'controllers is a list of names.', 'Write for example `controllers: [traefik]`.');
  const balancer = value['loadBalancer'];
  if (balancer !== undefined && typeof balancer !== 'string' && balancer !== false) wrong('loadBalancer', balancer, 'loadBalancer is the name of what provides one, or false.', 'Write for example `loadBalancer: metallb`.');
  const nodes = list(value['nodes']).map((node, index) => {
    if (text(at(node, 'name')) === undefined) wrong(`nodes[${index}].name`, at(node, 'name'), 'A node has a name.', 'Write for example `{name: worker-1}`.');
    return profileNode(fields(node), (field, given, rule, fix) => wrong(`nodes[${index}].${field}`, given, rule, fix));
  });
  const profile: Profile = {
    ...defined('platform', oneOf('platform', platforms)),
    ...defined('nodes', value['nodes'] === undefined ? undefined : nodes),
    ...defined('loadBalancer', typeof balancer === 'string' || balancer === false ? balancer : undefined),
    ...defined('controllers', value['controllers'] === undefined ? undefined : list(value['controllers']).map(String)),
    ...defined('enforcesPolicies', flag('enforcesPolicies')),
    ...defined('proxyMode', oneOf('proxyMode', proxyModes)),
    ...defined('wholeCluster', flag('wholeCluster')),
    ...defined('nodePortRange', range === undefined ? undefined : [ends[0] ?? 30000, ends[1] ?? 32767] as const),
    ...defined('clusterDomain', text(value['clusterDomain'])),
    ...defined('nodesReachable', flag('nodesReachable')),
  };
  if (problems.length > 0) throw new ProblemError(problems);
  return profile;
}

function defined<K extends keyof Profile>(key: K, value: Profile[K] | undefined): Partial<Profile> {
  return value === undefined ? {} : { [key]: value };
}

type Complain = (field: string, given: unknown, rule: string, fix: string) => void;

function profileNode(node: Fields, wrong: Complain): ProfileNode {
  const addresses = node['addresses'] ?? (node['address'] === undefined ? undefined : [node['address']]);
  return {
    name: text(node['name']) ?? '',
    addresses: list(addresses).map(String),
    labels: strings(node['labels']),
    controlPlane: bool(node['controlPlane']) ?? false,
    portMappings: portMappings(node['portMappings'] ?? node['extraPortMappings'], wrong),
  };
}

function portMappings(value: unknown, wrong?: Complain): PortMapping[] {
  return list(value).flatMap((entry, index) => {
    const mapping = fields(entry);
    const containerPort = integer(mapping['containerPort']);
    const hostPort = integer(mapping['hostPort']);
    if (containerPort === undefined || hostPort === undefined) {
      wrong?.(`portMappings[${index}]`, entry, 'A mapping has a containerPort and a hostPort.', 'Write for example `{containerPort: 30001, hostPort: 30001}`.');
      return [];
    }
    const protocol = text(mapping['protocol'])?.toUpperCase();
    return [{
      containerPort, hostPort,
      protocol: protocol === 'UDP' || protocol === 'SCTP' ? protocol : 'TCP',
      listenAddress: text(mapping['listenAddress']) ?? '0.0.0.0',
    }];
  });
}

/** What a kind cluster config (`kind.x-k8s.io/v1alpha4`) says: its nodes under the names kind gives them, their port mappings, the proxy mode. */
export function profileOfKindConfig(config: Fields): Profile {
  const cluster = text(config['name']) ?? 'kind';
  const given = list(config['nodes']);
  const count = { 'control-plane': 0, worker: 0 };
  const nodes = (given.length === 0 ? [{ role: 'control-plane' }] : given).map((entry): ProfileNode => {
    const node = fields(entry);
    const role = node['role'] === 'worker' ? 'worker' : 'control-plane';
    const number = ++count[role];
    return {
      name: `${cluster}-${role}${number === 1 ? '' : number}`,
      labels: strings(node['labels']),
      controlPlane: role === 'control-plane' && given.length > 1,
      portMappings: portMappings(node['extraPortMappings']),
    };
  });
  const mode = text(at(config, 'networking', 'kubeProxyMode'));
  return {
    platform: 'kind',
    nodes,
    ...(mode === 'iptables' || mode === 'ipvs' || mode === 'nftables' ? { proxyMode: mode } : {}),
    ...(at(config, 'networking', 'disableDefaultCNI') === true ? {} : { enforcesPolicies: true }),
  };
}
