import type { Gateway, Listener } from '../world/gateways';
import { isGranted } from './grant';
import type { Journey } from './journey';
import { judgeSecret } from './named-secret';

/** The Secrets that an https listener ends TLS with: are they there, and may the Gateway name them? Otherwise the listener does not come up. */
export function comesUp(journey: Journey, gateway: Gateway, listener: Listener): boolean {
  const { world, request } = journey;
  if (listener.tlsMode !== 'Terminate' || request.scheme !== 'https') return true;
  let usable = true;
  for (const { name, namespace = gateway.namespace } of listener.certificates) {
    const path = [...listener.path, 'tls', 'certificateRefs'];
    if (namespace !== gateway.namespace && world.whole && !isGranted(world, { kind: 'Gateway', namespace: gateway.namespace }, { kind: 'Secret', namespace, name })) {
      usable = false;
      journey.report({
        id: 'GTW005', at: gateway.manifest, path,
        message: `Listener ${listener.name} of Gateway ${gateway.name} takes its certificate from Secret ${name} in ${namespace}, and no ReferenceGrant there allows it.`,
        fix: `Create a ReferenceGrant in ${namespace}, from Gateway in ${gateway.namespace} to Secret.`,
      });
    } else if (!judgeSecret(journey, {
      at: gateway.manifest, path, owner: `Listener ${listener.name} of Gateway ${gateway.name}`, namespace, secretName: name,
      without: 'the listener does not come up', isMeant: listener.hostname !== undefined,
    })) usable = false;
  }
  return usable;
}
