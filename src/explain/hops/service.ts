import { type Tri } from '../world/labels';
import { type Node, runsOn } from '../world/nodes';
import type { Protocol } from '../world/containers';
import { type Endpoint, type Endpoints, endpointsOf } from '../world/select';
import { type Service, type ServicePort, portText, serviceText } from '../world/services';
import { rejections } from '../rules/rejected';
import { arrive } from './arrive';
import { connect } from './connect';
import { reportNoEndpoints } from './no-endpoints';
import { type Journey, type Sender, isInside } from './journey';
import { type HopView, type Leg, broken, doubted, passed, unsure } from './leg';
import { reportWrongPort } from './wrong-port';

/** A connection to a Service's virtual address: kube-proxy's rules pick a ready endpoint. */
export function toService(journey: Journey, service: Service, number: number, protocol: Protocol, sender: Sender, byBalancer = false): Leg {
  journey.visit(service.manifest);
  const refused = refusedByApiServer(journey, service);
  if (refused !== undefined) return broken({ kind: 'service', at: service.manifest, text: refused }, 'nxdomain');
  const port = service.ports.find((entry) => entry.port === number && entry.protocol === protocol);
  const address = `${service.clusterIPs[0] ?? serviceText(service)}:${number}`;
  if (port === undefined) return withoutPort(journey, service, number, protocol, address);
  // From inside, a load balancer's address leads to any endpoint, whatever the traffic policies.
  if (byBalancer || service.internalTrafficPolicy !== 'Local' || sender.kind === 'controller' || !(isInside(sender) || sender.kind === 'node')) return balance(journey, service, port, sender, address);
  const placed = nodeOf(journey, sender);
  const onNode = ({ node }: Endpoint): boolean => node === placed?.name;
  const local = placed !== undefined && endpointsOf(journey.world, service, port).ready.some(onNode);
  return internalLocal(journey, service, port, placed, balance(journey, service, port, sender, address, local ? onNode : undefined));
}

/** The node that a client inside is known to be on. */
function nodeOf({ world: { nodes } }: Journey, sender: Sender): Node | undefined {
  const name = sender.kind === 'node' ? sender.name : sender.kind === 'pod' ? sender.pods[0].node : undefined;
  return nodes.find((node) => node.name === name);
}

export function refusedByApiServer(journey: Journey, service: Service): string | undefined {
  const [first] = rejections(journey.world, service);
  return first === undefined ? undefined : `The API server refuses Service ${service.name}: ${first.message}`;
}

function withoutPort(journey: Journey, service: Service, number: number, protocol: Protocol, address: string): Leg {
  reportWrongPort(journey, service, number, protocol);
  const ports = service.ports.map(portText).join(', ');
  const mode = journey.world.profile.proxyMode ?? 'iptables';
  if (journey.world.profile.proxyMode === undefined) journey.assume('kube-proxy runs in iptables mode.');
  const text = `Service ${service.name} has no port ${portText({ port: number, protocol })}; it has ${ports === '' ? 'none' : ports}.`;
  return broken({ kind: 'service', text, at: service.manifest, path: ['spec', 'ports'], from: address }, mode === 'iptables' ? 'timeout' : 'refused');
}

/** kube-proxy's choice among the endpoints of a port, for whoever sends. */
export function balance(journey: Journey, service: Service, port: ServicePort, sender: Sender | ((endpoint: Endpoint) => Sender), address: string, on?: (endpoint: Endpoint) => boolean): Leg {
  const endpoints = endpointsOf(journey.world, service, port);
  const view: HopView = { kind: 'service', text: '', at: service.manifest, path: port.path, from: address };
  const chosen = on === undefined ? endpoints.ready : endpoints.ready.filter(on);
  if (chosen.length === 0) return noEndpoints(journey, service, port, endpoints, view);
  const senderTo = typeof sender === 'function' ? sender : () => sender;
  const legs = distinct(chosen, senderTo).map((endpoint) => toEndpoint(journey, service, port, endpoint, senderTo(endpoint)));
  const target = typeof port.targetPort === 'number' ? String(port.targetPort) : `the port named ${port.targetPort}`;
  return passed({
    ...view, text: `Service ${service.name} port ${portText(port)} leads to ${target} of ${describe(endpoints)}.`, considered: considered(endpoints),
  }, legs);
}

/** Equal replicas of one workload are one way, unless they see different senders. */
function distinct(endpoints: readonly Endpoint[], senderTo: (endpoint: Endpoint) => Sender): Endpoint[] {
  const seen = new Map<string, Endpoint>();
  for (const endpoint of endpoints) {
    const { pod } = endpoint;
    const key = pod === undefined ? `${endpoint.address}:${endpoint.port}` : `${pod.workload.kind}/${pod.workload.name}:${endpoint.port}:${pod.hostNetwork}:${Object.values(pod.labels).join()}:${placed(senderTo(endpoint), endpoint)}`;
    if (!seen.has(key)) seen.set(key, endpoint);
  }
  return [...seen.values()];
}

/** What a node may send to a pod hangs on whether it is the pod's own. */
function placed(sender: Sender, { node }: Endpoint): string {
  return sender.kind === 'node' ? `${sender.name}:${node}` : sender.kind;
}

function describe({ ready }: Endpoints): string {
  const names = [...new Set(ready.map(({ pod, address }) => (pod === undefined ? address ?? 'an address' : `${pod.workload.kind} ${pod.workload.name}`)))];
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}

function considered({ notReady, portless, scaledToZero }: Endpoints): { what: string; why: string }[] {
  const of = (pods: Endpoints['notReady'], why: string): { what: string; why: string }[] => pods.map((pod) => ({ what: `Pod ${pod.name}`, why }));
  return [...of(notReady, 'not ready'), ...of(portless, 'has no port of that name'), ...of(scaledToZero, 'has 0 replicas')];
}

function toEndpoint(journey: Journey, service: Service, port: ServicePort, endpoint: Endpoint, sender: Sender): Leg {
  const { pod } = endpoint;
  if (pod === undefined) {
    const manifest = endpoint.written?.manifest ?? service.manifest;
    const address = `${endpoint.address ?? '?'}:${endpoint.port}`;
    const name = endpoint.written?.pod ?? endpoint.address ?? service.name;
    if (endpoint.written?.pod !== undefined) {
      // A ready endpoint of a live cluster answers, although its pod was left out of the dump.
      journey.assume(`Pod ${name}, which is not in the input, listens on ${endpoint.port}.`);
      return passed({ kind: 'endpoint', text: `Endpoint ${address} is Pod ${name}.`, at: manifest, to: address }, {
        hop: { kind: 'container', verdict: 'ok', text: `Pod ${name} is not in the input.`, next: [] },
        outcome: { verdict: 'ok', symptom: null, backends: [{ kind: 'Pod', namespace: service.namespace, name, port: endpoint.port }] },
      });
    }
    return unsure({ kind: 'external', text: `Endpoint ${address} belongs to no pod of the input.`, at: manifest, to: address }, 'unknown');
  }
  const address = `${endpoint.address ?? pod.name}:${endpoint.port}`;
  const target = { pod, port: endpoint.port, protocol: port.protocol, service: { service, port } };
  if (!pod.live && pod.ready === null) journey.assume('Pods that are selected start and become ready.');
  return passed({
    kind: 'endpoint', text: `Endpoint ${address}${endpoint.node === undefined ? '' : ` on node ${endpoint.node}`}${pod.replicas !== null && pod.replicas > 1 ? `, one of ${pod.replicas} replicas` : ''}.`,
    at: endpoint.written?.manifest ?? pod.manifest, from: `${service.name}:${port.port}`, to: address,
  }, connect(journey, sender, target, () => arrive(journey, pod, endpoint.port, port.protocol, { service, port })));
}

function noEndpoints(journey: Journey, service: Service, port: ServicePort, endpoints: Endpoints, view: HopView): Leg {
  const { proved, why } = reportNoEndpoints(journey, service, port, endpoints);
  const text = `Service ${service.name} port ${portText(port)} has no endpoint: ${why}.`;
  if (!proved) return unsure({ ...view, text }, 'unknown');
  return broken({ ...view, text: service.headless ? text : `${text} kube-proxy rejects the connection.`, considered: considered(endpoints) }, service.headless ? 'nxdomain' : 'refused');
}

/** Is an endpoint of the port on this node? */
export function localTo(journey: Pick<Journey, 'world'>, service: Service, port: ServicePort, node: Node): Tri {
  const { ready, source } = endpointsOf(journey.world, service, port);
  if (ready.length === 0) return source === 'selected' ? 'no' : 'unknown';
  let verdict: Tri = 'no';
  for (const endpoint of ready) {
    const on = endpoint.node !== undefined ? (endpoint.node === node.name ? 'yes' : 'no')
      : endpoint.pod === undefined ? 'unknown' : runsOn(endpoint.pod, node, journey.world.nodes);
    if (on === 'yes') return 'yes';
    if (on === 'unknown') verdict = 'unknown';
  }
  return verdict;
}

/** `internalTrafficPolicy: Local`: only endpoints of the client's own node; a node without one drops the packets. */
function internalLocal(journey: Journey, service: Service, port: ServicePort, placed: Node | undefined, leg: Leg): Leg {
  if (leg.outcome.verdict === 'broken') return leg;
  const { nodes } = journey.world;
  const view: HopView = { kind: 'service', text: '', at: service.manifest, path: ['spec', 'internalTrafficPolicy'] };
  const local = (node: Node): Tri => localTo(journey, service, port, node);
  const everywhere = endpointsOf(journey.world, service, port).ready.some((endpoint) => endpoint.pod?.workload.kind === 'DaemonSet');
  const verdicts = placed !== undefined ? [local(placed)] : nodes.map(local);
  if (everywhere || (verdicts.length > 0 && verdicts.every((verdict) => verdict === 'yes'))) return leg;
  journey.report({
    id: 'ETP002', at: service.manifest, path: ['spec', 'internalTrafficPolicy'],
    message: `internalTrafficPolicy: Local serves clients of Service ${service.name} only from a pod on their own node.`,
  });
  if (placed !== undefined && verdicts[0] === 'no') return broken({ ...view, text: `No endpoint of Service ${service.name} is on node ${placed.name}, and internalTrafficPolicy: Local takes no other: packets are dropped.` }, 'timeout');
  return doubted({ ...view, text: `internalTrafficPolicy: Local: it depends on whether the client's node has a pod of ${service.name}.` }, 'depends', leg);
}
