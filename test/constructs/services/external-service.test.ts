import { ExternalService, type ExternalServiceProps } from '../../../src/constructs/services/external-service';
import { built, builtAlone, find, specOf, told } from '../built';

const alias = (options: Partial<ExternalServiceProps> = {}) => built((shop) => new ExternalService(shop, 'my-database', { externalName: 'db.example.com', port: 5432, ...options }));

test('is an alias and nothing more', () => {
  const made = alias();
  expect(made.problems).toEqual([]);
  expect(find(made, 'Service', 'my-database')).toEqual({
    apiVersion: 'v1', kind: 'Service', metadata: { name: 'my-database', namespace: 'shop', labels: { 'app.kubernetes.io/name': 'my-database' } },
    spec: { type: 'ExternalName', externalName: 'db.example.com', ports: [{ name: 'external', protocol: 'TCP', port: 5432 }] },
  });
});

test('says its own name, port and protocol', () => {
  expect(specOf(alias({ name: 'dns', externalName: 'ns.example.com.', port: 53, protocol: 'UDP' }), 'Service', 'dns')).toEqual({
    type: 'ExternalName', externalName: 'ns.example.com.', ports: [{ name: 'external', protocol: 'UDP', port: 53 }],
  });
});

test('stands alone in any chart', () => {
  const made = builtAlone((chart) => new ExternalService(chart, 'db', { externalName: 'db.example.com', port: 5432 }), 'team');
  expect(told(made)).toEqual([]);
  expect(find(made, 'Service', 'db').metadata.namespace).toBe('team');
});

test.each<[string, Partial<ExternalServiceProps>, string[]]>([
  ['a name of several labels', { externalName: 'a.b' }, []],
  ['a name that ends with a dot', { externalName: 'db.example.com.' }, []],
  ['an IPv4 address', { externalName: '10.0.0.7' }, ['error EXTERNAL_NAME_ADDRESS test/shop/my-database externalName']],
  ['an IPv6 address', { externalName: '2001:db8::1' }, ['error EXTERNAL_NAME_ADDRESS test/shop/my-database externalName']],
  ['a URL', { externalName: 'https://db.example.com' }, ['error EXTERNAL_NAME test/shop/my-database externalName']],
  ['a name with a port', { externalName: 'db.example.com:5432' }, ['error EXTERNAL_NAME test/shop/my-database externalName']],
  ['capitals', { externalName: 'DB.example.com' }, ['error EXTERNAL_NAME test/shop/my-database externalName']],
  ['nothing', { externalName: '' }, ['error EXTERNAL_NAME test/shop/my-database externalName']],
  ['one label', { externalName: 'db' }, ['warning EXTERNAL_NAME_SHORT test/shop/my-database externalName']],
  ['http', { speaks: 'http' }, ['warning EXTERNAL_NAME_HOST test/shop/my-database speaks']],
  ['TLS', { speaks: 'tls' }, ['warning EXTERNAL_NAME_HOST test/shop/my-database speaks']],
  ["a database's own protocol", { speaks: 'other' }, []],
  ['port 0', { port: 0 }, ['error PORT_RANGE test/shop/my-database port']],
  ['port 65535', { port: 65535 }, []],
  ['addresses that are none', { cidrs: ['10.0.0.0/24', '10.0.0.7', 'db.example.com'] }, ['error CIDR test/shop/my-database cidrs', 'error CIDR test/shop/my-database cidrs']],
  ['a name that no Service may have', { name: 'my.database' }, ['error NAME_RFC1035 test/shop/my-database name']],
])('%s', (_, options, expected) => expect(told(alias(options))).toEqual(expected));

test('the warnings name the alias, the header and what to dial instead', () => {
  const [http] = alias({ speaks: 'http' }).problems;
  expect(http?.rule).toMatch(/my-database.*Host header.*db\.example\.com/);
  const [tls] = alias({ speaks: 'tls' }).problems;
  expect(tls?.rule).toMatch(/TLS server name/);
  expect(tls?.fix).toContain('db.example.com');
});
