import { at, list } from '../../manifest/fields';
import type { Manifest } from '../../manifest/read';
import type { FieldPath } from '../../manifest/yaml';
import { certificateIn, isFor, issuedBy, namesOf } from '../world/certificates';
import type { Ingress } from '../world/ingresses';
import { keyOf } from '../world/pods';
import { hostFit } from './http-match';
import type { FrontService } from './ingress-backend';
import type { Journey } from './journey';

/** TLS by SNI: the certificate that the Ingress names for the host, or the controller's own. Routing goes by Host all the same. */
export function checkCertificate(journey: Journey, ingress: Ingress, front: FrontService): void {
  const { request } = journey;
  if (!front.tls) return;
  const managed = managedCertificates(journey, ingress);
  if (managed !== undefined) {
    journey.assume(`${managed} of Ingress ${ingress.name} holds a certificate for ${request.host}.`);
    return;
  }
  const entry = ingress.tls.find(({ hosts }) => hosts.length === 0 || hosts.some((host) => hostFit(host, request.host, 'one') > 0));
  if (entry === undefined) {
    journey.assume(`The client accepts the controller's default certificate: no tls entry of Ingress ${ingress.name} is for ${request.host}.`);
    return;
  }
  if (entry.secretName === undefined) return;
  judgeSecret(journey, { at: ingress.manifest, path: entry.path, owner: `Ingress ${ingress.name}`, namespace: ingress.namespace, secretName: entry.secretName, annotations: ingress.annotations });
}

/** A Secret that something names for its certificate. */
interface NamedSecret {
  readonly at: Manifest;
  readonly path: FieldPath;
  /** Who names it: `Ingress shop`. */
  readonly owner: string;
  readonly namespace: string;
  readonly secretName: string;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Is it there, or known to come, and does a client take what is in it for this host? */
function judgeSecret(journey: Journey, { at: place, path, owner, namespace, secretName, annotations }: NamedSecret): void {
  const { request, world } = journey;
  const secret = world.others.get(keyOf('Secret', namespace, secretName));
  if (secret !== undefined) {
    judgeCertificate(journey, secret, { at: place, path, owner });
    return;
  }
  const issued = issuedBy(world, namespace, secretName);
  if (issued !== undefined) {
    if (!issued.dnsNames.some((name) => hostFit(name, request.host, 'one') > 1)) {
      journey.report({ id: 'TLS002', at: place, path, message: `${owner} serves ${request.host} with Secret ${secretName}, and Certificate ${issued.name} that makes it is for ${issued.dnsNames.join(', ') || 'no name'}.` });
    }
    journey.assume(`cert-manager has issued Certificate ${issued.name} into Secret ${secretName}.`);
    return;
  }
  const byShim = Object.keys(annotations).some((key) => key.startsWith('cert-manager.io/') || key.startsWith('kubernetes.io/tls-acme'));
  if (world.whole && world.kinds.has('/Secret') && !byShim) {
    journey.report({
      id: 'TLS001', at: place, path,
      message: `${owner} takes the certificate of ${request.host} from Secret ${secretName}, which namespace ${namespace} does not have; the controller answers with its default certificate.`,
    });
  } else journey.assume(`Secret ${secretName} of ${owner} holds a certificate for ${request.host}.`);
}

function judgeCertificate(journey: Journey, secret: Manifest, { at: place, path, owner }: Pick<NamedSecret, 'at' | 'path' | 'owner'>): void {
  const { host } = journey.request;
  const { name } = secret.object.metadata;
  const certificate = certificateIn(secret);
  if (certificate === undefined) return;
  if (!isFor(certificate, host)) {
    journey.report({ id: 'TLS002', at: place, path, message: `${owner} serves ${host} with Secret ${name}, whose certificate is for ${namesOf(certificate)}.` });
  }
  if (Date.parse(certificate.validTo) < Date.now()) {
    journey.report({ id: 'TLS003', at: secret, path: ['data', 'tls.crt'], message: `The certificate of ${host} in Secret ${name} was good until ${new Date(certificate.validTo).toISOString().slice(0, 10)}.` });
  }
}

/** Certificates that GKE gets or has for an Ingress, by its annotations; none where a ManagedCertificate is for other hosts. */
function managedCertificates({ world, request }: Journey, ingress: Ingress): string | undefined {
  const shared = ingress.annotations['ingress.gcp.kubernetes.io/pre-shared-cert'] ?? ingress.annotations['networking.gke.io/certmap'];
  if (shared !== undefined) return `Certificate ${shared}`;
  const names = (ingress.annotations['networking.gke.io/managed-certificates'] ?? '').split(',').map((name) => name.trim()).filter((name) => name !== '');
  const fitting = names.filter((name) => {
    const certificate = world.others.get(keyOf('ManagedCertificate', ingress.namespace, name));
    return certificate === undefined || list(at(certificate.object['spec'], 'domains')).includes(request.host);
  });
  return fitting.length === 0 ? undefined : `ManagedCertificate ${fitting.join(', ')}`;
}
