import { fields, text } from '../../manifest/fields';
import type { Request } from '../request';
import { entryPoint } from '../world/controllers';
import type { Gateway, Listener, Route } from '../world/gateways';
import type { World } from '../world/world';
import { whyNotAttached, names } from './attach';
import { controllerOfGateway, isGlobal, isInternal, isOfGke } from './gateway-class';
import { refusedGateway } from './gke-gateway';
import { hostFit } from './http-match';
import { type FrontService, GOOGLE_FRONT_ENDS, isTraefik } from './ingress-backend';
import type { Journey } from './journey';
import { type HopView, type Leg, answered, broken, doubted, either, passed, unsure } from './leg';
import { comesUp } from './listener-certificate';
import { toRouteBackends } from './route-backend';
import { losesSlash, redirectOfRule, rewriteText, unknownToTraefik } from './route-filters';
import { BY_THE_API, byRank, type Candidate, candidates, matchText, routeHostFit } from './route-match';
import { BY_TRAEFIK, mayTake } from './traefik-routes';
import { whyNot } from './why-not';

/** A request to a Gateway: the listener of its port, protocol and most specific hostname, then the best rule of the routes attached to it. */
export function toGateway(journey: Journey, gateway: Gateway, running: FrontService['running'], port = journey.request.port, rivals: readonly Candidate[] = []): Leg {
  const { world, request } = journey;
  journey.visit(gateway.manifest);
  const kind = controllerOfGateway(world, gateway);
  const view: HopView = { kind: 'gateway', at: gateway.manifest, from: `${request.host}:${port}`, text: '' };
  if (!world.gatewayClasses.has(gateway.className) && world.whole && !isOfGke(world, gateway.className)) {
    journey.report({ id: 'GTW001', at: gateway.manifest, path: ['spec', 'gatewayClassName'], message: `Gateway ${gateway.name} is of class ${gateway.className}, and there is no such GatewayClass: no controller makes anything of it.` });
    return broken({ ...view, text: `There is no GatewayClass ${gateway.className}.` }, 'pending');
  }
  const refused = kind?.id === 'gce' ? refusedGateway(gateway) : undefined;
  if (refused !== undefined) {
    journey.report(refused);
    return broken({ ...view, path: refused.path ?? [], text: refused.message }, 'pending');
  }
  journey.assume(`A controller serves Gateway ${gateway.name} (class ${gateway.className}), and ${request.host} leads to it.`);
  if (isInternal(gateway)) journey.assume(`The client is inside the network of Gateway ${gateway.name}, which is internal.`);
  const onPort = gateway.listeners.filter((listener) => listener.port === port);
  if (onPort.length === 0) {
    journey.report({ id: 'GTW002', at: gateway.manifest, path: ['spec', 'listeners'], message: `Gateway ${gateway.name} has no listener on port ${port}; it has ${[...new Set(gateway.listeners.map((listener) => listener.port))].join(', ') || 'none'}.` });
    // A controller that listens there for others answers for itself.
    const isOpen = running !== undefined && entryPoint(running, port) !== undefined;
    return broken({ ...view, text: `Gateway ${gateway.name} has no listener on port ${port}.` }, isOpen ? 'http-404' : 'refused');
  }
  const found = taking(world, gateway, port, request);
  const listener = found[0]?.listener ?? listenersFor(world, gateway, port, request)[0];
  if (listener === undefined) {
    journey.report({
      id: 'GTW003', at: gateway.manifest, path: ['spec', 'listeners'],
      message: `No listener of Gateway ${gateway.name} on port ${port} is for ${request.scheme}://${request.hostHeader}; they are for ${onPort.map((entry) => `${entry.protocol} ${entry.hostname ?? '(any)'}`).join(', ')}.`,
    });
    const speaksTls = onPort.every(({ protocol }) => protocol === 'HTTPS' || protocol === 'TLS');
    return broken({ ...view, text: `No listener on port ${port} is for ${request.scheme}://${request.hostHeader}.` }, speaksTls || request.scheme === 'https' ? 'reset' : 'http-404');
  }
  if (!comesUp(journey, gateway, listener)) {
    return broken({ ...view, path: listener.path, text: `Listener ${listener.name} of Gateway ${gateway.name} does not come up without its certificate.` }, kind?.id === 'traefik' ? 'http-404' : 'reset');
  }
  const sources = kind?.id === 'gce' && isGlobal(gateway.className) ? GOOGLE_FRONT_ENDS : undefined;
  const front: FrontService = { controller: kind, running, tls: listener.tlsMode !== undefined, entryName: undefined, port, sources, api: 'Gateway' };
  return passed({ ...view, path: listener.path, text: `Listener ${listener.name} (${listener.protocol} ${listener.hostname ?? 'any host'}) of Gateway ${gateway.name} takes it.` },
    toRoutes(journey, gateway, listener, [...found, ...rivals], front));
}

/** A Gateway that takes a request, how specifically, and what other Gateways of its controller have for it. */
export interface TakingGateway {
  readonly gateway: Gateway;
  readonly rank: readonly number[];
  readonly rivals: readonly Candidate[];
}

/** Of several Gateways that one controller serves on one port, the one whose route takes the request; none where no route does. */
export function takingGateway({ world, request }: Journey, gateways: readonly Gateway[], port: number): TakingGateway | undefined {
  const found = gateways.flatMap((gateway) => taking(world, gateway, port, request).map((candidate) => ({ gateway, candidate })))
    .sort((a, b) => byRank(a.candidate, b.candidate));
  const [best] = found;
  if (best === undefined) return undefined;
  return { gateway: best.gateway, rank: best.candidate.rank, rivals: found.filter(({ gateway }) => gateway !== best.gateway).map(({ candidate }) => candidate) };
}

/** The rules that take a request at a port, the best first. */
function taking(world: World, gateway: Gateway, port: number, request: Request): readonly Candidate[] {
  const attached = listenersFor(world, gateway, port, request)
    .map((listener) => ({ listener, routes: world.routes.filter((route) => whyNotAttached(world, gateway, listener, route) === undefined) }));
  return candidates(attached, request, isOfTraefik(world, gateway) ? BY_TRAEFIK : BY_THE_API);
}

/** The most specific listener alone; but Traefik keeps no listener's requests from the routes of another that fits. */
function listenersFor(world: World, gateway: Gateway, port: number, request: Request): readonly Listener[] {
  const onPort = gateway.listeners.filter((listener) => listener.port === port);
  const fitting = fittingListeners(onPort, request.scheme, request.scheme === 'https' ? request.host : request.hostHeader);
  return isOfTraefik(world, gateway) ? fitting : fitting.slice(0, 1);
}

function isOfTraefik(world: World, gateway: Gateway): boolean {
  return controllerOfGateway(world, gateway)?.id === 'traefik';
}

/** The most specific hostname first. */
function fittingListeners(listeners: readonly Listener[], scheme: string, host: string): readonly Listener[] {
  const speaks = listeners.filter(({ protocol, tlsMode }) => {
    const secure = protocol === 'HTTPS' || protocol === 'TLS' || tlsMode !== undefined;
    if (scheme === 'http') return !secure && protocol !== 'UDP';
    if (scheme === 'https') return secure || protocol === 'TCP';
    return scheme === 'udp' ? protocol === 'UDP' : protocol !== 'UDP';
  });
  const fit = (listener: Listener): number => (listener.protocol === 'TCP' || listener.protocol === 'UDP' ? 1 : hostFit(listener.hostname, host, 'many'));
  return speaks.filter((listener) => fit(listener) > 0).sort((a, b) => fit(b) - fit(a));
}

function toRoutes(journey: Journey, gateway: Gateway, listener: Listener, found: readonly Candidate[], front: FrontService): Leg {
  const { world } = journey;
  const meant = world.routes.filter((route) => route.parents.some((parent) => names(parent, gateway)));
  const refused = meant.flatMap((route) => {
    const why = whyNotAttached(world, gateway, listener, route);
    return why === undefined ? [] : [{ route, why }];
  });
  const attached = meant.filter((route) => !refused.some((entry) => entry.route === route));
  const byConnection = listener.protocol === 'TCP' || listener.protocol === 'UDP' || (listener.protocol === 'TLS');
  if (byConnection) return toConnectionRoute(journey, gateway, listener, attached, front);
  const [best, ...others] = found;
  if (best === undefined) return noRoute(journey, gateway, listener, attached, refused);
  return (isTraefik(front) ? amongEquals(journey, gateway, mayTake(found), front) : undefined) ?? throughRule(journey, best, others, front);
}

/** Where Traefik may take one of several rules that do not do the same. */
function amongEquals(journey: Journey, gateway: Gateway, equals: readonly Candidate[], front: FrontService): Leg | undefined {
  if (equals.length <= 1) return undefined;
  const legs = equals.map((candidate) => ({ candidate, leg: throughRule(journey, candidate, [], front) }));
  const does = new Set(legs.map(({ candidate, leg }) => JSON.stringify([leg.outcome, candidate.rule.filters])));
  return does.size <= 1 ? undefined : either({
    kind: 'route', at: gateway.manifest, text: `Traefik takes any of ${equals.map(candidateText).join(' and ')}: it ranks them the same, or its releases differ in that.`,
  }, legs.map(({ leg }) => leg));
}

/** A request whose Gateway is not in the input: the routes that would take it are. */
export function toUnseenGateway(journey: Journey, routes: readonly Route[]): Leg | undefined {
  const { request } = journey;
  const anyListener: Listener = { name: '', port: request.port, protocol: 'HTTP', hostname: undefined, tlsMode: undefined, namespaces: 'All', kinds: [], certificates: [], path: [] };
  const [best, ...others] = candidates([{ listener: anyListener, routes: routes.filter(({ kind }) => kind === 'HTTPRoute' || kind === 'GRPCRoute') }], request);
  if (best === undefined) return undefined;
  const [parent] = best.route.parents;
  const front: FrontService = { controller: undefined, running: undefined, tls: request.scheme === 'https', entryName: undefined, port: request.port };
  return doubted({ kind: 'gateway', at: best.route.manifest, path: ['spec', 'parentRefs'], text: `Gateway ${parent?.namespace ?? ''}/${parent?.name ?? '(none)'} is not in the input.` }, 'unknown', throughRule(journey, best, others, front));
}

function candidateText({ route, match }: Candidate): string {
  return `${route.kind} ${route.name} ${matchText(match)}`;
}

function throughRule(journey: Journey, best: Candidate, others: readonly Candidate[], front: FrontService): Leg {
  const { request } = journey;
  const { route, rule, match } = best;
  journey.visit(route.manifest);
  const view: HopView = {
    kind: 'route', at: route.manifest, path: rule.path, from: `${request.hostHeader}${request.path}`,
    text: `${route.kind} ${route.name}: ${matchText(match)} takes it.`,
    considered: others.filter((other) => other.rule !== rule).map((other) => ({ what: candidateText(other), why: whyNot(other, best, front) })),
  };
  const ofTraefik = isTraefik(front);
  const unknown = ofTraefik ? unknownToTraefik(rule) : undefined;
  if (unknown !== undefined) {
    journey.report({ id: 'RTE005', at: route.manifest, path: [...rule.path, 'filters'], message: `A rule of ${route.kind} ${route.name} has a ${unknown} filter, which Traefik does not know: it answers 500.` });
    return broken({ ...view, text: `${view.text} Traefik does not know its ${unknown} filter.` }, 'http-500');
  }
  const redirect = redirectOfRule(rule, match, request, ofTraefik);
  if (redirect !== undefined) return answered({ ...view, text: `${view.text} Its RequestRedirect filter answers ${redirect.status}, to ${redirect.location}.` }, [], redirect.status);
  const extended = rule.filters.some((filter) => filter['type'] === 'ExtensionRef');
  if (extended && rule.backends.length === 0) return unsure({ ...view, text: `${view.text} It has no backend; its extension filter may answer.` }, 'depends');
  if (extended) journey.assume(`The extension filters of ${route.kind} ${route.name} let the request through.`);
  const leg = toRouteBackends(journey, route, rule, front, { ...view, text: `${view.text}${rewriteText(rule, match, request, ofTraefik)}` });
  return !ofTraefik || !losesSlash(rule, match, request) ? leg : either({
    ...view, text: `${view.text} Traefik takes the first slash away with the prefix that is replaced by nothing, and most servers answer 400 to such a path: replace it by /.`,
  }, [leg]);
}

/** TCPRoute, UDPRoute and TLSRoute: the connection, not a request, is routed; TLS by SNI. */
function toConnectionRoute(journey: Journey, gateway: Gateway, listener: Listener, attached: readonly Route[], front: FrontService): Leg {
  const { request } = journey;
  const bySni = attached.filter((route) => route.kind !== 'TLSRoute' || routeHostFit(route, listener, request.host) > 0)
    .sort((a, b) => routeHostFit(b, listener, request.host) - routeHostFit(a, listener, request.host));
  const [route] = bySni;
  const rule = route?.rules[0];
  if (route === undefined || rule === undefined) {
    return broken({ kind: 'route', at: gateway.manifest, path: listener.path, text: `No route is attached to listener ${listener.name}${listener.protocol === 'TLS' ? ` for ${request.host}` : ''}.` }, 'reset');
  }
  journey.visit(route.manifest);
  return toRouteBackends(journey, route, rule, front, { kind: 'route', at: route.manifest, path: rule.path, text: `${route.kind} ${route.name} takes the connection.` });
}

function noRoute(journey: Journey, gateway: Gateway, listener: Listener, attached: readonly Route[], refused: readonly { readonly route: Route; readonly why: string }[]): Leg {
  const { request } = journey;
  const wouldTake = refused.find(({ route }) => candidates([{ listener: { ...listener, hostname: undefined }, routes: [route] }], request).length > 0
    && !route.parents.some((parent) => names(parent, gateway) && gateway.listeners.some((other) => other !== listener && whyNotAttached(journey.world, gateway, other, route) === undefined && other.name === parent.sectionName)));
  if (wouldTake !== undefined) {
    journey.visit(wouldTake.route.manifest);
    journey.report({ id: 'RTE003', at: wouldTake.route.manifest, path: ['spec', 'parentRefs'], message: `${wouldTake.route.kind} ${wouldTake.route.name} is not attached to Gateway ${gateway.name}: it ${wouldTake.why}.` });
  } else {
    const [route] = attached;
    journey.report({
      id: 'RTE004', at: route?.manifest ?? gateway.manifest, path: route === undefined ? listener.path : ['spec'],
      message: `No rule of the routes of Gateway ${gateway.name} takes ${request.method} ${request.hostHeader}${request.path}.`,
    });
  }
  return broken({
    kind: 'route', at: gateway.manifest, path: listener.path, text: `No rule takes ${request.method} ${request.hostHeader}${request.path}: the Gateway answers 404.`,
    considered: [
      ...attached.slice(0, 20).flatMap((route) => route.rules.flatMap((rule) => rule.matches.map((match) => ({ what: `${route.kind} ${route.name} ${route.hostnames.join(' ')} ${matchText(match)}`.trim(), why: 'does not match' })))),
      ...refused.map(({ route, why }) => ({ what: `${route.kind} ${route.name}`, why })),
    ],
  }, 'http-404');
}

/** Does a Gateway's data plane come with a Service that is in the input? */
export function isOfGateway(labels: Readonly<Record<string, string>> | undefined): boolean {
  return text(fields(labels)['gateway.networking.k8s.io/gateway-name']) !== undefined;
}
