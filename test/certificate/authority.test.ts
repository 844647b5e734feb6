import { execFileSync } from 'node:child_process';
import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type RequestOptions, get } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { authorityIn } from '../../src/certificate/authority';
import { leafFor, type Leaf } from '../../src/certificate/leaf';
import { alternativeNames, authorityConstraints, endConstraints, forServers, issuerKey, signCertificate, signsHandshakes, subjectKey } from '../../src/certificate/x509';
import { ProblemError } from '../../src/model/problem';
import { scratchFolder } from '../render/disk';
import { forgedBy } from './forged';

const root = scratchFolder();
const now = new Date();
const DAY = 86_400_000;
const days = (number: number) => new Date(now.getTime() + number * DAY);
let folder: string;
let count = 0;
beforeEach(() => { folder = join(root, `case-${count++}`, 'service-ladder'); });

const hosts = ['shop.localhost', '*.shop.localhost', 'shop.test', 'localhost', '127.0.0.1', '::1'];
const made = (at = now, names: readonly string[] = hosts) => {
  const authority = authorityIn(folder, at);
  return { authority, leaf: leafFor(folder, 'shop', names, authority, at) };
};
const codesOf = (run: () => unknown): readonly string[] => {
  try {
    run();
    return [];
  } catch (error) {
    if (error instanceof ProblemError) return error.problems.map(({ code }) => code);
    throw error;
  }
};
const certificateIn = (file: string) => new X509Certificate(readFileSync(file));

/** What a client that trusts the authority says of a server under this name: fine, or the code of the error. */
async function asked(leaf: Pick<Leaf, 'certificateFile' | 'keyFile'>, authorityFile: string, servername: string): Promise<string> {
  const server = createServer({ cert: readFileSync(leaf.certificateFile), key: readFileSync(leaf.keyFile) }, (_, response) => response.end('fine'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const options: RequestOptions = { host: '127.0.0.1', port: (server.address() as AddressInfo).port, ca: readFileSync(authorityFile), agent: false, ...(/[a-z]/.test(servername) && { servername, headers: { host: servername } }) };
  try {
    return await new Promise((resolve) => {
      get(options, (response) => response.on('data', (data: Buffer) => resolve(data.toString())))
        .on('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'UNSPECIFIED' ? error.message : error.code ?? error.message));
    });
  } finally {
    server.close();
  }
}

describe('a client that trusts the authority', () => {
  test.each([
    ['shop.localhost', 'fine'], ['any.shop.localhost', 'fine'], ['shop.test', 'fine'], ['localhost', 'fine'], ['127.0.0.1', 'fine'],
    ['a.b.shop.localhost', 'ERR_TLS_CERT_ALTNAME_INVALID'], ['other.localhost', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ])('takes its certificate for %s: %s', async (name, expected) => {
    const { authority, leaf } = made();
    expect(await asked(leaf, authority.certificateFile, name)).toBe(expected);
  });

  test('and one that trusts another does not', async () => {
    const { leaf } = made();
    folder = join(folder, 'other');
    expect(await asked(leaf, made().authority.certificateFile, 'shop.localhost')).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
  });

  const forged = (extensions: Parameters<typeof forgedBy>[2]) => {
    const { authority } = made();
    return { files: forgedBy(authority, folder, extensions), authority };
  };

  test.each(['www.example.com', 'localhost.example.com', 'notlocalhost', 'printer.local'])('takes nothing for %s, even with the authority\'s own key', async (name) => {
    const { files, authority } = forged(() => [endConstraints(), signsHandshakes(), forServers(), alternativeNames([name])]);
    expect(await asked(files, authority.certificateFile, name)).toBe('permitted subtree violation');
  });

  test('nor for an address that is not this machine', async () => {
    const { files, authority } = forged(() => [endConstraints(), signsHandshakes(), forServers(), alternativeNames(['192.168.0.1'])]);
    expect(await asked(files, authority.certificateFile, '127.0.0.1')).toBe('permitted subtree violation');
  });

  test('but a name below .localhost would pass: what the key is worth to a thief', async () => {
    const { files, authority } = forged(() => [endConstraints(), signsHandshakes(), forServers(), alternativeNames(['bank.localhost'])]);
    expect(await asked(files, authority.certificateFile, 'bank.localhost')).toBe('fine');
  });

  test('takes no authority below it', () => {
    const { files, authority } = forged(() => [authorityConstraints()]);
    const child = certificateIn(files.certificateFile);
    const childKey = createPrivateKey(readFileSync(files.keyFile));
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const grandchild = { certificateFile: join(folder, 'g.crt'), keyFile: join(folder, 'g.key') };
    writeFileSync(grandchild.certificateFile, signCertificate({
      subject: 'grandchild', issuer: 'forged', notBefore: days(-1), notAfter: days(1), publicKey,
      extensions: [endConstraints(), signsHandshakes(), forServers(), alternativeNames(['shop.localhost']), subjectKey(publicKey), issuerKey(child.publicKey)],
    }, childKey) + child.toString());
    writeFileSync(grandchild.keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    return expect(asked(grandchild, authority.certificateFile, 'shop.localhost')).resolves.toBe('PATH_LENGTH_EXCEEDED');
  });
});

describe('the certificates', () => {
  const openssl = ['/usr/bin/openssl', '/opt/homebrew/bin/openssl', '/usr/local/bin/openssl'].find((file) => existsSync(file));
  (openssl === undefined ? test.skip : test)('are right to the strictest reading of openssl', () => {
    const { authority, leaf } = made();
    const verify = (...args: string[]) => execFileSync(openssl ?? '', ['verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', authority.certificateFile, ...args, leaf.certificateFile], { encoding: 'utf8', stdio: 'pipe' });
    expect(verify('-verify_hostname', 'x.shop.localhost')).toContain(': OK');
    expect(() => verify('-verify_hostname', 'x.y.shop.localhost')).toThrow(/hostname mismatch/i);
  });

  test('are good from an hour ago, so that clocks may differ, and no longer than browsers take', () => {
    const { authority, leaf } = made();
    for (const certificate of [authority.certificate, certificateIn(leaf.certificateFile)]) expect(now.getTime() - Date.parse(certificate.validFrom)).toBeLessThan(3_602_000);
    const { validFrom, validTo } = certificateIn(leaf.certificateFile);
    expect((Date.parse(validTo) - Date.parse(validFrom)) / DAY).toBeLessThan(398);
  });

  test('have numbers of their own', () => {
    const numbers = [1, 2, 3].flatMap(() => {
      rmSync(join(folder, 'certificates'), { recursive: true, force: true });
      return certificateIn(made().leaf.certificateFile).serialNumber;
    });
    expect(new Set(numbers).size).toBe(3);
    for (const number of numbers) expect(number.length).toBeGreaterThan(20);
  });

  test('end with their authority, if that is earlier', () => {
    const { authority } = made();
    const end = new Date(authority.certificate.validTo);
    expect(made(new Date(end.getTime() - 100 * DAY)).leaf.validTo).toEqual(end);
  });

  test('and an authority past 2049 too', () => {
    expect(new Date(made(new Date('2045-06-01')).authority.certificate.validTo).getUTCFullYear()).toBe(2055);
  });
});

describe('a second run', () => {
  test('has the same authority and the same certificate', () => {
    const first = made();
    const second = made();
    expect([first.authority.isNew, second.authority.isNew, first.leaf.isNew, second.leaf.isNew]).toEqual([true, false, true, false]);
    expect(second.authority.certificate.fingerprint256).toBe(first.authority.certificate.fingerprint256);
  });

  test.each<[string, Date, readonly string[], boolean]>([
    ['a month before the end', days(366), hosts, false],
    ['less than a month before the end', days(368), hosts, true],
    ['for other hosts', now, ['shop.localhost'], true],
    ['for the same hosts in another order', now, [...hosts].reverse(), false],
  ])('%s', async (_, at, names, isNew) => {
    const { authority } = made();
    const { leaf } = made(at, names);
    expect(leaf.isNew).toBe(isNew);
    expect(certificateIn(leaf.certificateFile).verify(authority.certificate.publicKey)).toBe(true);
    expect(leaf.hosts).toEqual(names);
  });

  test('makes a certificate anew that is damaged, has another key, or is of an authority that is gone', () => {
    const { leaf } = made();
    const again = (break_: () => void) => {
      break_();
      expect(made().leaf.isNew).toBe(true);
      expect(made().leaf.isNew).toBe(false);
    };
    again(() => writeFileSync(leaf.certificateFile, 'half'));
    again(() => rmSync(leaf.keyFile));
    again(() => writeFileSync(leaf.keyFile, generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' })));
    again(() => rmSync(join(folder, 'authority'), { recursive: true }));
  });
});

describe('an authority that cannot be used is refused', () => {
  const inAuthority = (name: string) => join(folder, 'authority', name);

  test.each<[string, () => void, string]>([
    ['a damaged certificate', () => writeFileSync(inAuthority('ca.crt'), '-----BEGIN CERTIFICATE-----\nMII'), 'AUTHORITY_UNREADABLE'],
    ['an empty key', () => writeFileSync(inAuthority('ca.key'), ''), 'AUTHORITY_UNREADABLE'],
    ['no key', () => rmSync(inAuthority('ca.key')), 'AUTHORITY_UNREADABLE'],
    ['the key of another', () => writeFileSync(inAuthority('ca.key'), generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 }), 'AUTHORITY_UNREADABLE'],
    ['a certificate that is none of an authority', () => { const { leaf } = made(); renameSync(leaf.certificateFile, inAuthority('ca.crt')); renameSync(leaf.keyFile, inAuthority('ca.key')); }, 'AUTHORITY_UNREADABLE'],
    ['a key that others may read', () => chmodSync(inAuthority('ca.key'), 0o640), 'AUTHORITY_KEY_OPEN'],
  ])('%s', (_, break_, code) => {
    made();
    break_();
    expect(codesOf(made)).toEqual([code]);
  });

  test('when its time is over', () => {
    made();
    expect(codesOf(() => made(days(3649)))).toEqual([]);
    expect(codesOf(() => made(days(3651)))).toEqual(['AUTHORITY_EXPIRED']);
  });

  test.each([['.git', true], ['.jj', true], ['kustomization.yaml', true], ['.ladder-files.json', true], ['.gitconfig', false]])('beside or below a %s: %s', (mark, refused) => {
    mkdirSync(join(folder, '..', mark), { recursive: true });
    expect(codesOf(made)).toEqual(refused ? ['KEY_IN_SHARED_FOLDER'] : []);
    expect(existsSync(folder)).toBe(!refused);
  });

  test('in a repository that only a link leads to', () => {
    const repository = join(folder, '../../dotfiles');
    mkdirSync(join(repository, '.git'), { recursive: true });
    mkdirSync(join(repository, 'share'));
    symlinkSync(join(repository, 'share'), join(folder, '..'));
    expect(codesOf(made)).toEqual(['KEY_IN_SHARED_FOLDER']);
    rmSync(join(repository, '.git'), { recursive: true });
    expect(codesOf(made)).toEqual([]);
  });
});

describe('files', () => {
  test('are the user\'s alone, and nothing else is left there', () => {
    const { leaf } = made();
    made(now, ['shop.localhost']);
    const all = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
    expect(all).toEqual(['authority', 'authority/ca.crt', 'authority/ca.key', 'certificates', 'certificates/shop', 'certificates/shop/tls.crt', 'certificates/shop/tls.key']);
    if (process.platform !== 'win32') {
      for (const file of all) expect(statSync(join(folder, file)).mode & 0o077).toBe(0);
      expect(statSync(leaf.keyFile).mode & 0o777).toBe(0o600);
    }
  });

  test('of several at a time are whole, and all have one authority', () => {
    const script = `
      require(${JSON.stringify(require.resolve('@swc/core'))});
      const { transformSync } = require(${JSON.stringify(require.resolve('@swc/core'))});
      require.extensions['.ts'] = (module, file) => module._compile(transformSync(require('node:fs').readFileSync(file, 'utf8'), { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } }).code, file);
      const { authorityIn } = require(${JSON.stringify(join(__dirname, '../../src/certificate/authority.ts'))});
      const { leafFor } = require(${JSON.stringify(join(__dirname, '../../src/certificate/leaf.ts'))});
      const authority = authorityIn(process.argv[1], new Date());
      for (let time = 0; time < 20; time++) leafFor(process.argv[1], 'shop', ['a.localhost', time % 2 ? 'b.localhost' : 'c.localhost'], authority, new Date());
      console.log(authority.certificate.fingerprint256);`;
    const one = `${process.execPath} -e ${quoted(script)} ${quoted(folder)}`;
    const printed = execFileSync('sh', ['-c', `${one} & ${one} & ${one} & wait`], { encoding: 'utf8' }).trim().split('\n');
    expect(printed).toHaveLength(3);
    expect(new Set(printed).size).toBe(1);
    const { leaf } = made(now, ['a.localhost', 'c.localhost']);
    expect(certificateIn(leaf.certificateFile).checkPrivateKey(createPrivateKey(readFileSync(leaf.keyFile)))).toBe(true);
    expect(readdirSync(join(folder, 'certificates'))).toEqual(['shop']);
  });
});

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
