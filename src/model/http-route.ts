import { isIP } from 'node:net';
import { isSubdomain } from './names';
import type { Complaint } from './problem';

/** How an Ingress path is matched. `ImplementationSpecific` is left out on purpose: no two controllers read it alike. */
export type PathType = 'Exact' | 'Prefix';

/**
 * The API's rule for Ingress hosts: a DNS name, or one wildcard label before it; no address, no port.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress/#hostname-wildcards
 */
export function checkHost(field: string, host: string): Complaint[] {
  const name = host.startsWith('*.') ? host.slice(2) : host;
  if (isSubdomain(name) && isIP(host) === 0) return [];
  return [{
    code: 'HOST', severity: 'error', field, value: host,
    rule: 'A host is a DNS name in lower case, or *. and a DNS name; no address, port or scheme.', fix: 'Write e.g. shop.example.com or *.example.com.',
  }];
}

/** The API's rule for Exact and Prefix paths (k8s.io/kubernetes pkg/apis/networking/validation). */
export function checkPath(field: string, path: string): Complaint[] {
  const sequence = ['//', '/./', '/../', '%2f', '%2F'].find((part) => path.includes(part)) ?? ['/..', '/.'].find((end) => path.endsWith(end));
  if (path.startsWith('/') && sequence === undefined) return [];
  return [{
    code: 'PATH', severity: 'error', field, value: path,
    rule: sequence === undefined ? 'A path starts with /.' : `A path must not contain ${sequence}.`, fix: 'Write e.g. / or /cart.',
  }];
}
