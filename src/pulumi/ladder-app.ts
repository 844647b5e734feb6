import * as pulumi from '@pulumi/pulumi';
import type { Platform } from '../model/platform';
import type { LayeredObject } from '../render/collect';
import { nameOf } from './logical-name';
import { plan, type PlannedResource, type PlanOptions } from './plan';
import { resourceClass } from './resource-class';

/** Arguments of a {@link LadderApp}. */
export interface LadderAppArgs extends PlanOptions {
  /** What was rendered: `collect(...)`, and `secretObject(...)` for values that are known only when deploying. */
  readonly objects: readonly LayeredObject[];

  /** Where it goes: it decides for which addresses Pulumi waits. */
  readonly platform: Platform;
}

/** Rendered objects as Pulumi resources, one typed resource each. Pass the cluster's provider as an option. */
export class LadderApp extends pulumi.ComponentResource {
  private readonly resources = new Map<string, pulumi.CustomResource>();

  constructor(name: string, { objects, platform, ...options }: LadderAppArgs, resourceOptions?: pulumi.ComponentResourceOptions) {
    super('service-ladder:kubernetes:LadderApp', name, {}, resourceOptions);
    for (const planned of plan(objects, platform, options)) this.resources.set(planned.name, this.create(planned));
    this.registerOutputs({});
  }

  /** The resource of an object; undefined where there is none such. */
  find(group: string, kind: string, namespace: string | undefined, name: string): pulumi.CustomResource | undefined {
    return this.resources.get(nameOf(group, kind, namespace, name));
  }

  private create({ name, inputs, dependsOn, timeouts, formerTypes }: PlannedResource): pulumi.CustomResource {
    const Resource = resourceClass(inputs);
    return new Resource(name, inputs, {
      parent: this,
      dependsOn: dependsOn.flatMap((other) => this.resources.get(other) ?? []),
      ...(timeouts && { customTimeouts: timeouts }),
      ...(formerTypes.length > 0 && { aliases: formerTypes.map((type) => ({ type })) }),
    });
  }
}
