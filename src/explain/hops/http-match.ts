/** Matching of hosts and paths, by the rules that Ingress (networking.k8s.io/v1) and HTTPRoute share: names by label, prefixes by path element. */

/** How well a pattern (`''`, `shop.example.com`, `*.example.com`) fits a host: 0 not at all, more for the more specific. */
export function hostFit(pattern: string | undefined, host: string, wildcardLabels: 'one' | 'many'): number {
  if (pattern === undefined || pattern === '' || pattern === '*') return 1;
  if (pattern === host) return 1_000_000 + pattern.length;
  if (!pattern.startsWith('*.')) return 0;
  const suffix = pattern.slice(1);
  if (!host.endsWith(suffix) || host.length <= suffix.length) return 0;
  const labels = host.slice(0, -suffix.length);
  return wildcardLabels === 'one' && labels.includes('.') ? 0 : 1000 + pattern.length;
}

/** A host that a pattern takes. */
export function hostLike(pattern: string | undefined): string {
  return (pattern || 'any.example').replace('*', 'any');
}

/** Do two patterns have a host in common? */
export function hostsMeet(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined || a === '' || b === '') return true;
  const covers = (pattern: string, other: string): boolean => pattern.startsWith('*.') && other.endsWith(pattern.slice(1));
  return a === b || covers(a, b) || covers(b, a);
}

/** A prefix by path element: `/foo` fits `/foo` and `/foo/bar`, not `/foobar`; a trailing slash of the prefix does not matter. */
export function prefixFits(prefix: string, path: string): boolean {
  const base = prefix.replace(/\/+$/, '');
  return base === '' || path === base || path.startsWith(`${base}/`);
}

/** A regular expression of a manifest, or undefined when it is none. Hostile ones are cut off by length. */
export function expression(source: string, flags = ''): RegExp | undefined {
  if (source.length > 500 || /\([^)]*[+*][^)]*\)[+*{]/.test(source)) return undefined;
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}
