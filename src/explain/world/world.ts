import type { Manifests } from '../../manifest/read';
import type { Profile } from '../profile';

/** Everything that explain looks up, indexed. Build it once for many requests. */
export interface World {
  readonly manifests: Manifests;
  readonly profile: Profile;
}

export function buildWorld(manifests: Manifests, profile: Profile = {}): World {
  return { manifests, profile };
}
