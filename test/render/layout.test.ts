import fc from 'fast-check';
import { parse } from 'yaml';
import type { KubeObject } from '../../src/manifest/object';
import { identityOf } from '../../src/manifest/rules';
import { LAYERS, type Layer } from '../../src/model/layer';
import type { LayeredObject } from '../../src/render/collect';
import { layOut, layersOf } from '../../src/render/layout';
import { objectPath, segment } from '../../src/render/paths';

const layered = (layer: Layer, apiVersion: string, kind: string, name: string, namespace?: string): LayeredObject => (
  { layer, object: { apiVersion, kind, metadata: { name, ...(namespace !== undefined && { namespace }) } } }
);

describe('objectPath', () => {
  test.each([
    [layered('workloads', 'apps/v1', 'Deployment', 'blue-service', 'shop'), 'workloads/shop/deployment.apps/blue-service.yaml'],
    [layered('workloads', 'v1', 'Service', 'blue-service', 'shop'), 'workloads/shop/service/blue-service.yaml'],
    [layered('foundation', 'v1', 'Namespace', 'shop'), 'foundation/_cluster/namespace/shop.yaml'],
    [layered('workloads', 'v1', 'Service', 'a', ''), 'workloads/_cluster/service/a.yaml'],
    [layered('controllers', 'rbac.authorization.k8s.io/v1', 'ClusterRole', 'system:Node_x', undefined), 'controllers/_cluster/clusterrole.rbac.authorization.k8s.io/system_3a_4eode_5fx.yaml'],
    [layered('workloads', 'v1', 'Service', 'con', 'aux'), 'workloads/_61ux/service/_63on.yaml'],
    [layered('workloads', 'v1', 'Service', 'console', 'auxiliary'), 'workloads/auxiliary/service/console.yaml'],
    [layered('workloads', 'v1', 'ConfigMap', '..a'), 'workloads/_cluster/configmap/_2e_2ea.yaml'],
  ])('%j', (object, path) => {
    expect(objectPath(object)).toBe(path);
  });

  test('fits into a file name, however long the name is', () => {
    const [one, other] = [`${'a'.repeat(252)}b`, `${'a'.repeat(252)}c`];
    expect(Buffer.byteLength(segment(one))).toBeLessThanOrEqual(200);
    expect(segment(one)).not.toBe(segment(other));
  });

  test('no two objects share a path, not even where capitals do not count', () => {
    const text = fc.oneof(fc.stringMatching(/^[aA._:-]{1,4}$/), fc.constantFrom('con', 'CON', '_63on', 'a_2e', 'a.', 'cluster', '_cluster', 'é', 'e\u0301', 'a'.repeat(250), `${'a'.repeat(249)}A`), fc.string({ unit: 'grapheme', minLength: 1 }));
    const object = fc.record({ layer: fc.constantFrom(...LAYERS), apiVersion: fc.constantFrom('v1', 'a/v1', 'b.c/v1'), kind: fc.constantFrom('Service', 'A', 'B'), name: text, namespace: fc.option(text, { nil: undefined }) })
      .map(({ layer, apiVersion, kind, name, namespace }) => layered(layer, apiVersion, kind, name, namespace));
    fc.assert(fc.property(object, object, (one, other) => {
      const samePath = objectPath(one).toLowerCase().normalize() === objectPath(other).toLowerCase().normalize();
      expect(samePath).toBe(one.layer === other.layer && identityOf(one.object) === identityOf(other.object));
      expect(objectPath(one)).toMatch(/^[a-z]+\/[a-z0-9._-]+\/[a-z0-9._-]+\/[a-z0-9._-]+\.yaml$/);
    }), { numRuns: 2000 });
  });
});

describe('layOut', () => {
  const objects = [
    layered('foundation', 'v1', 'Namespace', 'shop'), layered('workloads', 'v1', 'Service', 'a', 'shop'), layered('workloads', 'apps/v1', 'Deployment', 'a', 'shop'),
    layered('routes', 'networking.k8s.io/v1', 'Ingress', 'a', 'shop'),
  ];
  const kustomization = (text: string | undefined) => parse(text ?? '') as { resources: string[]; transformers?: string[] };

  test('a kustomization of a layer names every object of it once, and that of the environment every layer in order', () => {
    const files = layOut(objects);
    expect(kustomization(files.get('kustomization.yaml')).resources).toEqual(['foundation', 'workloads', 'routes']);
    const reached = layersOf(objects).flatMap((layer) => kustomization(files.get(`${layer}/kustomization.yaml`)).resources.map((resource) => `${layer}/${resource}`));
    const written = [...files.keys()].filter((path) => !path.endsWith('kustomization.yaml'));
    expect(reached).toEqual(written);
    expect(written.map((path) => parse(files.get(path) ?? '') as KubeObject)).toEqual(objects.map(({ object }) => object));
  });

  test("kind's configuration and GitOps objects lie beside the environment, not in it", () => {
    const files = layOut(objects, { kindCluster: { kind: 'Cluster' }, gitOps: { 'argocd-application.yaml': 'x\n' } });
    expect([...files.keys()]).toEqual(expect.arrayContaining(['kind-cluster.yaml', 'argocd-application.yaml']));
    expect(kustomization(files.get('kustomization.yaml')).resources).toEqual(['foundation', 'workloads', 'routes']);
  });

  test('sync waves are added by kustomize: the objects stay the same', () => {
    const [plain, waves] = [layOut(objects), layOut(objects, { syncWaves: true })];
    expect([...waves.keys()]).toEqual([...plain.keys()]);
    const differing = [...waves.keys()].filter((path) => waves.get(path) !== plain.get(path));
    expect(differing).toEqual(['foundation/kustomization.yaml', 'workloads/kustomization.yaml', 'routes/kustomization.yaml']);
    const transformers = differing.map((path) => parse(kustomization(waves.get(path)).transformers?.[0] ?? '') as Record<string, unknown>);
    expect(transformers.map(({ annotations }) => annotations)).toEqual(['0', '2', '3'].map((wave) => ({ 'argocd.argoproj.io/sync-wave': wave })));
    expect(transformers[0]?.['fieldSpecs']).toEqual([{ path: 'metadata/annotations', create: true }]);
  });
});
