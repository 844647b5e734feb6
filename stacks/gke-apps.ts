import * as pulumi from '@pulumi/pulumi';
import { shopEnvironment } from '../src/apps/rungs';
import type { Profile } from '../src/explain';
import { ProblemError } from '../src/model/problem';
import { gke } from '../src/platforms/gke';
import { deploy } from '../src/pulumi/deploy';
import { gkeProvider } from '../src/pulumi/kubernetes-provider';
import type { ServiceCall } from '../src/pulumi/service-calls';
import { oneOf, readSettings, text } from '../src/pulumi/settings';
import { configFile, PROGRAM, SHOP, shopSecrets, stackConfig } from './config';

const SETTINGS = {
  ...SHOP,
  program: PROGRAM,
  rung: oneOf(['clusterip', 'loadbalancer', 'ingress', 'gateway', 'gke-ingress', 'gke-gateway'], 'ingress'),
  clusterStack: text('It is a stack: organization/project/stack.', /^[^/\s]+\/[^/\s]+\/[^/\s]+$/, ''),
};

/** Outputs of the stack. */
export interface GkeAppsOutputs {
  readonly services: pulumi.Output<readonly ServiceCall[]>;
  readonly profile: Profile;
}

/** The shop on the cluster of another stack. */
export async function gkeAppsProgram(): Promise<GkeAppsOutputs> {
  const { rung, host, replicas, images, secrets, adoptExisting, ignoreFindings, clusterStack } = readSettings(configFile(), SETTINGS, stackConfig());
  const stack = clusterStack === '' ? `${pulumi.getOrganization()}/${pulumi.getProject()}/gke-cluster` : clusterStack;
  const cluster = new pulumi.StackReference(stack);
  const [{ value: clusterName }, { value: autopilot }] = await Promise.all([cluster.getOutputDetails('clusterName'), cluster.getOutputDetails('autopilot')]);
  if (typeof clusterName !== 'string' || typeof autopilot !== 'boolean') throw new ProblemError([noCluster(stack)]);

  const platform = gke({ clusterName, autopilot });
  const provider = gkeProvider({ clusterName, adoptExisting, kubeconfig: cluster.requireOutput('kubeconfig') as pulumi.Output<string> });
  const { services, profile } = deploy({
    name: 'shop',
    description: `the shop on ${rung}, on GKE`,
    build: (app) => shopEnvironment(app, 'shop', { platform, rung, replicas, images, ...(host !== '' && { host }) }),
  }, { provider, secrets: shopSecrets(secrets), ignore: ignoreFindings });
  return { services, profile };
}

function noCluster(stack: string) {
  return {
    code: 'NO_CLUSTER', severity: 'error', path: configFile(), value: stack, rule: 'The stack of the cluster has to be there first.',
    fix: 'Deploy it: pulumi up --stack gke-cluster, or set clusterStack.',
  } as const;
}
