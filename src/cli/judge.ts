import type { CheckReport, Profile } from '../explain';
import type { Source } from '../manifest/read';
import type { BuiltEnvironment } from '../render/environments';
import type { Rendered } from '../render/output';

/** `ladder check` over what was rendered, each environment a cluster of its own, with the files it was written to. */
export async function judge(environments: readonly BuiltEnvironment[], rendered: Rendered, out: string): Promise<CheckReport> {
  const [{ buildWorld, check }, { readManifests }] = await Promise.all([import('../explain/index.js'), import('../manifest/read.js')]);
  const reports = environments.map(({ name, environment: { platform } }) => {
    const sources = [...(rendered.get(name) ?? [])].map(([path, text]): Source => ({ file: `${out}/${name}/${path}`, text }));
    const profile: Profile = { platform: platform.type, loadBalancer: platform.loadBalancer.provided ? platform.loadBalancer.by : false };
    return check(buildWorld(readManifests(sources), profile));
  });
  return { findings: reports.flatMap(({ findings }) => findings), requests: reports.flatMap(({ requests }) => requests) };
}
