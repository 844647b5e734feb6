import type { Draft } from '../findings/draft';
import { backendDraft } from '../hops/ingress-backend';
import { referenceDraft } from '../hops/route-backend';
import { backendsOf } from '../world/ingresses';
import type { World } from '../world/world';

/** Backends that are not there, also of rules that no request can be made for: regular expressions, hosts that no client can write. */
export function* backendDrafts(world: World): Generator<Draft> {
  for (const ingress of world.ingresses) {
    for (const backend of backendsOf(ingress)) yield* given(backendDraft(world, ingress, backend));
  }
  for (const route of world.routes) {
    const backends = route.rules.flatMap((rule) => rule.backends.filter(({ weight }) => weight > 0));
    for (const backend of backends) yield* given(referenceDraft(world, route, backend));
  }
}

function given<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value];
}
