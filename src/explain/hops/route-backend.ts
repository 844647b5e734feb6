import { TRAEFIK_APP_PROTOCOLS } from '../../model/gateway-api';
import type { Draft } from '../findings/draft';
import { type Route, type RouteBackend, type RouteRule } from '../world/gateways';
import { type Service, type ServicePort, portText } from '../world/services';
import type { World } from '../world/world';
import { isGranted } from './grant';
import { type FrontService, fromProxy, isTraefik } from './ingress-backend';
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
    // Traefik answers 500 itself only where the rule has neither backends nor filters; else it has none to choose from.
    const symptom = isTraefik(front) && rule.backends.length + rule.filters.length > 0 ? 'http-503' : 'http-500';
    return broken({ ...view, text: `${view.text} It has no backend to send to.` }, symptom);
  }
  return passed(view, weighted.map((backend) => toBackend(journey, route, backend, front)));
}

function toBackend(journey: Journey, route: Route, backend: RouteBackend, front: FrontService): Leg {
  const { world } = journey;
  const view: HopView = { kind: 'service', at: route.manifest, path: backend.path, text: '' };
  const fail = (draft: Draft): Leg => {
    journey.report(draft);
    return broken({ ...view, text: draft.message }, 'http-500');
  };
  const wrong = referenceDraft(world, route, backend);
  const service = isService(backend) ? world.services.get(`${backend.namespace}/${backend.name}`) : undefined;
  if (service !== undefined) journey.visit(service.manifest);
  if (wrong !== undefined && wrong.severity !== 'note') return fail(wrong);
  if (isTraefik(front) && backend.group !== '' && backend.group !== 'traefik.io') {
    return fail(invalid(route, backend, `${route.kind} ${route.name} sends to a ${backend.kind} of ${backend.group}, which Traefik does not know.`, 'Send to a Service.'));
  }
  if (!isService(backend)) return unsure({ ...view, text: `The backend is a ${backend.kind}, which only the controller knows.` }, 'unknown');
  if (service === undefined) {
    if (wrong !== undefined) journey.report(wrong);
    return unsure({ ...view, text: `Service ${backend.namespace}/${backend.name} is not in the input${mayReach(world, route, backend) ? '' : ', nor is a ReferenceGrant of its namespace'}.` }, 'unknown');
  }
  const refused = refusedByApiServer(journey, service);
  if (refused !== undefined) return fail(invalid(route, backend, refused));
  if (isTraefik(front) && service.type === 'ExternalName') {
    return fail(invalid(route, backend, `${route.kind} ${route.name} sends to Service ${service.name}, an ExternalName, which Traefik takes for no backend of a route.`, 'Send to a Service with endpoints.'));
  }
  const port = portOf(service, route, backend);
  if (port === undefined) return fail(wrongPort(route, backend, service));
  if (isTraefik(front) && port.appProtocol !== undefined && !TRAEFIK_APP_PROTOCOLS.includes(port.appProtocol.toLowerCase())) {
    journey.report({
      id: 'RTE006', at: service.manifest, path: [...port.path, 'appProtocol'],
      message: `Port ${port.port} of Service ${service.name} has appProtocol ${port.appProtocol}, which Traefik does not know: it answers 500 for ${route.kind} ${route.name}.`,
    });
    return broken({ ...view, text: `Traefik does not know appProtocol ${port.appProtocol} of Service ${service.name}.` }, 'http-500');
  }
  return fromProxy(journey, service, port, front);
}

/** What is wrong with a reference by itself, whoever serves the route: a note where it may be right elsewhere; undefined: nothing, or it cannot be told. */
export function referenceDraft(world: World, route: Route, backend: RouteBackend): Draft | undefined {
  const { kind, namespace, name } = backend;
  const sends = `${route.kind} ${route.name} sends to`;
  if (kind !== 'Service' && backend.group === '') {
    return invalid(route, backend, `${sends} a ${kind} of Kubernetes' own API, in which a Service alone takes requests.`, 'Write kind: Service, or the group of the kind that is meant.');
  }
  if (!isService(backend)) return undefined;
  const service = world.services.get(`${namespace}/${name}`);
  if (!mayReach(world, route, backend)) {
    return service === undefined && !world.whole && !world.grants.some((grant) => grant.namespace === namespace) ? undefined : invalid(
      route, backend, `${route.kind} ${route.name} in ${route.namespace} sends to Service ${name} in ${namespace}, and no ReferenceGrant there allows it.`,
      `Create a ReferenceGrant in ${namespace}, from ${route.kind} in ${route.namespace} to Service.`,
    );
  }
  if (service === undefined) {
    const { near, elsewhere, proved } = missingService(world, namespace, name);
    if (!proved) return { ...invalid(route, backend, `${sends} Service ${name}, which is not in the input.`), severity: 'note' };
    return invalid(route, backend, `${sends} Service ${name}, which namespace ${namespace} does not have${near !== undefined ? `; it has ${near}` : elsewhere !== undefined ? `; ${elsewhere.namespace} has one` : ''}.`);
  }
  return portOf(service, route, backend) === undefined ? wrongPort(route, backend, service) : undefined;
}

function invalid({ manifest }: Route, { path }: RouteBackend, message: string, fix?: string): Draft {
  return { id: 'RTE001', at: manifest, path, message, ...(fix === undefined ? {} : { fix }) };
}

function wrongPort(route: Route, { path, port }: RouteBackend, service: Service): Draft {
  const asTarget = service.ports.find((entry) => entry.targetPort === port);
  return {
    id: 'RTE002', at: route.manifest, path: [...path, 'port'],
    message: `${route.kind} ${route.name} sends to port ${port ?? '(none)'} of Service ${service.name}, which has ${service.ports.map(portText).join(', ') || 'none'}${asTarget === undefined ? '' : `; ${port} is its targetPort, and a route names the Service's port`}.`,
    ...(asTarget ?? service.ports.length === 1 ? { fix: `Write port ${(asTarget ?? service.ports[0])?.port ?? ''}.` } : {}),
  };
}

function isService({ kind, group }: RouteBackend): boolean {
  return kind === 'Service' && group === '';
}

function mayReach(world: World, route: Route, { namespace, name }: RouteBackend): boolean {
  return namespace === route.namespace || isGranted(world, route, { kind: 'Service', namespace, name });
}

function portOf(service: Service, route: Route, backend: RouteBackend): ServicePort | undefined {
  return service.ports.find((entry) => entry.port === backend.port && entry.protocol === (route.kind === 'UDPRoute' ? 'UDP' : 'TCP'));
}
