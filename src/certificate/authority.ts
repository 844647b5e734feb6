import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, ProblemError } from '../model/problem';
import { LOCAL_DOMAINS, LOCAL_RANGES } from './local-host';
import { refuseSharedFolder } from './data-folder';
import { makeWhole } from './whole-folder';
import { authorityConstraints, forServers, keyId, nameConstraints, signCertificate, signsCertificates, subjectKey } from './x509';

/** Who signs the development certificates of one user; browsers are told to trust it once. */
export interface Authority {
  /** E.g. `Service Ladder development CA 1f3a5c7e`: how trust stores list it. */
  readonly name: string;
  readonly certificateFile: string;
  readonly certificate: X509Certificate;
  readonly key: KeyObject;
  /** Whether this run made it, so that nobody trusts it yet. */
  readonly isNew: boolean;
}

const DAY = 86_400_000;
const YEARS_10 = 3650 * DAY;
/** Clocks differ: another machine's may be behind. */
export const CLOCK_LEEWAY = 3_600_000;

/**
 * The user's authority in this folder, made if there is none. It signs for names of this machine only: see {@link LOCAL_DOMAINS}.
 *
 * @throws ProblemError when the folder is inside a repository, or what is there cannot be used
 */
export function authorityIn(folder: string, now: Date): Authority {
  refuseSharedFolder(folder);
  const place = join(folder, 'authority');
  const isNew = !isThere(place) && makeWhole(place, newAuthority(now));
  return { ...read(place, now), isNew };
}

function newAuthority(now: Date): Readonly<Record<string, string>> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = `Service Ladder development CA ${keyId(publicKey).toString('hex').slice(0, 8)}`;
  const certificate = signCertificate({
    subject: name, issuer: name, publicKey,
    notBefore: new Date(now.getTime() - CLOCK_LEEWAY), notAfter: new Date(now.getTime() + YEARS_10),
    extensions: [authorityConstraints(), signsCertificates(), forServers(), nameConstraints(LOCAL_DOMAINS, LOCAL_RANGES), subjectKey(publicKey)],
  }, privateKey);
  return { 'ca.crt': certificate, 'ca.key': privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

function isThere(folder: string): boolean {
  return statSync(folder, { throwIfNoEntry: false }) !== undefined;
}

function read(place: string, now: Date): Omit<Authority, 'isNew'> {
  const [certificateFile, keyFile] = [join(place, 'ca.crt'), join(place, 'ca.key')];
  const again = `Delete ${place} for a new one, which browsers then have to be told to trust.`;
  const refuse = (code: string, path: string, rule: string, fix: string): never => {
    throw new ProblemError([{ code, severity: 'error', path, rule, fix }]);
  };
  const [certificate, key] = (() => {
    try {
      return [new X509Certificate(readFileSync(certificateFile)), createPrivateKey(readFileSync(keyFile))] as const;
    } catch (error) {
      return refuse('AUTHORITY_UNREADABLE', place, `The certificate and the key of the development authority cannot be read: ${messageOf(error)}.`, again);
    }
  })();
  if (process.platform !== 'win32' && (statSync(keyFile).mode & 0o077) !== 0) {
    refuse('AUTHORITY_KEY_OPEN', keyFile, 'Others on this machine may read the authority\'s private key, and with it serve any local name.', `Run chmod 600 '${keyFile}'; if others did read it, delete ${place} and remove the trust in it.`);
  }
  if (!certificate.ca || !certificate.checkPrivateKey(key)) {
    refuse('AUTHORITY_UNREADABLE', place, 'The certificate and the key of the development authority do not belong together.', again);
  }
  if (new Date(certificate.validTo) <= now) {
    refuse('AUTHORITY_EXPIRED', certificateFile, `The development authority was good until ${certificate.validTo}.`, again);
  }
  return { name: certificate.subject.replace(/^CN=/, ''), certificateFile, certificate, key };
}

/** The public half of its key, which its certificates name. */
export function publicKeyOf({ key }: Pick<Authority, 'key'>): KeyObject {
  return createPublicKey(key);
}
