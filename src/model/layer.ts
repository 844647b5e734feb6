/**
 * The order in which an environment comes up: what the rest needs (namespaces, CRDs), the controllers, the workloads with their
 * Services, and the routes to them. GitOps trees and Pulumi's dependencies both follow it.
 */
export const LAYERS = ['foundation', 'controllers', 'workloads', 'routes'] as const;

export type Layer = (typeof LAYERS)[number];

const FOUNDATION = new Set(['Namespace', 'CustomResourceDefinition', 'PriorityClass', 'StorageClass', 'IngressClass', 'GatewayClass']);
const ROUTES = new Set([
  'Ingress', 'Gateway', 'HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute', 'ReferenceGrant', 'BackendTLSPolicy',
  'FrontendConfig', 'ManagedCertificate', 'Certificate', 'HealthCheckPolicy', 'GCPGatewayPolicy', 'GCPBackendPolicy',
]);

/** The layer of a kind where nothing else is said. A BackendConfig comes with its Service, which names it. */
export function layerOfKind(kind: string): Layer {
  if (FOUNDATION.has(kind)) return 'foundation';
  return ROUTES.has(kind) ? 'routes' : 'workloads';
}
