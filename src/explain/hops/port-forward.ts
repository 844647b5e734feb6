import { type Service, portText } from '../world/services';
import { endpointsOf } from '../world/select';
import type { Pod } from '../world/pods';
import { arrive } from './arrive';
import type { Journey } from './journey';
import { type HopView, type Leg, broken, passed, unsure } from './leg';
import { reportNoEndpoints } from './no-endpoints';
import { refusedByApiServer } from './service';
import { reportWrongPort } from './wrong-port';

/** `kubectl port-forward`: a tunnel through the API server and the kubelet to one pod, past kube-proxy and NetworkPolicies. */
export function toPortForward(journey: Journey, target: NonNullable<Journey['request']['portForward']>): Leg {
  const { world, request } = journey;
  const namespace = target.namespace ?? journey.namespace;
  const view: HopView = { kind: 'port-forward', text: '', from: request.text };
  if (target.kind === 'Service') {
    const service = world.services.get(`${namespace}/${target.name}`);
    return service === undefined ? notThere(journey, view, target.kind, namespace, target.name) : toServicePod(journey, service, view);
  }
  const pods = world.pods.inNamespace(namespace).filter((pod) => (target.kind === 'Pod'
    ? pod.name === target.name && (pod.live || pod.workload.kind === 'Pod' || pod.workload.kind === 'StatefulSet')
    : pod.workload.kind === target.kind && pod.workload.name === target.name));
  const [pod] = pods;
  if (pod === undefined) return notThere(journey, view, target.kind, namespace, target.name);
  return throughTunnel(journey, pod, request.port, view);
}

function notThere({ world }: Journey, view: HopView, kind: string, namespace: string, name: string): Leg {
  const text = `${kind} ${namespace}/${name} is not in the input.`;
  return world.whole ? broken({ ...view, text: `${text} kubectl finds nothing to forward to.` }, 'refused') : unsure({ ...view, text }, 'unknown');
}

function toServicePod(journey: Journey, service: Service, view: HopView): Leg {
  const { request } = journey;
  journey.visit(service.manifest);
  const here: HopView = { ...view, at: service.manifest };
  const refused = refusedByApiServer(journey, service);
  if (refused !== undefined) return broken({ ...here, text: refused }, 'refused');
  if (service.selector === null) {
    journey.report({ id: 'SVC009', at: service.manifest, path: ['spec'], message: `Service ${service.name} has no selector; port-forward looks for a pod by it and refuses.` });
    return broken({ ...here, text: `Service ${service.name} has no selector: kubectl finds no pod to forward to.` }, 'refused');
  }
  const port = service.ports.find((entry) => entry.port === request.port && entry.protocol === 'TCP');
  if (port === undefined) {
    reportWrongPort(journey, service, request.port, 'TCP');
    return broken({ ...here, text: `Service ${service.name} has no port ${request.port}; it has ${service.ports.map(portText).join(', ') || 'none'}: kubectl refuses.` }, 'refused');
  }
  const endpoints = endpointsOf(journey.world, service, port);
  const [endpoint] = endpoints.ready;
  if (endpoint?.pod === undefined) {
    if (endpoint !== undefined) return unsure({ ...here, text: `The pod behind Service ${service.name} is not in the input.` }, 'unknown');
    const { proved, why } = reportNoEndpoints(journey, service, port, endpoints);
    return proved ? broken({ ...here, text: `Service ${service.name}: ${why}. kubectl finds no pod to forward to.` }, 'refused') : unsure({ ...here, text: `Service ${service.name}: ${why}.` }, 'unknown');
  }
  return throughTunnel(journey, endpoint.pod, endpoint.port, { ...here, path: port.path }, { service, port });
}

function throughTunnel(journey: Journey, pod: Pod, port: number, view: HopView, via?: Parameters<typeof arrive>[4]): Leg {
  if (pod.replicas === 0) return broken({ ...view, at: pod.manifest, text: `${pod.workload.kind} ${pod.workload.name} has 0 replicas: there is no pod to forward to.` }, 'refused');
  return passed({ ...view, at: view.at ?? pod.manifest, text: `The tunnel ends in one pod of ${pod.workload.kind} ${pod.workload.name}, at port ${port}; Services, nodePorts and policies are not asked.`, to: `${pod.name}:${port}` },
    arrive({ ...journey, world: { ...journey.world, controllers: [] } }, pod, port, 'TCP', via));
}
