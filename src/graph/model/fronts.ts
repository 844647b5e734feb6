import { type Front, frontsOf } from '../../explain/hops/front';
import { isInternal } from '../../explain/hops/gateway-class';
import { isGranted } from '../../explain/hops/grant';
import { matchText } from '../../explain/hops/route-match';
import { names, whyNotAttached } from '../../explain/hops/attach';
import { type ControllerKind, controllerOfGatewayController, entryPoint } from '../../explain/world/controllers';
import type { Gateway, Route } from '../../explain/world/gateways';
import type { Ingress, IngressBackend } from '../../explain/world/ingresses';
import type { World } from '../../explain/world/world';
import { client } from './clients';
import { serviceId, servicePortRow } from './services';
import { type Sketch, columns } from './sketch';
import { workloadId } from './workloads';

export interface RulePlace {
  readonly node: string;
  readonly row: number;
}

/** Where each rule is drawn, by its object and the words that explain has for it. */
export type RulePlaces = Map<string, RulePlace>;

/** Controllers and Gateways, what they route by, and where each rule leads. */
export function addFronts(sketch: Sketch, world: World): RulePlaces {
  const places: RulePlaces = new Map();
  for (const front of frontsOf({ world })) {
    switch (front.kind) {
      case 'ingress': case 'unserved': addIngresses(sketch, world, front, places); break;
      case 'gateway': addGateway(sketch, world, front.gateway, places); break;
      case 'unseen-gateway': {
        const unseen = sketch.add({ id: 'Front/unseen-gateway', kind: 'gateway', caption: 'Gateway', title: 'not in the input' });
        sketch.link(client(sketch, 'internet'), unseen);
        for (const route of front.routes) addRoute(sketch, world, route, unseen, undefined, places);
        break;
      }
      case 'service': break;
      default: { const never: never = front; return never; }
    }
  }
  return places;
}

function addIngresses(sketch: Sketch, world: World, front: Front & { readonly kind: 'ingress' | 'unserved' }, places: RulePlaces): void {
  const source = front.kind === 'unserved' ? undefined : front.running !== undefined ? workloadId(front.running.pod) : addUnseenController(sketch, front.name, front.controller, front.ingresses);
  for (const ingress of front.ingresses) addIngress(sketch, world, ingress, source, places);
}

/** A controller without pods in the input: the platform's own, or one that is taken for granted. */
function addUnseenController(sketch: Sketch, name: string, controller: ControllerKind | undefined, ingresses: readonly Ingress[]): string {
  const secure = ingresses.some(({ tls, annotations }) => tls.length > 0 || Object.keys(annotations).some((key) => key.endsWith('/managed-certificates') || key.endsWith('/pre-shared-cert')));
  const ports = [80, ...(secure ? [443] : [])];
  const id = sketch.add({
    id: `Front/${name}`, kind: 'balancer', title: controller?.name ?? name,
    caption: controller?.managed === true ? 'Load balancer · managed' : 'Controller · not in the input',
    rows: ports.map((port) => ({ text: String(port), note: port === 443 ? 'https' : 'http' })),
  });
  const internal = ingresses.every(({ annotations }) => annotations['kubernetes.io/ingress.class'] === 'gce-internal');
  ports.forEach((port, toRow) => sketch.link(client(sketch, internal ? 'network' : 'internet'), id, { toRow, port }));
  return id;
}

/** A card for each host, its paths the rows: a routing table. */
function addIngress(sketch: Sketch, world: World, ingress: Ingress, source: string | undefined, places: RulePlaces): void {
  const object = `Ingress/${ingress.namespace}/${ingress.name}`;
  const card = (host: string, rows: readonly { readonly path: string; readonly note: string; readonly backend: IngressBackend; readonly words: string }[]): void => {
    const secure = ingress.tls.some(({ hosts }) => hosts.length === 0 || hosts.includes(host));
    const id = sketch.add({
      id: `${object}/${host}`, kind: 'rule', caption: `Ingress ${ingress.name}${secure ? ' · TLS' : ''}`, title: host === '' ? 'any host' : host, namespace: ingress.namespace,
      column: columns.rule, rows: rows.map(({ path, note }) => ({ text: path, note })), objects: [ingress.manifest], parts: rows.map(({ backend }) => backend.path),
    });
    if (source !== undefined) sketch.link(source, id);
    rows.forEach(({ backend, words }, row) => {
      places.set(`${object}\0${words}`, { node: id, row });
      if (!places.has(object)) places.set(object, { node: id, row });
      linkBackend(sketch, world, id, row, backend.service && { namespace: ingress.namespace, ...backend.service });
    });
  };
  const hosts = [...new Set(ingress.rules.map(({ host }) => host))];
  for (const host of hosts) {
    card(host, ingress.rules.filter((rule) => rule.host === host).flatMap(({ paths }) => paths.map(({ path, pathType, backend }) => ({
      path, note: pathType === 'ImplementationSpecific' ? '' : pathType, backend, words: `Ingress ${ingress.name}: host ${host === '' ? '(any)' : host}, path ${path} (${pathType})`,
    }))));
  }
  if (ingress.defaultBackend !== undefined) card('everything else', [{ path: 'default', note: '', backend: ingress.defaultBackend, words: `the default backend of Ingress ${ingress.name}` }]);
}

function linkBackend(sketch: Sketch, world: World, from: string, fromRow: number, wanted: { readonly namespace: string; readonly name: string; readonly port: number | string | undefined } | undefined): void {
  const service = wanted === undefined ? undefined : world.services.get(`${wanted.namespace}/${wanted.name}`);
  if (wanted === undefined || service === undefined) return;
  const toRow = servicePortRow(service, (port) => port.port === wanted.port || port.name === wanted.port || String(port.port) === wanted.port);
  if (toRow === undefined && service.ports.length > 0) return;
  sketch.link(from, serviceId(service), { fromRow, toRow, port: toRow === undefined ? undefined : service.ports[toRow]?.port });
}

function addGateway(sketch: Sketch, world: World, gateway: Gateway, places: RulePlaces): void {
  const id = sketch.add({
    id: `Gateway/${gateway.namespace}/${gateway.name}`, kind: 'gateway', title: gateway.name, namespace: gateway.namespace, column: columns.gateway,
    caption: `Gateway · ${gateway.className}`, objects: [gateway.manifest],
    rows: gateway.listeners.map(({ port, protocol, hostname }) => ({ text: `${protocol} ${port}`, note: hostname ?? '' })),
  });
  const controller = controllerOfGatewayController(world.gatewayClasses.get(gateway.className) ?? '');
  const running = world.controllers.find(({ kind }) => kind === controller);
  gateway.listeners.forEach(({ port }, toRow) => {
    if (running !== undefined && entryPoint(running, port) !== undefined) sketch.link(workloadId(running.pod), id, { toRow, port });
    else {
      const balancer = sketch.add({
        id: `Balancer/Gateway/${gateway.namespace}/${gateway.name}`, kind: 'balancer', caption: 'Load balancer · Gateway', title: gateway.addresses[0] ?? controller?.name ?? gateway.className,
        rows: gateway.listeners.map((listener) => ({ text: String(listener.port), note: listener.protocol.toLowerCase() })),
      });
      sketch.link(client(sketch, isInternal(gateway) ? 'network' : 'internet'), balancer, { toRow, port });
      sketch.link(balancer, id, { fromRow: toRow, toRow, port });
    }
  });
  for (const route of world.routes) if (route.parents.some((parent) => names(parent, gateway))) addRoute(sketch, world, route, id, gateway, places);
}

/** A card for each route, its rules the rows. */
function addRoute(sketch: Sketch, world: World, route: Route, source: string, gateway: Gateway | undefined, places: RulePlaces): void {
  const object = `${route.kind}/${route.namespace}/${route.name}`;
  const matches = route.rules.flatMap((rule) => rule.matches.map((match) => ({ rule, match })));
  const byConnection = route.kind === 'TCPRoute' || route.kind === 'UDPRoute' || route.kind === 'TLSRoute';
  const id = sketch.add({
    id: object, kind: 'rule', caption: `${route.kind} ${route.name}`, namespace: route.namespace, column: columns.rule, objects: [route.manifest],
    title: route.hostnames.length === 0 ? 'any host' : route.hostnames.join(', '),
    rows: matches.map(({ match }) => (byConnection ? { text: 'connection', note: '' } : {
      text: match.path.value, note: [match.method ?? '', ...match.headers.map(({ name }) => name), match.path.type === 'PathPrefix' ? 'Prefix' : match.path.type].join(' ').trim(),
    })),
  });
  const rows = gateway?.listeners.flatMap((listener, row) => (whyNotAttached(world, gateway, listener, route) === undefined ? [row] : []));
  for (const fromRow of rows ?? []) sketch.link(source, id, { fromRow });
  if (rows === undefined || rows.length === 0) sketch.link(source, id, { kind: rows === undefined ? 'way' : 'cut' });
  matches.forEach(({ rule, match }, row) => {
    places.set(`${object}\0${route.kind} ${route.name}: ${matchText(match)}`, { node: id, row });
    if (!places.has(object)) places.set(object, { node: id, row });
    for (const backend of rule.backends) if (backend.kind === 'Service' && (backend.namespace === route.namespace || isGranted(world, route, { kind: 'Service', namespace: backend.namespace, name: backend.name }))) linkBackend(sketch, world, id, row, backend);
  });
}
