import type * as pulumi from '@pulumi/pulumi';
import type { KubeObject } from '../manifest/object';
import type { LayeredObject } from '../render/collect';

/** A Secret whose values come with the deployment, e.g. from `config.requireSecretObject`. */
export interface SecretArgs {
  /** The namespace of the workloads that read it. */
  readonly namespace: string;
  /** The Secret's name. */
  readonly name: string;

  /**
   * The Secret's type.
   *
   * @default 'Opaque'
   */
  readonly type?: string;

  /** Its keys and values; Pulumi encrypts them in its state. */
  readonly values: pulumi.Input<Readonly<Record<string, pulumi.Input<string>>>>;
}

/**
 * The one object that may hold Pulumi Outputs. It is no part of the rendered manifests, where a secret has no place; workloads
 * that name it wait for it.
 */
export function secretObject({ namespace, name, type, values }: SecretArgs): LayeredObject {
  const object: KubeObject = { apiVersion: 'v1', kind: 'Secret', metadata: { namespace, name }, type: type ?? 'Opaque', stringData: values };
  return { layer: 'workloads', object };
}
