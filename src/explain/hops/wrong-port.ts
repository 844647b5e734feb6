import type { Protocol } from '../world/containers';
import { targetOn } from '../world/select';
import { type Service, portText } from '../world/services';
import type { Journey } from './journey';

/** A Service that lacks the port that was dialled: says whose port the number is. */
export function reportWrongPort(journey: Journey, service: Service, number: number, protocol: Protocol): void {
  const pods = service.selector === null ? [] : journey.world.pods.withAll(service.namespace, service.selector);
  const otherProtocol = service.ports.find((port) => port.port === number);
  const asTarget = service.ports.find((port) => port.targetPort === number || pods.some((pod) => targetOn(pod, port) === number));
  const asNodePort = service.ports.find((port) => port.nodePort === number);
  const hint = otherProtocol !== undefined ? `port ${number} is ${otherProtocol.protocol}, not ${protocol}`
    : asNodePort !== undefined ? `${number} is its nodePort, which nodes answer; the Service's port is ${asNodePort.port}`
      : asTarget !== undefined ? `${number} is its targetPort, where the pod listens; clients dial the Service's port, ${asTarget.port}`
        : `it has ${service.ports.map(portText).join(', ') || 'none'}`;
  const right = asNodePort ?? asTarget ?? service.ports[0];
  journey.report({
    id: 'REQ001', at: service.manifest, path: ['spec', 'ports'],
    message: `Service ${service.name} has no port ${number}/${protocol}: ${hint}.`,
    ...(right === undefined ? {} : { fix: `Dial ${service.name}:${right.port}${right.protocol === protocol ? '' : ` over ${right.protocol}`}, or add the port to the Service.` }),
  });
}
