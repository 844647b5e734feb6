import type { Profile, World } from '../explain';
import type { Source } from '../manifest/read';
import type { BuiltEnvironment } from '../render/environments';
import type { Files } from '../render/layout';

/** What was rendered for an environment, as a cluster of its own, with the files it is or would be written to. */
export async function worldOf({ environment }: BuiltEnvironment, files: Files, folder: string): Promise<World> {
  const [{ buildWorld }, { readManifests }, { controllersThere }] = await Promise.all([
    import('../explain/index.js'), import('../manifest/read.js'), import('../constructs/fronts/controllers-there.js'),
  ]);
  const sources = [...files].map(([path, text]): Source => ({ file: `${folder}/${path}`, text }));
  const { type, loadBalancer } = environment.platform;
  const controllers = controllersThere(environment);
  const profile: Profile = { platform: type, loadBalancer: loadBalancer.provided ? loadBalancer.by : false, ...(controllers.length > 0 && { controllers }) };
  return buildWorld(readManifests(sources), profile);
}
