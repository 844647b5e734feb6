import type { Manifest } from '../../manifest/read';
import type { Draft } from '../findings/draft';
import type { World } from '../world/world';

/** What is wrong with one object by itself or beside its neighbours, whatever the request. */
export function rulesFor(_world: World, _manifest: Manifest): readonly Draft[] {
  return [];
}
