import { App } from 'cdk8s';
import { Environment } from '../../../src/constructs/environment';
import { AppNamespace } from '../../../src/constructs/namespace';
import type { KubeObject } from '../../../src/manifest/object';
import type { Problem } from '../../../src/model/problem';
import { kind } from '../../../src/platforms/kind';
import { collect } from '../../../src/render/collect';
import type { Api, Reply } from '../cluster/api';

/** What we say of a description, and the objects that it comes to all the same. */
export interface Ours {
  readonly errors: readonly Problem[];
  readonly objects: readonly KubeObject[];
}

/** A refusal by the API server: the object's kind, the field, and what it says. */
export interface Refusal {
  readonly field: string;
  readonly message: string;
}

export const NAMESPACE = 'agree';

/** Renders one description into a namespace of the cluster. */
export function ours(build: (namespace: AppNamespace) => void): Ours {
  const app = new App();
  build(new AppNamespace(new Environment(app, 'agree', { platform: kind({ cloudProviderKind: true }) }), NAMESPACE));
  const { objects, problems } = collect(app);
  return {
    errors: problems.filter(({ severity }) => severity === 'error'),
    objects: objects.map(({ object }) => object).filter((object) => object.kind !== 'Namespace' && object.metadata.name !== 'default-deny'),
  };
}

/** What the API server would refuse of these objects. */
export async function theirs(api: Api, objects: readonly KubeObject[]): Promise<readonly Refusal[]> {
  const replies = await Promise.all(objects.map(async (object) => refusals(object, await api.dryRun(object))));
  return replies.flat();
}

function refusals({ kind: of }: KubeObject, { status, body }: Reply): readonly Refusal[] {
  if (status < 300) return [];
  const causes = body.details?.causes ?? [];
  // A value of the wrong type is refused while it is read, before there are fields.
  const [, decoded] = /Go struct field (\S+)/.exec(body.message ?? '') ?? [];
  if (causes.length === 0 || decoded !== undefined) return [{ field: `${of} ${decoded ?? ''}`, message: body.message ?? String(status) }];
  return causes.map(({ field, message }) => ({ field: `${of} ${field ?? ''}`, message: message ?? '' }));
}
