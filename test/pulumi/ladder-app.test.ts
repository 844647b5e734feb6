import { App } from 'cdk8s';
import * as pulumi from '@pulumi/pulumi';
import * as kubernetes from '@pulumi/kubernetes';
import { environments } from '../../src/apps/environments';
import { type KubeObject } from '../../src/manifest/object';
import { parseYaml } from '../../src/manifest/yaml';
import { toYaml } from '../../src/manifest/write';
import { kind } from '../../src/platforms/kind';
import { SKIP_AWAIT } from '../../src/pulumi/await';
import { LadderApp } from '../../src/pulumi/ladder-app';
import { logicalName } from '../../src/pulumi/logical-name';
import { plan } from '../../src/pulumi/plan';
import { secretObject } from '../../src/pulumi/secret-object';
import { buildEnvironments } from '../../src/render/environments';
import { record } from './recorder';

function built(name: string) {
  const [environment] = buildEnvironments(environments.filter((each) => each.name === name), () => new App()).environments;
  if (!environment) throw new Error(name);
  return environment;
}

/** Takes the one difference away that may be. */
function withoutSkipAwait(object: Readonly<Record<string, unknown>>): unknown {
  const metadata = object['metadata'] as KubeObject['metadata'];
  const { [SKIP_AWAIT]: skip, ...annotations } = metadata.annotations ?? {};
  if (skip === undefined) return object;
  const { annotations: _, ...rest } = metadata;
  return { ...object, metadata: Object.keys(annotations).length > 0 ? { ...rest, annotations } : rest };
}

describe.each(environments.map(({ name }) => name))('the environment %s', (name) => {
  const { objects, environment } = built(name);
  const { platform } = environment;

  test('reaches the engine as it is rendered, object for object', async () => {
    const { registrations } = await record(() => new LadderApp(name, { objects, platform }));
    const seen = new Map(registrations.filter(({ custom }) => custom).map((each) => [each.name, each]));
    expect([...seen.keys()].sort()).toEqual(objects.map(({ object }) => logicalName(object)).sort());
    for (const { object } of objects) {
      const rendered = parseYaml(toYaml(object));
      expect('value' in rendered && withoutSkipAwait(seen.get(logicalName(object))?.inputs ?? {})).toEqual('value' in rendered && rendered.value);
    }
  });

  test('has the types, dependencies and timeouts of its plan, under one parent', async () => {
    const { registrations } = await record(() => new LadderApp(name, { objects, platform }));
    const planned = new Map(plan(objects, platform).map((each) => [each.name, each]));
    for (const registration of registrations.filter(({ custom }) => custom)) {
      const expected = planned.get(registration.name);
      expect(registration).toMatchObject({ type: expected?.type, parent: name });
      expect([...registration.dependencies].sort()).toEqual([...(expected?.dependsOn ?? [])].sort());
      expect(registration.timeouts).toEqual(expected?.timeouts);
    }
  });
});

const namespace = { layer: 'foundation', object: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } } } as const;

test('the component is registered, with outputs, and takes the provider that it is given', async () => {
  const { registrations } = await record(() => {
    const provider = new kubernetes.Provider('cluster', { context: 'kind-kind' });
    return new LadderApp('shop', { objects: [namespace], platform: kind() }, { provider });
  });
  expect(registrations.find(({ name }) => name === 'shop')).toMatchObject({ type: 'service-ladder:kubernetes:LadderApp', custom: false });
  expect(registrations.find(({ name }) => name === 'Namespace/shop')?.provider).toMatch(/pulumi:providers:kubernetes::cluster::/);
});

test('the values of a Secret are secrets to the engine, those of its neighbours are not', async () => {
  const secret: KubeObject = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a', namespace: 'shop' }, data: { key: 'dmFsdWU=' } };
  const map: KubeObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'shop' }, data: { key: 'value' } };
  const given = secretObject({ namespace: 'shop', name: 'b', values: pulumi.secret({ password: 'hunter2' }) });
  const { registrations } = await record(() => new LadderApp('shop', {
    objects: [namespace, given, ...[secret, map].map((object) => ({ layer: 'workloads', object }) as const)], platform: kind(),
  }));
  const of = (name: string) => registrations.find((each) => each.name === name);
  expect(of('Secret/shop/a')).toMatchObject({ secretInputs: ['data'], secretOutputs: expect.arrayContaining(['data', 'stringData']) });
  expect(of('Secret/shop/b')).toMatchObject({ secretInputs: ['stringData'], dependencies: ['Namespace/shop'], inputs: { type: 'Opaque' } });
  expect(JSON.stringify(of('Secret/shop/b')?.inputs['stringData'])).toContain('hunter2');
  expect(of('ConfigMap/shop/a')).toMatchObject({ secretInputs: [] });
});

test('an object of a CRD has all its fields, and the versions that the CRD had as aliases', async () => {
  const crd: KubeObject = {
    apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'widgets.example.com' },
    spec: { group: 'example.com', names: { kind: 'Widget', plural: 'widgets' }, scope: 'Namespaced', versions: [{ name: 'v1beta1' }, { name: 'v1' }] },
  };
  const widget: KubeObject = { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'w', namespace: 'shop' }, spec: { deep: [{ a: 1 }] }, top: 'level' };
  const { registrations } = await record(() => new LadderApp('shop', { objects: [crd, widget].map((object) => ({ layer: 'workloads', object }) as const), platform: kind() }));
  expect(registrations.find(({ name }) => name === 'example.com/Widget/shop/w')).toMatchObject({
    type: 'kubernetes:example.com/v1:Widget', inputs: widget, aliasTypes: ['kubernetes:example.com/v1beta1:Widget'],
    dependencies: ['apiextensions.k8s.io/CustomResourceDefinition/widgets.example.com'],
  });
});

test('a resource is found by what it is called in the cluster', async () => {
  const { result } = await record(() => new LadderApp('shop', { objects: [namespace], platform: kind() }));
  expect(result.find('', 'Namespace', undefined, 'shop')).toBeInstanceOf(kubernetes.core.v1.Namespace);
  expect(result.find('', 'Namespace', undefined, 'other')).toBeUndefined();
});
