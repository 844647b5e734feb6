import type { Output } from '@pulumi/pulumi';
import { shopEnvironment } from '../src/apps/rungs';
import type { Profile } from '../src/explain';
import { kind } from '../src/platforms/kind';
import { deploy } from '../src/pulumi/deploy';
import { kindProvider } from '../src/pulumi/kubernetes-provider';
import type { ServiceCall } from '../src/pulumi/service-calls';
import { flag, oneOf, readSettings, text, wholeNumber } from '../src/pulumi/settings';
import { configFile, NAME, PROGRAM, SHOP, shopSecrets, stackConfig } from './config';

const SETTINGS = {
  ...SHOP,
  program: PROGRAM,
  rung: oneOf(['clusterip', 'nodeport', 'loadbalancer', 'ingress', 'gateway'], 'ingress'),
  clusterName: NAME('kind'),
  workers: wholeNumber(0, 20, 2),
  cloudProviderKind: flag(false),
  kubeconfig: text('It is the path of a kubeconfig file.', /^.+$/, ''),
};

/** Outputs of the stack. */
export interface KindOutputs {
  readonly context: string;
  readonly services: Output<readonly ServiceCall[]>;
  readonly profile: Profile;
}

/** The shop on a kind cluster that is there already. */
export function kindProgram(): KindOutputs {
  const settings = readSettings(configFile(), SETTINGS, stackConfig());
  const { rung, clusterName, workers, cloudProviderKind, kubeconfig, host, replicas, images, secrets } = settings;
  const platform = kind({ clusterName, workers, cloudProviderKind });
  const { services, profile } = deploy({
    name: 'shop',
    description: `the shop on ${rung}, on kind`,
    build: (app) => shopEnvironment(app, 'shop', { platform, rung, replicas, images, ...(host !== '' && { host }) }),
  }, {
    provider: kindProvider({ clusterName, adoptExisting: settings.adoptExisting, ...(kubeconfig !== '' && { kubeconfig }) }),
    secrets: shopSecrets(secrets),
    ignore: settings.ignoreFindings,
  });
  return { context: `kind-${clusterName}`, services, profile };
}
