// `service-ladder/pulumi`. The GKE cluster and the policies have paths of their own: they load libraries that a deployment does not need.
export { deploy, type Deployment, type DeployOptions } from './deploy';
export { type ClusterProviderArgs, gkeProvider, kindProvider } from './kubernetes-provider';
export { LadderApp, type LadderAppArgs } from './ladder-app';
export { plan, type PlannedResource, type PlanOptions } from './plan';
export { type SecretArgs, secretObject } from './secret-object';
export { type ServiceCall } from './service-calls';
