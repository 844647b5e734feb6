import { toYaml, toYamlStream } from '../manifest/write';
import { type Layer, LAYERS } from '../model/layer';

/** Who applies the tree from Git. */
export type GitOpsTool = 'argocd' | 'flux';

/** Where the tree will be found. */
export interface GitSource {
  /** The repository's URL. Argo CD needs it; Flux without one uses the GitRepository `flux-system` that its bootstrap makes. */
  readonly url?: string;
  /** A branch (Flux), or a branch, tag or commit (Argo CD). */
  readonly revision: string;
  /** The environment's folder from the repository's root, e.g. `deploy/kind-ingress`. */
  readonly path: string;
}

/** The file that is applied once, by name. It is not part of the environment, so the tool never manages itself. */
export function gitOpsFiles(tool: GitOpsTool, environment: string, layers: readonly Layer[], source: GitSource): Record<string, string> {
  switch (tool) {
    case 'argocd': return { 'argocd-application.yaml': toYaml(argoApplication(environment, source)) };
    case 'flux': return { 'flux-kustomizations.yaml': toYamlStream(fluxObjects(environment, layers, source)) };
  }
}

/**
 * One Application an environment: inside it Argo CD waits for the health of a wave before the next, which it does not do between
 * the Applications of an app of apps.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
 */
function argoApplication(environment: string, { url, revision, path }: GitSource): object {
  return {
    apiVersion: 'argoproj.io/v1alpha1', kind: 'Application',
    metadata: { name: environment, namespace: 'argocd' },
    spec: {
      destination: { server: 'https://kubernetes.default.svc' },
      project: 'default',
      source: { path, repoURL: url, targetRevision: revision },
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        retry: { backoff: { duration: '10s', factor: 2, maxDuration: '3m' }, limit: 5 },
        syncOptions: ['ServerSideApply=true', 'PruneLast=true'],
      },
    },
  };
}

/**
 * A Kustomization a layer, each waiting until the one before it is ready.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/
 */
function fluxObjects(environment: string, layers: readonly Layer[], { url, revision, path }: GitSource): object[] {
  const repository = url === undefined ? [] : [{
    apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository',
    metadata: { name: environment, namespace: 'flux-system' },
    spec: { interval: '1m', ref: { branch: revision }, url },
  }];
  const kustomizations = LAYERS.filter((layer) => layers.includes(layer)).map((layer, index, present) => {
    const before = present[index - 1];
    return {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization',
      metadata: { name: `${environment}-${layer}`, namespace: 'flux-system' },
      spec: {
        ...(before !== undefined && { dependsOn: [{ name: `${environment}-${before}` }] }),
        interval: '10m', path: `./${path}/${layer}`, prune: true, retryInterval: '1m',
        sourceRef: { kind: 'GitRepository', name: url === undefined ? 'flux-system' : environment },
        timeout: '10m', wait: true,
      },
    };
  });
  return [...repository, ...kustomizations];
}
