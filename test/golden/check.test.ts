import { App } from 'cdk8s';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { callsOf } from '../../src/apps/calls';
import { environments } from '../../src/apps/environments';
import { microservicesOf } from '../../src/constructs/services-of';
import { buildWorld, check, explain, parseRequest, type Profile, profileOfKindConfig, type World } from '../../src/explain';
import { readManifests } from '../../src/manifest/read';
import { kindClusterConfig } from '../../src/platforms/kind-config';
import type { KindPlatform } from '../../src/platforms/kind';
import { type BuiltEnvironment, buildEnvironments } from '../../src/render/environments';

/** What the check of an environment may find, and why that is as it should be. */
const ALLOWED: Readonly<Record<string, readonly { readonly finding: string; readonly reason: string }[]>> = {
  'kind-ingress': [{ finding: 'error REQ004 traefik', reason: 'rules are asked on 80 and 443, which only root may have on a laptop; this front is on its 8080 and 8443, as the calls below are' }],
  'gke-loadbalancer': [{ finding: 'note LB001 blue-service', reason: 'this environment shows what a load balancer for each service is; the next rung is the cure' }],
};

const { environments: rendered } = buildEnvironments(environments, () => new App());

const worldOf = ({ name, environment }: BuiltEnvironment): World => {
  const { platform } = environment;
  const profile: Profile = platform.type === 'kind'
    ? profileOfKindConfig({ ...kindClusterConfig(platform as KindPlatform, microservicesOf(environment).flatMap(({ ports }) => ports)) })
    : { platform: 'gke' };
  const file = `${name}.yaml`;
  const manifests = readManifests([{ file, text: readFileSync(join(__dirname, file), 'utf8') }]);
  expect(manifests.problems).toEqual([]);
  return buildWorld(manifests, { ...profile, wholeCluster: true });
};

describe.each(rendered)('$name', (built) => {
  test('the check finds nothing but what is allowed', () => {
    const { findings, requests } = check(worldOf(built));
    const allowed = (ALLOWED[built.name] ?? []).map(({ finding }) => finding);
    expect(findings.map(({ severity, id, object }) => `${severity} ${id} ${object?.name}`).filter((finding) => !allowed.includes(finding))).toEqual([]);
    expect(requests.filter(({ verdict }) => verdict === 'ok').length).toBeGreaterThanOrEqual(5);
  });

  test('every address in its table of calls that is for the outside is answered', () => {
    const world = worldOf(built);
    const urls = callsOf(built.environment).filter(({ rung, address }) => rung !== 'ClusterIP' && URL.canParse(address)).map(({ address }) => address);
    for (const url of urls) {
      const { verdict, findings } = explain(world, parseRequest(url, { from: url.includes('localhost') ? 'laptop' : 'outside' }));
      // Whether a policy's addresses are those of GKE's front ends depends on what Google says they are.
      const answered = verdict === 'ok' || (verdict === 'depends' && built.environment.platform.type === 'gke');
      expect([url, answered, findings.map(({ id }) => id)]).toEqual([url, true, []]);
    }
  });
});
