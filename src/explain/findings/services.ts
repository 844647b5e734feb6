import type { FindingRule } from './rule';

/** Services: selectors, ports, nodePorts, traffic policies. */
export const serviceFindings: readonly FindingRule[] = [
  {
    id: 'SVC001', severity: 'error', title: 'The selector matches no pod',
    why: 'A Service without matching pods has no endpoints: kube-proxy rejects connections (refused), proxies answer 503. It is an error where a workload misses by one label in a way that cannot be meant, or where the input is the whole cluster; else a note, since the pods may come from elsewhere.',
    example: 'Service selector {app: web}, pod template labels {app: webb}', fix: 'Make the selector and the pod template\'s labels agree.',
  },
  {
    id: 'SVC002', severity: 'warning', title: 'The selector matches pods of several workloads',
    why: 'A Service spreads over every ready pod with its labels. Pods of two programs under one Service make every other request go wrong; two versions of one program (a canary) are meant to be mixed and are not reported.',
    example: 'Service selector {app: shop}; Deployments web and db both label their pods app: shop', fix: 'Add the label that tells the two apart to the selector.',
  },
  {
    id: 'SVC003', severity: 'error', title: 'A named targetPort is in no pod',
    why: 'A named targetPort is looked up in each pod, by name and protocol. A pod without it is no endpoint; when none has it the Service has no endpoints, and connections are refused.',
    example: 'targetPort: htpp, and containers with ports: [{name: http, containerPort: 8080}]', fix: 'Write the name that the container port has, with the same protocol.',
  },
  {
    id: 'SVC004', severity: 'warning', title: 'A named targetPort is in some of the pods only',
    why: 'Pods that lack the name silently get no traffic, so fewer pods carry the load than run.',
    example: 'targetPort: http; Deployment v1 names its port http, v2 does not', fix: 'Give the port the same name in every pod that the Service selects.',
  },
  {
    id: 'SVC005', severity: 'note', title: 'A numeric targetPort is declared by no container',
    why: 'Declaring a container port is documentation: the connection arrives all the same, if the process listens. It only means that nothing can be cross-checked.',
    example: 'targetPort: 8080, and a container without ports', fix: 'Declare the port in the container and name it, so that the two cannot drift apart.',
  },
  {
    id: 'SVC006', severity: 'note', title: 'targetPort is left out, and no container declares the Service\'s port',
    why: 'targetPort defaults to port. Where the containers declare another port (then this is a warning), the connection most likely finds nobody listening.',
    example: 'ports: [{port: 80}], and a container with containerPort: 8080', fix: 'Write the targetPort: the container\'s port, or its name.',
  },
  {
    id: 'SVC007', severity: 'error', title: 'The API server refuses the Service',
    why: 'Several ports need names, names are unique DNS labels, and a port is there once per protocol; a quoted number is a name without a letter. A refused Service does not exist: its name does not resolve.',
    example: 'ports: [{port: 80}, {port: 443}]', fix: 'Give every port a name of its own: a-z, 0-9 and -.',
  },
  {
    id: 'SVC008', severity: 'warning', title: 'One number on TCP and UDP',
    why: 'Client-side apply merges ports by number alone and loses one of the two (kubernetes/kubernetes#39188). Load balancers of some clouds take one protocol only.',
    example: 'ports: [{name: dns, port: 53, protocol: UDP}, {name: dns-tcp, port: 53, protocol: TCP}]', fix: 'Apply with --server-side.',
  },
  {
    id: 'SVC009', severity: 'warning', title: 'No selector and no EndpointSlice',
    why: 'Without a selector nobody makes endpoints but you, or a controller that is not in the input. Without endpoints, connections are refused.',
    example: 'A Service without selector, and no EndpointSlice with the label kubernetes.io/service-name', fix: 'Add a selector, or an EndpointSlice labelled with the Service\'s name.',
  },
  {
    id: 'SVC010', severity: 'note', title: 'Ports of a headless Service are not remapped',
    why: 'A headless name resolves to the pods\' own addresses, and no kube-proxy rule stands between: the client must dial the container\'s port. It is an error on a request that dials the Service\'s.',
    example: 'clusterIP: None, ports: [{port: 80, targetPort: 8080}]', fix: 'Give port and targetPort the same number.',
  },
  {
    id: 'SVC011', severity: 'warning', title: 'gRPC through a ClusterIP with several pods',
    why: 'kube-proxy chooses a pod per connection, and gRPC keeps one connection for all calls: one pod gets them all.',
    example: 'A port named grpc (or appProtocol kubernetes.io/h2c) to a Deployment with 3 replicas', fix: 'Make the Service headless and balance in the client, or put a proxy that speaks HTTP/2 in front.',
  },
  {
    id: 'SVC012', severity: 'warning', title: 'Every selected workload has 0 replicas',
    why: 'No pods, no endpoints: connections are refused until something scales the workload up.',
    example: 'A Deployment with replicas: 0', fix: 'Scale the workload up, or take the Service away.',
  },
  {
    id: 'SVC013', severity: 'error', title: 'externalName is an address',
    why: 'ExternalName is a DNS alias (CNAME) and an alias leads to a name. What looks like an address is served as a name that does not resolve.',
    example: 'type: ExternalName, externalName: 10.0.0.7', fix: 'Use a Service without a selector and an EndpointSlice with the address.',
  },
  {
    id: 'NP001', severity: 'error', title: 'nodePort on a ClusterIP Service',
    why: 'The API server refuses it: only NodePort and LoadBalancer have node ports.',
    example: 'type: ClusterIP, ports: [{port: 80, nodePort: 30080}]', fix: 'Set type: NodePort, or leave nodePort out.',
  },
  {
    id: 'NP002', severity: 'error', title: 'nodePort outside the range',
    why: 'The allocator refuses ports outside --service-node-port-range (30000-32767 unless the cluster says otherwise).',
    example: 'nodePort: 8080', fix: 'Choose a port from 30000 to 30085, which automatic allocation leaves alone.',
  },
  {
    id: 'NP003', severity: 'error', title: 'One nodePort for two Services',
    why: 'A node port belongs to one Service per protocol; the API server refuses the second that is applied.',
    example: 'Services a and b both with nodePort: 30080', fix: 'Give each Service a port of its own.',
  },
  {
    id: 'NP004', severity: 'warning', title: 'nodePort pinned where automatic allocation takes first',
    why: 'Ports are assigned from 30086-32767 first. A Service that pins one there fails when another was given it before.',
    example: 'nodePort: 31000', fix: 'Pin a port from 30000 to 30085.',
  },
  {
    id: 'NP005', severity: 'note', title: 'A NodePort Service leaves its port to chance',
    why: 'Without nodePort the cluster assigns one, anew on every cluster: whatever maps or forwards to it must be told. It is a note, and only where a port mapping needs the number.',
    example: 'type: NodePort without nodePort, beside a kind config with extraPortMappings to node ports', fix: 'Pin a port from 30000 to 30085.',
  },
  {
    id: 'ETP001', severity: 'warning', title: 'externalTrafficPolicy: Local and a node without a pod',
    why: 'With Local a node forwards only to its own pods, and drops the packets (timeout) when it has none. A cloud\'s load balancer leaves such nodes out by their health check; whoever dials a node does not.',
    example: 'type: NodePort, externalTrafficPolicy: Local, one replica, three nodes', fix: 'Use Cluster, or a DaemonSet, or enough replicas spread over the nodes.',
  },
  {
    id: 'ETP002', severity: 'warning', title: 'internalTrafficPolicy: Local',
    why: 'Clients reach only pods on their own node; on a node without one, packets are dropped.',
    example: 'internalTrafficPolicy: Local on a Service of a Deployment', fix: 'Use Cluster, or trafficDistribution: PreferSameNode, or run the backend as a DaemonSet.',
  },
  {
    id: 'LB001', severity: 'note', title: 'Many load balancers where one Ingress would do',
    why: 'Each Service of type LoadBalancer costs an address and a forwarding rule. HTTP services fit behind one load balancer with an Ingress controller or a Gateway.',
    example: 'Five HTTP Services of type LoadBalancer', fix: 'Make the Services ClusterIP, and one Ingress or HTTPRoute for all; ladder cost prices both.',
  },
  {
    id: 'LB002', severity: 'error', title: 'A load balancer that the cluster has no address for',
    why: 'The status of a Service of type LoadBalancer has the address that its provider gave. An empty one in a running cluster is <pending>: it is being made, or it cannot be. Events say why: a quota, a reserved address that is not there or elsewhere, a subnet, a class that nobody serves.',
    example: 'Service web of type LoadBalancer, read from a cluster with status: {loadBalancer: {}}', fix: 'Read kubectl describe service; wait a minute where nothing is wrong.',
  },
  {
    id: 'DEP001', severity: 'note', title: 'externalIPs is deprecated',
    why: 'externalIPs let anyone who may make Services take traffic for addresses that are not theirs (CVE-2020-8554). Deprecated with a warning since Kubernetes 1.36.',
    example: 'externalIPs: [192.0.2.10]', fix: 'Use type LoadBalancer with a provider (MetalLB on bare metal), or an Ingress.',
  },
  {
    id: 'DEP002', severity: 'note', title: 'Endpoints is deprecated',
    why: 'v1 Endpoints is deprecated since Kubernetes 1.33: it has no dual stack and is cut at 1,000 addresses.',
    example: 'kind: Endpoints written by hand', fix: 'Write a discovery.k8s.io/v1 EndpointSlice with the label kubernetes.io/service-name.',
  },
  {
    id: 'DEP003', severity: 'note', title: 'loadBalancerIP is deprecated',
    why: 'spec.loadBalancerIP was never well defined and is deprecated since Kubernetes 1.24; providers have annotations instead.',
    example: 'loadBalancerIP: 203.0.113.10', fix: 'Use the provider\'s annotation, on GKE networking.gke.io/load-balancer-ip-addresses.',
  },
  {
    id: 'DEP004', severity: 'note', title: 'trafficDistribution: PreferClose is deprecated',
    why: 'PreferClose is an alias of PreferSameZone since Kubernetes 1.34, deprecated in 1.35.',
    example: 'trafficDistribution: PreferClose', fix: 'Write PreferSameZone.',
  },
];
