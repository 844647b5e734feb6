import { inCidr } from '../world/addresses';
import type { Protocol } from '../world/containers';
import { type Labels, type Tri, matches, matchesPartly } from '../world/labels';
import { runsOn } from '../world/nodes';
import type { Pod } from '../world/pods';
import type { NetworkPolicy, PolicyPeer, PolicyPort, PolicyRule } from '../world/policies';
import type { World } from '../world/world';
import type { Sender } from './journey';

/** One end of a connection, as policies see it: after DNAT, on pod addresses and container ports. */
export type End =
  | { readonly kind: 'pod'; readonly pod: Pod }
  /** A pod that is not in the input; labels that are known are known. */
  | { readonly kind: 'unseen'; readonly namespace: string; readonly labels: Labels }
  | { readonly kind: 'address'; readonly address: string }
  /** Any of these: all of them must get through. */
  | { readonly kind: 'addresses'; readonly addresses: readonly string[] }
  | { readonly kind: 'world' }
  | { readonly kind: 'anyone' }
  | { readonly kind: 'controller' };

export interface Judgement {
  /** unknown also stands for: some may, some may not. */
  readonly verdict: Tri;
  /** Policies that isolate the pod in this direction. */
  readonly policies: readonly NetworkPolicy[];
  /** A rule that would admit the peer, had it named this port: what it names instead. */
  readonly otherPorts: readonly { readonly policy: NetworkPolicy; readonly port: PolicyPort }[];
}

const free: Judgement = { verdict: 'yes', policies: [], otherPorts: [] };

/** May a connection to `port` leave (egress) or reach (ingress) this pod? `target` is the pod whose named ports count. */
export function judge(
  world: World, direction: 'ingress' | 'egress', pod: Pod, peer: End, port: number, protocol: Protocol, target: Pod | undefined,
): Judgement {
  if (world.profile.enforcesPolicies === false || pod.hostNetwork) return free;
  const policies = world.policies.selecting(pod).filter((policy) => policy[direction] !== null);
  if (policies.length === 0) return free;
  if (peer.kind === 'addresses') {
    const each = peer.addresses.map((address) => judge(world, direction, pod, { kind: 'address', address }, port, protocol, target));
    const [first = free] = each;
    return { ...first, verdict: each.every(({ verdict }) => verdict === first.verdict) ? first.verdict : 'unknown' };
  }
  let verdict: Tri = 'no';
  const otherPorts: { policy: NetworkPolicy; port: PolicyPort }[] = [];
  for (const policy of policies) {
    for (const rule of policy[direction] ?? []) {
      const admits = admitsPeer(world, policy, rule, peer);
      if (admits === 'no') continue;
      if (!admitsPort(rule, port, protocol, target)) {
        if (admits === 'yes') otherPorts.push(...(rule.ports ?? []).map((entry) => ({ policy, port: entry })));
        continue;
      }
      if (admits === 'yes') return { verdict: 'yes', policies, otherPorts: [] };
      verdict = 'unknown';
    }
  }
  return { verdict, policies, otherPorts };
}

function admitsPort(rule: PolicyRule, port: number, protocol: Protocol, target: Pod | undefined): boolean {
  if (rule.ports === null) return true;
  return rule.ports.some((entry) => {
    if (entry.protocol !== protocol) return false;
    if (entry.port === undefined) return true;
    if (typeof entry.port === 'number') return entry.endPort === undefined ? entry.port === port : port >= entry.port && port <= entry.endPort;
    return target?.containers.some((container) =>
      container.ports.some((declared) => declared.name === entry.port && declared.protocol === protocol && declared.number === port)) === true;
  });
}

function admitsPeer(world: World, policy: NetworkPolicy, rule: PolicyRule, end: End): Tri {
  if (rule.peers === null) return 'yes';
  let verdict: Tri = 'no';
  for (const peer of rule.peers) {
    const admits = peer.ipBlock !== undefined ? inBlock(peer, end) : selects(world, policy, peer, end);
    if (admits === 'yes') return 'yes';
    if (admits === 'unknown') verdict = 'unknown';
  }
  return verdict;
}

/** ipBlock is meant for addresses outside the cluster; whether it covers pods, the pods' addresses say. */
function inBlock({ ipBlock }: PolicyPeer, end: End): Tri {
  if (ipBlock === undefined) return 'no';
  const everywhere = ipBlock.cidr === '0.0.0.0/0' || ipBlock.cidr === '::/0';
  const addresses = end.kind === 'address' ? [end.address] : end.kind === 'pod' ? end.pod.addresses : [];
  if (addresses.length > 0) {
    const within = addresses.some((address) => inCidr(address, ipBlock.cidr) && !ipBlock.except.some((except) => inCidr(address, except)));
    return within ? 'yes' : 'no';
  }
  if (everywhere && ipBlock.except.length === 0) return 'yes';
  if (end.kind === 'world' && everywhere) return ipBlock.except.every(isPrivate) ? 'yes' : 'unknown';
  // The pod network is not in the manifests: a block of everything but private addresses leaves pods out, one within them may mean them.
  if (end.kind === 'world') return 'unknown';
  if (everywhere) return ipBlock.except.some((except) => except.startsWith('10.')) ? 'no' : 'unknown';
  return isPrivate(ipBlock.cidr) ? 'unknown' : 'no';
}

const privateBlocks = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16', '127.0.0.0/8', 'fc00::/7', 'fe80::/10'];

function isPrivate(cidr: string): boolean {
  return privateBlocks.some((block) => inCidr(cidr.split('/')[0] ?? '', block));
}

function selects(world: World, policy: NetworkPolicy, peer: PolicyPeer, end: End): Tri {
  if (peer.podSelector === undefined && peer.namespaceSelector === undefined) return 'no';
  switch (end.kind) {
    case 'world': case 'address': case 'addresses': return 'no';
    case 'anyone': return (peer.podSelector?.requirements.length ?? 0) === 0 && (peer.namespaceSelector?.requirements.length ?? 0) === 0 ? 'yes' : 'unknown';
    // A controller that is not in the input lives in some namespace of its own, most likely one the policy names.
    case 'controller': return peer.namespaceSelector === undefined ? 'unknown' : 'yes';
    case 'pod': case 'unseen': {
      if (end.kind === 'pod' && end.pod.hostNetwork) return 'unknown';
      const namespace = end.kind === 'pod' ? end.pod.namespace : end.namespace;
      const inNamespace = namespaceMatches(world, policy, peer, namespace);
      if (inNamespace === 'no') return 'no';
      const byLabels = peer.podSelector === undefined ? 'yes'
        : end.kind === 'pod' ? (matches(peer.podSelector, end.pod.labels) ? 'yes' : 'no') : matchesPartly(peer.podSelector, end.labels);
      return byLabels === 'no' ? 'no' : byLabels === 'unknown' || inNamespace === 'unknown' ? 'unknown' : 'yes';
    }
    default: { const never: never = end; return never; }
  }
}

function namespaceMatches(world: World, policy: NetworkPolicy, peer: PolicyPeer, namespace: string): Tri {
  if (peer.namespaceSelector === undefined) return namespace === policy.namespace ? 'yes' : 'no';
  const known = world.namespaces.get(namespace);
  if (known !== undefined) return matches(peer.namespaceSelector, known) ? 'yes' : 'no';
  // A Namespace that is not in the input still has the label that the API server gives it.
  return matchesPartly(peer.namespaceSelector, { 'kubernetes.io/metadata.name': namespace });
}

/** The sender of a connection, as an ingress policy of `target` sees it. */
export function endOf(world: World, sender: Sender, target: Pod): End | 'same-node' {
  switch (sender.kind) {
    case 'outside': case 'laptop': return { kind: 'world' };
    case 'node': {
      // A node always reaches its own pods: the kubelet must probe them.
      const node = world.nodes.find(({ name }) => name === sender.name);
      if (node === undefined || runsOn(target, node, world.nodes) !== 'no') return 'same-node';
      const [address] = node.addresses;
      return address === undefined ? { kind: 'world' } : { kind: 'address', address };
    }
    case 'pod': return { kind: 'pod', pod: sender.pods[0] };
    case 'unseen-pod': return { kind: 'unseen', namespace: sender.namespace, labels: {} };
    case 'anyone': return { kind: 'anyone' };
    case 'controller':
      if (sender.running !== undefined) return { kind: 'pod', pod: sender.running.pod };
      // A cloud's load balancer sends from the cloud's own addresses.
      if (sender.sources !== undefined) return { kind: 'addresses', addresses: sender.sources };
      return sender.managed ? { kind: 'world' } : { kind: 'controller' };
    default: { const never: never = sender; return never; }
  }
}
