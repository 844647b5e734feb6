/**
 * Where a request is sent from. The host runs the nodes and reaches their addresses; on Linux with kind it is the laptop itself,
 * which besides has the mapped ports on its localhost.
 */
export type Place =
  | { readonly at: 'laptop' }
  | { readonly at: 'host' }
  | { readonly at: 'node'; readonly node: string }
  | { readonly at: 'pod'; readonly namespace: string; readonly pod: string };

export const laptop: Place = { at: 'laptop' };
export const host: Place = { at: 'host' };
export const node = (name: string): Place => ({ at: 'node', node: name });
/** Any pod's name, or a workload as kubectl exec takes it: `deploy/orders`. */
export const pod = (namespace: string, name: string): Place => ({ at: 'pod', namespace, pod: name });

export function placeText(place: Place): string {
  switch (place.at) {
    case 'laptop': case 'host': return place.at;
    case 'node': return `node ${place.node}`;
    case 'pod': return `pod ${place.namespace}/${place.pod}`;
  }
}
