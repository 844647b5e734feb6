import type { Protocol } from '../world/containers';
import { type Node, mayRunOn, runsOn } from '../world/nodes';
import type { Pod } from '../world/pods';
import { endpointsOf } from '../world/select';
import { type Service, type ServicePort, portText } from '../world/services';
import { arrive } from './arrive';
import { frontBehindUnseenPort } from './front';
import type { Journey, Sender } from './journey';
import { type HopView, type Leg, broken, doubted, halved, passed, unsure } from './leg';
import { balance, localTo, refusedByApiServer } from './service';
import { heldBack, seenThrough } from './through-node';

/** A connection to a port of a node: a nodePort, a hostPort, or nothing. `node` is undefined when any node may be meant. */
export function toNode(journey: Journey, node: Node | undefined, number: number, protocol: Protocol, sender: Sender, loopback = false): Leg {
  const { world } = journey;
  const address = `${node?.addresses[0] ?? node?.name ?? 'node'}:${number}`;
  const claims = (world.servicesByNodePort.get(number) ?? [])
    .filter((service) => service.type === 'NodePort' || service.type === 'LoadBalancer')
    .flatMap((service) => service.ports.filter((port) => port.nodePort === number && port.protocol === protocol).map((port) => ({ service, port })));
  const live = claims.filter(({ service }) => refusedByApiServer(journey, service) === undefined);
  const [first, second] = live;
  if (first === undefined) {
    const [refused] = claims;
    const why = refused === undefined ? undefined : refusedByApiServer(journey, refused.service);
    if (refused !== undefined && why !== undefined) {
      journey.visit(refused.service.manifest);
      return broken({ kind: 'node-port', text: why, at: refused.service.manifest, path: [...refused.port.path, 'nodePort'], from: address }, 'refused');
    }
    return toHostPort(journey, node, number, protocol, address);
  }
  if (loopback && world.profile.proxyMode === 'nftables') {
    return broken({ kind: 'node-port', text: 'kube-proxy in nftables mode answers nodePorts on node addresses, not on localhost.', at: first.service.manifest, path: first.port.path, from: address }, 'refused');
  }
  const leg = toNodePort(journey, first.service, first.port, node, sender, address);
  if (second === undefined) return leg;
  journey.visit(second.service.manifest);
  return doubted({
    kind: 'node-port', text: `nodePort ${number} is written on ${live.map(({ service }) => service.name).join(' and ')}; the API server gives it to the first that is applied.`,
    at: second.service.manifest, path: [...second.port.path, 'nodePort'], from: address,
  }, 'depends', leg);
}

/** The nodePort of a Service, from outside the cluster. */
export function toNodePort(journey: Journey, service: Service, port: ServicePort, node: Node | undefined, sender: Sender, address: string): Leg {
  journey.visit(service.manifest);
  const view: HopView = {
    kind: 'node-port', at: service.manifest, path: port.nodePort === undefined ? port.path : [...port.path, 'nodePort'], from: address,
    text: `nodePort ${port.nodePort ?? '(assigned)'} of Service ${service.name} leads to its port ${portText(port)}.`,
  };
  const held = heldBack(journey, node, port.nodePort ?? port.port, port.protocol, sender);
  if (held !== undefined) return held;
  const leg = balance(journey, service, port, (endpoint) => seenThrough(node, sender, endpoint, service.externalTrafficPolicy), `${service.name}:${port.port}`);
  if (service.externalTrafficPolicy === 'Cluster' || leg.outcome.verdict === 'broken') return passed(view, leg);
  return local(journey, service, port, node, sender, view, leg);
}

/** `externalTrafficPolicy: Local`: a node without an endpoint drops the packets. From a pod or the node itself it is as Cluster. */
function local(journey: Journey, service: Service, port: ServicePort, node: Node | undefined, sender: Sender, view: HopView, leg: Leg): Leg {
  const { nodes } = journey.world;
  if (sender.kind === 'node' && (node === undefined || sender.name === node.name)) return passed(view, leg);
  if (sender.kind === 'pod' && node !== undefined && sender.pods.every((pod) => pod.node === node.name)) return passed(view, leg);
  if (endpointsOf(journey.world, service, port).ready.some(({ pod }) => pod?.workload.kind === 'DaemonSet' && nodes.every((candidate) => mayRunOn(pod, candidate)))) return passed(view, leg);
  const asked = node === undefined ? nodes : [node];
  const verdicts = asked.map((candidate) => ({ candidate, on: localTo(journey, service, port, candidate) }));
  const without = verdicts.filter(({ on }) => on === 'no');
  if (verdicts.length > 0 && verdicts.every(({ on }) => on === 'yes')) return passed({ ...view, text: `${view.text} externalTrafficPolicy: Local, and the node has an endpoint.` }, leg);
  if (verdicts.length > 0 && without.length === verdicts.length) {
    journey.report({
      id: 'ETP001', at: service.manifest, path: ['spec', 'externalTrafficPolicy'],
      message: `Service ${service.name} has externalTrafficPolicy: Local, and node ${without.map(({ candidate }) => candidate.name).join(', ')} has no pod of it.`,
    });
    return broken({ ...view, text: `No endpoint of Service ${service.name} is on node ${without.map(({ candidate }) => candidate.name).join(', ')}, and externalTrafficPolicy: Local takes no other: packets are dropped.` }, 'timeout');
  }
  journey.report({
    id: 'ETP001', at: service.manifest, path: ['spec', 'externalTrafficPolicy'],
    message: `Service ${service.name} has externalTrafficPolicy: Local: a node without a pod of it drops what is sent to its nodePort.`,
  });
  if (without.length > 0 && verdicts.some(({ on }) => on === 'yes')) {
    return halved({ ...view, text: `${view.text} externalTrafficPolicy: Local: ${without.map(({ candidate }) => candidate.name).join(', ')} has no endpoint and drops it.` }, 'timeout', leg);
  }
  return doubted({ ...view, text: `${view.text} externalTrafficPolicy: Local: only nodes with a pod answer, and where the pods run is not in the input.` }, 'depends', leg);
}

/** Not a nodePort: a container's hostPort, a pod of the host's network, or nothing that listens. */
function toHostPort(journey: Journey, node: Node | undefined, number: number, protocol: Protocol, address: string): Leg {
  const { world } = journey;
  const listening = hostPorts(journey, number, protocol);
  const here = node === undefined ? listening : listening.filter(({ pod }) => runsOn(pod, node, world.nodes) !== 'no');
  const [found] = here;
  if (found !== undefined) {
    const leg = passed({
      kind: 'host-port', text: `Port ${number} of the node is ${found.pod.hostNetwork ? 'in the host network of' : 'the hostPort of'} ${found.pod.workload.kind} ${found.pod.workload.name}.`,
      at: found.pod.manifest, from: address, to: `${found.pod.name}:${found.port}`,
    }, arrive(journey, found.pod, found.port, protocol));
    if (node === undefined || runsOn(found.pod, node, world.nodes) === 'yes' || world.nodes.length <= 1) return leg;
    journey.report({ id: 'KIND004', at: found.pod.manifest, path: found.pod.specPath, message: `${found.pod.workload.kind} ${found.pod.workload.name} may run on a node other than ${node.name}, and its hostPort ${number} exists only where it runs.` });
    return doubted({ kind: 'host-port', text: `Whether ${found.pod.workload.name} runs on ${node.name} is not in the input.`, at: found.pod.manifest, from: address }, 'depends', leg);
  }
  if (listening[0] !== undefined && node !== undefined) {
    const [elsewhere] = listening;
    journey.report({ id: 'KIND004', at: elsewhere.pod.manifest, path: elsewhere.pod.specPath, message: `${elsewhere.pod.workload.kind} ${elsewhere.pod.workload.name} has hostPort ${number}, but cannot run on node ${node.name}.` });
    return broken({ kind: 'host-port', text: `Nothing listens on port ${number} of node ${node.name}: ${elsewhere.pod.workload.name} runs on other nodes.`, at: elsewhere.pod.manifest, from: address }, 'refused');
  }
  const front = frontBehindUnseenPort(journey, number);
  if (front !== undefined) return front;
  const mixed = mixedUp(journey, number, protocol);
  if (mixed !== undefined) {
    const { service, port, what } = mixed;
    journey.visit(service.manifest);
    journey.report({
      id: 'REQ003', at: service.manifest, path: port.path,
      message: `${number} is the ${what} of Service ${service.name}, which nodes do not answer; ${port.nodePort === undefined ? 'its nodePort is not pinned' : `its nodePort is ${port.nodePort}`}.`,
      ...(port.nodePort === undefined ? {} : { fix: `Send the request to port ${port.nodePort} of the node.` }),
    });
    return broken({ kind: 'node-port', text: `Nothing listens on port ${number} of the node; it is the ${what} of Service ${service.name}.`, at: service.manifest, path: port.path, from: address }, 'refused');
  }
  const text = `Nothing in the input listens on port ${number} of a node.`;
  return world.whole ? broken({ kind: 'node-port', text, from: address }, 'refused') : unsure({ kind: 'node-port', text, from: address }, 'unknown');
}

/** Pods that take a port of the node they run on. */
export function hostPorts(journey: Journey, number: number, protocol: Protocol): { readonly pod: Pod; readonly port: number }[] {
  return journey.world.allPods.flatMap((pod) => (pod.replicas === 0 ? [] : pod.containers.flatMap((container) => container.ports
    .filter((port) => port.protocol === protocol && (port.hostPort === number || (pod.hostNetwork && port.number === number)))
    .map((port) => ({ pod, port: port.number })))));
}

function mixedUp(journey: Journey, number: number, protocol: Protocol): { service: Service; port: ServicePort; what: string } | undefined {
  for (const service of journey.world.services.values()) {
    if (service.type !== 'NodePort' && service.type !== 'LoadBalancer') continue;
    for (const port of service.ports) {
      if (port.protocol !== protocol) continue;
      if (port.port === number) return { service, port, what: 'port' };
      if (port.targetPort === number) return { service, port, what: 'targetPort' };
    }
  }
  return undefined;
}
