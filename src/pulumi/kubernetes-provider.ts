import * as kubernetes from '@pulumi/kubernetes';
import type * as pulumi from '@pulumi/pulumi';

/** What every provider of this project is told: nothing from the environment, and no taking over of what is there. */
const PROVIDER_SETTINGS = {
  // Creating what exists is an error: it may be GitOps' or somebody else's.
  upsertExistingObjects: false,
  enablePatchForce: false,
  enableServerSideApply: true,
  // Without these a changed value deletes the object and makes it anew, under running Pods.
  enableConfigMapMutable: true,
  enableSecretMutable: true,
} as const satisfies kubernetes.ProviderArgs;

/** The kind cluster of this name, by its own context: whatever context is current, nothing else is touched. */
export function kindProvider(clusterName: string, kubeconfig?: string, options?: pulumi.ResourceOptions): kubernetes.Provider {
  return new kubernetes.Provider(`kind-${clusterName}`, {
    ...PROVIDER_SETTINGS,
    context: `kind-${clusterName}`,
    // Renaming the kubeconfig file or adding contexts to it does not make it another cluster.
    clusterIdentifier: `kind-${clusterName}`,
    ...(kubeconfig !== undefined && { kubeconfig }),
  }, options);
}

/** A GKE cluster, by the kubeconfig of its stack. */
export function gkeProvider(clusterName: string, kubeconfig: pulumi.Input<string>, options?: pulumi.ResourceOptions): kubernetes.Provider {
  return new kubernetes.Provider(`gke-${clusterName}`, { ...PROVIDER_SETTINGS, kubeconfig, clusterIdentifier: `gke-${clusterName}` }, options);
}
