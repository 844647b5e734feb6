import { layerOfKind, LAYERS } from '../../src/model/layer';

test.each([
  ['Namespace', 'foundation'], ['CustomResourceDefinition', 'foundation'], ['IngressClass', 'foundation'], ['GatewayClass', 'foundation'],
  ['Deployment', 'workloads'], ['Service', 'workloads'], ['NetworkPolicy', 'workloads'], ['BackendConfig', 'workloads'], ['ConfigMap', 'workloads'],
  ['Ingress', 'routes'], ['HTTPRoute', 'routes'], ['FrontendConfig', 'routes'], ['ManagedCertificate', 'routes'],
  ['ingress', 'workloads'], ['SomethingElse', 'workloads'],
])('%s goes to %s', (kind, layer) => {
  expect(layerOfKind(kind)).toBe(layer);
  expect(LAYERS).toContain(layer);
});

test('Namespaces come first and routes last', () => {
  expect(LAYERS.indexOf(layerOfKind('Namespace'))).toBe(0);
  expect(LAYERS.indexOf(layerOfKind('Ingress'))).toBe(LAYERS.length - 1);
});
