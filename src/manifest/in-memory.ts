import type { KubeObject } from './object';
import type { Manifests } from './read';

/** Objects that were in no file, as if each stood at the first line of the one that `fileOf` names. */
export function inMemory(objects: readonly KubeObject[], fileOf: (object: KubeObject) => string): Manifests {
  return { objects: objects.map((object, document) => ({ object, file: fileOf(object), line: 1, document, lineOf: () => 1 })), problems: [] };
}
