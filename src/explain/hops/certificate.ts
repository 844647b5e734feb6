import { at, list } from '../../manifest/fields';
import type { Ingress } from '../world/ingresses';
import { keyOf } from '../world/pods';
import { hostFit } from './http-match';
import type { FrontService } from './ingress-backend';
import type { Journey } from './journey';
import { judgeSecret } from './named-secret';

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
  judgeSecret(journey, {
    at: ingress.manifest, path: entry.path, owner: `Ingress ${ingress.name}`, namespace: ingress.namespace, secretName: entry.secretName,
    without: 'the controller answers with its default certificate',
    isMeant: [...entry.hosts, ...ingress.rules.map(({ host }) => host)].some((host) => host !== '' && hostFit(host, request.host, 'one') > 0),
  });
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
