import { ApiObject } from 'cdk8s';
import { type AppNamespace, withoutNamespace } from '../namespace';
import type { PolicyRule, ProviderRules } from './traefik-rbac';

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
