import { type ApiObject, App, type IResolver } from 'cdk8s';
import type { KubeObject, ObjectMeta } from '../manifest/object';
import { anyLazy, isLazy, jsiiClassOf } from './any-lazy';

/** The version of cdk8s whose `toJson` is repeated here; any other is asked itself. */
const KNOWN = '2.70.106';
const CDK8S_RESOLVERS = 3;
const UNUSUAL = new Error('not plain');

/**
 * What `construct.toJson()` returns, in a fraction of the time: cdk8s walks the values twice and asks every resolver at each of
 * them. Where anything is out of the ordinary (another version, patches, resolvers, values that are not plain), cdk8s is asked.
 */
export function objectJson(construct: ApiObject): KubeObject {
  const { props, patches } = construct as unknown as { readonly props: object; readonly patches: readonly unknown[] };
  if (!isOrdinary(construct) || patches.length > 0) return construct.toJson() as KubeObject;
  try {
    const { apiVersion, kind, metadata: _, ...rest } = plain(props) as KubeObject;
    return { apiVersion, kind, metadata: metadataJson(construct), ...rest };
  } catch (error) {
    if (error === UNUSUAL) return construct.toJson() as KubeObject;
    throw error;
  }
}

function isOrdinary(construct: ApiObject): boolean {
  let owner: object = construct;
  while (!Object.hasOwn(owner, 'toJson')) owner = Object.getPrototypeOf(owner) as object;
  const { fqn, version } = jsiiClassOf(owner);
  if (fqn !== 'cdk8s.ApiObject' || version !== KNOWN || process.env['CDK8S_DISABLE_SORT']) return false;
  const { resolvers } = App.of(construct) as unknown as { readonly resolvers: readonly IResolver[] };
  return resolvers.filter((resolver) => resolver !== anyLazy).length === CDK8S_RESOLVERS;
}

/** As `construct.metadata.toJson()`, which leaves out what is empty. */
function metadataJson({ metadata }: ApiObject): ObjectMeta {
  const { _additionalAttributes: more, name, namespace, annotations, finalizers, ownerReferences, labels } = metadata as unknown as ObjectMeta & { readonly _additionalAttributes: object };
  return plain({ ...more, name, namespace, annotations, finalizers, ownerReferences, labels }, false) as ObjectMeta;
}

/** Resolved, without what is null or undefined, keys sorted. */
function plain(value: unknown, keepsEmpty = true): unknown {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) return value.length > 0 || keepsEmpty ? value.map((item) => plain(item, keepsEmpty)) : undefined;
  if (typeof value !== 'object') throw UNUSUAL;
  if (value.constructor !== Object) {
    if (isLazy(value)) return plain(value.produce(), keepsEmpty);
    throw UNUSUAL;
  }
  if ('resolve' in value) throw UNUSUAL;
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) {
    const inner = plain((value as Record<string, unknown>)[key], keepsEmpty);
    if (inner !== undefined) result[key] = inner;
  }
  return keepsEmpty || Object.keys(result).length > 0 ? result : undefined;
}
