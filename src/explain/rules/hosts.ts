import { at, list, text } from '../../manifest/fields';
import { apiGroup, isLive } from '../../manifest/object';
import type { Manifest } from '../../manifest/read';
import { isVariable } from '../../manifest/variables';
import type { FieldPath } from '../../manifest/yaml';
import { isHostName } from '../../model/http-route';
import { isSubdomain } from '../../model/names';
import type { Draft } from '../findings/draft';
import { gatewayGroup } from '../world/gateways';

/** HOST001: hosts for which the API server refuses the object, so that it never comes to be. An Ingress's rules take no addresses either. */
export function hostRules(manifest: Manifest): Draft[] {
  const { object } = manifest;
  if (isLive(object)) return [];
  return hostsIn(manifest).flatMap(({ host, path, address }) => {
    const name = host.replace(/^\*\./, '');
    if (isVariable(host) || (address ? isSubdomain(name) : isHostName(name))) return [];
    return [{ id: 'HOST001', at: manifest, path, message: `Host ${JSON.stringify(host)} of ${object.kind} ${object.metadata.name} is no DNS name in lower case${address ? '' : ' (and no address)'}: the API server refuses it.` }];
  });
}

interface Host {
  readonly host: string;
  readonly path: FieldPath;
  /** May it be an address? */
  readonly address: boolean;
}

function hostsIn({ object }: Manifest): Host[] {
  const group = apiGroup(object.apiVersion);
  const entries = (path: readonly string[], field: string | undefined, address: boolean): Host[] => list(at(object, ...path)).flatMap((entry, index) => {
    const host = text(field === undefined ? entry : at(entry, field));
    return host === undefined || host === '' ? [] : [{ host, path: [...path, index, ...(field === undefined ? [] : [field])], address }];
  });
  if (object.kind === 'Ingress' && (group === 'networking.k8s.io' || group === 'extensions')) return entries(['spec', 'rules'], 'host', false);
  if (group !== gatewayGroup) return [];
  return object.kind === 'Gateway' ? entries(['spec', 'listeners'], 'hostname', true) : entries(['spec', 'hostnames'], undefined, true);
}
