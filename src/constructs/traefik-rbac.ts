import { ApiObject } from 'cdk8s';
import { GATEWAY_GROUP } from '../model/gateway-api';
import { type AppNamespace, withoutNamespace } from './namespace';

const READ = ['get', 'list', 'watch'] as const;

interface PolicyRule {
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
    { apiGroups: [GATEWAY_GROUP], resources: ['gatewayclasses'], verbs: READ },
    { apiGroups: [GATEWAY_GROUP], resources: ['gatewayclasses/status'], verbs: ['update'] },
  ],
  namespaced: [
    { apiGroups: [''], resources: ['configmaps'], verbs: READ },
    { apiGroups: [GATEWAY_GROUP], resources: ['gateways', 'httproutes', 'grpcroutes', 'tlsroutes', 'referencegrants', 'backendtlspolicies'], verbs: READ },
    {
      apiGroups: [GATEWAY_GROUP], resources: ['gateways/status', 'httproutes/status', 'grpcroutes/status', 'tlsroutes/status', 'backendtlspolicies/status'], verbs: ['update'],
    },
  ],
};

/** Who is allowed what, under which name. */
export interface Grant {
  /** The name of the roles and their bindings. */
  readonly name: string;
  readonly account: string;
  readonly rules: ProviderRules;
  /** The namespaces that are served beside its own, where there is its Service; none means all of the cluster. */
  readonly watchNamespaces: readonly string[] | undefined;
}

/** A ClusterRole, and where only some namespaces are served a Role in each: no Secret of another can be read. */
export function grantRules(home: AppNamespace, { name, account, rules, watchNamespaces }: Grant): void {
  const namespace = home.namespaceName;
  const subjects = [{ kind: 'ServiceAccount', name: account, namespace }];
  const bind = (scoped: string | undefined, allowed: readonly PolicyRule[]): void => {
    const kind = scoped === undefined ? 'ClusterRole' : 'Role';
    const metadata = { name, ...(scoped !== undefined && { namespace: scoped }) };
    const apiVersion = 'rbac.authorization.k8s.io/v1';
    const objects = [
      new ApiObject(home, `${name}-${kind}${scoped ?? ''}`, { apiVersion, kind, metadata, rules: allowed }),
      new ApiObject(home, `${name}-${kind}Binding${scoped ?? ''}`, {
        apiVersion, kind: `${kind}Binding`, metadata, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name }, subjects,
      }),
    ];
    if (scoped === undefined) objects.forEach(withoutNamespace);
  };
  bind(undefined, watchNamespaces ? rules.cluster : [...rules.cluster, ...rules.namespaced]);
  for (const watched of watchNamespaces ? new Set([namespace, ...watchNamespaces]) : []) bind(watched, rules.namespaced);
}
