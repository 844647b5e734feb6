import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** `address/mask`, as NetworkPolicy's ipBlock and loadBalancerSourceRanges take it: IPv4 with 0-32, IPv6 with 0-128. */
export function isCidr(text: string): boolean {
  const [address, mask, ...rest] = text.split('/');
  if (address === undefined || mask === undefined || rest.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(mask)) return false;
  // A zone, as in fe80::1%eth0, means something on one host only.
  return isIPv4(address) ? Number(mask) <= 32 : isIPv6(address) && !address.includes('%') && Number(mask) <= 128;
}

/** Whether all of one CIDR, and not all of the other, is in the other: what an ipBlock's `except` has to be. */
export function isStrictlyWithin(inner: string, outer: string): boolean {
  if (!isCidr(inner) || !isCidr(outer)) return false;
  const [network, mask] = split(outer);
  const [address, longerMask] = split(inner);
  if (isIPv4(network) !== isIPv4(address) || longerMask <= mask) return false;
  const family = isIPv4(network) ? 'ipv4' : 'ipv6';
  const block = new BlockList();
  block.addSubnet(network, mask, family);
  return block.check(address, family);
}

function split(cidr: string): [address: string, mask: number] {
  const slash = cidr.indexOf('/');
  return [cidr.slice(0, slash), Number(cidr.slice(slash + 1))];
}
