const READ = ['get', 'list', 'watch'] as const;

interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** What Traefik's Ingress provider reads in every namespace that it serves. */
export function namespacedRules(): readonly PolicyRule[] {
  return [
    { apiGroups: [''], resources: ['services', 'secrets'], verbs: READ },
    { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: READ },
    { apiGroups: ['networking.k8s.io'], resources: ['ingresses'], verbs: READ },
    { apiGroups: ['networking.k8s.io'], resources: ['ingresses/status'], verbs: ['update'] },
  ];
}

/** What it reads of the cluster; where it serves some namespaces only, no Secret of another. */
export function traefikRules(namespaced: boolean): readonly PolicyRule[] {
  return [
    { apiGroups: [''], resources: ['nodes'], verbs: READ },
    { apiGroups: ['networking.k8s.io'], resources: ['ingressclasses'], verbs: READ },
    ...(namespaced ? [] : namespacedRules()),
  ];
}
