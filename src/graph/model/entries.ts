import { pendingDraft } from '../../explain/hops/load-balancer';
import type { Protocol } from '../../explain/world/containers';
import { type Service, isInternal, portText } from '../../explain/world/services';
import type { World } from '../../explain/world/world';
import { client } from './clients';
import { serviceId, servicePortRow } from './services';
import { type Sketch, rowWhere } from './sketch';
import { portRow, workloadId } from './workloads';

export const anyNode = 'Node/*';

/** More rows than this on one card help nobody: edges then end at its head. */
const mostRows = 16;

/** The ways into the cluster below a front: ports of the laptop, nodes, load balancers. */
export function addEntries(sketch: Sketch, world: World): void {
  addMappedNodes(sketch, world);
  addNodePorts(sketch, world);
  for (const service of world.services.values()) if (service.type === 'LoadBalancer') addBalancer(sketch, world, service);
}

export function nodeId(name: string): string {
  return `Node/${name}`;
}

/** kind's extraPortMappings: laptop → node → whoever answers there. */
function addMappedNodes(sketch: Sketch, world: World): void {
  const config = world.manifests.objects.filter(({ object }) => object.kind === 'Cluster' && object.apiVersion.startsWith('kind.x-k8s.io/'));
  for (const node of world.nodes) {
    if (node.portMappings.length === 0) continue;
    const id = sketch.add({
      id: nodeId(node.name), kind: 'node', caption: 'Node · ports of the laptop', title: node.name, objects: [...(node.manifest === undefined ? [] : [node.manifest]), ...config],
      rows: node.portMappings.map(({ hostPort, containerPort, protocol }) => ({ text: hostPort === containerPort ? String(hostPort) : `${hostPort} → ${containerPort}`, note: protocol === undefined || protocol === 'TCP' ? '' : protocol })),
    });
    const laptop = client(sketch, 'laptop');
    node.portMappings.forEach(({ hostPort, containerPort, protocol = 'TCP' }, row) => {
      sketch.link(laptop, id, { toRow: row, port: hostPort });
      for (const { to, toRow } of answering(sketch, world, containerPort, protocol)) sketch.link(id, to, { fromRow: row, toRow, port: containerPort });
    });
  }
}

/** Who answers on a port of a node: Services with that nodePort and pods with that hostPort; else, as explain takes it, a controller that is not in the input. */
function answering(sketch: Sketch, world: World, number: number, protocol: Protocol): { readonly to: string; readonly toRow: number | undefined }[] {
  const services = (world.servicesByNodePort.get(number) ?? []).flatMap((service) => {
    const toRow = servicePortRow(service, (port) => port.nodePort === number && port.protocol === protocol);
    return toRow === undefined ? [] : [{ to: serviceId(service), toRow }];
  });
  const pods = world.allPods.flatMap((pod) => {
    const taken = pod.containers.flatMap(({ ports }) => ports).find((port) => port.protocol === protocol && (port.hostPort === number || (pod.hostNetwork && port.number === number)));
    return taken === undefined ? [] : [{ to: workloadId(pod), toRow: portRow(world, pod, taken.number) }];
  });
  if (services.length + pods.length > 0 || world.whole || world.controllers.length > 0) return [...services, ...pods];
  return [...sketch.nodes.values()].flatMap(({ id, rows = [] }) => {
    const toRow = id.startsWith('Front/') ? rowWhere(rows, ({ text }) => text === String(number)) : undefined;
    return toRow === undefined ? [] : [{ to: id, toRow }];
  });
}

/** nodePorts that no mapping leads to: every node answers them. */
function addNodePorts(sketch: Sketch, world: World): void {
  const mapped = new Set(world.nodes.flatMap(({ portMappings }) => portMappings.map(({ containerPort }) => containerPort)));
  const open = [...world.services.values()].filter(({ type }) => type === 'NodePort')
    .flatMap((service) => service.ports.map((port, toRow) => ({ service, port, toRow })))
    .filter(({ port }) => port.nodePort !== undefined && !mapped.has(port.nodePort));
  if (open.length === 0) return;
  const rows = open.length > mostRows ? [] : open.map(({ port }) => ({ text: String(port.nodePort), note: port.protocol === 'TCP' ? '' : port.protocol }));
  const id = sketch.add({ id: anyNode, kind: 'node', caption: 'Any node', title: 'The nodes', rows });
  open.forEach(({ service, port, toRow }, row) => {
    const fromRow = rows.length === 0 ? undefined : row;
    // On kind, nodes are containers: without a mapping nobody outside gets there.
    if (world.platform !== 'kind') sketch.link(client(sketch, 'internet'), id, { toRow: fromRow, port: port.nodePort });
    sketch.link(id, serviceId(service), { fromRow, toRow, port: port.nodePort });
  });
}

export function balancerId({ namespace, name }: Pick<Service, 'namespace' | 'name'>): string {
  return `Balancer/${namespace}/${name}`;
}

function addBalancer(sketch: Sketch, world: World, service: Service): void {
  const given = service.balancerAddresses[0];
  const note = isInternal(service) ? ' · internal' : pendingDraft(world, service) !== undefined ? ' · pending' : '';
  const id = sketch.add({
    id: balancerId(service), kind: 'balancer', title: given ?? service.name, caption: `Load balancer${note}`, objects: [service.manifest],
    rows: service.ports.map((port) => ({ text: portText(port), note: port.name ?? '' })),
  });
  const from = client(sketch, isInternal(service) ? 'network' : 'internet');
  service.ports.forEach((port, row) => {
    sketch.link(from, id, { toRow: row, port: port.port });
    sketch.link(id, serviceId(service), { fromRow: row, toRow: row, port: service.externalTrafficPolicy === 'Local' ? port.port : port.nodePort ?? port.port });
  });
}
