const READ = ['get', 'list', 'watch'] as const;
const GATEWAY = 'gateway.networking.k8s.io';

/** As a Role or ClusterRole has it. */
export interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** What a provider of Traefik reads of the cluster, and in each namespace that it serves. */
export interface ProviderRules {
  readonly cluster: readonly PolicyRule[];
  readonly namespaced: readonly PolicyRule[];
}

export const INGRESS_RULES: ProviderRules = {
  cluster: [
    { apiGroups: [''], resources: ['nodes'], verbs: READ },
    { apiGroups: ['networking.k8s.io'], resources: ['ingressclasses'], verbs: READ },
  ],
  namespaced: [
    { apiGroups: [''], resources: ['services', 'secrets'], verbs: READ },
    { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: READ },
    { apiGroups: ['networking.k8s.io'], resources: ['ingresses'], verbs: READ },
    { apiGroups: ['networking.k8s.io'], resources: ['ingresses/status'], verbs: ['update'] },
  ],
};

/** Beside {@link INGRESS_RULES}: it waits for each of these kinds before it serves any. */
export const GATEWAY_RULES: ProviderRules = {
  cluster: [
    { apiGroups: [''], resources: ['namespaces'], verbs: ['list', 'watch'] },
    { apiGroups: [GATEWAY], resources: ['gatewayclasses'], verbs: READ },
    { apiGroups: [GATEWAY], resources: ['gatewayclasses/status'], verbs: ['update'] },
  ],
  namespaced: [
    { apiGroups: [''], resources: ['configmaps'], verbs: READ },
    { apiGroups: [GATEWAY], resources: ['gateways', 'httproutes', 'grpcroutes', 'tlsroutes', 'referencegrants', 'backendtlspolicies'], verbs: READ },
    {
      apiGroups: [GATEWAY], resources: ['gateways/status', 'httproutes/status', 'grpcroutes/status', 'tlsroutes/status', 'backendtlspolicies/status'], verbs: ['update'],
    },
  ],
};
