import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { type Layer, layerOfKind } from '../model/layer';

const LAYER = Symbol.for('service-ladder.layer');
type WithLayer = IConstruct & { [LAYER]?: Layer };

/** Puts a construct and all inside it into a layer; kinds that everything needs first stay in the foundation. */
export function setLayer(construct: IConstruct, layer: Layer): void {
  const holder: WithLayer = construct;
  holder[LAYER] = layer;
}

/** The layer of an object: its kind's where that is the foundation, else what its nearest construct says, else its kind's. */
export function layerOf(object: ApiObject): Layer {
  const byKind = layerOfKind(object.kind);
  if (byKind === 'foundation') return byKind;
  for (let scope: IConstruct | undefined = object; scope; scope = scope.node.scope) {
    const layer = (scope as WithLayer)[LAYER];
    if (layer) return layer;
  }
  return byKind;
}
