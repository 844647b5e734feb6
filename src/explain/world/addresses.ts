import { BlockList, isIP, isIPv4 } from 'node:net';

/** Is an address within a CIDR? A CIDR that is none contains nothing. */
export function inCidr(address: string, cidr: string): boolean {
  const [base, bits] = cidr.split('/');
  if (base === undefined || bits === undefined || isIP(base) === 0 || isIP(address) !== isIP(base)) return false;
  const length = Number(bits);
  if (!Number.isInteger(length) || length < 0 || length > (isIPv4(base) ? 32 : 128)) return false;
  const block = new BlockList();
  const family = isIPv4(base) ? 'ipv4' : 'ipv6';
  block.addSubnet(base, length, family);
  return block.check(address, family);
}

export function isAddress(host: string): boolean {
  return isIP(host) !== 0;
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '::1' || host === '0.0.0.0' || (isIPv4(host) && host.startsWith('127.'));
}

/** The networks that kind gives its nodes, pods and Services unless its config says otherwise. */
export const kindNetworks = { nodes: ['172.18.0.0/16', '172.19.0.0/16', '172.20.0.0/16'], pods: ['10.244.0.0/16'], services: ['10.96.0.0/16'] } as const;
