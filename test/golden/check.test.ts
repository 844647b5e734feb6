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
  'gke-loadbalancer': [{ finding: 'note LB001 blue-service', reason: 'docs/decisions/0009: this rung is what the note is about' }],
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
  test('the check finds what is allowed and nothing else', () => {
    const { findings, requests } = check(worldOf(built));
    const allowed = (ALLOWED[built.name] ?? []).map(({ finding }) => finding);
    expect(findings.map(({ severity, id, object }) => `${severity} ${id} ${object?.name}`)).toEqual(allowed);
    expect(requests.filter(({ verdict }) => verdict === 'ok').length).toBeGreaterThanOrEqual(5);
  });

  test('every address in its table of calls that is for the outside is answered', () => {
    const world = worldOf(built);
    const urls = callsOf(built.environment).filter(({ rung, address }) => rung !== 'ClusterIP' && URL.canParse(address)).map(({ address }) => address);
    for (const url of urls) {
      const { verdict, findings } = explain(world, parseRequest(url, { from: url.includes('localhost') ? 'laptop' : 'outside' }));
      expect([url, verdict, findings.map(({ id }) => id)]).toEqual([url, 'ok', []]);
    }
  });
});
