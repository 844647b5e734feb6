import { strings } from '../manifest/fields';
import type { KubeObject } from '../manifest/object';
import type { Problem } from '../model/problem';
import { logicalName } from './logical-name';

/** What GitOps controllers write on the objects that are theirs. */
const MARKS: readonly { readonly owner: string; readonly on: 'labels' | 'annotations'; readonly key: string }[] = [
  { owner: 'Argo CD', on: 'annotations', key: 'argocd.argoproj.io/tracking-id' },
  { owner: 'Argo CD', on: 'labels', key: 'argocd.argoproj.io/instance' },
  { owner: 'Flux', on: 'labels', key: 'kustomize.toolkit.fluxcd.io/name' },
  { owner: 'Flux', on: 'labels', key: 'helm.toolkit.fluxcd.io/name' },
];

/**
 * Two owners would undo each other's changes for ever. An object that is in the cluster already, the API server refuses to create.
 */
export function ownershipProblems(object: KubeObject): Problem[] {
  return MARKS.flatMap(({ owner, on, key }): Problem[] => {
    const value = strings(object.metadata[on])[key];
    return value === undefined ? [] : [{
      code: 'OWNED_BY_GITOPS', severity: 'error', path: `${logicalName(object)} metadata.${on}`, value: `${key}: ${value}`,
      rule: `${owner} owns this object and would undo what Pulumi does to it.`,
      fix: `Deploy it one way: take it out of this stack, or out of ${owner} (and drop the mark).`,
    }];
  });
}
