import type { KubeObject } from '../../../src/manifest/object';
import { RESTRICTED_CONTAINER, STAND_IN } from '../cluster/pod-of';
import { type Selection, type Topology, type TopologyService, UNDECLARED_PORT, type Workload } from './topology';

/** The objects of a topology; `workers` are the names of the nodes that run pods. */
export function objectsOf(namespace: string, topology: Topology, workers: readonly string[]): readonly KubeObject[] {
  const metadata = (name: string) => ({ name, namespace });
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } },
    ...topology.workloads.map((workload) => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: metadata(workload.name), spec: deployment(workload, workers) })),
    ...topology.services.map((service) => ({ apiVersion: 'v1', kind: 'Service', metadata: metadata(service.name), spec: serviceSpec(namespace, service) })),
    ...topology.policies.map((policy, index) => ({
      apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: metadata(`policy-${index}`),
      spec: {
        podSelector: policy.podSelector, policyTypes: policy.policyTypes,
        ...(policy.policyTypes.includes('Ingress') && { ingress: policy.ingress }), ...(policy.policyTypes.includes('Egress') && { egress: policy.egress }),
      },
    })),
    { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: metadata('site'), spec: ingress(namespace, topology) },
  ];
}

function deployment({ name, replicas, worker, tier, ready, portName, containerPort }: Workload, workers: readonly string[]): object {
  const labels = { app: name, tier };
  return {
    replicas, selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels },
      spec: {
        ...(worker !== undefined && { nodeSelector: { 'kubernetes.io/hostname': workers[worker] } }),
        automountServiceAccountToken: false, terminationGracePeriodSeconds: 1,
        containers: [{
          name: 'stand-in', image: STAND_IN, imagePullPolicy: 'IfNotPresent', securityContext: RESTRICTED_CONTAINER,
          env: [{ name: 'PORTS', value: [containerPort, UNDECLARED_PORT].join(',') }],
          ports: [{ name: portName, containerPort }],
          readinessProbe: { httpGet: { path: ready ? '/' : '/status/503', port: containerPort }, periodSeconds: 2 },
        }],
      },
    },
  };
}

function serviceSpec(namespace: string, service: TopologyService): object {
  const { type, port, targetPort, selects, externalTrafficPolicy, internalTrafficPolicy, publishNotReadyAddresses } = service;
  if (type === 'ExternalName') return { type, externalName: `${service.externalName === 'kubernetes.default' ? service.externalName : `${service.externalName}.${namespace}`}.svc.cluster.local` };
  return {
    ...(type === 'Headless' ? { clusterIP: 'None' } : { type, internalTrafficPolicy }),
    ...((type === 'NodePort' || type === 'LoadBalancer') && { externalTrafficPolicy }),
    ...(publishNotReadyAddresses && { publishNotReadyAddresses }),
    ...selector(selects),
    ports: [{ name: 'main', port, targetPort }],
  };
}

function selector(selects: Selection): object {
  if ('none' in selects) return {};
  return { selector: 'nobody' in selects ? { app: 'aa' } : selects };
}

function ingress(namespace: string, { routes, ingressClass }: Topology): object {
  return {
    ingressClassName: ingressClass,
    rules: [{
      host: hostOf(namespace),
      http: { paths: routes.map(({ path, pathType, service, port }) => ({ path, pathType, backend: { service: { name: service, port: typeof port === 'number' ? { number: port } : { name: port } } } })) },
    }],
  };
}

export function hostOf(namespace: string): string {
  return `${namespace}.localhost`;
}
