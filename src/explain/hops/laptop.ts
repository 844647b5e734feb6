import type { PortMapping } from '../profile';
import type { Symptom } from '../trace';
import type { Node } from '../world/nodes';
import type { Service, ServicePort } from '../world/services';
import { frontFor } from './front';
import { toBalancer } from './load-balancer';
import type { Journey } from './journey';
import { type HopView, type Leg, broken, passed, translated, unsure } from './leg';
import { toNode, toNodePort } from './node';

/** localhost and its subdomains on the laptop: what the platform publishes there. */
export function toLocalhost(journey: Journey): Leg {
  const { world, request } = journey;
  const mapping = mappingFor(journey);
  if (mapping !== undefined) return throughMapping(journey, mapping.node, mapping.mapping);
  switch (world.platform) {
    case 'kind': return notMapped(journey);
    case 'docker-desktop': return dockerDesktop(journey);
    case 'gke': case 'minikube': case 'bare': return nothingListens(journey, `Nothing of a ${world.platform} cluster listens on the laptop's localhost.`);
    case undefined: {
      const named = byNodePort(journey);
      const text = `Whether the platform publishes port ${request.port} on localhost is not in the input; --platform says which it is.`;
      if (named === undefined) return unsure({ kind: 'host-port', text, from: `${request.host}:${request.port}` }, 'unknown');
      const backends = toNodePort(journey, named.service, named.port, undefined, { kind: 'laptop' }, `node:${request.port}`);
      return backends.outcome.verdict === 'broken' ? passed({ kind: 'host-port', text, from: `${request.host}:${request.port}` }, backends)
        : unsure({ kind: 'host-port', text, from: `${request.host}:${request.port}` }, 'depends', backends.outcome.backends);
    }
    default: { const never: never = world.platform; return never; }
  }
}

function byNodePort({ world, request }: Journey): { service: Service; port: ServicePort } | undefined {
  for (const service of world.servicesByNodePort.get(request.port) ?? []) {
    const port = service.ports.find((entry) => entry.nodePort === request.port && entry.protocol === request.protocol);
    if (port !== undefined) return { service, port };
  }
  return undefined;
}

function mappingFor({ world, request }: Journey): { node: Node; mapping: PortMapping } | undefined {
  for (const node of world.nodes) {
    const mapping = node.portMappings.find((entry) => entry.hostPort === request.port && (entry.protocol ?? 'TCP') === request.protocol);
    if (mapping !== undefined) return { node, mapping };
  }
  return undefined;
}

/** kind's extraPortMappings: Docker publishes a port of the node's container on the host. */
function throughMapping(journey: Journey, node: Node, mapping: PortMapping): Leg {
  const { world, request } = journey;
  const view: HopView = {
    kind: 'host-port', text: `Host port ${mapping.hostPort} is mapped to port ${mapping.containerPort} of node ${node.name}.`,
    from: `${request.host}:${request.port}`, to: `${node.name}:${mapping.containerPort}`,
    ...(kindConfig(journey) === undefined ? {} : { at: kindConfig(journey) }),
  };
  const claimed = world.servicesByNodePort.get(mapping.containerPort) ?? [];
  if (claimed.length === 0) {
    const meant = aimedWrong(journey, mapping);
    if (meant !== undefined) {
      journey.visit(meant.service.manifest);
      journey.report({
        id: 'KIND002', at: kindConfig(journey) ?? meant.service.manifest,
        message: `The mapping of host port ${mapping.hostPort} aims at ${mapping.containerPort}, which is the ${meant.what} of Service ${meant.service.name}; a node answers its nodePort${meant.port.nodePort === undefined ? '' : `, ${meant.port.nodePort}`}.`,
        fix: `Set containerPort: ${meant.port.nodePort ?? 'to a pinned nodePort'} in the mapping, and make the cluster anew.`,
      });
      return broken({ ...view, text: `${view.text} There ${mapping.containerPort} is no nodePort but the ${meant.what} of Service ${meant.service.name}: the proxy accepts and finds nobody.` }, 'reset');
    }
  }
  // Docker's proxy accepts before it dials: what the node refuses reaches the client as a reset.
  return translated(passed(view, toNode(journey, node, mapping.containerPort, request.protocol, { kind: 'laptop' })), (symptom): { symptom: Symptom } => ({ symptom: symptom === 'refused' ? 'reset' : symptom }));
}

function aimedWrong(journey: Journey, mapping: PortMapping): { service: Service; port: ServicePort; what: string } | undefined {
  const { world } = journey;
  const taken = world.allPods.some((pod) => pod.containers.some(({ ports }) => ports.some((port) => port.hostPort === mapping.containerPort || (pod.hostNetwork && port.number === mapping.containerPort))));
  const forRoutes = (mapping.containerPort === 80 || mapping.containerPort === 443) && world.controllers.length === 0 && world.ingresses.length + world.routes.length > 0;
  if (taken || forRoutes) return undefined;
  for (const service of world.services.values()) {
    if (service.type !== 'NodePort' && service.type !== 'LoadBalancer') continue;
    for (const port of service.ports) {
      if (port.nodePort !== undefined && world.nodes.some(({ portMappings }) => portMappings.some(({ containerPort }) => containerPort === port.nodePort))) continue;
      if (port.port === mapping.containerPort) return { service, port, what: 'port' };
      if (port.targetPort === mapping.containerPort) return { service, port, what: 'targetPort' };
      if (port.nodePort !== undefined && port.nodePort === mapping.hostPort) return { service, port, what: 'wrong port: the nodePort is the host port' };
    }
  }
  return undefined;
}

function kindConfig({ world }: Journey): HopView['at'] {
  return world.manifests.objects.find(({ object }) => object.kind === 'Cluster' && object.apiVersion.startsWith('kind.x-k8s.io/'));
}

function notMapped(journey: Journey): Leg {
  const { world, request } = journey;
  const from = `${request.host}:${request.port}`;
  if (kindConfig(journey) === undefined && world.profile.nodes === undefined) journey.assume('The kind cluster has no extraPortMappings, as no cluster config is in the input.');
  const named = byNodePort(journey);
  if (named !== undefined) {
    journey.visit(named.service.manifest);
    journey.report({
      id: 'KIND001', at: named.service.manifest, path: [...named.port.path, 'nodePort'],
      message: `nodePort ${request.port} of Service ${named.service.name} is open on kind's nodes, which are containers; no extraPortMapping publishes it on localhost.`,
      fix: `Add {containerPort: ${request.port}, hostPort: ${request.port}} to extraPortMappings of a node and make the cluster anew; or, for now, kubectl port-forward service/${named.service.name} ${request.port}:${named.port.port} -n ${named.service.namespace}.`,
    });
    return broken({ kind: 'host-port', text: `No extraPortMapping publishes nodePort ${request.port} on the host: nothing listens on localhost.`, at: named.service.manifest, path: named.port.path, from }, 'refused');
  }
  const elsewhere = world.nodes.flatMap((node) => node.portMappings).find((mapping) => mapping.containerPort === request.port);
  const hint = elsewhere === undefined ? '' : ` Node port ${request.port} is mapped to host port ${elsewhere.hostPort}.`;
  return nothingListens(journey, `No extraPortMapping publishes host port ${request.port}.${hint}`);
}

function nothingListens(journey: Journey, text: string): Leg {
  const { request, world } = journey;
  const service = byNodePort(journey)?.service ?? [...world.services.values()].find(({ ports }) => ports.some(({ port }) => port === request.port));
  if (service !== undefined) {
    journey.visit(service.manifest);
    journey.report({
      id: 'REQ004', at: service.manifest, path: ['spec', 'ports'], message: `${text} Service ${service.name} is not reached by localhost.`,
      fix: `For debugging: kubectl port-forward service/${service.name} ${request.port}:${service.ports[0]?.port ?? 80} -n ${service.namespace}.`,
    });
  }
  return broken({ kind: 'host-port', text, from: `${request.host}:${request.port}` }, 'refused');
}

/** Docker Desktop publishes LoadBalancer Services and nodePorts of its one node on localhost. */
function dockerDesktop(journey: Journey): Leg {
  const { world, request } = journey;
  const from = `${request.host}:${request.port}`;
  const balanced = [...world.services.values()].find((service) => service.type === 'LoadBalancer' && service.ports.some((port) => port.port === request.port && port.protocol === request.protocol));
  if (balanced !== undefined) return passed({ kind: 'host-port', text: 'Docker Desktop publishes LoadBalancer Services on localhost.', from }, toBalancer(journey, balanced, { kind: 'laptop' }));
  if (byNodePort(journey) !== undefined) return passed({ kind: 'host-port', text: 'Docker Desktop publishes nodePorts on localhost.', from }, toNode(journey, world.nodes[0], request.port, request.protocol, { kind: 'laptop' }));
  return frontFor(journey, true) ?? nothingListens(journey, `Docker Desktop publishes nothing on port ${request.port}.`);
}
