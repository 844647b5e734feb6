import { Certificate } from '@kubernetes-models/cert-manager/cert-manager.io/v1/Certificate';
import { ClusterIssuer } from '@kubernetes-models/cert-manager/cert-manager.io/v1/ClusterIssuer';
import { Issuer } from '@kubernetes-models/cert-manager/cert-manager.io/v1/Issuer';
import { Gateway } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/Gateway';
import { GatewayClass } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/GatewayClass';
import { HTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute';
import { ReferenceGrant } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1beta1/ReferenceGrant';
import { BackendConfig } from '@kubernetes-models/gke/cloud.google.com/v1/BackendConfig';
import { GCPBackendPolicy } from '@kubernetes-models/gke/networking.gke.io/v1/GCPBackendPolicy';
import { GCPGatewayPolicy } from '@kubernetes-models/gke/networking.gke.io/v1/GCPGatewayPolicy';
import { HealthCheckPolicy } from '@kubernetes-models/gke/networking.gke.io/v1/HealthCheckPolicy';
import { ManagedCertificate } from '@kubernetes-models/gke/networking.gke.io/v1/ManagedCertificate';
import { FrontendConfig } from '@kubernetes-models/gke/networking.gke.io/v1beta1/FrontendConfig';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler';
import { Ingress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import { IngressClass } from 'kubernetes-models/networking.k8s.io/v1/IngressClass';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { ClusterRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRole';
import { ClusterRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRoleBinding';
import { Role } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import { RoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding';
import { Namespace } from 'kubernetes-models/v1/Namespace';
import { Service } from 'kubernetes-models/v1/Service';
import { ServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import type { KubeObject } from '../../src/manifest/object';

const MODELS = [
  BackendConfig, Certificate, ClusterIssuer, ClusterRole, ClusterRoleBinding, Deployment, FrontendConfig, GCPBackendPolicy, GCPGatewayPolicy, Gateway, GatewayClass, HTTPRoute, HealthCheckPolicy,
  HorizontalPodAutoscaler, Ingress, IngressClass, Issuer, ManagedCertificate, Namespace, NetworkPolicy, PodDisruptionBudget, ReferenceGrant, Role, RoleBinding, Service, ServiceAccount,
];

/**
 * What an object has against its schema, strictly: wrong types, values and formats, what is missing, null, and fields that the schema
 * does not know. The models' validators let unknown fields pass, so they are given objects that remember what was asked for: a
 * field that no validator ever looks at is unknown.
 */
export function schemaErrors(object: KubeObject): string[] {
  const model = MODELS.find(({ apiVersion, kind }) => apiVersion === object.apiVersion && kind === object.kind);
  if (!model) return [`no schema for ${object.apiVersion} ${object.kind}`];
  const unseen = new Map<object, { readonly path: string; readonly keys: Set<string> }>();
  const errors = nullsIn(object, '');
  try {
    // Some of the models find their schema through their prototype.
    const instance = Object.assign(Object.create(model.prototype as object) as object, object);
    model.prototype.validate.call(watched(instance, '', unseen));
  } catch (error) {
    errors.push(error instanceof Error ? error.message : String(error));
  }
  return [...errors, ...[...unseen.values()].flatMap(({ path, keys }) => [...keys].map((key) => `${path}/${key} is unknown`))];
}

function watched<T>(value: T, path: string, unseen: Map<object, { readonly path: string; readonly keys: Set<string> }>): T {
  if (typeof value !== 'object' || value === null) return value;
  const { keys } = unseen.get(value) ?? { keys: new Set(Array.isArray(value) ? [] : Object.keys(value)) };
  unseen.set(value, { path, keys });
  return new Proxy(value, {
    get: (target, key) => {
      keys.delete(String(key));
      return watched(Reflect.get(target, key) as unknown, `${path}/${String(key)}`, unseen);
    },
    // Maps such as labels are walked key by key.
    ownKeys: (target) => {
      keys.clear();
      return Reflect.ownKeys(target);
    },
  });
}

function nullsIn(value: unknown, path: string): string[] {
  if (value === null) return [`${path} is null`];
  return typeof value === 'object' ? Object.entries(value).flatMap(([key, inner]) => nullsIn(inner, `${path}/${key}`)) : [];
}
