import type { FindingRule } from './rule';

/** Pods, what they are told to call, and the policies between them. */
export const workloadFindings: readonly FindingRule[] = [
  {
    id: 'POD001', severity: 'warning', title: 'No readiness probe on a port that gets traffic',
    why: 'Without a readiness probe a pod gets traffic as soon as its container starts, before the process listens: requests fail on every rollout.',
    example: 'A Deployment behind a Service, its containers without readinessProbe', fix: 'Add a readinessProbe on the port that the Service sends to.',
  },
  {
    id: 'POD002', severity: 'warning', title: 'A probe\'s port is not declared',
    why: 'A probe\'s port name that the container does not declare fails for ever: the pod never becomes ready (an error). A number works undeclared, as a number does for a Service, but cannot be cross-checked.',
    example: 'readinessProbe: {httpGet: {port: htpp}}', fix: 'Use the name of a port that the same container declares.',
  },
  {
    id: 'POD003', severity: 'error', title: 'No selected pod is ready',
    why: 'Only ready pods get traffic. The input is of a running cluster and shows none that is ready, so connections are refused.',
    example: 'A Pod with condition Ready: False behind the Service', fix: 'See why the pods are not ready: kubectl describe pod.',
  },
  {
    id: 'POD004', severity: 'error', title: 'A workload that does not select its own pods',
    why: 'In apps/v1 the API server refuses a workload whose selector does not match the labels of its template: no pods ever run, and what selects them has no endpoints.',
    example: 'selector: {matchLabels: {app: web}}, template labels {app: webapp}', fix: 'Give spec.selector and spec.template.metadata.labels the same labels.',
  },
  {
    id: 'NET001', severity: 'error', title: 'A NetworkPolicy names the Service\'s port',
    why: 'Policies are judged after the Service\'s address is translated: on the pod\'s address and the container\'s port. A rule for the Service\'s port admits nothing.',
    example: 'Service port 80 to targetPort 8080, and a policy with ports: [{port: 80}]', fix: 'Write the container\'s port, or its name, in the policy.',
  },
  {
    id: 'NET002', severity: 'warning', title: 'Egress is limited and DNS is left out',
    why: 'A pod whose egress is limited asks DNS like anything else. Without UDP (and TCP) 53 to the cluster\'s DNS no name resolves, and allowed calls by name time out.',
    example: 'policyTypes: [Egress] with one rule to the backend\'s pods', fix: 'Allow egress to kube-system on port 53, UDP and TCP.',
  },
  {
    id: 'NET003', severity: 'error', title: 'A NetworkPolicy blocks a call that a container is told to make',
    why: 'A container\'s env or args name a Service, and the policies of the caller or of the called drop the packets: the call times out.',
    example: 'env BACKEND=http://backend:80, and a policy on backend that admits other pods only', fix: 'Admit the caller in the policy, or take the address out.',
  },
  {
    id: 'NET004', severity: 'error', title: 'A NetworkPolicy blocks this request',
    why: 'The policies that select a pod admit only what one of their rules names; everything else is dropped, and the client times out.',
    example: 'A policy that admits app=web only, and a request from app=batch', fix: 'Admit the sender in the policy, if the request is meant.',
  },
  {
    id: 'ENV001', severity: 'warning', title: 'A container is told to call something that is not there',
    why: 'An address in env or args names a Service of the input with a port it does not have, or a Service that nothing has where the input shows its namespace.',
    example: 'env BACKEND=http://backend:8080, and Service backend with port 80', fix: 'Correct the address, or add the Service or port.',
  },
  {
    id: 'REQ001', severity: 'error', title: 'The Service has no such port',
    why: 'kube-proxy has rules for a Service\'s ports only; other ports of its address lead nowhere. Clients dial `port`; `targetPort` is where the pod listens, `nodePort` is open on nodes.',
    example: 'curl http://web:8080, and Service web with port 80 and targetPort 8080', fix: 'Dial the Service\'s port.',
  },
  {
    id: 'REQ002', severity: 'error', title: 'A pod\'s address with a port of its Service',
    why: 'A pod listens on its container port and knows nothing of Services. nodePorts exist for addresses that the node owns (KUBE-NODEPORTS matches local destinations only), never for pod addresses: the connection is refused.',
    example: 'curl http://10.244.1.5:30001', fix: 'Dial the pod at its container port, or the nodePort at a node\'s address.',
  },
  {
    id: 'REQ003', severity: 'error', title: 'A node\'s address with a port that is not the nodePort',
    why: 'Nodes answer nodePorts; `port` and `targetPort` are open on the Service\'s and the pods\' addresses.',
    example: 'curl http://172.18.0.2:80, and a Service with port 80 and nodePort 30080', fix: 'Dial the nodePort.',
  },
  {
    id: 'REQ004', severity: 'error', title: 'localhost, where nothing of the cluster listens',
    why: 'A cluster\'s ports are on its nodes and its load balancers. localhost is the machine that asks, unless something publishes ports there.',
    example: 'curl http://localhost:8080 on a laptop beside a kind cluster without mappings', fix: 'Use kubectl port-forward for debugging, or a port mapping, or a front.',
  },
  {
    id: 'REQ005', severity: 'error', title: 'Nothing answers there',
    why: 'The address is one that no object of the input takes requests at, though the rest of the way is known: a port that nothing maps, a network that no route leads into, a name that nobody has.',
    example: 'curl http://localhost:8081 beside a kind cluster that maps 8080 only', fix: 'Send the request to an address that the manifests offer; ladder check lists them.',
  },
  {
    id: 'DNS001', severity: 'error', title: 'No Service has this name',
    why: 'A short name means the caller\'s own namespace. The input is the whole cluster, and nothing there has the name: NXDOMAIN.',
    example: 'http://orders from namespace web, and Service orders in namespace shop', fix: 'Dial name.namespace.',
  },
  {
    id: 'DNS002', severity: 'error', title: 'A cluster name from outside the cluster',
    why: 'Service names are in the cluster\'s DNS, which only pods ask.',
    example: 'curl http://web.shop.svc.cluster.local on a laptop', fix: 'Send it from a pod, port-forward, or expose the Service.',
  },
  {
    id: 'SEC001', severity: 'warning', title: 'A private key in a manifest',
    why: 'Manifests are committed, copied and logged; base64 hides nothing. Who reads the key can be the server that it is for.',
    example: 'kind: Secret with a tls.key, or a ConfigMap with -----BEGIN PRIVATE KEY-----',
    fix: 'Take it out, replace the key, and bring it another way: cert-manager, External Secrets, Sealed Secrets or SOPS, or kubectl create secret tls by hand.',
  },
];
