import type { IConstruct } from 'constructs';
import { layerOf } from '../constructs/layers';
import { objectsIn } from '../constructs/objects';
import { problemsOf } from '../constructs/problems';
import { objectProblems } from '../manifest/rules';
import { type KubeObject } from '../manifest/object';
import { type Layer, LAYERS } from '../model/layer';
import { type Problem, ProblemError } from '../model/problem';

/** An object of an environment, and when it has its turn. */
export interface LayeredObject {
  /** When it is applied. */
  readonly layer: Layer;
  /** The object as it is written. */
  readonly object: KubeObject;
}

/** What a tree of constructs comes to, and what is wrong with it. */
export interface Collected {
  readonly objects: readonly LayeredObject[];
  readonly problems: readonly Problem[];
}

/**
 * Everything under `root` in one pass, in time linear in its size: cdk8s' own `synth` resolves and validates the whole app once
 * for every chart. The objects are sorted by layer, namespace, kind and name.
 */
export function collect(root: IConstruct, where = root.node.path): Collected {
  const { objects, problems } = objectsIn(root);
  return {
    objects: sorted(objects.map(({ construct, object }) => ({ layer: layerOf(construct), object }))),
    problems: [...problemsOf(root), ...problems, ...objectProblems(where, objects)],
  };
}

/** Raises the errors among the problems together; the warnings are returned. */
export function warningsOf(problems: readonly Problem[]): Problem[] {
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new ProblemError(errors);
  return problems.filter(({ severity }) => severity === 'warning');
}

function sorted(objects: readonly LayeredObject[]): LayeredObject[] {
  return objects
    .map((each) => ({ each, key: sortKey(each) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ each }) => each);
}

/** A space sorts before whatever a name may hold, so `a` comes before `a-b`. */
function sortKey({ layer, object: { apiVersion, kind, metadata } }: LayeredObject): string {
  return [LAYERS.indexOf(layer), metadata.namespace ?? '', kind, metadata.name, apiVersion].join(' ');
}
