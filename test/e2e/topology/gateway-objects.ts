import type { KubeObject } from '../../../src/manifest/object';
import { GATEWAY_GROUP } from '../../../src/model/gateway-api';
import { RESTRICTED_CONTAINER, STAND_IN } from '../cluster/pod-of';
import { DOMAIN, type RandomBackend, type RandomGateway, type RandomGrant, type RandomListener, type RandomMatch, type RandomRoute, ROOMS, type Room, SERVICES } from './gateways';

const v1 = `${GATEWAY_GROUP}/v1`;

/** What does not change from one topology to the next: the rooms, and who answers in them. */
export const ground: readonly KubeObject[] = ROOMS.flatMap((namespace) => [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } },
  ...(['web', 'next'] as const).map((service) => deployment(nameIn(service, namespace), namespace)),
  ...SERVICES.map((service) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: nameIn(service, namespace), namespace }, spec: serviceSpec(service, namespace) })),
]);

/** Pods tell their names and not their namespaces: so no two rooms have a name in common. */
function nameIn(service: string, room: Room): string {
  return `${service}-${room}`;
}

function deployment(app: string, namespace: string): KubeObject {
  const container = {
    name: 'stand-in', image: STAND_IN, imagePullPolicy: 'IfNotPresent', securityContext: RESTRICTED_CONTAINER, ports: [{ name: 'http', containerPort: 8080 }],
    env: [{ name: 'PORTS', value: '8080' }], readinessProbe: { httpGet: { path: '/', port: 'http' }, periodSeconds: 2 },
  };
  return {
    apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: app, namespace },
    spec: { replicas: 1, selector: { matchLabels: { app } }, template: { metadata: { labels: { app } }, spec: { automountServiceAccountToken: false, terminationGracePeriodSeconds: 1, containers: [container] } } },
  };
}

function serviceSpec(service: (typeof SERVICES)[number], room: Room): object {
  if (service === 'alias') return { type: 'ExternalName', externalName: `web-${room}.${room}.svc.cluster.local`, ports: [{ port: 80 }] };
  return { ...(service !== 'bare' && { selector: { app: nameIn(service, room) } }), ports: [{ port: 80, targetPort: service === 'bare' ? 8080 : 'http' }] };
}

export function grantObjects(grants: readonly RandomGrant[]): readonly KubeObject[] {
  return grants.map(({ from, to, service }, index) => ({
    apiVersion: `${GATEWAY_GROUP}/v1beta1`, kind: 'ReferenceGrant', metadata: { name: `grant-${index}`, namespace: to },
    spec: { from: [{ group: GATEWAY_GROUP, kind: 'HTTPRoute', namespace: from }], to: [{ group: '', kind: 'Service', ...(service !== undefined && { name: nameIn(service, to) }) }] },
  }));
}

/** The Gateway first. */
export function gatewayObjects(name: string, gatewayClassName: string, { room, listeners, routes }: RandomGateway): readonly KubeObject[] {
  return [
    { apiVersion: v1, kind: 'Gateway', metadata: { name, namespace: room }, spec: { gatewayClassName, listeners: listeners.map((listener, index) => listenerOf(listener, name, index)) } },
    ...routes.map((route, index) => ({ apiVersion: v1, kind: 'HTTPRoute', metadata: { name: `${name}-${index}`, namespace: route.room }, spec: routeSpec(route, name, room) })),
  ];
}

/** A Gateway of a name that no topology has, and its route, which tells the round: who sees it has read what came before. */
export function markerObjects(gatewayClassName: string, round: number): readonly KubeObject[] {
  return [
    { apiVersion: v1, kind: 'Gateway', metadata: { name: 'marker', namespace: ROOMS[0] }, spec: { gatewayClassName, listeners: [{ name: 'http', protocol: 'HTTP', port: 8000, hostname: MARKER_HOST }] } },
    {
      apiVersion: v1, kind: 'HTTPRoute', metadata: { name: 'marker', namespace: ROOMS[0] },
      spec: { parentRefs: [{ name: 'marker' }], rules: [{ matches: [{ path: { type: 'Exact', value: markerPath(round) } }], filters: [{ type: 'RequestRedirect', requestRedirect: { statusCode: 308 } }] }] },
    },
  ];
}

export const MARKER_HOST = 'marker.localhost';
export const markerPath = (round: number): string => `/round-${round}`;

export function domainOf(name: string): string {
  return `${name}.localhost`;
}

function listenerOf({ hostname, port, allows }: RandomListener, gateway: string, index: number): object {
  const namespaces = typeof allows === 'string' ? { from: allows } : { from: 'Selector', selector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: allows }] } };
  return { name: `l${index}`, protocol: 'HTTP', port, ...(hostname !== undefined && { hostname: hostname.replace(DOMAIN, domainOf(gateway)) }), allowedRoutes: { namespaces } };
}

function routeSpec({ room, section, hostnames, rules }: RandomRoute, gateway: string, gatewayRoom: Room): object {
  return {
    parentRefs: [{ name: gateway, namespace: gatewayRoom, ...(section !== undefined && { sectionName: section === 'nowhere' ? section : `l${section}` }) }],
    ...(hostnames.length > 0 && { hostnames: hostnames.map((hostname) => hostname.replace(DOMAIN, domainOf(gateway))) }),
    rules: rules.map(({ matches, filters, backends }) => ({
      matches: matches.map(matchOf), ...(filters.length > 0 && { filters }), ...(backends.length > 0 && { backendRefs: backends.map((backend) => backendRef(backend, room)) }),
    })),
  };
}

function matchOf({ headers, queryParams, ...rest }: RandomMatch): object {
  const exact = <T extends object>(values: readonly T[]) => values.map((value) => ({ type: 'Exact', ...value }));
  return { ...rest, ...(headers && { headers: exact(headers) }), ...(queryParams && { queryParams: exact(queryParams) }) };
}

function backendRef({ service, room: given, named, port, weight }: RandomBackend, own: Room): object {
  const room = given ?? own;
  return { name: nameIn(service, room), ...(named && room !== own && { namespace: room }), port, ...(weight !== undefined && { weight }) };
}
