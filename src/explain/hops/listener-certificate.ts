import type { Gateway, Listener } from '../world/gateways';
import { gatewayGroup } from '../world/gateways';
import { keyOf } from '../world/pods';
import type { Journey } from './journey';

/** The Secrets that an https listener ends TLS with: are they there, and may the Gateway name them? */
export function checkListenerCertificates(journey: Journey, gateway: Gateway, listener: Listener): void {
  const { world, request } = journey;
  if (listener.tlsMode !== 'Terminate' || request.scheme !== 'https') return;
  for (const { name, namespace = gateway.namespace } of listener.certificates) {
    const path = [...listener.path, 'tls', 'certificateRefs'];
    if (namespace !== gateway.namespace && world.whole && !granted(journey, gateway, namespace, name)) {
      journey.report({
        id: 'GTW005', at: gateway.manifest, path,
        message: `Listener ${listener.name} of Gateway ${gateway.name} takes its certificate from Secret ${name} in ${namespace}, and no ReferenceGrant there allows it.`,
        fix: `Create a ReferenceGrant in ${namespace}, from Gateway in ${gateway.namespace} to Secret.`,
      });
    } else if (world.whole && world.kinds.has('/Secret') && !world.others.has(keyOf('Secret', namespace, name)) && !isIssued(journey, gateway, namespace)) {
      journey.report({
        id: 'TLS001', at: gateway.manifest, path,
        message: `Listener ${listener.name} of Gateway ${gateway.name} takes its certificate from Secret ${name}, which namespace ${namespace} does not have: the listener does not come up.`,
      });
    } else journey.assume(`Secret ${namespace}/${name} of Gateway ${gateway.name} holds a certificate for ${request.host}.`);
  }
}

/** cert-manager makes Secrets for the listeners of a Gateway with its annotation, and of a Certificate. */
function isIssued({ world }: Journey, { manifest: { object } }: Gateway, namespace: string): boolean {
  return Object.keys(object.metadata.annotations ?? {}).some((key) => key.startsWith('cert-manager.io/'))
    || [...world.others.values()].some((other) => other.object.kind === 'Certificate' && other.object.metadata.namespace === namespace);
}

function granted({ world }: Journey, gateway: Gateway, namespace: string, name: string): boolean {
  return world.grants.some((grant) => grant.namespace === namespace
    && grant.from.some((from) => from.group === gatewayGroup && from.kind === 'Gateway' && from.namespace === gateway.namespace)
    && grant.to.some((to) => to.group === '' && to.kind === 'Secret' && (to.name === undefined || to.name === '' || to.name === name)));
}
