import type { Protocol } from '../world/containers';
import type { Node } from '../world/nodes';
import type { Pod } from '../world/pods';
import type { Endpoint } from '../world/select';
import type { Journey, Sender } from './journey';
import { type Leg, broken } from './leg';
import { judge } from './policy';

/** The live pod that sends to another node than its own: its packets leave as they are addressed, and with its node's address. */
function podElsewhere(sender: Sender, node: Node | undefined): Pod | undefined {
  if (sender.kind !== 'pod' || sender.pods.length !== 1 || node === undefined) return undefined;
  const [pod] = sender.pods;
  return pod.live && pod.node !== undefined && pod.node !== node.name ? pod : undefined;
}

/**
 * Whom the pod's policies see behind a connection to a node: kube-proxy puts that node's address in place of the client's where
 * the endpoint is on another one, unless externalTrafficPolicy is Local.
 */
export function seenThrough(node: Node | undefined, sender: Sender, { node: endpointNode }: Endpoint, policy: 'Cluster' | 'Local'): Sender {
  const pod = podElsewhere(sender, node);
  if (node !== undefined && policy === 'Cluster' && endpointNode !== undefined && endpointNode !== node.name) {
    // On its own node a pod's egress policies see where the connection goes in the end.
    const here = pod === undefined && sender.kind === 'pod' && sender.pods.length === 1 ? sender.pods[0] : undefined;
    return { kind: 'node', name: node.name, ...(here && { passesOn: here }) };
  }
  return pod === undefined ? sender : { kind: 'node', name: pod.node };
}

/** A pod's egress policies see the address and port of another node; only on its own node are they replaced before. Nothing where they let it pass. */
export function heldBack(journey: Journey, node: Node | undefined, number: number, protocol: Protocol, sender: Sender): Leg | undefined {
  const pod = podElsewhere(sender, node);
  const [address] = node?.addresses ?? [];
  if (pod === undefined || address === undefined) return undefined;
  const { verdict, policies } = judge(journey.world, 'egress', pod, { kind: 'address', address }, number, protocol, undefined);
  const [policy] = policies;
  if (policy === undefined || verdict !== 'no') return undefined;
  const names = policies.map(({ name }) => name).join(', ');
  journey.visit(policy.manifest);
  journey.report({
    id: 'NET004', at: policy.manifest, path: ['spec', 'egress'],
    message: `NetworkPolicy ${names} blocks ${pod.workload.name} on its way to ${address}:${number}, another node.`,
    fix: 'Call the Service by its name, or allow egress to the addresses of the nodes.',
  });
  return broken({ kind: 'egress-policy', text: `NetworkPolicy ${names} lets no connection out of ${pod.workload.name} to ${address}:${number}: its packets are dropped.`, at: policy.manifest, to: `${address}:${number}` }, 'timeout');
}
