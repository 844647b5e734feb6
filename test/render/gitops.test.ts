import { parse, parseAllDocuments } from 'yaml';
import { gitOpsFiles } from '../../src/render/gitops';

interface FluxObject {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: Readonly<Record<string, unknown>>;
}

const flux = (source: Parameters<typeof gitOpsFiles>[3]) => (
  parseAllDocuments(gitOpsFiles('flux', 'prod', ['foundation', 'workloads', 'routes'], source)['flux-kustomizations.yaml'] ?? '').map((document) => document.toJSON() as FluxObject)
);

describe('Flux', () => {
  test('each layer waits for the one before it that has objects', () => {
    const objects = flux({ revision: 'main', path: 'deploy/prod' });
    expect(objects.map(({ kind, metadata, spec }) => [kind, metadata.name, spec['path'], spec['dependsOn']])).toEqual([
      ['Kustomization', 'prod-foundation', './deploy/prod/foundation', undefined],
      ['Kustomization', 'prod-workloads', './deploy/prod/workloads', [{ name: 'prod-foundation' }]],
      ['Kustomization', 'prod-routes', './deploy/prod/routes', [{ name: 'prod-workloads' }]],
    ]);
    for (const { spec } of objects) expect(spec).toMatchObject({ prune: true, wait: true, sourceRef: { kind: 'GitRepository', name: 'flux-system' } });
  });

  test('with a repository it brings its own source', () => {
    const [repository, ...kustomizations] = flux({ url: 'https://example.com/shop.git', revision: 'release', path: 'prod' });
    expect(repository).toMatchObject({ kind: 'GitRepository', metadata: { name: 'prod' }, spec: { url: 'https://example.com/shop.git', ref: { branch: 'release' } } });
    expect(kustomizations.map(({ spec }) => spec['sourceRef'])).toEqual(Array(3).fill({ kind: 'GitRepository', name: 'prod' }));
  });
});

test('Argo CD gets one Application, whose waves it keeps in order by itself', () => {
  const files = gitOpsFiles('argocd', 'prod', ['foundation'], { url: 'https://example.com/shop.git', revision: 'v1', path: 'deploy/prod' });
  expect(Object.keys(files)).toEqual(['argocd-application.yaml']);
  expect(parse(files['argocd-application.yaml'] ?? '')).toMatchObject({
    apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'prod', namespace: 'argocd' },
    spec: { source: { repoURL: 'https://example.com/shop.git', targetRevision: 'v1', path: 'deploy/prod' }, syncPolicy: { automated: { prune: true, selfHeal: true } } },
  });
});
