import { at, fields, integer, list, text } from '../../manifest/fields';
import type { Manifest } from '../../manifest/read';
import { type Protocol, protocolOf } from './containers';
import { append } from './labels';

/** An address of an EndpointSlice (discovery/v1) or of Endpoints (v1), as the cluster or a hand wrote it. */
export interface WrittenEndpoint {
  readonly address: string;
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
  readonly node: string | undefined;
  /** targetRef, when it is a Pod. */
  readonly pod: string | undefined;
  /** By the Service port's name; the unnamed one is ''. */
  readonly ports: readonly { readonly name: string; readonly number: number; readonly protocol: Protocol }[];
  readonly manifest: Manifest;
}

/** Written endpoints by namespace/name of their Service. EndpointSlices win over Endpoints, which mirror them. */
export function parseEndpoints(manifests: readonly Manifest[]): ReadonlyMap<string, readonly WrittenEndpoint[]> {
  const slices = new Map<string, WrittenEndpoint[]>();
  const legacy = new Map<string, WrittenEndpoint[]>();
  for (const manifest of manifests) {
    const { object } = manifest;
    const namespace = object.metadata.namespace ?? '';
    if (object.kind === 'EndpointSlice') {
      const service = object.metadata.labels?.['kubernetes.io/service-name'];
      if (service === undefined) continue;
      const key = `${namespace}/${service}`;
      if (!slices.has(key)) slices.set(key, []);
      for (const endpoint of sliceEndpoints(manifest)) append(slices, key, endpoint);
    } else if (object.kind === 'Endpoints' && !isLock(manifest)) {
      const key = `${namespace}/${object.metadata.name}`;
      if (!legacy.has(key)) legacy.set(key, []);
      for (const endpoint of legacyEndpoints(manifest)) append(legacy, key, endpoint);
    }
  }
  return new Map([...legacy, ...slices]);
}

/** Endpoints without addresses that a leader election uses as its lock. */
function isLock({ object }: Manifest): boolean {
  return object.metadata.annotations?.['control-plane.alpha.kubernetes.io/leader'] !== undefined && list(object['subsets']).length === 0;
}

function sliceEndpoints(manifest: Manifest): WrittenEndpoint[] {
  const { object } = manifest;
  const ports = list(object['ports']).flatMap((entry) => {
    const number = integer(at(entry, 'port'));
    return number === undefined ? [] : [{ name: text(at(entry, 'name')) ?? '', number, protocol: protocolOf(at(entry, 'protocol')) }];
  });
  return list(object['endpoints']).flatMap((entry) => {
    const conditions = fields(at(entry, 'conditions'));
    const target = fields(at(entry, 'targetRef'));
    return list(at(entry, 'addresses')).flatMap((value) => {
      const address = text(value);
      return address === undefined ? [] : [{
        address, ready: conditions['ready'] !== false, serving: conditions['serving'] ?? conditions['ready'] !== false ? true : false,
        terminating: conditions['terminating'] === true, node: text(at(entry, 'nodeName')),
        pod: target['kind'] === 'Pod' ? text(target['name']) : undefined, ports, manifest,
      }];
    });
  });
}

function legacyEndpoints(manifest: Manifest): WrittenEndpoint[] {
  return list(manifest.object['subsets']).flatMap((subset) => {
    const ports = list(at(subset, 'ports')).flatMap((entry) => {
      const number = integer(at(entry, 'port'));
      return number === undefined ? [] : [{ name: text(at(entry, 'name')) ?? '', number, protocol: protocolOf(at(entry, 'protocol')) }];
    });
    const of = (field: string, ready: boolean): WrittenEndpoint[] => list(at(subset, field)).flatMap((entry) => {
      const address = text(at(entry, 'ip'));
      const target = fields(at(entry, 'targetRef'));
      return address === undefined ? [] : [{
        address, ready, serving: ready, terminating: false, node: text(at(entry, 'nodeName')),
        pod: target['kind'] === 'Pod' ? text(target['name']) : undefined, ports, manifest,
      }];
    });
    return [...of('addresses', true), ...of('notReadyAddresses', false)];
  });
}
