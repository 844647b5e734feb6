import type { FindingRule } from './rule';

/** What stands in front: kind's port mappings, load balancers, Ingress, Gateway API. */
export const frontFindings: readonly FindingRule[] = [
  {
    id: 'KIND001', severity: 'error', title: 'A nodePort that kind does not publish',
    why: 'kind\'s nodes are containers. Their nodePorts are on localhost only where an extraPortMapping publishes them, fixed when the cluster is made.',
    example: 'nodePort: 30001, and a kind config without extraPortMappings', fix: 'Add {containerPort: 30001, hostPort: 30001} and make the cluster anew; or kubectl port-forward.',
  },
  {
    id: 'KIND002', severity: 'error', title: 'A port mapping that aims past the nodePort',
    why: 'extraPortMappings[].containerPort is a port of the node: the nodePort (or a hostPort). Aimed at port or targetPort, Docker\'s proxy accepts the connection and resets it.',
    example: 'extraPortMappings: [{hostPort: 8080, containerPort: 80}], and a Service with port 80 and nodePort 30080', fix: 'Set containerPort to the nodePort.',
  },
  {
    id: 'KIND003', severity: 'error', title: 'A LoadBalancer that nobody provides',
    why: 'type: LoadBalancer asks a cloud (or MetalLB, cloud-provider-kind) for an address. On bare kind, minikube and kubeadm nobody answers: the address stays <pending>. The nodePort works all the same.',
    example: 'type: LoadBalancer on kind', fix: 'Run cloud-provider-kind or MetalLB, or use NodePort or an Ingress.',
  },
  {
    id: 'KIND004', severity: 'warning', title: 'A controller that does not run on the mapped node',
    why: 'A hostPort is open on the node its pod runs on. Mapped ports belong to one node; a controller elsewhere is not behind them.',
    example: 'extraPortMappings 80 on the control plane, and a controller with hostPort 80 without a nodeSelector for it', fix: 'Pin the controller to the mapped node: a node label and a nodeSelector, with the toleration it needs.',
  },
  {
    id: 'ING001', severity: 'error', title: 'The backend Service of an Ingress is missing',
    why: 'An Ingress\'s backends are Services of its own namespace. One that is not there is answered 503 (or 404, by Traefik). A lone Ingress file is no error: the Service may be elsewhere.',
    example: 'Ingress in shop with backend web, and Service web in default', fix: 'Move the Ingress to the Service\'s namespace, or correct the name.',
  },
  {
    id: 'ING002', severity: 'error', title: 'The backend port is not on the Service',
    why: 'An Ingress names the Service\'s port, by number or name, not the container\'s. An unknown port has no endpoints: 503 (404 by Traefik).',
    example: 'Ingress backend port 8080, and Service port 80 with targetPort 8080', fix: 'Write the Service\'s port.',
  },
  {
    id: 'ING003', severity: 'error', title: 'No controller for the Ingress\'s class',
    why: 'An Ingress is a wish: a controller for its class must run. Without one it gets no address and nobody answers.',
    example: 'ingressClassName: nginx where only Traefik runs', fix: 'Set ingressClassName to the class of the controller that runs, or install one for it.',
  },
  {
    id: 'ING004', severity: 'error', title: 'GKE\'s controller meant, and only ingressClassName set',
    why: 'GKE\'s Ingress controller goes by the annotation kubernetes.io/ingress.class: gce. An Ingress without the annotation and with any ingressClassName is ignored.',
    example: 'ingressClassName: gce', fix: 'Set the annotation kubernetes.io/ingress.class: gce and leave ingressClassName out.',
  },
  {
    id: 'ING005', severity: 'warning', title: 'Two equal rules of Ingresses',
    why: 'Which of two equal rules wins is not defined; controllers take the older, merge, or refuse one. To Traefik rules are equal that are written equally long, whatever they match.',
    example: 'Two Ingresses with host shop.example.com, path /, and different backends', fix: 'Keep one, or make the paths differ; for Traefik, give one the annotation traefik.ingress.kubernetes.io/router.priority.',
  },
  {
    id: 'ING006', severity: 'warning', title: 'No rule of the Ingress takes the request',
    why: 'A host is matched exactly or, with *., for one label; a Prefix by path element; an Exact path letter by letter. What matches nothing goes to the default backend (Traefik reads that of an Ingress without rules alone), or is answered 404.',
    example: 'path /cart (Exact), and a request for /cart/', fix: 'Add a rule for the host and path, or a defaultBackend.',
  },
  {
    id: 'ING007', severity: 'warning', title: 'A path whose requests Traefik takes by another rule',
    why: 'Of the Ingress rules that match, Traefik takes the longest text, Host and path together, unlike the API: an Exact path loses to a prefix that is written longer, and a host of its own to a deeper path of a wildcard.',
    example: 'path /cart (Exact) beside path / (Prefix) of one host, served by Traefik', fix: 'Put the path into an Ingress of its own with the annotation traefik.ingress.kubernetes.io/router.priority, or use an HTTPRoute.',
  },
  {
    id: 'ING008', severity: 'warning', title: 'A default backend that Traefik does not read',
    why: 'Traefik takes the default backend of an Ingress that has no rules, and of no other.',
    example: 'Ingress of class traefik with rules and a defaultBackend', fix: 'Put the default backend into an Ingress of its own, without rules.',
  },
  {
    id: 'HOST001', severity: 'error', title: 'A host that the API server refuses',
    why: 'Hosts of an Ingress, a route and a listener are DNS names in lower case, or *. and one: no port, no scheme, no letter beyond a-z (write xn--…). The object is refused as a whole, with all its rules.',
    example: 'An Ingress with host: münchen.example.com', fix: 'Write the name in lower case, in punycode where it has other letters, and without scheme, port and path.',
  },
  {
    id: 'GKE001', severity: 'warning', title: 'Google\'s health check will ask for /',
    why: 'GKE Ingress takes the health check from a BackendConfig or the readiness probe of the serving port; with neither it asks GET / and wants 200. An application that answers otherwise is out: 502.',
    example: 'Ingress of class gce to a Deployment without readinessProbe and without BackendConfig', fix: 'Add a readinessProbe with httpGet on the serving port, or a BackendConfig with healthCheck.',
  },
  {
    id: 'GKE002', severity: 'warning', title: 'Google\'s health check behind a Gateway will ask for /',
    why: 'GKE\'s Gateway takes the health check of a Service from a HealthCheckPolicy, and unlike its Ingress from no readiness probe. Without one it asks GET / and wants 200: an application that answers otherwise is out.',
    example: 'Gateway of class gke-l7-global-external-managed to a Service that no HealthCheckPolicy is for', fix: 'Add a HealthCheckPolicy with the path and port of the readiness probe, and the Service as its targetRef.',
  },
  {
    id: 'GKE003', severity: 'warning', title: 'What Google\'s load balancers do not follow of a route',
    why: 'GKE makes a URL map of HTTPRoutes, which cannot say all that the API can: no method, no regular expression for a path, no rewrite of a whole path, no timeout of a route. Such a rule is refused or goes without, while other controllers follow it.',
    example: 'Gateway of class gke-l7-global-external-managed, and an HTTPRoute with matches: [{method: GET}]', fix: 'Say it in what the class follows, or serve the route by another controller.',
  },
  {
    id: 'GKE004', severity: 'error', title: 'An Ingress that GKE makes no load balancer of',
    why: 'GKE\'s Ingress controller refuses the whole Ingress, and says so in an event only: an internal one for http and https without an address that both can share, an internal one that redirects to https, one that forbids http and has no certificate.',
    example: 'kubernetes.io/ingress.class: gce-internal with tls, and no kubernetes.io/ingress.allow-http: "false"', fix: 'Set kubernetes.io/ingress.allow-http: "false" on an internal Ingress with a certificate, and leave the redirect out.',
  },
  {
    id: 'GKE005', severity: 'error', title: 'A certificate beside a certificate map',
    why: 'With the annotation networking.gke.io/certmap the load balancer of a Gateway goes by the map alone. GKE refuses the whole Gateway where a listener has certificateRefs or pre-shared-certs besides, and says so in an event only.',
    example: 'Gateway of class gke-l7-global-external-managed with networking.gke.io/certmap: shop, and a listener with certificateRefs: [{name: shop-tls}]', fix: 'Take the certificate out of the listener and put it into the map, or leave the annotation out.',
  },
  {
    id: 'TLS001', severity: 'warning', title: 'The certificate\'s Secret is missing',
    why: 'The controller picks the certificate by SNI from the Secret that tls[] names; without it, it serves its own default certificate, which clients do not trust.',
    example: 'tls: [{hosts: [shop.example.com], secretName: shop-tls}] and no such Secret', fix: 'Create the Secret, or let cert-manager issue it.',
  },
  {
    id: 'TLS002', severity: 'warning', title: 'The certificate is for other names',
    why: 'A client compares the name it asked for with the certificate\'s alternative names; a wildcard is for one label. On a mismatch it refuses the connection, or the controller serves its default certificate instead.',
    example: 'tls: [{hosts: [api.shop.example.com], secretName: shop-tls}], and a certificate for *.example.com', fix: 'Get a certificate for this name: add it to the Certificate\'s dnsNames, or to the request.',
  },
  {
    id: 'TLS003', severity: 'warning', title: 'The certificate has expired',
    why: 'Clients refuse a certificate after its end, and the front serves it all the same.',
    example: 'A Secret whose tls.crt was good until last year', fix: 'Renew it: cert-manager does so by itself, and ladder certificate on a laptop.',
  },
  {
    id: 'DEP005', severity: 'warning', title: 'Annotations of ingress-nginx under another controller',
    why: 'nginx.ingress.kubernetes.io/* mean something to ingress-nginx only; rewrites, redirects and timeouts silently do not happen.',
    example: 'ingressClassName: traefik with nginx.ingress.kubernetes.io/rewrite-target', fix: 'Use the controller\'s own means: Traefik Middlewares, HTTPRoute filters.',
  },
  {
    id: 'RTE001', severity: 'error', title: 'A route\'s backend is missing or not granted',
    why: 'A backendRef to nothing, or into another namespace without a ReferenceGrant there, is invalid: its share of the requests is answered 500.',
    example: 'HTTPRoute in web with backendRefs: [{name: api, namespace: shop}] and no ReferenceGrant in shop', fix: 'Correct the name, or create a ReferenceGrant in the backend\'s namespace.',
  },
  {
    id: 'RTE002', severity: 'error', title: 'A route\'s backend port is not on the Service',
    why: 'A backendRef names the Service\'s port. One that it does not have makes the reference invalid: 500.',
    example: 'backendRefs: [{name: web, port: 8080}], and Service web with port 80', fix: 'Write the Service\'s port.',
  },
  {
    id: 'RTE003', severity: 'error', title: 'A route that its Gateway does not take',
    why: 'A listener takes routes of the namespaces, kinds and hostnames that it allows (by default its own namespace only). A route that is not attached routes nothing: 404.',
    example: 'Gateway in infra with allowedRoutes.namespaces.from: Same, and an HTTPRoute in shop', fix: 'Allow the namespace in the listener, or make the hostnames meet.',
  },
  {
    id: 'RTE004', severity: 'warning', title: 'No rule of the routes takes the request',
    why: 'A rule matches when hostname, path, method, headers and query all do; a prefix goes by path element. What matches nothing is answered 404.',
    example: 'path PathPrefix /v2, and a request for /v2example', fix: 'Add a rule that takes it.',
  },
  {
    id: 'RTE005', severity: 'error', title: 'A filter that Traefik does not know',
    why: 'Traefik changes headers, rewrites, redirects, and takes its own Middlewares as ExtensionRef. A rule with any other filter is answered 500, though another controller would follow it.',
    example: 'filters: [{type: RequestMirror, requestMirror: {backendRef: {name: shadow, port: 80}}}], and a Gateway of Traefik', fix: 'Take the filter out, or use a Middleware of Traefik.',
  },
  {
    id: 'RTE006', severity: 'error', title: 'An appProtocol that Traefik does not know',
    why: 'Behind a Gateway, Traefik takes the appProtocols http, https, kubernetes.io/h2c, kubernetes.io/ws and kubernetes.io/wss. A port with another makes the reference invalid: 500.',
    example: 'Service with ports: [{port: 80, appProtocol: grpc}], and a Gateway of Traefik', fix: 'Write kubernetes.io/h2c for gRPC, or leave appProtocol out for http.',
  },
  {
    id: 'GTW001', severity: 'error', title: 'No GatewayClass of that name',
    why: 'A Gateway\'s class says which controller makes it. Without the class nobody does, and it gets no address.',
    example: 'gatewayClassName: traefik where no such GatewayClass is', fix: 'Use a class that is there, or install the controller.',
  },
  {
    id: 'GTW002', severity: 'error', title: 'The Gateway does not listen on that port',
    why: 'A Gateway is open on its listeners\' ports only: connections to others are refused, or answered 404 where its controller listens there for other Gateways.',
    example: 'listeners: [{port: 443}], and a request to port 80', fix: 'Add a listener, or use its port.',
  },
  {
    id: 'GTW003', severity: 'error', title: 'No listener for that protocol and host',
    why: 'Among the listeners of a port the most specific hostname wins, by SNI under TLS. Where none fits, plain requests get 404 and TLS handshakes are reset.',
    example: 'listener hostname *.example.com, and a request for example.com', fix: 'Add a listener for the host.',
  },
  {
    id: 'GTW004', severity: 'error', title: 'A listener that Traefik has no entry point for',
    why: 'Traefik serves a listener by the entry point that listens on its port inside the container (8000 and 8443 where it runs without root), and refuses others as PortUnavailable: its routes are answered 404. What clients dial is the Service\'s port.',
    example: 'listeners: [{port: 80}], and Traefik with --entrypoints.web.address=:8000', fix: 'Give the listener the entry point\'s port.',
  },
  {
    id: 'GTW005', severity: 'error', title: 'A certificate of another namespace that is not granted',
    why: 'A Gateway may name a Secret of another namespace only where a ReferenceGrant there allows it. Without it the listener does not come up, and https is not served.',
    example: 'Gateway in infra with certificateRefs: [{name: shop-tls, namespace: shop}] and no ReferenceGrant in shop', fix: 'Create a ReferenceGrant in the Secret\'s namespace, from Gateway.',
  },
];
