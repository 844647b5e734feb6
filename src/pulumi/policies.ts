/**
 * The findings of `ladder check` as a Pulumi policy pack.
 *
 * @module service-ladder/pulumi/policies
 */
import type { EnforcementLevel, PolicyResource, StackValidationPolicy } from '@pulumi/policy';
import { catalogue, type Finding, type FindingRule, type Profile } from '../explain';
import { at, isFields } from '../manifest/fields';
import type { KubeObject } from '../manifest/object';
import { logicalName } from './logical-name';
import { findingsIn } from './preflight';

/**
 * Every finding as a policy of its own, so that a team can say of each whether it stops a deployment: errors do, warnings are
 * said, notes are off. They look at all Kubernetes resources of a stack, whoever made them.
 */
export function findingPolicies(profile: Profile = {}): StackValidationPolicy[] {
  const findings = onceForTheSame((objects) => findingsIn(objects, profile));
  return catalogue.map((rule): StackValidationPolicy => ({
    name: rule.id.toLowerCase(),
    description: rule.title,
    enforcementLevel: levelOf(rule),
    validateStack: ({ resources }, reportViolation) => {
      const objects = resources.flatMap(kubernetesObject);
      for (const { id, message, fix, file } of findings(objects.map(({ object }) => object))) {
        if (id === rule.id) reportViolation(`${file}: ${message} ${fix}`, objects.find(({ object }) => logicalName(object) === file)?.urn);
      }
    },
  }));
}

const LEVELS: Readonly<Record<FindingRule['severity'], EnforcementLevel>> = { error: 'mandatory', warning: 'advisory', note: 'disabled' };

function levelOf({ severity }: FindingRule): EnforcementLevel {
  return LEVELS[severity];
}

interface PlacedResource {
  readonly urn: string;
  readonly object: KubeObject;
}

function kubernetesObject({ type, urn, props }: PolicyResource): PlacedResource[] {
  if (!type.startsWith('kubernetes:')) return [];
  const object = known(props);
  return isObject(object) ? [{ urn, object }] : [];
}

function isObject(value: unknown): value is KubeObject {
  return isFields(value) && typeof value['apiVersion'] === 'string' && typeof value['kind'] === 'string' && typeof at(value, 'metadata', 'name') === 'string';
}

/** A copy of what is known: in a preview, a look at anything else raises an error. */
function known(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((_, index) => tryKnown(value, index));
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.keys(value).flatMap((key) => {
    const inner = tryKnown(value, key);
    return inner === undefined ? [] : [[key, inner]];
  }));
}

function tryKnown(holder: object, key: string | number): unknown {
  try {
    return known((holder as Record<string | number, unknown>)[key]);
  } catch {
    return undefined;
  }
}

/** Each policy is handed the stack by itself; it is checked once. */
function onceForTheSame(find: (objects: readonly KubeObject[]) => readonly Finding[]): typeof find {
  let last: { readonly key: string; readonly findings: readonly Finding[] } | undefined;
  return (objects) => {
    const key = JSON.stringify(objects);
    if (last?.key !== key) last = { key, findings: find(objects) };
    return last.findings;
  };
}
