import * as kplus from 'cdk8s-plus-27';
import { Environment } from '../../src/constructs/environment';
import { Exposure } from '../../src/constructs/services/exposure';
import { ExternalService } from '../../src/constructs/services/external-service';
import { GkeLoadBalancer } from '../../src/constructs/services/gke-load-balancer';
import { Microservice } from '../../src/constructs/services/microservice';
import type { AppNamespace } from '../../src/constructs/namespace';
import { compat } from '../../src/constructs/services/security';
import type { Site } from '../../src/constructs/site/site';

declare const shop: AppNamespace;
declare const site: Site;
declare const web: Microservice;

/** What does not fit does not compile. `npm run typecheck` fails where a line that expects an error has none; nothing here is run. */
export const refusedByTheCompiler = [
  // @ts-expect-error a ClusterIP has no node port
  () => Exposure.clusterIp({ nodePort: 30080 }),
  // @ts-expect-error a ClusterIP is not reached from outside
  () => Exposure.clusterIp({ externalTrafficPolicy: 'Local' }),
  // @ts-expect-error a headless Service has no virtual address that could keep a client's Pod
  () => Exposure.headless({ sessionAffinity: true }),
  // @ts-expect-error nor one that policies could direct
  () => Exposure.headless({ internalTrafficPolicy: 'Local' }),
  // @ts-expect-error source ranges are a load balancer's
  () => Exposure.nodePort({ nodePort: 30080, loadBalancerSourceRanges: ['10.0.0.0/8'] }),
  // @ts-expect-error so is the class
  () => Exposure.nodePort({ loadBalancerClass: 'a' }),
  // @ts-expect-error a load balancer's node ports are its own affair
  () => Exposure.loadBalancer({ nodePort: 30080 }),
  // @ts-expect-error GKE's load balancers have their class
  () => GkeLoadBalancer.external({ loadBalancerClass: 'a' }),
  // @ts-expect-error weights need the Local policy
  () => GkeLoadBalancer.external({ weightedByPods: true }),
  // @ts-expect-error global access is for internal load balancers
  () => GkeLoadBalancer.external({ globalAccess: true }),
  // @ts-expect-error the tier is for external ones
  () => GkeLoadBalancer.internal({ networkTier: 'Standard' }),
  // @ts-expect-error an exposure is made by its rungs only
  () => new Exposure({ type: 'ClusterIP', options: {} }),
  // @ts-expect-error an unknown preference
  () => Exposure.clusterIp({ trafficDistribution: 'PreferNear' }),
  // @ts-expect-error a private port is on no Service
  () => new Microservice(shop, 'a', { image: 'a:1', port: 8080, privatePorts: [{ name: 'metrics', containerPort: 9090, port: 90 }] }),
  // @ts-expect-error a private port needs a name
  () => new Microservice(shop, 'a', { image: 'a:1', port: 8080, privatePorts: [{ containerPort: 9090 }] }),
  // @ts-expect-error the Pod's security is that of all its containers
  () => new Microservice(shop, 'a', { image: 'a:1', port: 8080, sidecars: [{ name: 'b', image: 'b:1', securityContext: { user: 0 } }] }),
  // @ts-expect-error the API server refuses probes of init containers
  () => new Microservice(shop, 'a', { image: 'a:1', port: 8080, initContainers: [{ name: 'b', image: 'b:1', readiness: kplus.Probe.fromTcpSocket() }] }),
  // @ts-expect-error only the compat profile has a writable root, and it says why
  () => new Microservice(shop, 'a', { image: 'a:1', port: 8080, security: { type: 'restricted', writableRoot: true } }),
  // @ts-expect-error the reason is not optional
  () => compat({ writableRoot: true }),
  // @ts-expect-error an alias needs the port that its callers dial, for their policies
  () => new ExternalService(shop, 'db', { externalName: 'db.example.com' }),
  // @ts-expect-error a path is matched exactly or by prefix
  () => site.route(web, { pathType: 'ImplementationSpecific' }),
  // @ts-expect-error a route leads to a service, not to an alias
  () => site.route(new ExternalService(shop, 'db', { externalName: 'db.example.com', port: 80 })),
  // @ts-expect-error an environment is for one platform
  () => new Environment(shop, 'e', {}),
];
