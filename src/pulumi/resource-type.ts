import { apiGroup, type KubeObject } from '../manifest/object';

/**
 * The modules of `@pulumi/kubernetes` by API group. Written out: taking the group's first label for a module would give
 * `policy.networking.k8s.io` the classes of `policy`.
 */
const SDK_MODULES: ReadonlyMap<string, string> = new Map([
  ['', 'core'],
  ['admissionregistration.k8s.io', 'admissionregistration'],
  ['apiextensions.k8s.io', 'apiextensions'],
  ['apiregistration.k8s.io', 'apiregistration'],
  ['apps', 'apps'],
  ['autoscaling', 'autoscaling'],
  ['batch', 'batch'],
  ['certificates.k8s.io', 'certificates'],
  ['coordination.k8s.io', 'coordination'],
  ['discovery.k8s.io', 'discovery'],
  ['events.k8s.io', 'events'],
  ['flowcontrol.apiserver.k8s.io', 'flowcontrol'],
  ['networking.k8s.io', 'networking'],
  ['node.k8s.io', 'node'],
  ['policy', 'policy'],
  ['rbac.authorization.k8s.io', 'rbac'],
  ['resource.k8s.io', 'resource'],
  ['scheduling.k8s.io', 'scheduling'],
  ['storage.k8s.io', 'storage'],
  ['storagemigration.k8s.io', 'storagemigration'],
]);

/** The module of `@pulumi/kubernetes` that has classes for this group; none for the groups of CRDs. */
export function sdkModule(group: string): string | undefined {
  return SDK_MODULES.get(group);
}

/** Pulumi's type token, e.g. `kubernetes:apps/v1:Deployment`; Pulumi calls the core group by its name. */
export function resourceType({ apiVersion, kind }: Pick<KubeObject, 'apiVersion' | 'kind'>): string {
  return `kubernetes:${apiGroup(apiVersion) === '' ? `core/${apiVersion}` : apiVersion}:${kind}`;
}
