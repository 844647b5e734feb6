import type { IResolver, Lazy, ResolutionContext } from 'cdk8s';

const RTTI = Symbol.for('jsii.rtti');

/** What every copy and version of a class of cdk8s says of itself. */
export function jsiiClassOf(value: object): { readonly fqn?: string; readonly version?: string } {
  return (value.constructor as { readonly [RTTI]?: { readonly fqn: string; readonly version: string } } | undefined)?.[RTTI] ?? {};
}

/** Whether it is the `Lazy` of any copy of cdk8s. */
export function isLazy(value: object): value is Lazy {
  return jsiiClassOf(value).fqn === 'cdk8s.Lazy';
}

/**
 * Resolves lazy values of any copy of cdk8s: an app may bring its own, or have it bundled in, and cdk8s' own resolver knows only
 * the `Lazy` of its own copy.
 */
export const anyLazy: IResolver = {
  resolve(context: ResolutionContext): void {
    const value: unknown = context.value;
    if (typeof value === 'object' && value !== null && isLazy(value)) context.replaceValue(value.produce());
  },
};
