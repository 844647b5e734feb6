import { inCidr, kindNetworks } from '../world/addresses';
import { declared } from '../world/select';
import { arrive } from './arrive';
import { connect } from './connect';
import { toWorld } from './external';
import { frontFor } from './front';
import { type Journey, type Sender, isInside } from './journey';
import { type HopView, type Leg, broken, passed, unsure } from './leg';
import { toBalancer } from './load-balancer';
import { toNode } from './node';
import { toService } from './service';

/** An IP address: a pod's, a Service's, a node's, a load balancer's, or one that the input does not know. */
export function toAddress(journey: Journey, sender: Sender): Leg {
  const { world, request } = journey;
  const { host, port, protocol } = request;
  const within = isInside(sender) || sender.kind === 'node';
  const pod = world.podsByAddress.get(host);
  if (pod !== undefined) {
    if (!within) return unreachable(journey, `${host} is the address of pod ${pod.name}`, 'the pod network', pod.manifest);
    return passed({ kind: 'endpoint', at: pod.manifest, text: `${host} is pod ${pod.name} of ${pod.workload.kind} ${pod.workload.name}.`, to: `${host}:${port}` },
      connect(journey, sender, { pod, port, protocol }, () => arrive(journey, pod, port, protocol)));
  }
  const node = world.nodes.find(({ addresses }) => addresses.includes(host));
  if (node !== undefined) {
    if (!within && !nodesReachable(journey)) return unreachable(journey, `${host} is node ${node.name}`, 'the nodes, which run in a virtual machine,', node.manifest);
    return toNode(journey, node, port, protocol, sender);
  }
  for (const service of world.servicesByAddress.get(host) ?? []) {
    if (service.clusterIPs.includes(host)) {
      if (!within) return unreachable(journey, `${host} is the cluster IP of Service ${service.name}`, 'the Service network', service.manifest);
      return toService(journey, service, port, protocol, sender);
    }
    if (service.balancerAddresses.includes(host)) {
      if (within) return toService(journey, service, port, protocol, sender, true);
      return toBalancer(journey, service, sender);
    }
    if (service.externalIPs.includes(host)) return toService(journey, service, port, protocol, sender);
  }
  return unknownAddress(journey, sender);
}

export function nodesReachable({ world }: Journey): boolean {
  return world.profile.nodesReachable ?? world.platform !== 'docker-desktop';
}

function unreachable({ request }: Journey, what: string, network: string, at: HopView['at']): Leg {
  return broken({ kind: 'external', text: `${what}; no route leads from outside into ${network}.`, from: `${request.host}:${request.port}`, ...(at === undefined ? {} : { at }) }, 'timeout');
}

/** The input has no such address: its network may tell what it is (kind's are fixed), or the port. */
function unknownAddress(journey: Journey, sender: Sender): Leg {
  const { world, request } = journey;
  const { host, port, protocol } = request;
  const isIn = (networks: readonly string[]): boolean => networks.some((network) => inCidr(host, network));
  const named = (world.servicesByNodePort.get(port) ?? []).some((service) => service.ports.some((entry) => entry.nodePort === port && entry.protocol === protocol));
  if (isIn(kindNetworks.pods) && world.platform !== 'gke') return podNetwork(journey, sender, named);
  const nodeLike = named || (world.platform === 'kind' && isIn(kindNetworks.nodes));
  if (nodeLike && sender.kind !== 'outside') {
    if (!nodesReachable(journey) && !isInside(sender) && sender.kind !== 'node') return unreachable(journey, `${host} is in the nodes' network`, 'the nodes, which run in a virtual machine,', undefined);
    journey.assume(`${host} is the address of a node.`);
    return toNode(journey, undefined, port, protocol, sender);
  }
  if (named) {
    journey.assume(`${host} is the address of a node that is reachable from outside.`);
    return toNode(journey, undefined, port, protocol, sender);
  }
  if (!isInside(sender)) {
    const front = frontFor(journey);
    if (front !== undefined) return front;
  }
  const text = `No object of the input has the address ${host}.`;
  if (isInside(sender)) return toWorld(journey, host, sender);
  return world.whole ? broken({ kind: 'external', text, from: `${host}:${port}` }, 'timeout') : unsure({ kind: 'external', text, from: `${host}:${port}` }, 'unknown');
}

/** An address of the pod network, of a pod that is not in the input: which ports a pod may have, the workloads tell. */
function podNetwork(journey: Journey, sender: Sender, isNodePort: boolean): Leg {
  const { world, request } = journey;
  const { host, port, protocol } = request;
  const view: HopView = { kind: 'endpoint', text: `${host} is in the pod network.`, to: `${host}:${port}` };
  if (!isInside(sender) && sender.kind !== 'node') return unreachable(journey, `${host} is in the pod network`, 'it', undefined);
  const listening = world.allPods.filter((pod) => declared(pod, port, protocol) !== undefined);
  const [only] = listening;
  if (listening.length === 1 && only !== undefined) {
    journey.assume(`${host} is a pod of ${only.workload.name}, the only one that declares port ${port}.`);
    return passed({ ...view, at: only.manifest }, connect(journey, sender, { pod: only, port, protocol }, () => arrive(journey, only, port, protocol)));
  }
  if (isNodePort && listening.length === 0) {
    const [service] = world.servicesByNodePort.get(port) ?? [];
    if (service !== undefined) {
      journey.report({ id: 'REQ002', at: service.manifest, path: ['spec', 'ports'], message: `Port ${port} is the nodePort of Service ${service.name}: it exists on nodes. A pod knows nothing of it, and listens on its targetPort only.` });
      return broken({ ...view, text: `${view.text} Port ${port} is a nodePort, and no pod listens on it.`, at: service.manifest }, 'refused');
    }
  }
  return unsure(view, 'unknown');
}
