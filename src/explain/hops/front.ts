import { compareRanks } from '../../model/ranks';
import type { ControllerKind, RunningController } from '../world/controllers';
import type { Gateway, Route } from '../world/gateways';
import type { Ingress } from '../world/ingresses';
import { targetOn } from '../world/select';
import type { Service } from '../world/services';
import type { World } from '../world/world';
import { entryOf } from './entry';
import { type TakingGateway, takingGateway, toGateway, toUnseenGateway, isOfGateway } from './gateway';
import { controllerOfGateway, runningFor } from './gateway-class';
import { openTo } from './gke-ingress';
import { hostFit } from './http-match';
import { toIngresses, traefikRankOf } from './ingress';
import { forHost } from './ingress-hosts';
import { type FrontService, isTraefik } from './ingress-backend';
import { nobodyDraft, whoServes } from './ingress-class';
import { type Journey, silently } from './journey';
import { type Leg, answered, broken, doubted, passed, unsure } from './leg';
import { toBalancer } from './load-balancer';
import { redirectOf } from './redirect';

/** Something that takes requests from outside for names. */
export type Front =
  | { readonly kind: 'ingress'; readonly name: string; readonly controller: ControllerKind | undefined; readonly running: RunningController | undefined; readonly ingresses: readonly Ingress[] }
  | { readonly kind: 'unserved'; readonly name: string; readonly ingresses: readonly Ingress[] }
  | { readonly kind: 'gateway'; readonly name: string; readonly gateway: Gateway }
  | { readonly kind: 'unseen-gateway'; readonly name: string; readonly routes: readonly Route[] }
  | { readonly kind: 'service'; readonly name: string; readonly service: Service };

const known = new WeakMap<World, readonly Front[]>();

/** Every front there is; looked for once a world. */
export function frontsOf({ world }: Pick<Journey, 'world'>): readonly Front[] {
  const before = known.get(world);
  if (before !== undefined) return before;
  const fronts = findFronts(world);
  known.set(world, fronts);
  return fronts;
}

function findFronts(world: World): Front[] {
  const fronts: Front[] = [];
  const groups = new Map<string, { front: Front; ingresses: Ingress[] }>();
  for (const ingress of world.ingresses) {
    const { key, kind, running, nobody } = whoServes(world, ingress);
    const name = nobody === undefined ? key : `${key} (unserved)`;
    const group = groups.get(name);
    if (group !== undefined) { group.ingresses.push(ingress); continue; }
    const ingresses = [ingress];
    groups.set(name, { ingresses, front: nobody === undefined ? { kind: 'ingress', name, controller: kind, running, ingresses } : { kind: 'unserved', name, ingresses } });
  }
  for (const { front } of groups.values()) fronts.push(front);
  for (const gateway of world.gateways.values()) fronts.push({ kind: 'gateway', name: `Gateway ${gateway.namespace}/${gateway.name}`, gateway });
  const orphans = world.routes.filter((route) => route.parents.some((parent) => parent.kind === 'Gateway' && !world.gateways.has(`${parent.namespace}/${parent.name}`)));
  if (orphans.length > 0) fronts.push({ kind: 'unseen-gateway', name: 'a Gateway that is not in the input', routes: orphans });
  for (const service of world.services.values()) {
    if (service.type !== 'LoadBalancer' || isOfGateway(service.manifest.object.metadata.labels)) continue;
    if (world.controllers.some(({ pod }) => selectsPod(service, pod))) continue;
    fronts.push({ kind: 'service', name: `Service ${service.namespace}/${service.name}`, service });
  }
  return fronts;
}

export function selectsPod(service: Service, pod: RunningController['pod']): boolean {
  return service.selector !== null && service.namespace === pod.namespace && Object.entries(service.selector).every(([key, value]) => pod.labels[key] === value);
}

/** The front that a name or an address from outside leads to; undefined when there is none at all. */
export function frontFor(journey: Journey, local = false): Leg | undefined {
  const { request } = journey;
  const fronts = frontsOf(journey).filter((front) => request.protocol === 'TCP' || front.kind === 'service' || front.kind === 'gateway');
  const byAddress = fronts.filter((front) => hasAddress(front, request.host));
  const fits = byAddress.length > 0 ? byAddress : mostFitting(fronts, journey);
  const [only, ...others] = fits;
  if (only === undefined) return undefined;
  if (others.length === 0) {
    if (byAddress.length === 0 && !local) journey.assume(`${request.host} leads to ${only.name}.`);
    return toFront(journey, only);
  }
  const legs = fits.slice(0, 8).map((front) => toFront(journey, front));
  const [first] = legs as [Leg, ...Leg[]];
  const same = legs.every(({ outcome }) => JSON.stringify(outcome) === JSON.stringify(first.outcome));
  if (same) return first;
  return unsure({
    kind: 'dns', text: `${request.host} may lead to any of ${fits.map(({ name }) => name).join(', ')}; --via says to which.`, from: request.host,
    considered: fits.map(({ name }, index) => ({ what: name, why: `${legs[index]?.outcome.verdict ?? ''} there` })),
  }, 'depends', legs.flatMap(({ outcome }) => outcome.backends));
}

function hasAddress(front: Front, host: string): boolean {
  switch (front.kind) {
    case 'ingress': case 'unserved': return front.ingresses.some((ingress) => ingress.addresses.includes(host));
    case 'gateway': return front.gateway.addresses.includes(host);
    case 'service': return front.service.balancerAddresses.includes(host) || hostnamesOf(front.service).includes(host);
    case 'unseen-gateway': return false;
    default: { const never: never = front; return never; }
  }
}

function hostnamesOf({ annotations }: Service): string[] {
  return ['external-dns.alpha.kubernetes.io/hostname', 'external-dns.kubernetes.io/hostname'].flatMap((key) => annotations[key]?.split(',').map((name) => name.trim().replace(/\.$/, '')) ?? []);
}

/** Those with a rule for the host; else the only one; else those that take any host. */
function mostFitting(fronts: readonly Front[], { request, world }: Journey): readonly Front[] {
  const host = request.hostHeader;
  const fit = (front: Front): number => {
    const patterns = front.kind === 'ingress' || front.kind === 'unserved' ? forHost(front.ingresses, host).flatMap((ingress) => ingress.rules.map((rule) => rule.host))
      : front.kind === 'unseen-gateway' ? front.routes.flatMap((route) => (route.hostnames.length > 0 ? route.hostnames : ['']))
        : front.kind === 'gateway' ? hostsOf(world, front.gateway) : [];
    return Math.max(0, ...patterns.map((pattern) => hostFit(pattern, host, 'many')));
  };
  const gatewayRoutes = (front: Front): number => fit(front);
  const named = fronts.filter((front) => gatewayRoutes(front) > 1);
  const served = named.filter(({ kind }) => kind !== 'unserved');
  if (named.length > 0) return served.length > 0 ? served : named;
  if (fronts.length <= 1) return fronts;
  const byRoutes = fronts.filter((front) => front.kind === 'gateway' && front.gateway.listeners.some((listener) => listener.port === request.port));
  const anyHost = fronts.filter((front) => fit(front) === 1 || (front.kind === 'ingress' && front.ingresses.some(({ defaultBackend }) => defaultBackend !== undefined)));
  const onPort = fronts.filter((front) => front.kind === 'service' && front.service.ports.some(({ port, protocol }) => port === request.port && protocol === request.protocol));
  for (const group of [anyHost, onPort, byRoutes]) if (group.length === 1) return group;
  return fronts;
}

/** The listener's port that a dialled one leads to: the controller's Service may map it. */
function portWithin({ world, request }: Journey, gateway: Gateway, running: RunningController): number {
  if (gateway.listeners.some(({ port }) => port === request.port)) return request.port;
  const ports = [...world.services.values()].filter((service) => selectsPod(service, running.pod)).flatMap((service) => service.ports);
  const dialled = ports.find(({ port, nodePort }) => port === request.port || nodePort === request.port);
  return (dialled && targetOn(running.pod, dialled)) ?? request.port;
}

/** The hosts of its routes; of its listeners where a route has none. */
function hostsOf(world: World, gateway: Gateway): readonly string[] {
  const listened = gateway.listeners.map(({ hostname }) => hostname ?? '');
  const routed = world.routes.filter(({ parents }) => parents.some((parent) => parent.namespace === gateway.namespace && parent.name === gateway.name));
  return routed.length === 0 ? listened : routed.flatMap(({ hostnames }) => (hostnames.length > 0 ? hostnames : listened));
}

export function toFront(journey: Journey, front: Front): Leg {
  const { request } = journey;
  switch (front.kind) {
    case 'service': return toBalancer(journey, front.service, { kind: 'outside' });
    case 'gateway': {
      const running = runningFor(journey.world, front.gateway);
      // --via names the Gateway itself; else a request gets to it as to any controller.
      const entered = running === undefined || request.via !== null ? undefined : entryOf(journey, { name: front.name, running });
      return entered ?? toGateway(journey, front.gateway, running, running === undefined ? request.port : portWithin(journey, front.gateway, running));
    }
    case 'unseen-gateway': return toUnseenGateway(journey, front.routes) ?? unsure({ kind: 'gateway', text: `${front.name} gets it, and none of the routes here take it.`, from: request.host }, 'unknown');
    case 'unserved': {
      const ingress = front.ingresses.find((entry) => entry.rules.some((rule) => hostFit(rule.host, request.hostHeader, 'one') > 0)) ?? front.ingresses[0];
      const nobody = ingress && whoServes(journey.world, ingress).nobody;
      if (ingress === undefined || nobody === undefined) return unsure({ kind: 'ingress', text: `Nobody serves ${front.name}.` }, 'unknown');
      journey.visit(ingress.manifest);
      journey.report(nobodyDraft(ingress, nobody));
      // Another controller answers in its place, unless the Ingress would be a load balancer of its own.
      const others = journey.world.controllers.length > 0 && nobody.id !== 'GKE004';
      return broken({ kind: 'ingress', at: ingress.manifest, text: nobody.message, from: request.host }, others ? 'http-404' : 'pending');
    }
    case 'ingress': return entryOf(journey, front) ?? routeIngresses(journey, front, { controller: front.controller, running: front.running, tls: request.scheme === 'https', entryName: undefined, port: request.port });
    default: { const never: never = front; return never; }
  }
}

function routeIngresses(journey: Journey, front: Front & { kind: 'ingress' }, service: FrontService): Leg {
  if (front.controller?.managed !== true && front.running === undefined) journey.assume(`An ingress controller (${front.controller?.name ?? front.name}) runs and serves these Ingresses.`);
  const ingresses = front.controller?.id === 'gce' ? openTo(journey, front.ingresses) : front.ingresses;
  return 'hop' in ingresses ? ingresses : toIngresses(journey, ingresses, service);
}

/** A request that arrived at a controller's own pod: its Gateways and its Ingresses. */
export function routeThrough(journey: Journey, service: FrontService): Leg {
  const { world } = journey;
  const own = service.controller === undefined ? [] : [...world.gateways.values()].filter((gateway) => controllerOfGateway(world, gateway) === service.controller);
  const listening = own.filter((gateway) => gateway.listeners.some((listener) => listener.port === service.port));
  // An entry point's own redirect comes before whatever routes there are.
  const redirect = listening.length === 0 ? undefined : redirectOf(journey, [], undefined, service);
  if (redirect !== undefined) return answered({ kind: 'gateway', at: service.running?.pod.manifest, text: redirect.text }, [], redirect.status);
  const taking = takingGateway(journey, listening, service.port);
  const mine = frontsOf(journey).find((front): front is Front & { kind: 'ingress' } => front.kind === 'ingress' && front.controller === service.controller);
  if (taking !== undefined) return besideIngresses(journey, taking, mine?.ingresses ?? [], service);
  if (mine !== undefined) return toIngresses(journey, mine.ingresses, service);
  const [gateway] = listening;
  if (gateway !== undefined) return toGateway(journey, gateway, service.running, service.port);
  for (const { manifest } of own) journey.visit(manifest);
  const where = service.running?.pod.manifest;
  if (!world.whole && world.ingresses.length === 0 && world.routes.length === 0) {
    return unsure({ kind: 'ingress', ...(where === undefined ? {} : { at: where }), text: `No Ingress or Gateway of ${service.controller?.name ?? 'the controller'} is in the input.` }, 'unknown');
  }
  const lacks = own.length === 0 ? 'no Ingress or Gateway to route by' : `no listener on port ${service.port} among its Gateways, and no Ingress`;
  return broken({ kind: 'ingress', ...(where === undefined ? {} : { at: where }), text: `${service.controller?.name ?? 'The controller'} has ${lacks}: it answers 404.` }, 'http-404');
}

/** Above 0 where an Ingress takes the request before a route of this rank, below 0 where the route does; 0: either may. */
function orderBeside(journey: Journey, rank: TakingGateway['rank'], ingresses: readonly Ingress[], service: FrontService): number {
  if (ingresses.length === 0) return -1;
  if (!isTraefik(service)) return 0;
  const ranked = traefikRankOf(journey, ingresses, service);
  return ranked === undefined ? -1 : compareRanks(ranked, rank);
}

/** A Gateway and Ingresses of one controller: where both would take a request, Traefik goes by its priorities, and of others it is not known. */
function besideIngresses(journey: Journey, { gateway, rank, rivals }: TakingGateway, ingresses: readonly Ingress[], service: FrontService): Leg {
  const order = orderBeside(journey, rank, ingresses, service);
  if (order > 0) return toIngresses(journey, ingresses, service);
  const leg = toGateway(journey, gateway, service.running, service.port, rivals);
  if (order < 0) return leg;
  const other = toIngresses(silently(journey), ingresses, service);
  const same = other.outcome.symptom === 'http-404' || JSON.stringify([other.outcome.status, other.outcome.backends]) === JSON.stringify([leg.outcome.status, leg.outcome.backends]);
  return same ? leg : doubted({ kind: 'ingress', text: 'An Ingress takes the request too, and sends it elsewhere; the controller chooses.' }, 'depends', leg);
}

/** A node port where nothing of the input listens, and routes whose controller is not in the input either: that is where it listens. */
export function frontBehindUnseenPort(journey: Journey, port: number): Leg | undefined {
  if (port !== 80 && port !== 443) return undefined;
  const { world } = journey;
  if (world.whole || world.controllers.length > 0) return undefined;
  const leg = frontFor({ ...journey, request: { ...journey.request, port } }, true);
  if (leg === undefined || frontsOf(journey).every(({ kind }) => kind === 'service')) return undefined;
  return passed({ kind: 'host-port', text: `Nothing in the input listens on port ${port} of the node; the controller of these routes is assumed to.` }, leg);
}
