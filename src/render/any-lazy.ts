import type { IResolver, ResolutionContext } from 'cdk8s';

/**
 * Resolves lazy values of any copy of cdk8s: an app may bring its own, or have it bundled in, and cdk8s' own resolver knows only
 * the `Lazy` of its own copy.
 */
export const anyLazy: IResolver & { readonly resolvesLazyOnly: true } = {
  resolvesLazyOnly: true,
  resolve(context: ResolutionContext): void {
    const value: unknown = context.value;
    if (typeof value === 'object' && value !== null && 'produce' in value && typeof value.produce === 'function') context.replaceValue(value.produce());
  },
};
