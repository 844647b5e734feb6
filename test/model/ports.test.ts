import fc from 'fast-check';
import { findPort, laptopPort, portChains, type PortSpec } from '../../src/model/ports';

const codes = (...said: Parameters<typeof portChains>) => portChains(...said).complaints.map(({ code }) => code);

describe('a chain of ports', () => {
  test.each<[string, PortSpec, object]>([
    ['the Service has the container port where nothing else is said', { containerPort: 8080 }, { port: 8080, containerPort: 8080 }],
    ['a Service port of its own', { containerPort: 8080, port: 80 }, { port: 80, containerPort: 8080 }],
    ['the only port is http', { containerPort: 8080 }, { name: 'http', targetPort: 'http' }],
    ['the targetPort is the name', { containerPort: 9090, name: 'metrics' }, { name: 'metrics', targetPort: 'metrics' }],
    ['TCP unless said', { containerPort: 53 }, { protocol: 'TCP' }],
    ['UDP', { containerPort: 53, protocol: 'UDP' }, { protocol: 'UDP' }],
    ['SCTP', { containerPort: 53, protocol: 'SCTP' }, { protocol: 'SCTP' }],
    ['a hint for proxies', { containerPort: 50051, appProtocol: 'kubernetes.io/h2c' }, { appProtocol: 'kubernetes.io/h2c' }],
  ])('%s', (_, spec, expected) => {
    const { chains, complaints } = portChains([spec]);
    expect(complaints).toEqual([]);
    expect(chains).toMatchObject([expected]);
  });

  test('says nothing of what was not said: no nodePort, hostPort or appProtocol that is undefined or null', () => {
    expect(portChains([{ containerPort: 8080 }]).chains).toStrictEqual([{ name: 'http', protocol: 'TCP', port: 8080, targetPort: 'http', containerPort: 8080 }]);
  });

  test('the whole way of the notes: 30080 on the node, 80 on the Service, 8080 in the container', () => {
    expect(portChains([{ containerPort: 8080, port: 80 }], { http: { nodePort: 30080, hostPort: 8000 } })).toStrictEqual({
      chains: [{ name: 'http', protocol: 'TCP', hostPort: 8000, nodePort: 30080, port: 80, targetPort: 'http', containerPort: 8080 }],
      complaints: [],
    });
  });

  test('node ports go to the ports that they name', () => {
    const { chains, complaints } = portChains(
      [{ name: 'http', containerPort: 8080 }, { name: 'grpc', containerPort: 9090 }, { name: 'constructor', containerPort: 7070 }],
      { grpc: { nodePort: 30002 } },
    );
    expect(complaints).toEqual([]);
    expect(chains.map(({ nodePort }) => nodePort)).toEqual([undefined, 30002, undefined]);
  });
});

describe('a port number', () => {
  test.each([1, 80, 1023, 1024, 30000, 65535])('%s is one', (port) => {
    expect(codes([{ containerPort: port }])).toEqual([]);
    expect(codes([{ containerPort: 8080, port }])).toEqual([]);
  });

  test.each([0, -1, 65536, 1.5, NaN, Infinity])('%s is none, in the container and on the Service', (port) => {
    expect(portChains([{ containerPort: port, port: 80 }]).complaints).toMatchObject([{ code: 'PORT_RANGE', field: 'port.containerPort', value: port }]);
    expect(portChains([{ containerPort: 80, port }]).complaints).toMatchObject([{ code: 'PORT_RANGE', field: 'port.port', value: port }]);
  });
});

describe('what is wrong with ports', () => {
  const http = { name: 'http', containerPort: 8080 };
  test.each<[string, readonly PortSpec[], Parameters<typeof portChains>[1], string[]]>([
    ['none at all', [], {}, ['PORT_NONE']],
    ['one without a name is fine', [{ containerPort: 1 }], {}, []],
    ['two need names', [http, { containerPort: 9090 }], {}, ['PORT_UNNAMED', 'PORT_NAME_TWICE']],
    ['two with names are fine', [http, { name: 'metrics', containerPort: 9090 }], {}, []],
    ['a name with a capital', [{ containerPort: 1, name: 'Http' }], {}, ['PORT_NAME']],
    ['names are unique', [http, { name: 'http', containerPort: 9090 }], {}, ['PORT_NAME_TWICE']],
    ['ports of one protocol are unique', [{ ...http, port: 80 }, { name: 'b', containerPort: 9090, port: 80 }], {}, ['PORT_TWICE']],
    ['a port and a defaulted one clash too', [{ ...http, port: 9090 }, { name: 'b', containerPort: 9090 }], {}, ['PORT_TWICE']],
    ['container ports are unique', [{ ...http, port: 80 }, { name: 'b', containerPort: 8080, port: 81 }], {}, ['CONTAINER_PORT_TWICE']],
    ['UDP and TCP of one number', [{ name: 'dns', containerPort: 53, protocol: 'UDP' }, { name: 'dns-tcp', containerPort: 53 }], {}, ['PORT_ON_TWO_PROTOCOLS']],
    ['a protocol of its own', [{ containerPort: 1, protocol: 'HTTP' as 'TCP' }], {}, ['PORT_PROTOCOL']],
    ['a protocol in small letters', [{ containerPort: 1, protocol: 'tcp' as 'TCP' }], {}, ['PORT_PROTOCOL']],
    ['appProtocol with a space', [{ containerPort: 1, appProtocol: 'a b' }], {}, ['APP_PROTOCOL']],
    ['appProtocol with two slashes', [{ containerPort: 1, appProtocol: 'a/b/c' }], {}, ['APP_PROTOCOL']],
    ['a nodePort of no port', [http], { https: { nodePort: 30001 } }, ['NODE_PORT_UNKNOWN']],
    ['a nodePort out of range', [http], { http: { nodePort: 80 } }, ['NODE_PORT_RANGE']],
    ['everything at once', [{ containerPort: 0, port: 65536, name: '-', protocol: 'X' as 'TCP', appProtocol: '' }], {}, ['PORT_RANGE', 'PORT_RANGE', 'PORT_NAME', 'PORT_PROTOCOL', 'APP_PROTOCOL']],
  ])('%s', (_, specs, nodePorts, expected) => expect(codes(specs, nodePorts)).toEqual(expected));

  test('the field tells which of several', () => {
    expect(portChains([http, { name: 'b', containerPort: 0 }]).complaints[0]?.field).toBe('ports[1].containerPort');
  });
});

describe('finding a port and its way from the laptop', () => {
  const { chains } = portChains([{ name: 'http', containerPort: 8080, port: 80 }, { name: 'metrics', containerPort: 9090 }]);

  test.each([['http', 8080], ['metrics', 9090], [80, 8080], [9090, 9090], [8080, undefined], ['80', undefined], ['grpc', undefined]])('%j is %s', (port, containerPort) => {
    expect(findPort(chains, port)?.containerPort).toBe(containerPort);
  });

  test.each([
    [{ nodePort: 30001 }, 30001], [{ nodePort: 30001, hostPort: 80 }, 80], [{ nodePort: 30001, hostPort: false as const }, undefined], [{ hostPort: 80 }, undefined], [{}, undefined],
  ])('%j is at %s', (said, port) => {
    expect(laptopPort({ name: 'http', protocol: 'TCP', port: 80, targetPort: 'http', containerPort: 8080, ...said })).toBe(port);
  });
});

describe('portChains, whatever it is given', () => {
  const port = fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 1, max: 12 }) }, { weight: 1, arbitrary: fc.constantFrom(0, -1, 65535, 65536, 1.5, NaN) });
  const spec: fc.Arbitrary<PortSpec> = fc.record({
    containerPort: port, port, name: fc.constantFrom('http', 'grpc', 'metrics', 'a-b', 'Http', '80'), protocol: fc.constantFrom('TCP', 'UDP', 'SCTP'),
    appProtocol: fc.constantFrom('http', 'kubernetes.io/h2c', 'a b'),
  }, { requiredKeys: ['containerPort'] });
  const specs = fc.array(spec, { maxLength: 4 });
  const nodePorts = fc.dictionary(fc.constantFrom('http', 'grpc', 'metrics', 'none'), fc.record({ nodePort: fc.constantFrom(30000, 30085, 30086, 32767, 32768, 80) }, { requiredKeys: [] }), { maxKeys: 3 });

  it('accepts only what the API server accepts', () => {
    fc.assert(fc.property(specs, nodePorts, (said, asked) => {
      const { chains, complaints } = portChains(said, asked);
      if (complaints.some(({ severity }) => severity === 'error')) return;
      const inRange = (value: number, first: number, last: number) => Number.isInteger(value) && value >= first && value <= last;
      const unique = (values: readonly string[]) => new Set(values).size === values.length;
      expect(chains.length).toBeGreaterThan(0);
      expect(unique(chains.map(({ name }) => name))).toBe(true);
      expect(unique(chains.map((chain) => `${chain.protocol} ${chain.port}`))).toBe(true);
      expect(unique(chains.map((chain) => `${chain.protocol} ${chain.containerPort}`))).toBe(true);
      for (const chain of chains) {
        expect(chain.name).toMatch(/^[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?$/);
        expect(chain.targetPort).toBe(chain.name);
        expect(inRange(chain.port, 1, 65535) && inRange(chain.containerPort, 1, 65535)).toBe(true);
        expect(['TCP', 'UDP', 'SCTP']).toContain(chain.protocol);
        if ('nodePort' in chain) expect(inRange(Number(chain.nodePort), 30000, 32767)).toBe(true);
      }
    }), { numRuns: 500 });
  });

  it('refuses only for a reason: distinct named ports in range are always taken', () => {
    const good = fc.uniqueArray(fc.integer({ min: 1, max: 65535 }), { minLength: 1, maxLength: 5 });
    fc.assert(fc.property(good, good, (containerPorts, ports) => {
      const said = containerPorts.slice(0, ports.length).map((containerPort, index) => ({ name: `p${index}`, containerPort, port: ports[index] }));
      expect(codes(said)).toEqual([]);
    }));
  });

  it('defaults alike: said or not, the Service port is the container port, and saying the result again changes nothing', () => {
    fc.assert(fc.property(specs, nodePorts, (said, asked) => {
      const { chains } = portChains(said, asked);
      chains.forEach((chain, index) => {
        expect(chain.port).toBe(said[index]?.port ?? said[index]?.containerPort);
        expect(Object.values(chain)).not.toContain(null);
        expect(Object.values(chain)).not.toContain(undefined);
      });
      const again = chains.map(({ name, protocol, appProtocol, port, containerPort }) => ({ name, protocol, port, containerPort, ...(appProtocol !== undefined && { appProtocol }) }));
      expect(portChains(again, asked).chains).toEqual(chains);
    }));
  });

  it('judges the same whatever the order', () => {
    fc.assert(fc.property(fc.array(spec, { minLength: 2, maxLength: 4 }), (said) => {
      expect(codes([...said].reverse()).sort()).toEqual(codes(said).sort());
    }));
  });
});
