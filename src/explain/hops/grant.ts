import { gatewayGroup } from '../world/gateways';
import type { World } from '../world/world';

/** Does a ReferenceGrant in the namespace of a core object let somebody of the Gateway API in another namespace name it? */
export function isGranted({ grants }: Pick<World, 'grants'>, by: { readonly kind: string; readonly namespace: string }, what: { readonly kind: 'Service' | 'Secret'; readonly namespace: string; readonly name: string }): boolean {
  return grants.some((grant) => grant.namespace === what.namespace
    && grant.from.some((from) => from.group === gatewayGroup && from.kind === by.kind && from.namespace === by.namespace)
    && grant.to.some((to) => to.group === '' && to.kind === what.kind && (to.name === undefined || to.name === '' || to.name === what.name)));
}
