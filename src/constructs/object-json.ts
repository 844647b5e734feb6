import { ApiObject, App } from 'cdk8s';
import type { KubeObject } from '../manifest/object';

const RTTI = Symbol.for('jsii.rtti');
/** The version of cdk8s whose `toJson` is repeated here; any other is asked itself. */
const KNOWN = '2.70.106';
const UNUSUAL = new Error('not plain');

/**
 * What `construct.toJson()` returns, in a fraction of the time: cdk8s walks the values twice and asks every resolver at each of
 * them. Where anything is out of the ordinary (another version, patches, resolvers, values that are not plain), cdk8s is asked.
 */
export function objectJson(construct: ApiObject): KubeObject {
  const { props, patches } = construct as unknown as { readonly props: object; readonly patches: readonly unknown[] };
  if (!isOrdinary(construct) || patches.length > 0) return construct.toJson() as KubeObject;
  try {
    const { apiVersion, kind, metadata, ...rest } = plain({ ...props, metadata: construct.metadata.toJson() as unknown }) as KubeObject;
    return { apiVersion, kind, metadata, ...rest };
  } catch (error) {
    if (error === UNUSUAL) return construct.toJson() as KubeObject;
    throw error;
  }
}

function isOrdinary(construct: ApiObject): boolean {
  // The class may be of another copy of cdk8s, so it is known by what every copy says of it.
  let owner: object = construct;
  while (!Object.hasOwn(owner, 'toJson')) owner = Object.getPrototypeOf(owner) as object;
  const { fqn, version } = (owner.constructor as { readonly [RTTI]?: { readonly fqn: string; readonly version: string } })[RTTI] ?? {};
  if (fqn !== 'cdk8s.ApiObject' || version !== KNOWN || process.env['CDK8S_DISABLE_SORT']) return false;
  const { resolvers } = App.of(construct) as unknown as { readonly resolvers: readonly { readonly resolvesLazyOnly?: boolean }[] };
  return resolvers.filter(({ resolvesLazyOnly }) => !resolvesLazyOnly).length === 3;
}

/** Resolved, without what is null or undefined, keys sorted. */
function plain(value: unknown): unknown {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object') throw UNUSUAL;
  if (value.constructor !== Object) {
    if (value.constructor?.name === 'Lazy' && 'produce' in value && typeof value.produce === 'function') return plain(value.produce());
    throw UNUSUAL;
  }
  if ('resolve' in value) throw UNUSUAL;
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) {
    const inner = plain((value as Record<string, unknown>)[key]);
    if (inner !== undefined) result[key] = inner;
  }
  return result;
}
