import { readFileSync } from 'node:fs';
import { dataFolder } from '../../src/certificate/data-folder';
import { trustStores } from '../../src/certificate/trust';
import { wantedFor } from '../../src/certificate/wanted';

test.each<[NodeJS.Platform, Record<string, string>, string]>([
  ['linux', {}, '/home/me/.local/share/service-ladder'],
  ['linux', { XDG_DATA_HOME: '/data/me' }, '/data/me/service-ladder'],
  ['linux', { XDG_DATA_HOME: 'relative' }, '/home/me/.local/share/service-ladder'],
  ['darwin', {}, '/home/me/Library/Application Support/service-ladder'],
  ['win32', { LOCALAPPDATA: '/local' }, '/local/service-ladder'],
  ['win32', {}, '/home/me/AppData/Local/service-ladder'],
])('on %s with %j the authority is in %s', (platform, env, expected) => {
  expect(dataFolder({ platform, env, home: '/home/me' })).toBe(expected);
});

describe.each<[NodeJS.Platform, readonly string[]]>([
  ['linux', ['Chromium, Chrome', 'Firefox', 'curl and most programs, Debian and Ubuntu', 'curl and most programs, Fedora and RHEL', 'Node']],
  ['darwin', ['Safari, Chrome, Firefox, curl', 'Node']],
  ['win32', ['Edge, Chrome, Firefox', 'Node']],
])('on %s', (platform, readers) => {
  const stores = trustStores(platform, { name: 'CA 1', certificateFile: '/a b/ca.crt' });

  test('the stores are told by who reads them', () => expect(stores.map((store) => store.readers)).toEqual(readers));

  test.each(stores.map((store) => [store.readers, store] as const))('%s: trust is given by the file and taken away', (_, { trust, remove }) => {
    expect(trust).toMatch(/['"=]\/a b\/ca\.crt(['"]|$)/);
    expect(remove).toMatch(/CA 1|\/a b\/ca\.crt|service-ladder\.crt|NODE_EXTRA_CA_CERTS/);
  });

  test('the guide has them all', () => {
    const guide = readFileSync('docs/tls.md', 'utf8');
    const shown = platform === 'win32' ? { name: '%NAME%', certificateFile: '%CA%' } : { name: '$NAME', certificateFile: '$CA' };
    for (const { trust, remove } of trustStores(platform, shown)) for (const step of [trust, remove]) expect(guide).toContain(`\`${step.replaceAll(/'(\$\w+)'/g, '"$1"')}\``);
  });
});

test.each([[['shop.localhost', 'a.test', 'shop.localhost'], 'shop.localhost', 2], [['*.shop.localhost'], '_.shop.localhost', 1], [['::1'], '__1', 1]])('%j are kept under %s', (hosts, name, number) => {
  expect(wantedFor(hosts)).toEqual({ name, hosts: hosts.slice(0, number) });
});
