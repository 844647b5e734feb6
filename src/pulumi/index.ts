/**
 * An environment as Pulumi resources. The GKE cluster and the policies have paths of their own: they load libraries that a deployment
 * does not need.
 *
 * @module service-ladder/pulumi
 */
export { type Call, type Publisher } from '../apps/calls';
export { type LayeredObject } from '../render/collect';
export { type Timeouts } from './await';
export { deploy, type Deployment, type DeployOptions } from './deploy';
export { type ClusterProviderArgs, gkeProvider, kindProvider } from './kubernetes-provider';
export { LadderApp, type LadderAppArgs } from './ladder-app';
export { type Order } from './order';
export { plan, type PlannedResource, type PlanOptions } from './plan';
export { type SecretArgs, secretObject } from './secret-object';
export { type ServiceCall } from './service-calls';
