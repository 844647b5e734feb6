import { isVariable } from '../../manifest/variables';
import type { Draft } from '../findings/draft';
import type { Container, Probe } from '../world/containers';
import type { Pod } from '../world/pods';
import { declared, targetOn } from '../world/select';
import type { Service } from '../world/services';

/** POD001 and POD002: of the pods a Service sends to, readiness and the ports that probes ask. */
export function probes(service: Service, pods: readonly Pod[]): Draft[] {
  return [...new Map(pods.map((pod) => [pod.manifest, pod])).values()].flatMap((pod) => [...readiness(service, pod), ...pod.containers.flatMap((container) => probePorts(pod, container))]);
}

/** Only for workloads that roll out behind a Service; a container's own declaration says which of several serves the port. */
function readiness(service: Service, pod: Pod): Draft[] {
  if (pod.workload.kind === 'Job' || pod.workload.kind === 'CronJob' || service.publishNotReady) return [];
  if (pod.containers.some(({ hasReadiness }) => hasReadiness) || Array.isArray(pod.spec['readinessGates'])) return [];
  const served = service.ports.map((port) => ({ port, number: targetOn(pod, port) })).find(({ number }) => number !== undefined);
  if (served?.number === undefined) return [];
  const container = declared(pod, served.number, served.port.protocol)?.container ?? pod.containers[0];
  if (container === undefined) return [];
  return [{
    id: 'POD001', at: pod.manifest, path: container.path,
    message: `Container ${container.name} of ${pod.workload.kind} ${pod.workload.name} gets the traffic of Service ${service.name} and has no readiness probe.`,
  }];
}

export function probePorts(pod: Pod, container: Container): Draft[] {
  return Object.entries(container.probes).flatMap(([kind, probe]: [string, Probe | undefined]): Draft[] => {
    if (probe?.port === undefined || isVariable(probe.port) || container.ports.some((port) => port.number === probe.port || port.name === probe.port)) return [];
    const names = container.ports.flatMap(({ name }) => name ?? []);
    const who = `container ${container.name} of ${pod.workload.kind} ${pod.workload.name}`;
    if (typeof probe.port === 'string') {
      return [{
        id: 'POD002', severity: 'error', at: pod.manifest, path: probe.path,
        message: `The ${kind} probe of ${who} asks port ${JSON.stringify(probe.port)}, which the container does not declare: it fails for ever. Its ports are ${names.join(', ') || 'not named'}.`,
        ...(names.length === 1 ? { fix: `Write port: ${names[0]}.` } : {}),
      }];
    }
    // Some other container of the pod may have it: they share addresses.
    if (pod.containers.some(({ ports }) => ports.some(({ number }) => number === probe.port)) || container.ports.length === 0) return [];
    return [{ id: 'POD002', severity: 'note', at: pod.manifest, path: probe.path, message: `The ${kind} probe of ${who} asks port ${probe.port}, which the container does not declare.` }];
  });
}
