import type { Profile, World } from '../explain';
import type { Source } from '../manifest/read';
import type { BuiltEnvironment } from '../render/environments';
import type { Files } from '../render/layout';

/** What was rendered for an environment, as a cluster of its own, with the files it is or would be written to. */
export async function worldOf({ environment: { platform } }: BuiltEnvironment, files: Files, folder: string): Promise<World> {
  const [{ buildWorld }, { readManifests }] = await Promise.all([import('../explain/index.js'), import('../manifest/read.js')]);
  const sources = [...files].map(([path, text]): Source => ({ file: `${folder}/${path}`, text }));
  const profile: Profile = { platform: platform.type, loadBalancer: platform.loadBalancer.provided ? platform.loadBalancer.by : false };
  return buildWorld(readManifests(sources), profile);
}
