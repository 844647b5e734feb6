import { type Fields, at, fields, integer, isFields, list, strings, text } from '../../manifest/fields';
import type { Manifest } from '../../manifest/read';
import type { FieldPath } from '../../manifest/yaml';
import { type Selector, parseSelector } from './labels';

export interface Listener {
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
  /** undefined is every host. */
  readonly hostname: string | undefined;
  readonly tlsMode: 'Terminate' | 'Passthrough' | undefined;
  readonly namespaces: 'Same' | 'All' | 'None' | { readonly selector: Selector };
  readonly kinds: readonly string[];
  readonly certificates: readonly { readonly namespace: string | undefined; readonly name: string }[];
  readonly path: FieldPath;
}

export interface Gateway {
  readonly manifest: Manifest;
  readonly namespace: string;
  readonly name: string;
  readonly className: string;
  readonly listeners: readonly Listener[];
  /** `status.addresses`, and those that the spec asks for. */
  readonly addresses: readonly string[];
}

export interface ParentRef {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly sectionName: string | undefined;
  readonly port: number | undefined;
}

export interface RouteBackend {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly port: number | undefined;
  readonly weight: number;
  readonly path: FieldPath;
}

/** Conditions of one match: all of them hold. */
export interface RouteMatch {
  readonly path: { readonly type: string; readonly value: string };
  readonly method: string | undefined;
  readonly headers: readonly { readonly name: string; readonly value: string; readonly type: string }[];
  readonly query: readonly { readonly name: string; readonly value: string; readonly type: string }[];
}

export interface RouteRule {
  readonly matches: readonly RouteMatch[];
  readonly filters: readonly Fields[];
  readonly backends: readonly RouteBackend[];
  readonly path: FieldPath;
}

export interface Route {
  readonly manifest: Manifest;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly parents: readonly ParentRef[];
  /** Empty is every host. */
  readonly hostnames: readonly string[];
  readonly rules: readonly RouteRule[];
  /** creationTimestamp; '' sorts before all. */
  readonly created: string;
}

export interface ReferenceGrant {
  readonly namespace: string;
  readonly from: readonly { readonly group: string; readonly kind: string; readonly namespace: string }[];
  readonly to: readonly { readonly group: string; readonly kind: string; readonly name: string | undefined }[];
}

export const gatewayGroup = 'gateway.networking.k8s.io';
export const routeKinds: ReadonlySet<string> = new Set(['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute']);

export function parseGateway(manifest: Manifest): Gateway {
  const { object } = manifest;
  const spec = fields(object['spec']);
  const addresses = [...list(at(object, 'status', 'addresses')), ...list(spec['addresses'])];
  return {
    manifest, namespace: object.metadata.namespace ?? '', name: object.metadata.name,
    className: text(spec['gatewayClassName']) ?? '',
    listeners: list(spec['listeners']).flatMap((value, index) => parseListener(fields(value), ['spec', 'listeners', index])),
    addresses: [...new Set(addresses.flatMap((entry) => text(at(entry, 'value')) ?? []))],
  };
}

function parseListener(listener: Fields, path: FieldPath): Listener[] {
  const port = integer(listener['port']);
  if (port === undefined) return [];
  const allowed = fields(at(listener, 'allowedRoutes', 'namespaces'));
  const from = allowed['from'];
  // An HTTPS listener ends TLS also where its certificates are not in the manifest (GKE's certificate maps).
  const secure = isFields(listener['tls']) || listener['protocol'] === 'HTTPS';
  const tls = secure ? (at(listener, 'tls', 'mode') === 'Passthrough' ? 'Passthrough' : 'Terminate') : undefined;
  return [{
    name: text(listener['name']) ?? '', port, protocol: text(listener['protocol']) ?? 'HTTP',
    hostname: text(listener['hostname'])?.toLowerCase() || undefined,
    tlsMode: tls,
    namespaces: from === 'All' || from === 'None' ? from : from === 'Selector' ? { selector: parseSelector(allowed['selector']) ?? { requirements: [] } } : 'Same',
    kinds: list(at(listener, 'allowedRoutes', 'kinds')).flatMap((entry) => text(at(entry, 'kind')) ?? []),
    certificates: list(at(listener, 'tls', 'certificateRefs')).flatMap((entry) => {
      const name = text(at(entry, 'name'));
      const kind = text(at(entry, 'kind')) ?? 'Secret';
      return name === undefined || kind !== 'Secret' ? [] : [{ namespace: text(at(entry, 'namespace')), name }];
    }),
    path,
  }];
}

export function parseRoute(manifest: Manifest): Route {
  const { object } = manifest;
  const namespace = object.metadata.namespace ?? '';
  const spec = fields(object['spec']);
  return {
    manifest, kind: object.kind, namespace, name: object.metadata.name,
    parents: list(spec['parentRefs']).map((entry) => ({
      kind: text(at(entry, 'kind')) ?? 'Gateway', namespace: text(at(entry, 'namespace')) ?? namespace, name: text(at(entry, 'name')) ?? '',
      sectionName: text(at(entry, 'sectionName')), port: integer(at(entry, 'port')),
    })),
    hostnames: list(spec['hostnames']).flatMap((host) => text(host)?.toLowerCase() ?? []),
    rules: list(spec['rules']).map((rule, index) => parseRouteRule(fields(rule), object.kind, namespace, ['spec', 'rules', index])),
    created: text(object.metadata['creationTimestamp']) ?? '',
  };
}

function parseRouteRule(rule: Fields, kind: string, namespace: string, path: FieldPath): RouteRule {
  const matches = list(rule['matches']).map((entry) => parseMatch(fields(entry), kind));
  return {
    matches: matches.length === 0 ? [parseMatch({}, kind)] : matches,
    filters: list(rule['filters']).map(fields),
    backends: list(rule['backendRefs']).map((entry, index) => ({
      group: text(at(entry, 'group')) ?? '', kind: text(at(entry, 'kind')) ?? 'Service',
      namespace: text(at(entry, 'namespace')) ?? namespace, name: text(at(entry, 'name')) ?? '', port: integer(at(entry, 'port')),
      weight: integer(at(entry, 'weight')) ?? 1,
      path: [...path, 'backendRefs', index],
    })),
    path,
  };
}

function parseMatch(match: Fields, kind: string): RouteMatch {
  const conditions = (field: string): RouteMatch['headers'] => list(match[field]).map((entry) => ({
    name: text(at(entry, 'name')) ?? '', value: text(at(entry, 'value')) ?? '', type: text(at(entry, 'type')) ?? 'Exact',
  }));
  if (kind === 'GRPCRoute') {
    // A gRPC call is a POST to /service/method.
    const service = text(at(match, 'method', 'service'));
    const method = text(at(match, 'method', 'method'));
    const path = service === undefined && method === undefined ? { type: 'PathPrefix', value: '/' }
      : service !== undefined && method !== undefined ? { type: 'Exact', value: `/${service}/${method}` }
        : service !== undefined ? { type: 'PathPrefix', value: `/${service}` } : { type: 'RegularExpression', value: `/[^/]+/${method}` };
    return { path, method: undefined, headers: conditions('headers'), query: [] };
  }
  return {
    path: { type: text(at(match, 'path', 'type')) ?? 'PathPrefix', value: text(at(match, 'path', 'value')) ?? '/' },
    method: text(match['method']), headers: conditions('headers'), query: conditions('queryParams'),
  };
}

export function parseGrant(manifest: Manifest): ReferenceGrant {
  const { object } = manifest;
  const spec = fields(object['spec']);
  return {
    namespace: object.metadata.namespace ?? '',
    from: list(spec['from']).map((entry) => {
      const given = strings(entry);
      return { group: given['group'] ?? '', kind: given['kind'] ?? '', namespace: given['namespace'] ?? '' };
    }),
    to: list(spec['to']).map((entry) => {
      const given = strings(entry);
      return { group: given['group'] ?? '', kind: given['kind'] ?? '', name: given['name'] };
    }),
  };
}
