import { type Platform, buildWorld } from '../../src/explain';
import { type Cost, type CostOptions, costOf, publishedPriceList } from '../../src/cost';
import { readManifests } from '../../src/manifest/read';

/** The cost of some YAML, at the published prices of us-central1 unless said otherwise. */
export function costOfYaml(yaml: string, { platform = 'gke', ...options }: Partial<CostOptions> & { readonly platform?: Platform | 'unknown' } = {}): Cost {
  const manifests = readManifests([{ file: 'all.yaml', text: yaml }]);
  expect(manifests.problems).toEqual([]);
  return costOf(buildWorld(manifests, platform === 'unknown' ? {} : { platform }), { prices: publishedPriceList(), region: 'us-central1', ...options });
}

/** A Service of type LoadBalancer, with more of its spec. */
export function balancer(name: string, spec = 'ports: [{port: 80}]', annotations = '{}'): string {
  return `---\napiVersion: v1\nkind: Service\nmetadata: {name: ${name}, namespace: shop, annotations: ${annotations}}\nspec:\n  type: LoadBalancer\n  selector: {app: ${name}}\n  ${spec.replaceAll('\n', '\n  ')}\n`;
}

/** The same objects, in another namespace than shop. */
export function within(namespace: string, yaml: string): string {
  return yaml.replaceAll('namespace: shop', `namespace: ${namespace}`);
}

/** An Ingress for everything. */
export function ingress(annotations: string, spec = ''): string {
  return `---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: site, namespace: shop, annotations: ${annotations}}\nspec:\n  defaultBackend: {service: {name: web, port: {number: 80}}}\n  ${spec.replaceAll('\n', '\n  ')}\n`;
}

/** A Gateway with a listener for each port. */
export function gateway(className: string, ...ports: readonly number[]): string {
  return `---\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: site, namespace: shop}\nspec:\n  gatewayClassName: ${className}\n  listeners: [${ports.map((port) => `{name: p${port}, port: ${port}, protocol: HTTP}`).join(', ')}]\n`;
}

/** Traefik and the Service in front of it. */
export function traefik(type = 'LoadBalancer'): string {
  return `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: traefik, namespace: edge}
spec:
  replicas: 2
  selector: {matchLabels: {app: traefik}}
  template:
    metadata: {labels: {app: traefik}}
    spec:
      containers:
        - {name: traefik, image: 'traefik:v3.7.13', ports: [{containerPort: 8000, name: web}], resources: {requests: {cpu: 100m, memory: 256Mi}}}
---
apiVersion: v1
kind: Service
metadata: {name: traefik, namespace: edge}
spec: {type: ${type}, selector: {app: traefik}, ports: [{port: 80, targetPort: web}, {port: 443, targetPort: 8443}]}
`;
}
