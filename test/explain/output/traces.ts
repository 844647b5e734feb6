import type { Finding, Hop, Trace } from '../../../src/explain/trace';

/** Traces written by hand, so that the formats are tested apart from what the engine says. */

export const wrongSelector: Finding = {
  id: 'SVC001',
  severity: 'error',
  message: 'The selector app=blue matches no Pod; Deployment shop/blue comes nearest, its Pods have app=blu.',
  fix: 'Set the selector to app: blu, or the Pod label to app: blue.',
  object: { apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'blue' },
  file: 'deploy/blue.yaml',
  line: 21,
};

export const noProbe: Finding = {
  id: 'POD001',
  severity: 'warning',
  message: 'Port 8080 has no readiness probe.',
  fix: 'Add a readinessProbe.',
  object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'green' },
  file: 'deploy/green.yaml',
  line: 3,
};

export const broken: Trace = {
  request: 'http://localhost:30001',
  from: 'laptop',
  verdict: 'broken',
  symptom: 'refused',
  backends: [],
  hops: [{
    kind: 'host-port', verdict: 'broken', text: 'kind hands port 30001 of the laptop to port 30001 of node kind-control-plane.',
    object: { apiVersion: 'kind.x-k8s.io/v1alpha4', kind: 'Cluster', name: 'kind' }, file: 'kind.yaml', line: 5,
    from: 'localhost:30001', to: 'kind-control-plane:30001',
    next: [{
      kind: 'service', verdict: 'broken', text: 'Service shop/blue has no endpoint.',
      object: { apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'blue' }, file: 'deploy/blue.yaml', line: 18,
      from: 'kind-control-plane:30001',
      considered: [{ what: 'Deployment shop/blue', why: 'its label app is blu, not blue' }],
      next: [],
    }],
  }],
  findings: [wrongSelector],
  assumptions: ['kube-proxy runs in iptables mode'],
};

const endpoint = (name: string, verdict: Hop['verdict'], next: readonly Hop[] = []): Hop =>
  ({ kind: 'endpoint', verdict, text: `One of the Pods of Deployment shop/${name}.`, to: `${name}:8080`, next });

export const partial: Trace = {
  request: 'http://blue.shop',
  from: 'pod:shop/orders',
  verdict: 'partial',
  symptom: 'refused',
  backends: [{ kind: 'Deployment', namespace: 'shop', name: 'green', port: 8080 }],
  hops: [{
    kind: 'service', verdict: 'partial', text: 'Service shop/blue spreads over two workloads.',
    next: [
      endpoint('green', 'ok', [{ kind: 'container', verdict: 'ok', text: 'Container web listens.', next: [] }]),
      endpoint('old', 'broken'),
    ],
  }],
  findings: [noProbe],
  assumptions: [],
};

export const redirect: Trace = {
  request: 'http://shop.example.com/', from: 'outside', verdict: 'ok', symptom: null, status: 301, backends: [],
  hops: [{ kind: 'route', verdict: 'ok', text: 'The rule redirects to https.', next: [] }], findings: [], assumptions: [],
};

export const works: Trace = {
  request: 'http://blue.shop:80', from: 'pod:shop/orders', verdict: 'ok', symptom: null,
  backends: [{ kind: 'Deployment', namespace: 'shop', name: 'blue', port: 8080 }],
  hops: [{
    kind: 'dns', verdict: 'ok', text: 'The name is that of Service shop/blue.',
    next: [{ kind: 'container', verdict: 'ok', text: 'Container web listens on 8080.', to: 'blue:8080', next: [] }],
  }],
  findings: [], assumptions: ['the process listens on all interfaces'],
};

/** Everything that could upset a format: quotes, brackets, Markdown, HTML, control characters, other scripts. */
export const awkwardTexts: readonly string[] = [
  'say "hi"', 'a]b[c{d}e(f)', '<script>alert(1)</script>', '1. first', '- item', '`code`', '# head; #quot;', 'a|b', 'end', 'back\\slash', 'two\nlines',
  'bell\u0007', 'emoji 🚀', 'Größe', '--> x', '%% comment', ']]>', '&amp; & <', "it's", '\ud800 alone', '{{ .Values.x }}', 'click x "y"', '*bold* _it_',
];

export function awkward(text: string): Trace {
  return {
    ...broken, request: text, from: text,
    hops: broken.hops.map((hop) => ({ ...hop, text, to: text, object: { apiVersion: text, kind: text, namespace: text, name: text } })),
    findings: [{ ...wrongSelector, message: text, fix: text, file: text, object: { apiVersion: text, kind: text, namespace: text, name: text } }],
  };
}
