import { at, list, text } from '../../manifest/fields';
import type { Draft } from '../findings/draft';
import type { Gateway, Listener } from '../world/gateways';

/** GKE005: a certificate beside a certificate map, for which GKE does not translate the whole Gateway (its event: GWCER105). One that has an address was made, in whatever form. */
export function refusedGateway(gateway: Gateway): Draft | undefined {
  const { manifest, name, listeners } = gateway;
  const map = manifest.object.metadata.annotations?.['networking.gke.io/certmap'];
  if (map === undefined || map === '' || list(at(manifest.object, 'status', 'addresses')).length > 0) return undefined;
  const listener = listeners.find((each) => hasCertificate(gateway, each));
  return listener && {
    id: 'GKE005', at: manifest, path: [...listener.path, 'tls'],
    message: `Gateway ${name} has the certificate map ${map}, and its listener ${listener.name} a certificate besides: GKE makes no load balancer of it.`,
  };
}

function hasCertificate({ manifest }: Gateway, { certificates, path }: Listener): boolean {
  return certificates.length > 0 || (text(at(manifest.object, ...path, 'tls', 'options', 'networking.gke.io/pre-shared-certs')) ?? '') !== '';
}
