import { at, list, text } from '../manifest/fields';
import { apiGroup, type KubeObject } from '../manifest/object';
import type { Platform } from '../model/platform';
import { type Problem, ProblemError } from '../model/problem';
import type { LayeredObject } from '../render/collect';
import { SKIP_AWAIT, type Timeouts, timeoutsOf, waitsInVain } from './await';
import { logicalName, nameOf } from './logical-name';
import { inOrder, type Order } from './order';
import { ownershipProblems } from './ownership';
import { references } from './references';
import { resourceType, sdkModule } from './resource-type';

/** What Pulumi will be told of one object. */
export interface PlannedResource {
  /** Pulumi's type token, e.g. `kubernetes:apps/v1:Deployment`. */
  readonly type: string;
  /** What the state calls it; `apps/Deployment/shop/orders`, `Namespace/shop`. */
  readonly name: string;
  /** The rendered object itself. The one difference there may be is the annotation `pulumi.com/skipAwait`. */
  readonly inputs: KubeObject;
  /** Logical names of what has to be there first. On the way down it is the other way round. */
  readonly dependsOn: readonly string[];

  /**
   * How long Pulumi waits for it.
   *
   * @default the provider's own
   */
  readonly timeouts?: Timeouts;

  /** Type tokens under which an earlier version of this program may have made it. */
  readonly formerTypes: readonly string[];
}

/** Options of {@link plan}. */
export interface PlanOptions {
  /**
   * What constructs asked for with `node.addDependency`, by logical name.
   *
   * @default none
   */
  readonly orders?: readonly Order[];
}

/**
 * What becomes of rendered objects, in the order in which they are made. Time and edges are linear in the objects.
 *
 * @throws ProblemError with every object that GitOps owns, that is there twice, or that waits for itself
 */
export function plan(objects: readonly LayeredObject[], platform: Platform, options: PlanOptions = {}): PlannedResource[] {
  const named = new Map<string, KubeObject>();
  const problems: Problem[] = [];
  for (const { object } of objects) {
    const name = logicalName(object);
    if (named.has(name)) problems.push(twice(name));
    named.set(name, object);
    problems.push(...ownershipProblems(object));
  }
  const crds = crdsOf(named);
  const direct = new Map([...named].map(([name, object]) => [name, [...references(object), ...(crds.get(definedKind(object))?.names ?? [])]]));
  const ordered = inOrder(direct, [controllersFirst(objects), ...(options.orders ?? [])]);
  if ('cycle' in ordered) problems.push(circle(ordered.cycle, ordered.why));
  if (problems.length > 0 || 'cycle' in ordered) throw new ProblemError(problems);

  const isBalanced = ({ layer, object }: LayeredObject): boolean => layer === 'controllers' && object.kind === 'Service' && at(object, 'spec', 'type') === 'LoadBalancer';
  const fronts = { haveLoadBalancer: objects.some(isBalanced) };
  return [...ordered.waits].flatMap(([name, dependsOn]): PlannedResource[] => {
    const object = named.get(name);
    if (object === undefined) return [];
    const timeouts = timeoutsOf(object);
    const type = resourceType(object);
    const types = (crds.get(definedKind(object))?.versions ?? []).map((apiVersion) => resourceType({ apiVersion, kind: object.kind }));
    return [{
      type,
      name,
      inputs: waitsInVain(object, platform, fronts) ? withoutAwait(object) : object,
      dependsOn,
      ...(timeouts && { timeouts }),
      formerTypes: types.filter((other) => other !== type),
    }];
  });
}

const WORKLOADS: ReadonlySet<string> = new Set(['Deployment', 'DaemonSet', 'StatefulSet', 'Job']);

/** Routes, and objects of a controller's own kinds, come when the controllers run: their webhooks have to answer by then. */
function controllersFirst(objects: readonly LayeredObject[]): Order {
  const waits = ({ layer, object }: LayeredObject): boolean => (
    layer === 'routes' || (layer === 'workloads' && sdkModule(apiGroup(object.apiVersion)) === undefined)
  );
  return {
    before: objects.filter(({ layer, object }) => layer === 'controllers' && WORKLOADS.has(object.kind)).map(({ object }) => logicalName(object)),
    after: objects.filter(waits).map(({ object }) => logicalName(object)),
    why: 'routes wait for controllers',
  };
}

interface Crd {
  readonly names: readonly string[];
  readonly versions: readonly string[];
}

/** The CRDs among the objects, by the group and kind that they define. */
function crdsOf(named: ReadonlyMap<string, KubeObject>): ReadonlyMap<string, Crd> {
  return new Map([...named.values()].filter(({ kind }) => kind === 'CustomResourceDefinition').map((crd) => {
    const group = text(at(crd, 'spec', 'group')) ?? '';
    const versions = list(at(crd, 'spec', 'versions')).flatMap((version) => text(at(version, 'name')) ?? []);
    return [`${group}/${text(at(crd, 'spec', 'names', 'kind')) ?? ''}`, {
      names: [nameOf(apiGroup(crd.apiVersion), crd.kind, undefined, crd.metadata.name)],
      versions: versions.map((version) => `${group}/${version}`),
    }];
  }));
}

function definedKind({ apiVersion, kind }: KubeObject): string {
  return `${apiGroup(apiVersion)}/${kind}`;
}

function withoutAwait(object: KubeObject): KubeObject {
  return { ...object, metadata: { ...object.metadata, annotations: { ...object.metadata.annotations, [SKIP_AWAIT]: 'true' } } };
}

function twice(name: string): Problem {
  return {
    code: 'OBJECT_TWICE', severity: 'error', path: name, rule: 'An object of one kind, namespace and name exists once in a cluster.', fix: 'Rename or drop one.',
  };
}

function circle(names: readonly string[], why: readonly string[]): Problem {
  return {
    code: 'DEPENDENCY_CYCLE', severity: 'error', path: names[0] ?? '', value: [...names, names[0]].join(' → '),
    rule: `Each of these waits for the next${why.length > 0 ? ` (${why.join('; ')})` : ''}.`, fix: 'Take one node.addDependency out of the circle.',
  };
}
