import type { Backend } from '../trace';
import { entryPoint } from '../world/controllers';
import type { Protocol } from '../world/containers';
import type { Pod } from '../world/pods';
import { declared, selectedBy } from '../world/select';
import type { Service, ServicePort } from '../world/services';
import type { Journey } from './journey';
import { type Leg, answered, broken, passed, unsure } from './leg';
import { routeThrough } from './front';

/** A connection that reached a pod: which container gets it, or which routes when the pod is a controller. */
export function arrive(
  journey: Journey, pod: Pod, port: number, protocol: Protocol, via?: { readonly service: Service; readonly port: ServicePort },
): Leg {
  journey.visit(pod.manifest);
  const address = `${pod.addresses[0] ?? pod.name}:${port}`;
  const backend: Backend = { kind: pod.workload.kind, namespace: pod.workload.namespace, name: pod.workload.name, port };
  const controller = journey.world.controllers.find((running) => running.pod === pod);
  // A bare connection ends at the controller; what it routes are requests.
  const isHttp = journey.request.scheme === 'http' || journey.request.scheme === 'https';
  const entry = controller === undefined || protocol !== 'TCP' || !isHttp ? undefined : entryPoint(controller, port);
  if (controller !== undefined && entry !== undefined) {
    const found = declared(pod, port, protocol);
    return passed({
      kind: 'container', text: `${controller.kind.name} takes the request at its entry point ${entry.name}.`, at: pod.manifest,
      path: found?.port.path ?? controller.container.path, to: address,
    }, routeThrough(journey, { controller: controller.kind, running: controller, tls: entry.tls, entryName: entry.name, port }));
  }
  const found = declared(pod, port, protocol);
  if (found !== undefined) {
    journey.assume('Processes listen on the ports their containers declare, on all addresses; manifests cannot show it.');
    return answered({ kind: 'container', text: `Container ${found.container.name} declares port ${port}${found.port.name === undefined ? '' : ` (${found.port.name})`}.`, at: pod.manifest, path: found.port.path, to: address }, [backend]);
  }
  return undeclared(journey, pod, port, protocol, backend, address, via);
}

/** A port that no container declares may well be listened on: declaring is documentation. How likely it is a mistake depends on what is declared. */
function undeclared(
  journey: Journey, pod: Pod, port: number, protocol: Protocol, backend: Backend, address: string,
  via: { readonly service: Service; readonly port: ServicePort } | undefined,
): Leg {
  const others = pod.containers.flatMap((container) => container.ports.filter((entry) => entry.protocol === protocol));
  const path = [...pod.specPath, 'containers', 0];
  const view = { kind: 'container' as const, at: pod.manifest, path, to: address };
  const say = `No container of ${pod.workload.kind} ${pod.workload.name} declares port ${port}`;
  if (via === undefined) {
    const nodePort = journey.world.servicesByNodePort.get(port)?.[0];
    if (nodePort !== undefined && others.length > 0) {
      journey.report({
        id: 'REQ002', at: nodePort.manifest, path: ['spec', 'ports'],
        message: `Port ${port} is the nodePort of Service ${nodePort.name}: it exists on nodes. The pod of ${pod.workload.name} knows nothing of it and listens on ${others.map(({ number }) => number).join(', ')}.`,
      });
      return broken({ ...view, text: `${say}: it is a nodePort, and nodePorts exist on node addresses only.` }, 'refused');
    }
    const servicePort = journey.world.servicesByName.size === 0 ? undefined : servicePortLeadingTo(journey, pod, port);
    if (servicePort !== undefined && others.length > 0) {
      journey.report({
        id: 'REQ002', at: servicePort.service.manifest, path: servicePort.port.path,
        message: `Port ${port} is the port of Service ${servicePort.service.name}; a pod's own address is dialled at the container's port, ${String(servicePort.port.targetPort)}.`,
      });
      return broken({ ...view, text: `${say}: it is a Service's port, and the pod listens on ${others.map(({ number }) => number).join(', ')}.` }, 'refused');
    }
    journey.assume(`Something in ${pod.workload.name} listens on ${port} although no container declares it.`);
    return unsure({ ...view, text: `${say}${others.length === 0 ? ', nor any other' : `; it declares ${others.map(({ number }) => number).join(', ')}`}: whether a process listens is not in the manifests.` }, 'depends', [backend]);
  }
  const { service, port: servicePort } = via;
  journey.assume(`Something in ${pod.workload.name} listens on ${port} although no container declares it.`);
  if (others.length === 0) return answered({ ...view, text: `${say}, nor any other; declaring is optional.` }, [backend]);
  const sibling = selectedBy(journey.world, service).find((other) => other.workload.name !== pod.workload.name && declared(other, port, protocol) !== undefined);
  if (sibling !== undefined) return broken({ ...view, text: `${say}, which is ${sibling.workload.kind} ${sibling.workload.name}'s; Service ${service.name} selects both.` }, 'refused');
  const swapped = servicePort.targetPortGiven && others.some(({ number }) => number === servicePort.port);
  const taken = (number: number): boolean => service.ports.some((entry) => entry !== servicePort && (entry.targetPort === number || others.some(({ name, number: other }) => other === number && name === entry.targetPort)));
  const spare = others.filter(({ number }) => !taken(number));
  const doubtful = spare.length > 0 && (!servicePort.targetPortGiven || swapped);
  if (!doubtful) return answered({ ...view, text: `${say}; declaring is optional.` }, [backend]);
  return unsure({ ...view, text: `${say}; it declares ${others.map(({ number }) => number).join(', ')}${swapped ? `, which looks like port and targetPort mixed up` : ''}.` }, 'depends', [backend]);
}

/** The Service port that leads to this pod and has this number, though another targetPort. */
function servicePortLeadingTo(journey: Journey, pod: Pod, number: number): { readonly service: Service; readonly port: ServicePort } | undefined {
  for (const service of journey.world.services.values()) {
    if (service.namespace !== pod.namespace || service.selector === null || service.headless) continue;
    const port = service.ports.find((entry) => entry.port === number && entry.targetPort !== number);
    if (port !== undefined && Object.entries(service.selector).every(([key, value]) => pod.labels[key] === value)) return { service, port };
  }
  return undefined;
}
