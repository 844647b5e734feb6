import * as kubernetes from '@pulumi/kubernetes';
import type * as pulumi from '@pulumi/pulumi';

/** What both kinds of cluster can be told. */
export interface ClusterProviderArgs {
  /** The cluster's name. */
  readonly clusterName: string;

  /**
   * Take over objects that are in the cluster already, e.g. after a run that was killed. Otherwise creating them is an error: they may be GitOps' or
   * somebody else's.
   *
   * @default false
   */
  readonly adoptExisting?: boolean;
}

/** The kind cluster of this name, by its own context: whatever context is current, nothing else is touched. */
export function kindProvider(args: ClusterProviderArgs & { readonly kubeconfig?: string }, options?: pulumi.ResourceOptions): kubernetes.Provider {
  const context = `kind-${args.clusterName}`;
  return new kubernetes.Provider(context, {
    ...settings(args), context, clusterIdentifier: context, ...(args.kubeconfig !== undefined && { kubeconfig: args.kubeconfig }),
  }, options);
}

/** A GKE cluster, by the kubeconfig of its stack. */
export function gkeProvider(args: ClusterProviderArgs & { readonly kubeconfig: pulumi.Input<string> }, options?: pulumi.ResourceOptions): kubernetes.Provider {
  const name = `gke-${args.clusterName}`;
  return new kubernetes.Provider(name, { ...settings(args), kubeconfig: args.kubeconfig, clusterIdentifier: name }, options);
}

/** Written out, so that no environment variable says otherwise. A `clusterIdentifier` beside them: a changed kubeconfig is no other cluster. */
function settings({ adoptExisting = false }: ClusterProviderArgs): kubernetes.ProviderArgs {
  return {
    upsertExistingObjects: adoptExisting,
    enablePatchForce: false,
    enableServerSideApply: true,
    // Without these a changed value deletes the object and makes it anew, under running Pods.
    enableConfigMapMutable: true,
    enableSecretMutable: true,
  };
}
