import { createHash, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { bits, explicit, implicit, integer, octets, oid, sequence, set, text, time, yes } from './der';

/** What a certificate says; the signature and the serial number come by themselves. */
export interface CertificateContent {
  /** Common names: whose certificate it is, and whose signature. */
  readonly subject: string;
  readonly issuer: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly publicKey: KeyObject;
  readonly extensions: readonly Buffer[];
}

const ECDSA_WITH_SHA256 = sequence(oid('1.2.840.10045.4.3.2'));

/**
 * An X.509 version 3 certificate in PEM, signed with an EC key.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1
 */
export function signCertificate({ subject, issuer, notBefore, notAfter, publicKey, extensions }: CertificateContent, key: KeyObject): string {
  const toBeSigned = sequence(
    explicit(0, integer(Buffer.of(2))),
    integer(randomBytes(16)),
    ECDSA_WITH_SHA256,
    commonName(issuer),
    sequence(time(notBefore), time(notAfter)),
    commonName(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(...extensions)),
  );
  const certificate = sequence(toBeSigned, ECDSA_WITH_SHA256, bits(sign('sha256', toBeSigned, key)));
  return `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64').replace(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`;
}

function commonName(name: string): Buffer {
  return sequence(set(sequence(oid('2.5.4.3'), text(name))));
}

function extension(id: string, critical: boolean, value: Buffer): Buffer {
  return sequence(oid(id), ...(critical ? [yes()] : []), octets(value));
}

/** An authority that signs end certificates, and no other authorities. */
export const authorityConstraints = (): Buffer => extension('2.5.29.19', true, sequence(yes(), integer(Buffer.of(0))));

export const endConstraints = (): Buffer => extension('2.5.29.19', true, sequence());

/** Bits from the left: 0 digitalSignature, 5 keyCertSign, 6 cRLSign. */
export const signsCertificates = (): Buffer => extension('2.5.29.15', true, bits(Buffer.of(0b0000_0110), 1));
export const signsHandshakes = (): Buffer => extension('2.5.29.15', true, bits(Buffer.of(0b1000_0000), 7));

export const forServers = (): Buffer => extension('2.5.29.37', false, sequence(oid('1.3.6.1.5.5.7.3.1')));

/** DNS names, wildcards too, and addresses. */
export const alternativeNames = (hosts: readonly string[]): Buffer => (
  extension('2.5.29.17', false, sequence(...hosts.map((host) => (addressOf(host) ? implicit(7, addressOf(host) ?? Buffer.of()) : implicit(2, Buffer.from(host))))))
);

/** The only names that what this authority signs is good for: DNS names with all below them, and ranges of addresses. */
export function nameConstraints(names: readonly string[], ranges: readonly { readonly address: string; readonly mask: Buffer }[]): Buffer {
  const permitted = [
    ...names.map((name) => sequence(implicit(2, Buffer.from(name)))),
    ...ranges.map(({ address, mask }) => sequence(implicit(7, Buffer.concat([addressOf(address) ?? Buffer.of(), mask])))),
  ];
  // The list takes the place of its own tag, and stays a list.
  return extension('2.5.29.30', true, sequence(explicit(0, Buffer.concat(permitted))));
}

export const subjectKey = (key: KeyObject): Buffer => extension('2.5.29.14', false, octets(keyId(key)));
export const issuerKey = (key: KeyObject): Buffer => extension('2.5.29.35', false, sequence(implicit(0, keyId(key))));

/** A fingerprint of a public key, which tells authorities of one name apart. */
export function keyId(key: KeyObject): Buffer {
  return createHash('sha256').update(key.export({ type: 'spki', format: 'der' })).digest().subarray(0, 20);
}

/** The bytes of an IPv4 address, or of the IPv6 loopback, the only one there is a need for. */
function addressOf(host: string): Buffer | undefined {
  if (host === '::1') return Buffer.from([...Array<number>(15).fill(0), 1]);
  return isIPv4(host) ? Buffer.from(host.split('.').map(Number)) : undefined;
}
