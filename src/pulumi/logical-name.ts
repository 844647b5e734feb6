import { apiGroup, type KubeObject } from '../manifest/object';

/**
 * What Pulumi's state calls an object: `apps/Deployment/shop/orders`, `Namespace/shop`. It is what the API server tells objects
 * apart by. So a construct that moves in the tree, or an API version that grows up, is no other resource.
 */
export function logicalName({ apiVersion, kind, metadata: { namespace, name } }: KubeObject): string {
  return nameOf(apiGroup(apiVersion), kind, namespace, name);
}

/** The same of an object that another one names. */
export function nameOf(group: string, kind: string, namespace: string | undefined, name: string): string {
  return `${group === '' ? '' : `${group}/`}${kind}/${namespace ? `${namespace}/` : ''}${name}`;
}
