import * as pulumi from '@pulumi/pulumi';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseYaml } from '../../src/manifest/yaml';
import { at, fields } from '../../src/manifest/fields';
import { gkeAppsProgram } from '../../stacks/gke-apps';
import { gkeClusterProgram } from '../../stacks/gke-cluster';
import { kindProgram } from '../../stacks/kind';
import { type Answer, record, type Registration } from '../pulumi/recorder';

const ROOT = join(__dirname, '../..');

function yamlOf(file: string): unknown {
  const parsed = parseYaml(readFileSync(join(ROOT, file), 'utf8'));
  return 'value' in parsed ? parsed.value : undefined;
}

/** A stack's config file as the engine hands it to the program: texts, and lists as JSON. */
function configured(file: string): Record<string, string> {
  return Object.fromEntries(Object.entries(fields(at(yamlOf(file), 'config'))).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]));
}

async function run(program: () => object | Promise<object>, config: Record<string, string>, answer?: Answer) {
  pulumi.runtime.setAllConfig(config);
  const outputs: { error?: unknown } = {};
  const { registrations, result } = await record(async () => {
    try {
      return await program();
    } catch (error) {
      outputs.error = error;
      return undefined;
    }
  }, answer);
  return { registrations, result, error: outputs.error };
}

function objectsOf(registrations: readonly Registration[]): readonly string[] {
  return registrations.filter(({ type }) => type.startsWith('kubernetes:')).map(({ name }) => name);
}

const CLUSTER_OUTPUTS: Answer = (type, _name, inputs) => (
  type === 'pulumi:pulumi:StackReference' ? { ...inputs, outputs: { clusterName: 'ladder', autopilot: false, kubeconfig: '{}' } } : inputs
);

// Whose cluster this shell looks at must not matter.
beforeAll(() => { delete process.env.KUBECONFIG; });

describe('kind', () => {
  const config = configured('stacks/Pulumi.kind.yaml');

  test('deploys the shop with its example config, to its own context', async () => {
    const { registrations, error, result } = await run(kindProgram, config);
    expect(error).toBeUndefined();
    expect(result).toMatchObject({ context: 'kind-kind', profile: { platform: 'kind', loadBalancer: false } });
    expect(objectsOf(registrations)).toEqual(expect.arrayContaining(['networking.k8s.io/Ingress/shop/shop', 'apps/Deployment/traefik/traefik']));
    const provider = registrations.find(({ type }) => type === 'pulumi:providers:kubernetes');
    expect(provider?.inputs).toEqual({
      context: 'kind-kind', clusterIdentifier: 'kind-kind', upsertExistingObjects: 'false', enablePatchForce: 'false', enableServerSideApply: 'true',
      enableConfigMapMutable: 'true', enableSecretMutable: 'true',
    });
    for (const each of registrations.filter(({ type }) => type.startsWith('kubernetes:'))) expect(each.provider).toMatch(/::kind-kind::/);
  });

  test('lets rung, cluster, replicas, images and host be chosen', async () => {
    const { registrations } = await run(kindProgram, {
      ...config, 'service-ladder:rung': 'nodeport', 'service-ladder:clusterName': 'lab', 'service-ladder:replicas': '1', 'service-ladder:images': '{"orders":"podinfo:dev"}',
    });
    const of = (name: string): unknown => registrations.find((each) => each.name === name)?.inputs;
    expect(of('Service/shop/orders')).toMatchObject({ spec: { type: 'NodePort' } });
    expect(of('apps/Deployment/shop/orders')).toMatchObject({ spec: { replicas: 1, template: { spec: { containers: [{ image: 'podinfo:dev' }] } } } });
    expect(registrations.find(({ type }) => type === 'pulumi:providers:kubernetes')?.inputs).toMatchObject({ context: 'kind-lab' });
    const behind = await run(kindProgram, { ...config, 'service-ladder:host': 'other.localhost' });
    expect(behind.registrations.find(({ name }) => name.startsWith('networking.k8s.io/Ingress/'))?.inputs).toMatchObject({ spec: { rules: expect.arrayContaining([expect.objectContaining({ host: 'other.localhost' })]) } });
  });

  test('changing the rung changes the Services alone, and no name', async () => {
    const [low, high] = await Promise.all(['clusterip', 'nodeport'].map(async (rung) => rung)).then(async (rungs) => [
      (await run(kindProgram, { ...config, 'service-ladder:rung': rungs[0] ?? '' })).registrations,
      (await run(kindProgram, { ...config, 'service-ladder:rung': rungs[1] ?? '' })).registrations,
    ]);
    const of = (registrations: readonly Registration[] = []) => new Map(registrations.filter(({ type }) => type.startsWith('kubernetes:')).map((each) => [each.name, each]));
    const [before, after] = [of(low), of(high)];
    expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
    const changed = [...before].filter(([name, { inputs }]) => JSON.stringify(inputs) !== JSON.stringify(after.get(name)?.inputs)).map(([, { inputs }]) => inputs['kind']);
    expect([...new Set(changed)].sort()).toEqual(['NetworkPolicy', 'Service']);
  });

  test('refuses a load balancer that nobody makes, before anything is created', async () => {
    const { registrations, error } = await run(kindProgram, { ...config, 'service-ladder:rung': 'loadbalancer' });
    expect(String(error)).toContain('LOAD_BALANCER_PENDING');
    expect(registrations.filter(({ type }) => type !== 'pulumi:providers:kubernetes')).toEqual([]);
  });

  test('says everything that is wrong with its config', async () => {
    const { error } = await run(kindProgram, { ...config, 'service-ladder:rung': 'nodeports', 'service-ladder:replcas': '3' });
    expect(String(error)).toContain('rung');
    expect(String(error)).toContain('Did you mean replicas?');
  });

  test('makes the Secrets of its config, as secrets', async () => {
    const { registrations } = await run(kindProgram, { ...config, 'service-ladder:secrets': '{"db":{"password":"hunter2"}}' });
    expect(registrations.find(({ name }) => name === 'Secret/shop/db')).toMatchObject({ secretInputs: ['stringData'], dependencies: ['Namespace/shop'] });
  });
});

describe('gke-cluster', () => {
  test.each(['gke-cluster', 'gke-cluster-prod'])('deploys with the example config of %s', async (name) => {
    const { registrations, error } = await run(gkeClusterProgram, configured(`stacks/Pulumi.${name}.yaml`));
    expect(error).toBeUndefined();
    const cluster = registrations.find(({ type }) => type === 'gcp:container/cluster:Cluster');
    expect(cluster?.inputs).toMatchObject(name === 'gke-cluster'
      ? { location: 'europe-west1-b', deletionProtection: false, releaseChannel: { channel: 'REGULAR' } }
      : { location: 'europe-west1', deletionProtection: true, releaseChannel: { channel: 'STABLE' } });
    for (const each of registrations.filter(({ type }) => type.startsWith('gcp:'))) expect(each.provider).toMatch(/pulumi:providers:gcp::gcp::/);
  });

  test('needs a project', async () => {
    const { error, registrations } = await run(gkeClusterProgram, {});
    expect(String(error)).toContain('pulumi config set project');
    expect(registrations).toEqual([]);
  });
});

describe('gke-apps', () => {
  const config = configured('stacks/Pulumi.gke-apps.yaml');

  test('deploys the shop to the cluster of the other stack', async () => {
    const { registrations, error, result } = await run(gkeAppsProgram, config, CLUSTER_OUTPUTS);
    expect(error).toBeUndefined();
    expect(result).toMatchObject({ profile: { platform: 'gke' } });
    expect(registrations.find(({ name }) => name === 'Service/traefik/traefik')?.inputs).toMatchObject({ spec: { type: 'LoadBalancer' } });
    expect(registrations.find(({ type }) => type === 'pulumi:providers:kubernetes')?.inputs).toMatchObject({ kubeconfig: '{}', clusterIdentifier: 'gke-ladder' });
  });

  test('says so where that stack is not deployed', async () => {
    const { error, registrations } = await run(gkeAppsProgram, config, (type, _name, inputs) => (type === 'pulumi:pulumi:StackReference' ? { ...inputs, outputs: {} } : inputs));
    expect(String(error)).toContain('pulumi up --stack gke-cluster');
    expect(objectsOf(registrations)).toEqual([]);
  });
});

test('every stack disables default providers, so that nothing goes to the current context', () => {
  const files = readdirSync(join(ROOT, 'stacks')).filter((file) => /^Pulumi\..+\.yaml$/.test(file));
  expect(files.length).toBeGreaterThanOrEqual(4);
  for (const file of files) expect(at(yamlOf(`stacks/${file}`), 'config', 'pulumi:disable-default-providers')).toEqual(['kubernetes', 'gcp']);
});

test('the programs are transpiled and not type-checked at run time, by the tsconfig beside them', () => {
  const project = yamlOf('Pulumi.yaml');
  expect(project).toMatchObject({ runtime: { name: 'nodejs' }, main: 'stacks/index.ts', stackConfigDir: 'stacks' });
  const { compilerOptions, ...rest } = JSON.parse(readFileSync(join(ROOT, 'stacks/tsconfig.json'), 'utf8')) as { readonly compilerOptions: object };
  expect(compilerOptions).toMatchObject({ noCheck: true, module: 'CommonJS' });
  expect(rest).not.toHaveProperty('extends');
});

test('the policy pack has what the engine asks of one: a runtime, a program, and a version beside it', () => {
  expect(yamlOf('stacks/policy/PulumiPolicy.yaml')).toMatchObject({ runtime: 'nodejs', main: 'index.ts' });
  expect(JSON.parse(readFileSync(join(ROOT, 'stacks/policy/package.json'), 'utf8'))).toMatchObject({ version: expect.stringMatching(/^\d+\.\d+\.\d+$/), private: true });
});
