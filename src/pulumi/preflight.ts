import { buildWorld, check, type Finding, type Profile } from '../explain';
import type { KubeObject } from '../manifest/object';
import type { Manifest } from '../manifest/read';
import type { Problem } from '../model/problem';
import { logicalName } from './logical-name';

/**
 * What the ladder's own check finds in objects that are about to be created. `ignore` are ids of findings. Findings name an
 * object by its logical name, as `pulumi preview` does.
 */
export function findingsIn(objects: readonly KubeObject[], profile: Profile, ignore: readonly string[] = []): readonly Finding[] {
  return check(buildWorld({ objects: objects.map(asManifest), problems: [] }, profile), { ignore }).findings;
}

/** Errors stop a deployment, warnings are said. */
export function problemOf({ id, severity, message, fix, file }: Finding): Problem {
  return { code: id, severity: severity === 'error' ? 'error' : 'warning', path: file, rule: message, fix };
}

/** An object without a file. Its namespace is the one it would get. */
function asManifest(object: KubeObject, index: number): Manifest {
  return { object, file: logicalName(object), line: 1, document: index, lineOf: () => 1 };
}
