import type { Container, ContainerPort, Protocol } from './containers';
import type { WrittenEndpoint } from './endpoints';
import type { Pod } from './pods';
import type { Service, ServicePort } from './services';
import type { World } from './world';

/** One address behind a Service port. */
export interface Endpoint {
  /** undefined: the address belongs to nothing in the input. */
  readonly pod: Pod | undefined;
  readonly address: string | undefined;
  readonly port: number;
  readonly node: string | undefined;
  readonly written: WrittenEndpoint | undefined;
}

export interface Endpoints {
  /** Those that get traffic. */
  readonly ready: readonly Endpoint[];
  /** Pods that are selected and not ready, or are going away. */
  readonly notReady: readonly Pod[];
  /** Pods that are selected and have no port of the targetPort's name. */
  readonly portless: readonly Pod[];
  /** Selected, but with no replica to run. */
  readonly scaledToZero: readonly Pod[];
  /** How it is known: written by the cluster or a hand, by the selector over pods, or not at all. */
  readonly source: 'written' | 'selected' | 'none';
}

/** The endpoints of a Service port: what EndpointSlices say where there are any, else what the selector picks. */
export function endpointsOf(world: World, service: Service, port: ServicePort): Endpoints {
  const written = world.endpoints.get(`${service.namespace}/${service.name}`);
  if (written !== undefined) return writtenEndpoints(world, service, port, written);
  if (service.selector === null) return { ready: [], notReady: [], portless: [], scaledToZero: [], source: 'none' };
  const ready: Endpoint[] = [];
  const notReady: Pod[] = [];
  const portless: Pod[] = [];
  const scaledToZero: Pod[] = [];
  for (const pod of selectedBy(world, service)) {
    if (pod.replicas === 0) scaledToZero.push(pod);
    else if (!service.publishNotReady && (pod.ready === false || pod.terminating)) notReady.push(pod);
    else {
      const number = targetOn(pod, port);
      if (number === undefined) portless.push(pod);
      else ready.push({ pod, address: pod.addresses[0], port: number, node: pod.node, written: undefined });
    }
  }
  return { ready, notReady, portless, scaledToZero, source: 'selected' };
}

/** The pods that a Service selects, without those of Jobs that happen to wear its labels: they come and go, and serve nothing. */
export function selectedBy(world: World, service: Service): readonly Pod[] {
  if (service.selector === null) return [];
  const pods = world.pods.withAll(service.namespace, service.selector);
  const lasting = pods.filter(({ workload }) => workload.kind !== 'Job' && workload.kind !== 'CronJob');
  return lasting.length > 0 ? lasting : pods;
}

/** The container port a Service port leads to on this pod; a name is looked up per pod, with its protocol. */
export function targetOn(pod: Pod, port: ServicePort): number | undefined {
  return typeof port.targetPort === 'number' ? port.targetPort : portNamed(pod, port.targetPort, port.protocol)?.number;
}

export function portNamed(pod: Pod, name: string, protocol: Protocol): ContainerPort | undefined {
  for (const container of pod.containers) {
    const found = container.ports.find((entry) => entry.name === name && entry.protocol === protocol);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Where a pod declares a port, if it does. */
export function declared(pod: Pod, port: number, protocol: Protocol): { readonly container: Container; readonly port: ContainerPort } | undefined {
  for (const container of pod.containers) {
    const found = container.ports.find((entry) => entry.number === port && entry.protocol === protocol);
    if (found !== undefined) return { container, port: found };
  }
  return undefined;
}

function writtenEndpoints(world: World, service: Service, port: ServicePort, written: readonly WrittenEndpoint[]): Endpoints {
  const ready: Endpoint[] = [];
  const fallback: Endpoint[] = [];
  const notReady: Pod[] = [];
  for (const endpoint of written) {
    const pod = podOf(world, service, endpoint);
    const number = endpoint.ports.find((entry) => entry.name === (port.name ?? '') && entry.protocol === port.protocol)?.number;
    if (number === undefined) continue;
    const target = { pod, address: endpoint.address, port: number, node: endpoint.node ?? pod?.node, written: endpoint };
    if (endpoint.ready || service.publishNotReady) ready.push(target);
    else if (endpoint.serving && endpoint.terminating) fallback.push(target);
    else if (pod !== undefined) notReady.push(pod);
  }
  return { ready: ready.length > 0 ? ready : fallback, notReady, portless: [], scaledToZero: [], source: 'written' };
}

/** What the name of a headless Service resolves to: its ready addresses, whatever their ports; `number` is what will be dialled there. */
export function addressesOf(world: World, service: Service, number: number): readonly Endpoint[] {
  const written = (world.endpoints.get(`${service.namespace}/${service.name}`) ?? []).filter((endpoint) => endpoint.ready || service.publishNotReady);
  return written.map((endpoint) => {
    const pod = podOf(world, service, endpoint);
    return { pod, address: endpoint.address, port: number, node: endpoint.node ?? pod?.node, written: endpoint };
  });
}

/** The pod behind an address: by name, by address, or the workload whose pods are named so. */
function podOf(world: World, service: Service, endpoint: WrittenEndpoint): Pod | undefined {
  const byAddress = world.podsByAddress.get(endpoint.address);
  if (byAddress !== undefined) return byAddress;
  const { pod: name } = endpoint;
  if (name === undefined) return undefined;
  const inNamespace = world.pods.inNamespace(service.namespace);
  return inNamespace.find((pod) => pod.name === name)
    ?? inNamespace.find((pod) => !pod.live && name.startsWith(`${pod.workload.name}-`) && /^[a-z0-9]+(-[a-z0-9]+)?$/.test(name.slice(pod.workload.name.length + 1)));
}
