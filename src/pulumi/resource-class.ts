import * as kubernetes from '@pulumi/kubernetes';
import type * as pulumi from '@pulumi/pulumi';
import { apiGroup, type KubeObject } from '../manifest/object';
import { sdkModule } from './resource-type';

type ResourceClass = new (name: string, inputs: KubeObject, options: pulumi.CustomResourceOptions) => pulumi.CustomResource;

/** The SDK's class for an object: it knows former API versions and marks secrets. The kinds of CRDs share one. */
export function resourceClass({ apiVersion, kind }: Pick<KubeObject, 'apiVersion' | 'kind'>): ResourceClass {
  const group = apiGroup(apiVersion);
  const version = apiVersion.slice(group === '' ? 0 : group.length + 1);
  const name = sdkModule(group);
  const sdk = kubernetes as unknown as Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, ResourceClass | undefined>> | undefined>> | undefined>>;
  return (name === undefined ? undefined : sdk[name]?.[version]?.[kind]) ?? (kubernetes.apiextensions.CustomResource as ResourceClass);
}
