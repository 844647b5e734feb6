/**
 * The constructs, the platforms and what they have in common: `import { Microservice } from 'service-ladder'`.
 *
 * @module service-ladder
 */
export { type EnvironmentDefinition } from './apps/definition';
export { type AcmeOptions, type AcmeServer, type AcmeSolver, type Dns01Solver, type Http01Solver, type SecretKey, type SolverNames } from './constructs/certificates/acme';
export { type Autoscaling, type Replicas } from './constructs/services/availability';
export { Certificate, type CertificateKey, type CertificateOptions, type CertificateProps } from './constructs/certificates/certificate';
export { type ContainerOptions, type InitContainer, type SidecarContainer } from './constructs/services/container';
export { Environment, type EnvironmentProps } from './constructs/environment';
export {
  type ClusterIpOptions, Exposure, type ExternalOptions, type HeadlessOptions, type IpFamilies, type LoadBalancerOptions, type NodePortOptions, type Rung,
} from './constructs/services/exposure';
export { ExternalService, type ExternalServiceProps } from './constructs/services/external-service';
export { type Front, type GatewayFront, type GatewayParts, type GatewayPlace, type IngressFront, type RouteParents } from './constructs/site/front';
export { gkeGateway, type GkeGatewayClass, type GkeGatewayOptions } from './constructs/fronts/gke-gateway';
export { gkeIngress, type GkeIngressOptions } from './constructs/fronts/gke-ingress';
export { type GkeExternalOptions, type GkeInternalOptions, GkeLoadBalancer, type GkeLoadBalancerOptions, type GkeWeighting } from './constructs/services/gke-load-balancer';
export { ingressNginx, type IngressNginxOptions } from './constructs/fronts/ingress-nginx';
export { type CertificateIssuer, ClusterIssuer, Issuer, type IssuerProps, type IssuerSource } from './constructs/certificates/issuer';
export { Microservice } from './constructs/services/microservice';
export { type MicroserviceProps } from './constructs/services/microservice-props';
export { AppNamespace, type AppNamespaceProps, type PodSecurityLevel } from './constructs/namespace';
export { type Allowance, type CidrPeer, type OutsidePeer, type PeerPort, type PodPeer } from './constructs/services/network-policy';
export { compat, type CompatProfile, type RestrictedProfile, type SecurityProfile } from './constructs/services/security';
export { type HeaderChanges, type RedirectTo, type Rewrite, type RouteMatch, type RouteOptions } from './constructs/site/route-options';
export { SharedGateway, type SharedGatewayProps } from './constructs/site/shared-gateway';
export { type IngressRoute, Site, type SiteProps } from './constructs/site/site';
export { Traefik, type TraefikProps } from './constructs/fronts/traefik';
export { type KubeObject, type ObjectMeta } from './manifest/object';
export { type HttpMethod, type PathType, type RouteFeature } from './model/http-route';
export { type LabelSelector, type NetworkPeer, type PolicyPort } from './model/network-peer';
export { type NodePortRequest } from './model/node-ports';
export { type FrontType, type LoadBalancerSupport, type Platform } from './model/platform';
export { type PodPort, type PortChain, type PortSpec, type Protocol } from './model/ports';
export { type Complaint, type Problem, ProblemError } from './model/problem';
export { gke, type GkeOptions, type GkePlatform } from './platforms/gke';
export { kind, type KindOptions, type KindPlatform } from './platforms/kind';
export { type KindClusterConfig, kindClusterConfig, type KindNode, type KindPortMapping } from './platforms/kind-config';
