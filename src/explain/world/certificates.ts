import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { at, list, text } from '../../manifest/fields';
import { apiGroup } from '../../manifest/object';
import type { Manifest } from '../../manifest/read';
import type { World } from './world';

/** The certificate in a Secret; none where the input leaves it out, or has something else there. */
export function certificateIn({ object }: Manifest): X509Certificate | undefined {
  const plain = text(at(object, 'stringData', 'tls.crt'));
  const encoded = text(at(object, 'data', 'tls.crt'));
  try {
    return plain === undefined && encoded === undefined ? undefined : new X509Certificate(plain ?? Buffer.from(encoded ?? '', 'base64'));
  } catch {
    return undefined;
  }
}

/** Whether a client that asks for this host takes it: by its alternative names, as browsers do. */
export function isFor(certificate: X509Certificate, host: string): boolean {
  return (isIP(host) === 0 ? certificate.checkHost(host, { subject: 'never' }) : certificate.checkIP(host)) !== undefined;
}

/** The names that it is for, as they stand in it. */
export function namesOf({ subjectAltName }: X509Certificate): string {
  return subjectAltName?.replace(/\b(DNS|IP Address):/g, '') ?? 'no name';
}

/** cert-manager's Certificate, as far as it says what will be in its Secret. */
export interface IssuedCertificate {
  readonly name: string;
  readonly dnsNames: readonly string[];
}

const known = new WeakMap<World, ReadonlyMap<string, IssuedCertificate>>();

/** The Certificate that writes a Secret; looked for once a world. */
export function issuedBy(world: World, namespace: string, secretName: string): IssuedCertificate | undefined {
  const bySecret = known.get(world) ?? new Map([...world.others.values()].flatMap(issuedIn));
  known.set(world, bySecret);
  return bySecret.get(`${namespace}/${secretName}`);
}

function issuedIn({ object }: Manifest): [string, IssuedCertificate][] {
  const secretName = text(at(object, 'spec', 'secretName'));
  if (object.kind !== 'Certificate' || apiGroup(object.apiVersion) !== 'cert-manager.io' || secretName === undefined) return [];
  const { name, namespace } = object.metadata;
  const names = [...list(at(object, 'spec', 'dnsNames')), at(object, 'spec', 'commonName')].flatMap((each) => text(each)?.toLowerCase() ?? []);
  return [[`${namespace}/${secretName}`, { name, dnsNames: names }]];
}
