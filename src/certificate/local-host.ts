import { isIPv4 } from 'node:net';
import { isSubdomain } from '../model/names';
import { type Complaint, complaint } from '../model/problem';

/**
 * The names that lead to nobody else: reserved by RFC 6761, so that an authority limited to them is of no use against any other site.
 * Not `.local` and `.internal`: there, networks have real hosts.
 */
export const LOCAL_DOMAINS = ['localhost', 'test'] as const;

/** The loopback addresses, as an address and a mask. */
export const LOCAL_RANGES = [
  { address: '127.0.0.0', mask: Buffer.of(255, 0, 0, 0) },
  { address: '::1', mask: Buffer.alloc(16, 255) },
] as const;

/** Whether a word on the command line is meant as a host, and not as the name of an environment. */
export function looksLikeHost(word: string): boolean {
  return word === 'localhost' || word.includes('.') || word.includes(':');
}

/** What a development certificate may be for. */
export function checkLocalHost(field: string, host: string): Complaint[] {
  if (isLoopback(host) || host === 'localhost') return [];
  const name = host.replace(/^\*\./, '');
  const rule = 'A development certificate is for names that lead to this machine: localhost, names below .localhost and .test, 127.0.0.0/8 and ::1.';
  if (!isSubdomain(name)) {
    return [complaint('HOST', field, host, 'A host is a DNS name in lower case, or *. and a DNS name; no port, scheme or path.', `Write e.g. ${suggestion(name.replace(/^[a-z]+:\/\//i, ''))}.`)];
  }
  if (!LOCAL_DOMAINS.some((domain) => name === domain || name.endsWith(`.${domain}`))) {
    return [complaint('LOCAL_HOST', field, host, rule, `Give the site a host such as ${suggestion(name)} here; certificates for names of the internet come from cert-manager or the cloud.`)];
  }
  if (!name.includes('.')) {
    return [complaint('LOCAL_HOST', field, host, 'Browsers take no wildcard for a whole top-level domain, and .test itself is no host.', `Write e.g. ${host.startsWith('*') ? `*.shop.${name}` : `shop.${name}`}.`)];
  }
  return [];
}

function isLoopback(host: string): boolean {
  return host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}

function suggestion(name: string): string {
  const [label = ''] = name.toLowerCase().split('.');
  return `${/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label) ? label : 'shop'}.localhost`;
}
