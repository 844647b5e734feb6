import fc from 'fast-check';
import { checkNodePort, type NodePortClaim, nodePortClashes } from '../../src/model/node-ports';

const codes = (...said: Parameters<typeof checkNodePort>) => checkNodePort(...said).map(({ code, severity }) => `${severity} ${code}`);

describe('a nodePort', () => {
  test.each([30000, 30001, 30080, 30085])('%s is in the static band', (nodePort) => expect(codes('nodePort', { nodePort })).toEqual([]));

  test.each([30086, 30087, 31000, 32767])('%s may already be taken by itself', (nodePort) => {
    expect(codes('nodePort', { nodePort })).toEqual(['warning NODE_PORT_DYNAMIC_BAND']);
  });

  test.each([0, 1, 80, 8080, 29999, 32768, 65535, 65536, -30000, 30000.5, NaN, Infinity])('%s is none', (nodePort) => {
    expect(checkNodePort('port.nodePort', { nodePort })).toMatchObject([{ code: 'NODE_PORT_RANGE', field: 'port.nodePort', value: nodePort }]);
  });

  test('may be left to the cluster', () => expect(codes('nodePort', {})).toEqual([]));
});

describe('a host port', () => {
  test.each([1, 80, 8080, 30001, 65535, false as const])('%s goes with a pinned nodePort', (hostPort) => {
    expect(codes('nodePort', { nodePort: 30001, hostPort })).toEqual([]);
  });

  test.each([0, -1, 65536, 8080.5, NaN])('%s is none', (hostPort) => {
    expect(checkNodePort('port.nodePort', { nodePort: 30001, hostPort })).toMatchObject([{ code: 'PORT_RANGE', field: 'port.hostPort', value: hostPort }]);
  });

  test('needs a pinned nodePort, and false does not', () => {
    expect(checkNodePort('port.nodePort', { hostPort: 8080 })).toMatchObject([{ code: 'HOST_PORT_WITHOUT_NODE_PORT', field: 'port.hostPort' }]);
    expect(codes('nodePort', { hostPort: false })).toEqual([]);
  });

  test('and the nodePort are both told', () => {
    expect(codes('nodePort', { nodePort: 80, hostPort: 0 })).toEqual(['error NODE_PORT_RANGE', 'error PORT_RANGE']);
  });
});

describe('clashes of nodePorts', () => {
  const claim = (owner: string, nodePort: number, protocol = 'TCP'): NodePortClaim => ({ owner, nodePort, protocol });

  test.each([
    ['two owners of one port clash', [claim('a', 30001), claim('b', 30001)], ['TCP/30001']],
    ['three owners are one problem', [claim('a', 30001), claim('b', 30001), claim('c', 30001)], ['TCP/30001']],
    ['two ports clash by themselves', [claim('a', 30001), claim('b', 30001), claim('a', 30002), claim('b', 30002)], ['TCP/30001', 'TCP/30002']],
    ['protocols are apart', [claim('a', 30001), claim('b', 30001, 'UDP')], []],
    ['neighbours do not clash', [claim('a', 30001), claim('b', 30002)], []],
    ['one owner may say it twice', [claim('a', 30001), claim('a', 30001)], []],
    ['nobody is fine', [], []],
  ])('%s', (_, claims, clashes) => {
    expect(nodePortClashes(claims).map(({ value }) => value)).toEqual(clashes);
  });

  test('every owner is named', () => {
    expect(nodePortClashes([claim('shop/a', 30001), claim('shop/b', 30001)])[0]?.rule).toContain('shop/a, shop/b');
  });

  it('are found exactly where two owners have one protocol and port, in any order', () => {
    const claims = fc.array(fc.record({ owner: fc.constantFrom('a', 'b', 'c'), nodePort: fc.integer({ min: 30000, max: 30003 }), protocol: fc.constantFrom('TCP', 'UDP') }));
    fc.assert(fc.property(claims, (said) => {
      const key = ({ protocol, nodePort }: NodePortClaim) => `${protocol}/${nodePort}`;
      const expected = new Set(said.filter((one) => said.some((other) => key(one) === key(other) && one.owner !== other.owner)).map(key));
      expect(new Set(nodePortClashes(said).map(({ value }) => value))).toEqual(expected);
      expect(nodePortClashes([...said].reverse())).toHaveLength(expected.size);
    }));
  });
});
