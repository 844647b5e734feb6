/** The two labels that Service and Deployment select by; they never change with rung, version or place in the tree. */
export interface SelectorLabels extends Readonly<Record<string, string>> {
  readonly 'app.kubernetes.io/name': string;
  readonly 'app.kubernetes.io/instance': string;
}

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ */
export function selectorLabels(name: string, instance: string): SelectorLabels {
  return { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': instance };
}

/** The label that every namespace carries with its own name. */
export function namespaceSelector(namespace: string): { readonly matchLabels: Readonly<Record<string, string>> } {
  return { matchLabels: { 'kubernetes.io/metadata.name': namespace } };
}
