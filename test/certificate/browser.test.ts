import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { authorityIn } from '../../src/certificate/authority';
import { leafFor } from '../../src/certificate/leaf';
import { trustStores } from '../../src/certificate/trust';
import { scratchFolder } from '../render/disk';

const root = scratchFolder();

/** As on a desktop with Chromium and NSS's certutil. */
const chromium = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((file) => existsSync(file));
const isThere = process.platform === 'linux' && chromium !== undefined && existsSync('/usr/bin/certutil');

(isThere ? test : test.skip)('Chromium takes the certificate once the steps that are printed were taken, and not before or after', async () => {
  const home = root;
  const authority = authorityIn(join(home, 'data'), new Date());
  const leaf = leafFor(join(home, 'data'), 'shop', ['shop.localhost'], authority, new Date());
  const server = createServer({ cert: readFileSync(leaf.certificateFile), key: readFileSync(leaf.keyFile) }, (_, response) => response.end('hello'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const shown = () => new Promise<boolean>((resolve) => {
    const args = ['--headless', '--no-sandbox', '--disable-gpu', `--user-data-dir=${join(home, 'profile')}`, '--dump-dom', `https://shop.localhost:${port}/`];
    execFile(chromium ?? '', args, { env: { ...process.env, HOME: home }, timeout: 30_000 }, (_, out) => resolve(out.includes('hello')));
  });
  const type = (steps: readonly string[]) => steps.forEach((step) => execFileSync('sh', ['-c', step], { env: { ...process.env, HOME: home } }));

  mkdirSync(join(home, '.pki/nssdb'), { recursive: true });
  type(['certutil -d sql:$HOME/.pki/nssdb -N --empty-password']);
  const [store] = trustStores('linux', authority);
  try {
    expect(await shown()).toBe(false);
    type([store?.trust ?? '']);
    expect(await shown()).toBe(true);
    type([store?.remove ?? '']);
    expect(await shown()).toBe(false);
  } finally {
    server.close();
  }
}, 90_000);
