import { ApiObject, Lazy } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { GATEWAY_GROUP } from '../../model/gateway-api';
import { Environment } from '../environment';

/** What one namespace lets another refer to: kinds of objects there, names here. */
export interface Reference {
  readonly from: { readonly kind: 'HTTPRoute' | 'Gateway'; readonly namespace: string };
  readonly to: { readonly kind: 'Service' | 'Secret'; readonly namespace: string; readonly name: string };
}

const grantsByBoundary = new WeakMap<IConstruct, Map<string, Set<string>>>();

/**
 * Lets an object of one namespace name one of another, as the owner of the latter must. There is one grant for each pair of
 * namespaces and kinds, which lists the names.
 *
 * @see https://gateway-api.sigs.k8s.io/api-types/referencegrant/
 */
export function grantReference(scope: Construct, { from, to }: Reference): void {
  const boundary = Environment.boundaryOf(scope);
  const grants = grantsByBoundary.get(boundary) ?? new Map<string, Set<string>>();
  grantsByBoundary.set(boundary, grants);
  const grant = `${from.kind}s-of-${from.namespace}-to-${to.kind}s`.toLowerCase();
  const key = `${to.namespace}/${grant}`;
  const names = grants.get(key);
  if (names) {
    names.add(to.name);
    return;
  }
  const granted = new Set([to.name]);
  grants.set(key, granted);
  new ApiObject(scope, `ReferenceGrant-${to.namespace}-${grant}`, {
    // v1 is new in Gateway API 1.5; every version serves v1beta1.
    apiVersion: `${GATEWAY_GROUP}/v1beta1`,
    kind: 'ReferenceGrant',
    metadata: { name: grant, namespace: to.namespace },
    spec: {
      from: [{ group: GATEWAY_GROUP, kind: from.kind, namespace: from.namespace }],
      to: Lazy.any({ produce: () => [...granted].sort().map((name) => ({ group: '', kind: to.kind, name })) }),
    },
  });
}
