import { Microservice } from '../../src/constructs/services/microservice';
import type { MicroserviceProps } from '../../src/constructs/services/microservice-props';
import type { AppNamespace } from '../../src/constructs/namespace';
import { built, specOf } from './built';

/** A container as far as these tests look into it. */
export type Container = Readonly<Record<string, unknown>>;

/** A Pod template of a Deployment. */
export interface Template {
  readonly metadata: { readonly labels: Readonly<Record<string, string>>; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: Readonly<Record<string, unknown>> & { readonly containers: readonly [Container]; readonly initContainers?: readonly Container[] };
}

export const IMAGE = 'example.com/web:1.0.0';

/** A service `web` on port 8080 with these options beside; anything wrong with it fails the test. */
export function podOf(options: Partial<MicroserviceProps> | ((shop: AppNamespace) => Partial<MicroserviceProps>)): Template {
  const made = built((shop) => {
    const given = typeof options === 'function' ? options(shop) : options;
    new Microservice(shop, 'web', { image: IMAGE, ...(given.ports === undefined && { port: 8080 }), ...given });
  });
  expect(made.problems).toEqual([]);
  return specOf(made, 'Deployment', 'web').template as Template;
}

/** The service's own container. */
export function containerOf(options: Parameters<typeof podOf>[0]): Container {
  return podOf(options).spec.containers[0];
}
