import type { Manifest } from '../../manifest/read';
import type { FieldPath } from '../../manifest/yaml';
import { certificateIn, isFor, issuedBy, namesOf } from '../world/certificates';
import { keyOf } from '../world/pods';
import { hostFit } from './http-match';
import type { Journey } from './journey';

/** A Secret that something names for its certificate. */
export interface NamedSecret {
  readonly at: Manifest;
  readonly path: FieldPath;
  /** Who names it: `Ingress shop`. */
  readonly owner: string;
  readonly namespace: string;
  readonly secretName: string;
  /** What comes of it when it is not there. */
  readonly without: string;
  /** Whether it is written that the host belongs here: to what takes any host, a request may well come under a name of no certificate. */
  readonly isMeant: boolean;
}

/** Is it there, or known to come, and does a client take what is in it for this host? Answers whether it may be there. */
export function judgeSecret(journey: Journey, { at: place, path, owner, namespace, secretName, without, isMeant }: NamedSecret): boolean {
  const { request, world } = journey;
  const secret = world.others.get(keyOf('Secret', namespace, secretName));
  if (secret !== undefined) {
    judgeCertificate(journey, secret, { at: place, path, owner, isMeant });
    return true;
  }
  const issued = issuedBy(world, namespace, secretName);
  if (issued !== undefined) {
    if (isMeant && !issued.dnsNames.some((name) => hostFit(name, request.host, 'one') > 1)) {
      journey.report({ id: 'TLS002', at: place, path, message: `${owner} serves ${request.host} with Secret ${secretName}, and Certificate ${issued.name} that makes it is for ${issued.dnsNames.join(', ') || 'no name'}.` });
    }
    journey.assume(`cert-manager has issued Certificate ${issued.name} into Secret ${secretName}.`);
    return true;
  }
  const byShim = Object.keys(place.object.metadata.annotations ?? {}).some((key) => key.startsWith('cert-manager.io/') || key.startsWith('kubernetes.io/tls-acme'));
  const isMissing = world.whole && world.kinds.has('/Secret') && !byShim;
  if (isMissing) {
    journey.report({
      id: 'TLS001', at: place, path,
      message: `${owner} takes the certificate of ${request.host} from Secret ${secretName}, which namespace ${namespace} does not have: ${without}.`,
    });
  } else journey.assume(`Secret ${secretName} of ${owner} holds a certificate for ${request.host}.`);
  return !isMissing;
}

function judgeCertificate(journey: Journey, secret: Manifest, { at: place, path, owner, isMeant }: Pick<NamedSecret, 'at' | 'path' | 'owner' | 'isMeant'>): void {
  const { host } = journey.request;
  const { name } = secret.object.metadata;
  const certificate = certificateIn(secret);
  if (certificate === undefined) return;
  if (isMeant && !isFor(certificate, host)) {
    journey.report({ id: 'TLS002', at: place, path, message: `${owner} serves ${host} with Secret ${name}, whose certificate is for ${namesOf(certificate)}.` });
  }
  if (Date.parse(certificate.validTo) < Date.now()) {
    journey.report({ id: 'TLS003', at: secret, path: ['data', 'tls.crt'], message: `The certificate of ${host} in Secret ${name} was good until ${new Date(certificate.validTo).toISOString().slice(0, 10)}.` });
  }
}
