import { TRAEFIK_APP_PROTOCOLS } from '../../model/gateway-api';
import { type Route, type RouteBackend, type RouteRule } from '../world/gateways';
import { portText } from '../world/services';
import { isGranted } from './grant';
import { type FrontService, fromProxy } from './ingress-backend';
import type { Journey } from './journey';
import { type HopView, type Leg, broken, passed, unsure } from './leg';
import { missingService } from './missing-service';
import { refusedByApiServer } from './service';

/** The backends of a rule by weight. A reference that leads nowhere answers 500 for its share of the requests. */
export function toRouteBackends(journey: Journey, route: Route, rule: RouteRule, front: FrontService, view: HopView): Leg {
  const weighted = rule.backends.filter((backend) => backend.weight > 0);
  if (weighted.length === 0) {
    journey.report({
      id: 'RTE001', at: route.manifest, path: rule.path,
      message: rule.backends.length === 0 ? `A rule of ${route.kind} ${route.name} has no backendRefs and no filter that answers.` : `Every backendRef of a rule of ${route.kind} ${route.name} has weight 0.`,
    });
    return broken({ ...view, text: `${view.text} It has no backend to send to.` }, 'http-500');
  }
  return passed(view, weighted.map((backend) => toBackend(journey, route, backend, front)));
}

function toBackend(journey: Journey, route: Route, backend: RouteBackend, front: FrontService): Leg {
  const { world } = journey;
  const view: HopView = { kind: 'service', at: route.manifest, path: backend.path, text: '' };
  const fail = (message: string, fix?: string): Leg => {
    journey.report({ id: 'RTE001', at: route.manifest, path: backend.path, message, ...(fix === undefined ? {} : { fix }) });
    return broken({ ...view, text: message }, 'http-500');
  };
  if (backend.kind !== 'Service' && backend.group === '') {
    return fail(`${route.kind} ${route.name} sends to a ${backend.kind} of Kubernetes' own API, in which a Service alone takes requests.`, 'Write kind: Service, or the group of the kind that is meant.');
  }
  if (front.controller?.id === 'traefik' && backend.group !== '' && backend.group !== 'traefik.io') {
    return fail(`${route.kind} ${route.name} sends to a ${backend.kind} of ${backend.group}, which Traefik does not know.`, 'Send to a Service.');
  }
  if (backend.kind !== 'Service' || backend.group !== '') return unsure({ ...view, text: `The backend is a ${backend.kind}, which only the controller knows.` }, 'unknown');
  const service = world.services.get(`${backend.namespace}/${backend.name}`);
  if (backend.namespace !== route.namespace && !isGranted(world, route, { kind: 'Service', namespace: backend.namespace, name: backend.name })) {
    const message = `${route.kind} ${route.name} in ${route.namespace} sends to Service ${backend.name} in ${backend.namespace}, and no ReferenceGrant there allows it.`;
    if (service !== undefined || world.whole || world.grants.some(({ namespace }) => namespace === backend.namespace)) {
      return fail(message, `Create a ReferenceGrant in ${backend.namespace}, from ${route.kind} in ${route.namespace} to Service.`);
    }
    return unsure({ ...view, text: `Service ${backend.namespace}/${backend.name} is not in the input, nor is a ReferenceGrant of its namespace.` }, 'unknown');
  }
  if (service === undefined) {
    const { near, elsewhere, proved } = missingService(world, backend.namespace, backend.name);
    if (proved) {
      return fail(`${route.kind} ${route.name} sends to Service ${backend.name}, which namespace ${backend.namespace} does not have${near !== undefined ? `; it has ${near}` : elsewhere !== undefined ? `; ${elsewhere.namespace} has one` : ''}.`);
    }
    journey.report({ id: 'RTE001', severity: 'note', at: route.manifest, path: backend.path, message: `${route.kind} ${route.name} sends to Service ${backend.name}, which is not in the input.` });
    return unsure({ ...view, text: `Service ${backend.namespace}/${backend.name} is not in the input.` }, 'unknown');
  }
  journey.visit(service.manifest);
  const refused = refusedByApiServer(journey, service);
  if (refused !== undefined) return fail(refused);
  const port = service.ports.find((entry) => entry.port === backend.port && (route.kind === 'UDPRoute' ? entry.protocol === 'UDP' : entry.protocol === 'TCP'));
  if (port === undefined) {
    const asTarget = service.ports.find((entry) => entry.targetPort === backend.port);
    journey.report({
      id: 'RTE002', at: route.manifest, path: [...backend.path, 'port'],
      message: `${route.kind} ${route.name} sends to port ${backend.port ?? '(none)'} of Service ${service.name}, which has ${service.ports.map(portText).join(', ') || 'none'}${asTarget === undefined ? '' : `; ${backend.port} is its targetPort, and a route names the Service's port`}.`,
      ...(asTarget ?? service.ports.length === 1 ? { fix: `Write port ${(asTarget ?? service.ports[0])?.port ?? ''}.` } : {}),
    });
    return broken({ ...view, text: `Service ${service.name} has no port ${backend.port ?? '(none)'}.` }, 'http-500');
  }
  if (front.controller?.id === 'traefik' && port.appProtocol !== undefined && !TRAEFIK_APP_PROTOCOLS.includes(port.appProtocol.toLowerCase())) {
    journey.report({
      id: 'RTE006', at: service.manifest, path: [...port.path, 'appProtocol'],
      message: `Port ${port.port} of Service ${service.name} has appProtocol ${port.appProtocol}, which Traefik does not know: it answers 500 for ${route.kind} ${route.name}.`,
    });
    return broken({ ...view, text: `Traefik does not know appProtocol ${port.appProtocol} of Service ${service.name}.` }, 'http-500');
  }
  return fromProxy(journey, service, port, front);
}
