import { buildWorld } from '../../src/explain';
import type { Graph } from '../../src/graph/graph';
import { graphOf } from '../../src/graph/model/build';
import { readManifests } from '../../src/manifest/read';

/** Names that would break out of an element, an attribute, a script, a comment, a style or a terminal. */
export const hostileTexts: readonly string[] = [
  '</script><script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "' onload='alert(1)", '<!--', '-->', ']]>', '</svg><script>alert(1)</script>', '</style><style>*{display:none}',
  '&lt;b&gt;', '\u0000\u0007\u001b[31m', '\u2028\u2029', '\u202etxt', 'javascript:alert(1)', '${alert(1)}', '{{alert(1)}}', '\ud800', 'a"b\'c`d', 'url(http://evil.example/x)', '__proto__', 'constructor',
];

/** A picture in which every text that manifests may hold is this one. */
export function hostileGraph(text: string): Graph {
  const objects = [
    {
      apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: `web${text}`, namespace: `shop${text}` },
      spec: { replicas: 2, selector: { matchLabels: { app: text } }, template: { metadata: { labels: { app: text } }, spec: { containers: [{ name: text, image: text, ports: [{ name: text, containerPort: 8080 }] }] } } },
    },
    { apiVersion: 'v1', kind: 'Service', metadata: { name: `web${text}`, namespace: `shop${text}` }, spec: { type: 'LoadBalancer', selector: { app: text }, ports: [{ name: text, port: 80, targetPort: text }] } },
    { apiVersion: 'v1', kind: 'Service', metadata: { name: `out${text}`, namespace: `shop${text}` }, spec: { type: 'ExternalName', externalName: text, ports: [{ port: 80 }] } },
    {
      apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: `in${text}`, namespace: `shop${text}`, annotations: { [text]: text } },
      spec: { rules: [{ host: text, http: { paths: [{ path: `/${text}`, pathType: 'Prefix', backend: { service: { name: `web${text}`, port: { name: text } } } }] } }] },
    },
    { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: `np${text}`, namespace: `shop${text}` }, spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: { matchLabels: { [text]: text } } }] }] } },
  ];
  const file = `${text}.yaml`;
  return graphOf(buildWorld(readManifests([{ file, text: objects.map((object) => JSON.stringify(object)).join('\n') }])));
}
