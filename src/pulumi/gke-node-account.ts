import { projects, serviceaccount } from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';

/** What nodes may do: write logs and metrics, and pull images. The default account of Compute Engine may edit the project. */
const NODE_ROLES = ['roles/container.defaultNodeServiceAccount', 'roles/artifactregistry.reader'] as const;

/** The service account of a cluster's nodes. */
export class GkeNodeAccount extends pulumi.ComponentResource {
  readonly email: pulumi.Output<string>;
  /** A node without them cannot register its logs, so it waits. */
  readonly grants: readonly projects.IAMMember[];

  constructor(name: string, args: { readonly clusterName: string; readonly project: string }, options?: pulumi.ComponentResourceOptions) {
    super('service-ladder:gcp:GkeNodeAccount', name, {}, options);
    const account = new serviceaccount.Account(name, {
      accountId: `${args.clusterName}-nodes`, displayName: `Nodes of GKE cluster ${args.clusterName}`,
    }, { parent: this });
    this.email = account.email;
    this.grants = NODE_ROLES.map((role) => new projects.IAMMember(`${name}-${role.slice('roles/'.length)}`, {
      project: args.project, role, member: pulumi.interpolate`serviceAccount:${account.email}`,
    }, { parent: this }));
    this.registerOutputs({});
  }
}
