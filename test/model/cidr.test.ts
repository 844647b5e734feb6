import fc from 'fast-check';
import { BlockList, isIPv4 } from 'node:net';
import { isCidr, isStrictlyWithin } from '../../src/model/cidr';

describe('a CIDR', () => {
  test.each(['0.0.0.0/0', '10.0.0.0/8', '203.0.113.7/32', '::/0', '2001:db8::/32', '2001:db8::1/128', '::ffff:10.0.0.1/128'])('%s is one', (text) => {
    expect(isCidr(text)).toBe(true);
  });

  test.each([
    '', '/', '10.0.0.0', '10.0.0.0/', '10.0.0.0/33', '10.0.0.0/-1', '10.0.0.0/08', '10.0.0.0/+8', '10.0.0.0/8.0', '10.0.0.0/8/8', '10.0.0/8', '010.0.0.0/8', '256.0.0.0/8',
    ' 10.0.0.0/8', '10.0.0.0/8 ', '10.0.0.0/255.0.0.0', '2001:db8::/129', '2001:db8::1', 'fe80::1%eth0/64', 'example.com/24', '10.0.0.0/1e1',
  ])('%j is none', (text) => expect(isCidr(text)).toBe(false));

  it('is whatever node:net can make a subnet of', () => {
    fc.assert(fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), fc.integer({ min: -2, max: 140 }), (address, mask) => {
      expect(isCidr(`${address}/${mask}`)).toBe(takenByNode(address, mask));
    }));
  });
});

function takenByNode(address: string, mask: number): boolean {
  try {
    new BlockList().addSubnet(address, mask, isIPv4(address) ? 'ipv4' : 'ipv6');
    return true;
  } catch {
    return false;
  }
}

describe('an exception is strictly within its CIDR', () => {
  test.each([
    ['10.0.0.0/24', '10.0.0.0/8', true], ['10.255.255.255/32', '10.0.0.0/8', true], ['10.0.0.0/8', '0.0.0.0/0', true], ['2001:db8:1::/48', '2001:db8::/32', true],
    ['10.0.0.0/8', '10.0.0.0/8', false], ['10.0.0.0/7', '10.0.0.0/8', false], ['11.0.0.0/24', '10.0.0.0/8', false],
    ['10.0.0.0/24', '::/0', false], ['2001:db8::/48', '0.0.0.0/0', false], ['x', '10.0.0.0/8', false], ['10.0.0.0/24', 'x', false],
  ])('%s in %s: %s', (inner, outer, expected) => expect(isStrictlyWithin(inner, outer)).toBe(expected));
});
