import type { RunningController } from '../world/controllers';
import type { ServicePort } from '../world/services';
import { selectsPod } from './front';
import type { Journey } from './journey';
import type { Leg } from './leg';
import { pendingDraft, providerOf, toBalancer } from './load-balancer';
import { hostPorts, toNode } from './node';
import { toLocalhost } from './laptop';

/** How a request from outside gets to a controller that is in the input: its load balancer, a mapped port, a hostPort. undefined: as outside as can be. */
export function entryOf(journey: Journey, front: { readonly name: string; readonly running: RunningController | undefined }): Leg | undefined {
  const { world, request } = journey;
  const { running } = front;
  if (running === undefined) return undefined;
  const mapped = world.nodes.some((node) => node.portMappings.some((mapping) => mapping.hostPort === request.port && (mapping.protocol ?? 'TCP') === 'TCP'));
  const services = [...world.services.values()].filter((service) => selectsPod(service, running.pod) && service.ports.some((port) => leadsTo(journey, port)));
  const balanced = services.find(({ type }) => type === 'LoadBalancer');
  if (balanced !== undefined && pendingDraft(world, balanced) === undefined && (balanced.balancerAddresses.length > 0 || typeof providerOf(journey, balanced) === 'string')) return toBalancer(journey, balanced, { kind: 'outside' });
  if (mapped) {
    journey.assume(`${request.host} leads to the laptop, whose ports are mapped to the nodes.`);
    return toLocalhost(journey);
  }
  if (hostPorts(journey, request.port, 'TCP').some(({ pod }) => pod === running.pod)) {
    journey.assume(`${request.host} leads to a node that ${front.name} runs on.`);
    return toNode(journey, undefined, request.port, 'TCP', { kind: 'outside' });
  }
  if ((world.servicesByNodePort.get(request.port) ?? []).some((service) => services.includes(service))) return toNode(journey, world.nodes[0], request.port, 'TCP', { kind: 'outside' });
  if (balanced !== undefined) return toBalancer(journey, balanced, { kind: 'outside' });
  journey.assume(`Something outside leads ${request.host}:${request.port} to ${front.name}.`);
  return undefined;
}

function leadsTo(journey: Journey, port: ServicePort): boolean {
  return (port.port === journey.request.port || port.nodePort === journey.request.port) && port.protocol === 'TCP';
}
