import { App, Chart } from 'cdk8s';
import { Environment } from '../../src/constructs/environment';
import { AppNamespace } from '../../src/constructs/namespace';
import type { KubeObject } from '../../src/manifest/object';
import type { Platform } from '../../src/model/platform';
import type { Problem } from '../../src/model/problem';
import { kind } from '../../src/platforms/kind';
import { collect } from '../../src/render/collect';

/** What constructs come to: their objects as they are written, and what is wrong with them. */
export interface Built {
  readonly objects: readonly KubeObject[];
  readonly problems: readonly Problem[];
}

/** In an environment, inside the namespace `shop`. */
export function built(build: (shop: AppNamespace, environment: Environment) => unknown, platform: Platform = kind({ cloudProviderKind: true })): Built {
  const app = new App();
  const environment = new Environment(app, 'test', { platform });
  build(new AppNamespace(environment, 'shop'), environment);
  return finish(app, 'test');
}

/** In anybody's own chart, with no environment around. */
export function builtAlone(build: (chart: Chart) => unknown, namespace?: string): Built {
  const app = new App();
  build(new Chart(app, 'chart', { ...(namespace !== undefined && { namespace }) }));
  return finish(app);
}

function finish(app: App, where?: string): Built {
  const { objects, problems } = collect(app, where);
  return { objects: objects.map(({ object }) => object), problems };
}

/** The one object of a kind and name. */
export function find({ objects }: Pick<Built, 'objects'>, kind: string, name: string): KubeObject {
  const found = objects.filter((object) => object.kind === kind && object.metadata.name === name);
  const [object, ...more] = found;
  if (!object || more.length > 0) throw new Error(`${found.length} ${kind} ${name} among ${objects.map((each) => `${each.kind} ${each.metadata.name}`).join(', ')}`);
  return object;
}

/** The spec of the one object of a kind and name. */
export function specOf(made: Pick<Built, 'objects'>, kind: string, name: string): Record<string, unknown> {
  return find(made, kind, name).spec as Record<string, unknown>;
}

/** Codes with their severity and path, in order: `error PORT_RANGE test/shop/web port.containerPort`. */
export function told({ problems }: Pick<Built, 'problems'>): string[] {
  return problems.map(({ severity, code, path }) => `${severity} ${code} ${path}`);
}
