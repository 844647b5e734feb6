import { isIPv4, isIPv6 } from 'node:net';

/** `address/mask`, as NetworkPolicy's ipBlock and loadBalancerSourceRanges take it: IPv4 with 0-32, IPv6 with 0-128. */
export function isCidr(text: string): boolean {
  const [address, mask, ...rest] = text.split('/');
  if (address === undefined || mask === undefined || rest.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(mask)) return false;
  // A zone, as in fe80::1%eth0, means something on one host only.
  return isIPv4(address) ? Number(mask) <= 32 : isIPv6(address) && !address.includes('%') && Number(mask) <= 128;
}
