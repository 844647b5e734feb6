import { dataFolder } from '../../src/certificate/data-folder';
import { trustSteps } from '../../src/certificate/trust';
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

test.each<[NodeJS.Platform, RegExp, RegExp]>([
  ['linux', /^certutil -d sql:\$HOME\/\.pki\/nssdb -A -t C,, -n 'CA 1' -i '\/a b\/ca\.crt'$/, /-D -n 'CA 1'$/],
  ['darwin', /^security add-trusted-cert .*'\/a b\/ca\.crt'$/, /^security delete-certificate -c 'CA 1'/],
  ['win32', /^certutil -user -addstore Root "\/a b\/ca\.crt"$/, /^certutil -user -delstore Root "CA 1"$/],
])('on %s trust is given and taken by name', (platform, trust, remove) => {
  const steps = trustSteps(platform, { name: 'CA 1', certificateFile: '/a b/ca.crt' });
  expect(steps.trust.join('\n')).toMatch(trust);
  expect(steps.remove.join('\n')).toMatch(remove);
});

test.each([[['shop.localhost', 'a.test', 'shop.localhost'], 'shop.localhost', 2], [['*.shop.localhost'], '_.shop.localhost', 1], [['::1'], '__1', 1]])('%j are kept under %s', (hosts, name, number) => {
  expect(wantedFor(hosts)).toEqual({ name, hosts: hosts.slice(0, number) });
});
