import { buildWorld, check, type Finding, type Profile } from '../explain';
import { inMemory } from '../manifest/in-memory';
import type { KubeObject } from '../manifest/object';
import type { Problem } from '../model/problem';
import { logicalName } from './logical-name';

/**
 * What the ladder's own check finds in objects that are about to be created. `ignore` are ids of findings. Findings name an
 * object by its logical name, as `pulumi preview` does.
 */
export function findingsIn(objects: readonly KubeObject[], profile: Profile, ignore: readonly string[] = []): readonly Finding[] {
  return check(buildWorld(inMemory(objects, logicalName), profile), { ignore }).findings;
}

/** Errors stop a deployment, warnings are said. */
export function problemOf({ id, severity, message, fix, file }: Finding): Problem {
  return { code: id, severity: severity === 'error' ? 'error' : 'warning', path: file, rule: message, fix };
}
