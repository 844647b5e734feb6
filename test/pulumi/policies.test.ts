import type { PolicyResource, StackValidationArgs } from '@pulumi/policy';
import { catalogue } from '../../src/explain';
import type { KubeObject } from '../../src/manifest/object';
import { findingPolicies } from '../../src/pulumi/policies';
import { resourceType } from '../../src/pulumi/resource-type';

const urnOf = (object: KubeObject): string => `urn:pulumi:test::shop::${resourceType(object)}::${object.metadata.name}`;

function resource(object: KubeObject, props: object = object): PolicyResource {
  return { type: resourceType(object), props, urn: urnOf(object), name: object.metadata.name, opts: {}, dependencies: [], propertyDependencies: {}, isType: () => false, asType: () => undefined } as unknown as PolicyResource;
}

/** Every violation, by policy. */
async function violations(resources: readonly PolicyResource[]): Promise<{ policy: string; message: string; urn: string | undefined }[]> {
  const found: { policy: string; message: string; urn: string | undefined }[] = [];
  for (const { name, validateStack } of findingPolicies()) {
    await validateStack({ resources, getConfig: () => ({}) } as unknown as StackValidationArgs, (message, urn) => found.push({ policy: name, message, urn }));
  }
  return found;
}

const labels = { app: 'web' };
const deployment: KubeObject = {
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' },
  spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'web:1', ports: [{ containerPort: 8080 }] }] } } },
};
const service = (selector: object): KubeObject => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'shop' }, spec: { selector, ports: [{ port: 80, targetPort: 8080 }] } });

test('there is a policy for each finding, with its severity', () => {
  const policies = new Map(findingPolicies().map((policy) => [policy.name, policy]));
  expect([...policies.keys()]).toEqual(catalogue.map(({ id }) => id.toLowerCase()));
  expect(policies.get('svc001')?.enforcementLevel).toBe('mandatory');
  expect(policies.get('svc002')?.enforcementLevel).toBe('advisory');
  expect(policies.get('svc005')?.enforcementLevel).toBe('disabled');
});

test('a Service that selects no pod breaks its policy, at its resource', async () => {
  const broken = service({ app: 'wbe' });
  expect(await violations([deployment, broken].map((object) => resource(object)))).toContainEqual({ policy: 'svc001', message: expect.stringContaining('Service/shop/web'), urn: urnOf(broken) });
});

test('one that selects them does not', async () => {
  expect((await violations([deployment, service(labels)].map((object) => resource(object)))).map(({ policy }) => policy)).not.toContain('svc001');
});

test('what a preview does not know yet is left out', async () => {
  const unknown = new Proxy({}, { get: () => { throw new Error('unknown'); }, ownKeys: () => { throw new Error('unknown'); } });
  const broken = service({ app: 'wbe' });
  const previewed = { ...broken, get status(): never { throw new Error('unknown'); }, metadata: { ...broken.metadata, uid: unknown } };
  expect((await violations([resource(deployment), resource(broken, previewed)])).map(({ policy }) => policy)).toContain('svc001');
});

test('resources of other providers, and components, are no objects', async () => {
  const bucket = { ...resource(deployment), type: 'gcp:storage/bucket:Bucket' } as PolicyResource;
  const chart = resource(deployment, {});
  expect(await violations([bucket, chart])).toEqual([]);
});
