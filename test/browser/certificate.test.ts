import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { authorityIn } from '../../src/certificate/authority';
import { leafFor } from '../../src/certificate/leaf';
import { trustStores } from '../../src/certificate/trust';
import { alternativeNames, endConstraints, forServers, signsHandshakes } from '../../src/certificate/x509';
import { forgedBy } from '../certificate/forged';
import { scratchFolder } from '../render/disk';
import { inBrowser, launch } from './browser';

const home = scratchFolder();
const data = join(home, 'data');
const authority = authorityIn(data, new Date());

/** As on a desktop: the steps that are printed, with a store of the test's own. */
const type = (step = 'false') => execFileSync('sh', ['-c', step], { env: { ...process.env, HOME: home }, stdio: 'pipe' });

/** What Chromium shows of a server under this name: its text, or the code of the error. */
async function shown(files: { readonly certificateFile: string; readonly keyFile: string }, host: string): Promise<string> {
  const server = createServer({ cert: readFileSync(files.certificateFile), key: readFileSync(files.keyFile) }, (_, response) => response.end('hello'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await launch({ env: { ...process.env, HOME: home }, args: ['--host-resolver-rules=MAP * 127.0.0.1'] });
  try {
    const page = await browser.newPage();
    await page.goto(`https://${host}:${(server.address() as AddressInfo).port}/`);
    return await page.innerText('body');
  } catch (error) {
    return /net::(\w+)/.exec(String(error))?.[1] ?? String(error);
  } finally {
    await browser.close();
    server.close();
  }
}

inBrowser('the development certificate', () => {
  const [store] = trustStores('linux', authority);

  beforeAll(() => {
    mkdirSync(join(home, '.pki/nssdb'), { recursive: true });
    type('certutil -d sql:$HOME/.pki/nssdb -N --empty-password');
  });

  test('is taken once the step that is printed was taken, and not before or after', async () => {
    const leaf = leafFor(data, 'shop', ['shop.localhost'], authority, new Date());
    expect(await shown(leaf, 'shop.localhost')).toBe('ERR_CERT_AUTHORITY_INVALID');
    type(store?.trust);
    expect(await shown(leaf, 'shop.localhost')).toBe('hello');
    type(store?.remove);
    expect(await shown(leaf, 'shop.localhost')).toBe('ERR_CERT_AUTHORITY_INVALID');
  });

  test.each([['bank.localhost', 'hello'], ['www.example.com', 'ERR_CERT_INVALID']])('of a thief with the authority\'s key, for %s: %s', async (name, expected) => {
    const files = forgedBy(authority, data, () => [endConstraints(), signsHandshakes(), forServers(), alternativeNames([name])]);
    type(store?.trust);
    try {
      expect(await shown(files, name)).toBe(expected);
    } finally {
      type(store?.remove);
    }
  });
}, existsSync('/usr/bin/certutil') ? undefined : 'no certutil; install libnss3-tools');
