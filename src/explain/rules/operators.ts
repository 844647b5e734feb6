import { apiGroup } from '../../manifest/object';
import type { Manifest } from '../../manifest/read';
import type { Service } from '../world/services';
import type { World } from '../world/world';

const builtIn = /^$|^(apps|batch|autoscaling|policy|extensions)$|\.k8s\.io$|^kind\.x-k8s\.io$/;

/** Groups and kinds of custom resources that configure, and make no pods. */
const configures = /^(skaffold|metallb\.io|traefik\.(io|containo\.us)|(acme\.)?cert-manager\.io|(networking|security|telemetry)\.istio\.io|(networking\.gke|cloud\.google)\.(io|com)|cilium\.io|bitnami\.com|external-secrets\.io|keda\.sh)$/;
const configuringKinds = /^(ServiceMonitor|PodMonitor|PrometheusRule|Probe|AppProject|Kustomization|GitRepository)$/;

function mayMakePods({ object }: Manifest): boolean {
  const group = apiGroup(object.apiVersion);
  return object.metadata.name !== '' && !builtIn.test(group) && !configures.test(group) && !configuringKinds.test(object.kind);
}

const operated = new WeakMap<World, Map<string, boolean>>();

/** A custom resource of the namespace, or a definition of some, in the same input: its operator may make what the input lacks. */
export function mayHaveOperator(world: World, namespace: string): boolean {
  const known = operated.get(world) ?? new Map<string, boolean>();
  operated.set(world, known);
  const found = known.get(namespace) ?? ([...world.kinds].some((kind) => kind.endsWith('/CustomResourceDefinition'))
    || world.manifests.objects.some((manifest) => mayMakePods(manifest) && (manifest.object.metadata.namespace ?? namespace) === namespace));
  known.set(namespace, found);
  return found;
}

/** Is there a custom resource that goes by the Service's name or labels, from which an operator makes the pods? */
export function isOperated(world: World, service: Service): boolean {
  const names = new Set([service.name, ...Object.values(service.selector ?? {})]);
  const live = world.allPods.some((pod) => pod.live && pod.namespace === service.namespace);
  return !live && world.manifests.objects.some((manifest) => mayMakePods(manifest) && manifest.object.metadata.namespace === service.namespace
    && (names.has(manifest.object.metadata.name) || service.name.includes(manifest.object.metadata.name)));
}
