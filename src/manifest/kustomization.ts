import { posix } from 'node:path';
import { type Fields, at, isFields, list, text } from './fields';
import type { Source } from './read';
import { parseYaml } from './yaml';

/**
 * Without the patches that kustomizations among the sources name: parts of objects, which `kubectl apply -f` of the folder would take for
 * whole ones. What they change shows in the output of `kustomize build`.
 */
export function withoutPatches(sources: readonly Source[]): readonly Source[] {
  const patches = new Set(sources.filter(({ file }) => /(^|[/\\])(kustomization\.ya?ml|Kustomization)$/.test(file)).flatMap(patchesOf));
  return patches.size === 0 ? sources : sources.filter(({ file }) => !patches.has(normal(file)));
}

function patchesOf({ file, text: written }: Source): string[] {
  const parsed = parseYaml(written);
  const kustomization: Fields = 'value' in parsed && isFields(parsed.value) ? parsed.value : {};
  const paths = [
    ...list(kustomization['patches']).map((patch) => text(at(patch, 'path'))),
    ...list(kustomization['patchesJson6902']).map((patch) => text(at(patch, 'path'))),
    // A patch may also stand there itself.
    ...list(kustomization['patchesStrategicMerge']).map((patch) => text(patch)).filter((patch) => patch?.includes('\n') === false),
  ];
  return paths.flatMap((path) => (path === undefined ? [] : posix.join(posix.dirname(normal(file)), path)));
}

function normal(file: string): string {
  return posix.normalize(file.replaceAll('\\', '/'));
}
