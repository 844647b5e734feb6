import { type Fields, at, fields, isFields, list, text } from '../../manifest/fields';
import type { Manifest } from '../../manifest/read';
import type { FieldPath } from '../../manifest/yaml';

export interface IngressBackend {
  /** undefined: a resource, or an action that only the controller knows. */
  readonly service: { readonly name: string; readonly port: number | string | undefined } | undefined;
  readonly path: FieldPath;
}

export interface IngressPath {
  readonly path: string;
  readonly pathType: 'Exact' | 'Prefix' | 'ImplementationSpecific';
  readonly backend: IngressBackend;
}

export interface IngressRule {
  /** '' is every host. */
  readonly host: string;
  readonly paths: readonly IngressPath[];
}

export interface Ingress {
  readonly manifest: Manifest;
  readonly namespace: string;
  readonly name: string;
  /** `spec.ingressClassName`, and the older annotation. */
  readonly className: string | undefined;
  readonly classAnnotation: string | undefined;
  readonly rules: readonly IngressRule[];
  readonly defaultBackend: IngressBackend | undefined;
  readonly tls: readonly { readonly hosts: readonly string[]; readonly secretName: string | undefined; readonly path: FieldPath }[];
  readonly annotations: Readonly<Record<string, string>>;
  /** `status.loadBalancer.ingress`. */
  readonly addresses: readonly string[];
}

/** Every backend that it names, the default one last. */
export function backendsOf({ rules, defaultBackend }: Ingress): readonly IngressBackend[] {
  return [...rules.flatMap(({ paths }) => paths.map(({ backend }) => backend)), ...(defaultBackend === undefined ? [] : [defaultBackend])];
}

export interface IngressClass {
  readonly manifest: Manifest;
  readonly name: string;
  readonly controller: string;
  readonly isDefault: boolean;
}

export function parseIngress(manifest: Manifest): Ingress {
  const { object } = manifest;
  const spec = fields(object['spec']);
  const annotations = object.metadata.annotations ?? {};
  const defaultField = spec['defaultBackend'] !== undefined ? 'defaultBackend' : 'backend';
  return {
    manifest, namespace: object.metadata.namespace ?? '', name: object.metadata.name,
    className: text(spec['ingressClassName']) || undefined,
    classAnnotation: annotations['kubernetes.io/ingress.class'],
    rules: list(spec['rules']).map((value, index) => parseRule(fields(value), ['spec', 'rules', index])),
    defaultBackend: isFields(spec[defaultField]) ? parseBackend(spec[defaultField], ['spec', defaultField]) : undefined,
    tls: list(spec['tls']).map((value, index) => ({
      hosts: list(at(value, 'hosts')).flatMap((host) => text(host)?.toLowerCase() ?? []),
      secretName: text(at(value, 'secretName')),
      path: ['spec', 'tls', index],
    })),
    annotations,
    addresses: list(at(object, 'status', 'loadBalancer', 'ingress')).flatMap((entry) => text(at(entry, 'ip')) ?? text(at(entry, 'hostname')) ?? []),
  };
}

function parseRule(rule: Fields, path: FieldPath): IngressRule {
  return {
    host: (text(rule['host']) ?? '').toLowerCase(),
    paths: list(at(rule, 'http', 'paths')).map((value, index) => {
      const entry = fields(value);
      const pathType = entry['pathType'];
      return {
        path: text(entry['path']) || '/',
        pathType: pathType === 'Exact' || pathType === 'Prefix' ? pathType : 'ImplementationSpecific',
        backend: parseBackend(entry['backend'], [...path, 'http', 'paths', index, 'backend']),
      };
    }),
  };
}

function parseBackend(value: unknown, path: FieldPath): IngressBackend {
  const backend = fields(value);
  const name = text(at(backend, 'service', 'name')) ?? text(backend['serviceName']);
  const port = at(backend, 'service', 'port', 'number') ?? at(backend, 'service', 'port', 'name') ?? backend['servicePort'];
  if (name === undefined || port === 'use-annotation') return { service: undefined, path };
  return { service: { name, port: typeof port === 'number' || typeof port === 'string' ? port : undefined }, path };
}

export function parseIngressClass(manifest: Manifest): IngressClass {
  const { object } = manifest;
  return {
    manifest, name: object.metadata.name,
    controller: text(at(object, 'spec', 'controller')) ?? '',
    isDefault: object.metadata.annotations?.['ingressclass.kubernetes.io/is-default-class'] === 'true',
  };
}
