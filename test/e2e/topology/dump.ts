import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { buildWorld, type World } from '../../../src/explain';
import { readManifests } from '../../../src/manifest/read';
import type { Api, LiveObject } from '../cluster/api';
import { hasLoadBalancers } from '../cluster/ground';

const KINDS = [
  ['v1', 'Node'], ['v1', 'Namespace'], ['v1', 'Pod'], ['v1', 'Service'], ['discovery.k8s.io/v1', 'EndpointSlice'], ['apps/v1', 'Deployment'], ['apps/v1', 'ReplicaSet'],
  ['networking.k8s.io/v1', 'NetworkPolicy'], ['networking.k8s.io/v1', 'Ingress'], ['networking.k8s.io/v1', 'IngressClass'],
  ['gateway.networking.k8s.io/v1', 'GatewayClass'], ['gateway.networking.k8s.io/v1', 'Gateway'], ['gateway.networking.k8s.io/v1', 'HTTPRoute'],
  ['gateway.networking.k8s.io/v1beta1', 'ReferenceGrant'],
] as const;

/** What `kubectl get -A -o yaml` of everything that routes requests would print. */
export async function dump(api: Api): Promise<readonly LiveObject[]> {
  return (await Promise.all(KINDS.map(([apiVersion, kind]) => api.list(apiVersion, kind)))).flat();
}

/** The cluster as `ladder explain` reads it: a live dump, and the config that kind made the nodes of. */
export function worldOf(objects: readonly LiveObject[]): World {
  const kindConfig = execFileSync('node', [join(__dirname, '..', 'kind-config.mjs')], { encoding: 'utf8' });
  const manifests = readManifests([
    { file: 'dump.json', text: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }) },
    { file: 'kind-cluster.yaml', text: kindConfig },
  ]);
  return buildWorld(manifests, { platform: 'kind', loadBalancer: hasLoadBalancers ? 'the lab' : false });
}
