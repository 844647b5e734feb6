import { type Endpoints, endpointsOf, targetOn } from '../../explain/world/select';
import { type Service, type ServicePort } from '../../explain/world/services';
import type { World } from '../../explain/world/world';
import { type Sketch, columns, rowWhere } from './sketch';
import { portRow, workloadId } from './workloads';

export function serviceId({ namespace, name }: Pick<Service, 'namespace' | 'name'>): string {
  return `Service/${namespace}/${name}`;
}

/** A card for each Service, a row for each of its ports, and edges to whoever answers there. */
export function addServices(sketch: Sketch, world: World): void {
  const controllers = new Set(world.controllers.map(({ pod }) => workloadId(pod)));
  for (const service of world.services.values()) {
    const behind = service.ports.map((port) => ({ port, endpoints: endpointsOf(world, service, port) }));
    const targets = behind.flatMap(({ endpoints }) => endpoints.ready.flatMap(({ pod }) => (pod === undefined ? [] : [workloadId(pod)])));
    const id = sketch.add({
      id: serviceId(service), kind: 'service', title: service.name, namespace: service.namespace,
      caption: `Service · ${service.headless ? 'headless' : service.type}`,
      column: targets.length > 0 && targets.every((target) => controllers.has(target)) ? columns.frontService : columns.service,
      rows: service.ports.map((port) => ({ text: chainText(service, port), note: noteOf(port) })),
      objects: [service.manifest],
    });
    if (service.type === 'ExternalName') addAlias(sketch, world, service, id);
    behind.forEach(({ port, endpoints }, row) => linkEndpoints(sketch, world, service, id, row, port, endpoints));
  }
}

/** The row of a Service's port on its card. */
export function servicePortRow(service: Service, test: (port: ServicePort) => boolean): number | undefined {
  return rowWhere(service.ports, test);
}

/** nodePort → port → targetPort, without what the rung does not have. */
function chainText(service: Service, { nodePort, port, targetPort }: ServicePort): string {
  const onNodes = (service.type === 'NodePort' || service.type === 'LoadBalancer') && nodePort !== undefined;
  const numbers = [...(onNodes ? [nodePort] : []), port, ...(service.type === 'ExternalName' || targetPort === port ? [] : [targetPort])];
  return numbers.join(' → ');
}

/** The port's name, unless the chain ends with it. */
function noteOf({ name, targetPort, protocol }: ServicePort): string {
  return [name === undefined || name === targetPort ? '' : name, protocol === 'TCP' ? '' : protocol].join(' ').trim();
}

function linkEndpoints(sketch: Sketch, world: World, service: Service, id: string, fromRow: number, servicePort: ServicePort, endpoints: Endpoints): void {
  for (const { pod, port, address } of endpoints.ready) {
    const target = pod !== undefined ? workloadId(pod) : address === undefined ? undefined
      : sketch.add({ id: `External/${service.namespace}/${service.name}`, kind: 'external', caption: 'Address without a pod', title: address });
    if (target === undefined) continue;
    sketch.link(id, target, { fromRow, toRow: pod && portRow(world, pod, port), port });
    if (address !== undefined) sketch.standIns.set(`${address}:${port}`, target);
  }
  for (const pod of [...endpoints.notReady, ...endpoints.portless, ...endpoints.scaledToZero]) {
    const port = targetOn(pod, servicePort);
    sketch.link(id, workloadId(pod), { kind: 'cut', fromRow, toRow: port === undefined ? undefined : portRow(world, pod, port), port });
  }
}

/** An ExternalName is a name for something outside, or for another Service of the cluster. */
function addAlias(sketch: Sketch, world: World, service: Service, id: string): void {
  const target = service.externalName?.toLowerCase().replace(/\.$/, '') ?? '';
  const [name = '', namespace = ''] = target.split('.');
  const other = /\.svc(\.|$)/.test(target) ? world.services.get(`${namespace}/${name}`) : undefined;
  if (other !== undefined) return sketch.link(id, serviceId(other));
  const outside = sketch.add({ id: `External/${target}`, kind: 'external', caption: 'Outside the cluster', title: target === '' ? '(no name)' : target });
  const [port] = service.ports;
  sketch.link(id, outside, { ...(port === undefined ? {} : { fromRow: 0, port: port.port }) });
}
