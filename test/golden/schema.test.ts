import type { KubeObject } from '../../src/manifest/object';
import { schemaErrors } from './schema';

const service: KubeObject = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', labels: { any: 'thing' } }, spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http' }] } };
const container = { name: 'web', image: 'web:1', ports: [{ containerPort: 80 }], resources: { requests: { cpu: '20m' } }, lifecycle: { preStop: { sleep: { seconds: 5 } } } };
const deployment = (own: object, pod: object = {}): KubeObject => ({
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' },
  spec: { selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ ...container, ...own }], ...pod } } },
});

test.each<[string, KubeObject, string | undefined]>([
  ['a Service', service, undefined],
  ['a Service with a number for targetPort', { ...service, spec: { ports: [{ port: 80, targetPort: 8080 }] } }, undefined],
  ['a port as text', { ...service, spec: { ports: [{ port: '80' }] } }, 'port must be integer'],
  ['a misspelled field', { ...service, spec: { ports: [{ port: 80, nodeport: 30080 }] } }, '/spec/ports/0/nodeport is unknown'],
  ['a misspelled field that another one needs', { ...service, spec: { prots: [], ports: [{ port: 80 }] } }, '/spec/prots is unknown'],
  ['a field at the top', { ...service, sepc: {} }, '/sepc is unknown'],
  ['a field of metadata', { ...service, metadata: { name: 'web', lables: {} } }, '/metadata/lables is unknown'],
  ['null', { ...service, spec: { ports: [{ port: 80, nodePort: null }] } }, '/spec/ports/0/nodePort is null'],
  ['a label that is a number', { ...service, metadata: { name: 'web', labels: { version: 1 } } } as unknown as KubeObject, 'version must be string'],
  ['a type that there is not', { ...service, spec: { type: 'Nodeport', ports: [{ port: 80 }] } }, 'type must be equal to one of'],
  ['a Deployment', deployment({}), undefined],
  ['a quantity that is none', deployment({ resources: { requests: { cpu: '20mm' } } }), 'quantity'],
  ['a required field that is missing', deployment({ lifecycle: { preStop: { sleep: {} } } }), 'seconds'],
  ['a probe with a misspelled action', deployment({ readinessProbe: { httpget: { path: '/', port: 80 } } }), '/readinessProbe/httpget is unknown'],
  ['a container field on the Pod', deployment({}, { imagePullPolicy: 'Always' }), '/spec/template/spec/imagePullPolicy is unknown'],
  ["GKE's BackendConfig", { apiVersion: 'cloud.google.com/v1', kind: 'BackendConfig', metadata: { name: 'web' }, spec: { healthCheck: { type: 'HTTP', port: 80 } } }, undefined],
  ["GKE's BackendConfig with a misspelled field", { apiVersion: 'cloud.google.com/v1', kind: 'BackendConfig', metadata: { name: 'web' }, spec: { healthCheck: { path: '/' } } }, '/spec/healthCheck/path is unknown'],
  ['a kind that nobody knows', { ...service, kind: 'Servcie' }, 'no schema for v1 Servcie'],
  ['a version that is gone', { ...deployment({}), apiVersion: 'apps/v1beta1' }, 'no schema for apps/v1beta1 Deployment'],
])('%s', (_, object, error) => {
  if (error === undefined) expect(schemaErrors(object)).toEqual([]);
  else expect(schemaErrors(object).join('\n')).toContain(error);
});
