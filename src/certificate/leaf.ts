import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { locate, ProblemError } from '../model/problem';
import { type Authority, CLOCK_LEEWAY, publicKeyOf } from './authority';
import { checkLocalHost } from './local-host';
import { makeWhole, removeWhole } from './whole-folder';
import { alternativeNames, endConstraints, forServers, issuerKey, signCertificate, signsHandshakes, subjectKey } from './x509';

/** A server's certificate for some hosts, and its key. */
export interface Leaf {
  readonly hosts: readonly string[];
  readonly certificateFile: string;
  readonly keyFile: string;
  readonly validTo: Date;
  /** Whether this run made it; else it was there and is good. */
  readonly isNew: boolean;
}

const DAY = 86_400_000;
/** Browsers refuse more than 398 days of public certificates, and Apple more than 825 of any. */
const LIFE = 397 * DAY;
const RENEW_BEFORE = 30 * DAY;

/**
 * The certificate of this name, for exactly these hosts. One that is there is kept until 30 days before its end; a new one needs no
 * new trust, since the same authority signs it.
 *
 * @throws ProblemError when a host is no name of this machine, with all such hosts
 */
export function leafFor(folder: string, name: string, hosts: readonly string[], authority: Authority, now: Date): Leaf {
  const problems = locate(name, hosts.flatMap((host) => checkLocalHost(`host ${host}`, host)));
  if (problems.length > 0) throw new ProblemError(problems);
  const place = join(folder, 'certificates', name);
  const files = { certificateFile: join(place, 'tls.crt'), keyFile: join(place, 'tls.key') };
  const before = goodUntil(files, hosts, authority, now);
  if (before) return { hosts, ...files, validTo: before, isNew: false };
  const validTo = new Date(Math.min(now.getTime() + LIFE, Date.parse(authority.certificate.validTo)));
  const pair = newLeaf(hosts, authority, now, validTo);
  removeWhole(place);
  // Another run made one in between: then that is it.
  if (!makeWhole(place, pair)) return leafFor(folder, name, hosts, authority, now);
  return { hosts, ...files, validTo, isNew: true };
}

function newLeaf(hosts: readonly string[], authority: Authority, now: Date, notAfter: Date): Readonly<Record<string, string>> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const certificate = signCertificate({
    subject: 'Service Ladder development certificate', issuer: authority.name, publicKey, notBefore: new Date(now.getTime() - CLOCK_LEEWAY), notAfter,
    extensions: [endConstraints(), signsHandshakes(), forServers(), alternativeNames(hosts), subjectKey(publicKey), issuerKey(publicKeyOf(authority))],
  }, authority.key);
  return { 'tls.crt': certificate, 'tls.key': privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

/** Until when what is there will do; undefined where it will not, whatever the reason: then it is made anew. */
function goodUntil({ certificateFile, keyFile }: Pick<Leaf, 'certificateFile' | 'keyFile'>, hosts: readonly string[], authority: Authority, now: Date): Date | undefined {
  try {
    const certificate = new X509Certificate(readFileSync(certificateFile));
    const validTo = new Date(certificate.validTo);
    const isGood = certificate.verify(publicKeyOf(authority)) && certificate.checkPrivateKey(createPrivateKey(readFileSync(keyFile)))
      && validTo.getTime() - now.getTime() > RENEW_BEFORE && namesIn(certificate) === [...hosts].sort().join();
    return isGood ? validTo : undefined;
  } catch {
    return undefined;
  }
}

function namesIn({ subjectAltName = '' }: X509Certificate): string {
  return subjectAltName.split(', ').map((entry) => entry.replace(/^(DNS|IP Address):/, '').replace(/^0:0:0:0:0:0:0:1$/, '::1')).sort().join();
}
