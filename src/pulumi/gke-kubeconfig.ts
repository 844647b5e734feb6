/**
 * A kubeconfig for the cluster's DNS endpoint: whoever may use it, IAM says, and the token comes from gcloud's plugin, so that no
 * secret is in it. The endpoint's certificate is a public one, hence no certificate authority.
 */
export function gkeKubeconfig({ context, endpoint }: { readonly context: string; readonly endpoint: string }): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': context,
    clusters: [{ name: context, cluster: { server: `https://${endpoint}` } }],
    contexts: [{ name: context, context: { cluster: context, user: context } }],
    users: [{
      name: context,
      user: {
        exec: {
          apiVersion: 'client.authentication.k8s.io/v1beta1',
          command: 'gke-gcloud-auth-plugin',
          installHint: 'Install it with: gcloud components install gke-gcloud-auth-plugin',
          provideClusterInfo: true,
        },
      },
    }],
  });
}
