import { toYaml } from '../manifest/write';
import { type Layer, LAYERS } from '../model/layer';
import type { LayeredObject } from './collect';
import { objectPath } from './paths';

/** The files of one environment by their path, `/` between folders. */
export type Files = ReadonlyMap<string, string>;

/** More than the objects themselves. */
export interface LayoutOptions {
  /** kind's own configuration, which is for `kind create cluster` and not for kubectl. */
  readonly kindCluster?: object;
  /** Argo CD's order within one Application is an annotation; kustomize adds it, so the objects stay as they are. */
  readonly syncWaves?: boolean;
  /** What tells Argo CD or Flux about this environment, by file name. */
  readonly gitOps?: Readonly<Record<string, string>>;
}

/** One object a file, a kustomization for each layer, and one for the environment that has them all in order. */
export function layOut(objects: readonly LayeredObject[], options: LayoutOptions = {}): Files {
  const files = new Map<string, string>();
  const byLayer = new Map<Layer, string[]>();
  for (const each of objects) {
    const path = objectPath(each);
    files.set(path, toYaml(each.object));
    const paths = byLayer.get(each.layer) ?? [];
    byLayer.set(each.layer, paths);
    paths.push(path.slice(each.layer.length + 1));
  }
  for (const [layer, resources] of byLayer) {
    files.set(`${layer}/kustomization.yaml`, toYaml(kustomization(resources, options.syncWaves ? LAYERS.indexOf(layer) : undefined)));
  }
  files.set('kustomization.yaml', toYaml(kustomization(layersOf(objects))));
  if (options.kindCluster) files.set('kind-cluster.yaml', toYaml(options.kindCluster));
  for (const [name, text] of Object.entries(options.gitOps ?? {})) files.set(name, text);
  return files;
}

/** The layers that have objects, in order. */
export function layersOf(objects: readonly LayeredObject[]): Layer[] {
  const present = new Set(objects.map(({ layer }) => layer));
  return LAYERS.filter((layer) => present.has(layer));
}

function kustomization(resources: readonly string[], wave?: number): object {
  const transformer = {
    apiVersion: 'builtin', kind: 'AnnotationsTransformer', metadata: { name: 'sync-wave' },
    annotations: { 'argocd.argoproj.io/sync-wave': String(wave) }, fieldSpecs: [{ path: 'metadata/annotations', create: true }],
  };
  return {
    apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources,
    ...(wave !== undefined && { transformers: [toYaml(transformer)] }),
  };
}
