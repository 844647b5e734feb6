import { nearMiss } from '../rules/near-miss';
import { isOperated } from '../rules/operators';
import { probePorts } from '../rules/probes';
import { hopelessProbe } from '../world/containers';
import { portNamed, type Endpoints } from '../world/select';
import { labelsText } from '../world/labels';
import type { Service, ServicePort } from '../world/services';
import type { Journey } from './journey';

/** Why a Service port has no endpoint, reported; proved is false where the input may merely lack the pods. */
export function reportNoEndpoints(journey: Journey, service: Service, port: ServicePort, endpoints: Endpoints): { readonly proved: boolean; readonly why: string } {
  const { world } = journey;
  const { manifest, name } = service;
  if (endpoints.source === 'written') {
    const why = endpoints.notReady.length > 0 ? 'none of its endpoints is ready' : 'its EndpointSlices have none for this port';
    journey.report({ id: 'POD003', at: manifest, message: `Service ${name} port ${port.port}: ${why}.` });
    return { proved: true, why };
  }
  if (service.selector === null) {
    journey.report({
      id: 'SVC009', at: manifest, path: ['spec'],
      message: `Service ${name} has no selector, and the input has no EndpointSlice for it.`,
    });
    return { proved: world.whole, why: 'it has no selector, and no EndpointSlice is in the input' };
  }
  if (endpoints.portless.length > 0) {
    const pods = endpoints.portless;
    const has = [...new Set(pods.flatMap((pod) => pod.containers.flatMap((container) => container.ports.map((entry) => entry.name ?? String(entry.number)))))];
    const otherProtocol = pods.some((pod) => (['TCP', 'UDP', 'SCTP'] as const).some((protocol) => portNamed(pod, String(port.targetPort), protocol) !== undefined));
    journey.report({
      id: 'SVC003', at: manifest, path: [...port.path, 'targetPort'],
      message: `No pod of Service ${name} has a ${port.protocol} port named ${JSON.stringify(port.targetPort)}${otherProtocol ? ' (it has one of another protocol)' : ''}; their ports are ${has.join(', ') || 'not declared'}.`,
      ...(has.length === 1 ? { fix: `Write targetPort: ${has[0]}.` } : {}),
    });
    return { proved: true, why: `no selected pod has a port named ${String(port.targetPort)}` };
  }
  if (endpoints.notReady.length > 0) {
    const hopeless = endpoints.notReady.find((pod) => !pod.live && pod.containers.some((container) => hopelessProbe(container) !== undefined));
    if (hopeless !== undefined) {
      for (const draft of hopeless.containers.flatMap((container) => probePorts(hopeless, container)).filter(({ severity }) => severity === 'error')) journey.report(draft);
      return { proved: true, why: `the pods of ${hopeless.workload.kind} ${hopeless.workload.name} never become ready` };
    }
    journey.report({
      id: 'POD003', at: endpoints.notReady[0]?.manifest ?? manifest,
      message: `Every pod that Service ${name} selects is not ready: ${endpoints.notReady.map((pod) => pod.name).slice(0, 3).join(', ')}.`,
    });
    return { proved: true, why: 'no selected pod is ready' };
  }
  if (endpoints.scaledToZero.length > 0) {
    const [pod] = endpoints.scaledToZero;
    const refused = endpoints.scaledToZero.find((entry) => entry.refused);
    if (refused !== undefined) {
      journey.visit(refused.manifest);
      return { proved: true, why: `the API server refuses ${refused.workload.kind} ${refused.workload.name}, whose selector does not match its own template` };
    }
    journey.report({
      id: 'SVC012', at: pod?.manifest ?? manifest, path: ['spec', 'replicas'],
      message: `Service ${name} selects only workloads with 0 replicas: ${endpoints.scaledToZero.map(({ workload }) => workload.name).join(', ')}.`,
    });
    return { proved: true, why: `${endpoints.scaledToZero.map(({ workload }) => workload.name).join(', ')} has 0 replicas` };
  }
  const selector = labelsText(service.selector);
  const near = nearMiss(world, service);
  if (near !== undefined) {
    journey.report({ id: 'SVC001', at: manifest, path: ['spec', 'selector', near.key], message: `Service ${name} selects ${selector}, which no pod has. ${near.message}`, fix: near.fix });
    return { proved: true, why: `no pod has the labels ${selector}` };
  }
  if (world.whole && !isOperated(world, service)) {
    journey.report({ id: 'SVC001', at: manifest, path: ['spec', 'selector'], message: `Service ${name} selects ${selector}, which no pod has.` });
    return { proved: true, why: `no pod has the labels ${selector}` };
  }
  journey.report({
    id: 'SVC001', severity: 'note', at: manifest, path: ['spec', 'selector'],
    message: `No workload in the input has the labels that Service ${name} selects (${selector}).`,
    fix: 'Give the workload too, if this Service is meant to have one here.',
  });
  return { proved: false, why: `no workload in the input has the labels ${selector}` };
}
