import type { Draft } from '../findings/draft';
import type { Symptom } from '../trace';
import { type ControllerKind, type RunningController, flagOf } from '../world/controllers';
import type { Ingress, IngressBackend } from '../world/ingresses';
import { type Service, type ServicePort, portText } from '../world/services';
import type { World } from '../world/world';
import type { Journey, Sender } from './journey';
import { type HopView, type Leg, broken, translated, unsure } from './leg';
import { balance, refusedByApiServer } from './service';
import { toExternalName } from './external';
import { missingService } from './missing-service';

/** The proxy that routes, as its backends and its answers depend on it. */
export interface FrontService {
  readonly controller: ControllerKind | undefined;
  readonly running: RunningController | undefined;
  /** Did the request arrive under TLS? */
  readonly tls: boolean;
  readonly entryName: string | undefined;
  /** Where the proxy itself listens. */
  readonly port: number;
  /** Addresses that a managed proxy sends from, where its provider publishes them. */
  readonly sources?: readonly string[] | undefined;
  /** @default 'Ingress' */
  readonly api?: 'Gateway';
}

export function isTraefik({ controller }: FrontService): boolean {
  return controller?.id === 'traefik';
}

/** Google's front ends and health checkers, an address of each range. @see https://cloud.google.com/load-balancing/docs/health-checks#fw-rule */
export const GOOGLE_FRONT_ENDS: readonly string[] = ['35.191.0.1', '130.211.0.1'];

/** An external load balancer of GKE sends from Google's ranges; the others from a subnet of the network, which manifests do not name. */
function sourcesOf(ingress: Ingress, front: FrontService): readonly string[] | undefined {
  const inNetwork = ['gce-internal', 'gce-regional-external'].includes(ingress.annotations['kubernetes.io/ingress.class'] ?? '');
  return front.controller?.id === 'gce' && !inNetwork ? GOOGLE_FRONT_ENDS : undefined;
}

export function senderOf(front: FrontService): Sender {
  return { kind: 'controller', name: front.controller?.name ?? 'the ingress controller', running: front.running, managed: front.controller?.managed === true, sources: front.sources };
}

/** An Ingress's backend: a Service of the Ingress's own namespace, whose pods the proxy dials itself. */
export function toIngressBackend(journey: Journey, ingress: Ingress, backend: IngressBackend, through: FrontService): Leg {
  const front = { ...through, sources: sourcesOf(ingress, through) };
  const { service: wanted } = backend;
  const view: HopView = { kind: 'service', at: ingress.manifest, path: backend.path, text: '' };
  if (wanted === undefined) return unsure({ ...view, text: 'The backend is a resource or an action that only the controller knows.' }, 'depends');
  const service = journey.world.services.get(`${ingress.namespace}/${wanted.name}`);
  if (service === undefined) return missing(journey, ingress, backend, wanted.name, front);
  journey.visit(service.manifest);
  const refused = refusedByApiServer(journey, service);
  if (refused !== undefined) return broken({ ...view, at: service.manifest, text: refused }, withoutService(front));
  if (service.type === 'ExternalName' && refusesAliases(front)) return aliasRefused(journey, ingress, backend, service);
  const port = portOf(service, wanted.port);
  // An alias has an address only: where it lists no ports, controllers dial the number that the Ingress names.
  if (service.type === 'ExternalName' && service.ports.length === 0 && typeof wanted.port === 'number') return toExternalName(journey, service, senderOf(front));
  if (port === undefined) return wrongPort(journey, ingress, backend, service, front);
  return fromProxy(journey, service, port, front);
}

/** Traefik's provider takes no alias for a backend unless it is told to. */
function refusesAliases(front: FrontService): boolean {
  const { running } = front;
  return isTraefik(front) && running !== undefined && flagOf(running.container, 'providers.kubernetesingress.allowexternalnameservices') !== 'true';
}

function aliasRefused(journey: Journey, ingress: Ingress, backend: IngressBackend, service: Service): Leg {
  const text = `Service ${service.name} is an ExternalName, which Traefik refuses as a backend unless providers.kubernetesIngress.allowExternalNameServices is set.`;
  journey.report({
    id: 'ING001', at: ingress.manifest, path: [...backend.path, 'service', 'name'], message: `Ingress ${ingress.name} sends to nobody: ${text}`,
    fix: 'Send to a Service with endpoints, or start Traefik with --providers.kubernetesingress.allowexternalnameservices=true.',
  });
  return broken({ kind: 'service', at: service.manifest, text }, 'http-404');
}

function portOf(service: Service, wanted: number | string | undefined): ServicePort | undefined {
  if (wanted === undefined) return service.ports.length === 1 ? service.ports[0] : undefined;
  const number = typeof wanted === 'string' && /^\d+$/.test(wanted) ? Number(wanted) : wanted;
  return service.ports.find((port) => (typeof number === 'number' ? port.port === number : port.name === number) && port.protocol === 'TCP');
}

/** The proxy dials endpoints directly; what it cannot reach it answers with a status. */
export function fromProxy(journey: Journey, service: Service, port: ServicePort, front: FrontService): Leg {
  const sender = senderOf(front);
  if (service.type === 'ExternalName') return toExternalName(journey, service, sender);
  const leg = balance(journey, service, port, sender, `${service.name}:${port.port}`);
  const unlisted = service.selector === null && !journey.world.endpoints.has(`${service.namespace}/${service.name}`);
  return translated(leg, (symptom) => proxyAnswer(symptom, front, unlisted));
}

function proxyAnswer(symptom: Symptom, front: FrontService, unlisted: boolean): { symptom: Symptom; status?: number } {
  switch (symptom) {
    // No endpoint to dial, or one that refuses.
    case 'refused': case 'nxdomain': return statusOf(emptyService(front, unlisted));
    case 'timeout': return { symptom, status: 504 };
    default: return { symptom };
  }
}

function statusOf(symptom: Symptom): { symptom: Symptom; status?: number } {
  return { symptom, status: Number(symptom.slice('http-'.length)) };
}

/**
 * For an Ingress Traefik leaves out routers of Services without endpoints unless allowEmptyServices is set (its chart sets it). To a
 * route, a Service without any EndpointSlice is none.
 */
function emptyService(front: FrontService, unlisted: boolean): Symptom {
  const { controller, running, api } = front;
  if (controller?.id === 'gce') return 'http-502';
  if (api === 'Gateway') return isTraefik(front) && unlisted ? 'http-500' : 'http-503';
  if (isTraefik(front) && running !== undefined && flagOf(running.container, 'providers.kubernetesingress.allowemptyservices') !== 'true') return 'http-404';
  return 'http-503';
}

function withoutService(front: FrontService): Symptom {
  return isTraefik(front) ? 'http-404' : 'http-503';
}

function missing(journey: Journey, ingress: Ingress, backend: IngressBackend, name: string, front: FrontService): Leg {
  const draft = missingDraft(journey.world, ingress, backend, name);
  journey.report(draft);
  const view: HopView = { kind: 'service', at: ingress.manifest, path: backend.path, text: '' };
  if (draft.severity === 'note') return unsure({ ...view, text: `Service ${name} is not in the input.` }, 'unknown');
  return broken({ ...view, text: `There is no Service ${name} in namespace ${ingress.namespace}.` }, withoutService(front));
}

function wrongPort(journey: Journey, ingress: Ingress, backend: IngressBackend, service: Service, front: FrontService): Leg {
  journey.report(wrongPortDraft(ingress, backend, service));
  return broken({ kind: 'service', at: service.manifest, path: ['spec', 'ports'], text: `Service ${service.name} has no port ${String(backend.service?.port ?? '(none)')}.` }, withoutService(front));
}

/** What is wrong with a backend by itself, whoever serves the Ingress; undefined: nothing, or only the controller knows. */
export function backendDraft(world: World, ingress: Ingress, backend: IngressBackend): Draft | undefined {
  if (backend.service === undefined) return undefined;
  const service = world.services.get(`${ingress.namespace}/${backend.service.name}`);
  if (service === undefined) return missingDraft(world, ingress, backend, backend.service.name);
  return service.type === 'ExternalName' || portOf(service, backend.service.port) !== undefined ? undefined : wrongPortDraft(ingress, backend, service);
}

function missingDraft(world: World, ingress: Ingress, backend: IngressBackend, name: string): Draft {
  const { elsewhere, near, proved } = missingService(world, ingress.namespace, name);
  return {
    id: 'ING001', ...(proved ? {} : { severity: 'note' as const }), at: ingress.manifest, path: backend.path,
    message: elsewhere !== undefined
      ? `Ingress ${ingress.name} sends to Service ${name}, which is in namespace ${elsewhere.namespace}; an Ingress's backends are in its own, ${ingress.namespace}.`
      : `Ingress ${ingress.name} sends to Service ${name}, which namespace ${ingress.namespace} does not have${near === undefined ? '' : `; it has ${near}`}.`,
    ...(near !== undefined && elsewhere === undefined ? { fix: `Write service name ${near}.` } : {}),
  };
}

function wrongPortDraft(ingress: Ingress, backend: IngressBackend, service: Service): Draft {
  const wanted = backend.service?.port;
  const asTarget = service.ports.find((port) => port.targetPort === wanted);
  const has = service.ports.map((port) => (port.name === undefined ? portText(port) : `${portText(port)} (${port.name})`)).join(', ');
  return {
    id: 'ING002', at: ingress.manifest, path: [...backend.path, 'service', 'port'],
    message: `Ingress ${ingress.name} sends to port ${String(wanted ?? '(none)')} of Service ${service.name}, which has ${has || 'none'}${asTarget === undefined ? '' : `; ${String(wanted)} is its targetPort, and an Ingress names the Service's port`}.`,
    ...(service.ports.length === 1 || asTarget !== undefined ? { fix: `Write port ${(asTarget ?? service.ports[0])?.port ?? ''}.` } : {}),
  };
}
