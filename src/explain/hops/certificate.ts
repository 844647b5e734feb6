import { at, list } from '../../manifest/fields';
import type { Ingress } from '../world/ingresses';
import { keyOf } from '../world/pods';
import { hostFit } from './http-match';
import type { FrontService } from './ingress-backend';
import type { Journey } from './journey';

/** TLS by SNI: the certificate that the Ingress names for the host, or the controller's own. Routing goes by Host all the same. */
export function checkCertificate(journey: Journey, ingress: Ingress, front: FrontService): void {
  const { request, world } = journey;
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
  const { secretName } = entry;
  if (secretName === undefined || world.others.has(keyOf('Secret', ingress.namespace, secretName))) return;
  const issued = Object.keys(ingress.annotations).some((key) => key.startsWith('cert-manager.io/') || key.startsWith('kubernetes.io/tls-acme'))
    || [...world.others.values()].some(({ object }) => object.kind === 'Certificate' && object.metadata.namespace === ingress.namespace);
  if (world.whole && world.kinds.has('/Secret') && !issued) {
    journey.report({
      id: 'TLS001', at: ingress.manifest, path: entry.path,
      message: `Ingress ${ingress.name} takes the certificate of ${request.host} from Secret ${secretName}, which namespace ${ingress.namespace} does not have; the controller answers with its default certificate.`,
    });
  } else journey.assume(`Secret ${secretName} of Ingress ${ingress.name} holds a certificate for ${request.host}.`);
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
