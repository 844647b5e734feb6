import { Provider } from '@pulumi/gcp';
import type { Output } from '@pulumi/pulumi';
import { GkeCluster } from '../src/pulumi/gke-cluster';
import { flag, oneOf, readSettings, text, wholeNumber } from '../src/pulumi/settings';
import { configFile, NAME, PROGRAM, stackConfig } from './config';

const SETTINGS = {
  program: PROGRAM,
  project: text('It is the id of a Google Cloud project.', /^[a-z][-a-z0-9]{4,28}[a-z0-9]$/),
  region: text('It is a region, e.g. europe-west1.', /^[a-z]+-[a-z]+\d+$/, 'europe-west1'),
  zone: text('It is a zone of the region, e.g. europe-west1-b.', /^[a-z]+-[a-z]+\d+-[a-z]$/, ''),
  clusterName: NAME('ladder'),
  mode: oneOf(['standard', 'autopilot'], 'standard'),
  machineType: text('It is a machine type, e.g. e2-standard-2.', /^[a-z0-9]+(?:-[a-z0-9]+)+$/, 'e2-standard-2'),
  minNodes: wholeNumber(0, 100, 1),
  maxNodes: wholeNumber(1, 1000, 3),
  spot: flag(false),
  deletionProtection: flag(true),
  releaseChannel: oneOf(['RAPID', 'REGULAR', 'STABLE'], 'REGULAR'),
  addressName: NAME('shop'),
  proxyRange: text('It is a CIDR, e.g. 10.40.0.0/23.', /^\d+(?:\.\d+){3}\/\d+$/, ''),
};

/** Outputs of the stack, which the stack of the applications reads. */
export interface GkeClusterOutputs {
  readonly kubeconfig: Output<string>;
  readonly clusterName: string;
  readonly autopilot: boolean;
  readonly regionalAddress: Output<string>;
  readonly globalAddress: Output<string>;
}

/** A GKE cluster, its network, and the addresses of the fronts. */
export function gkeClusterProgram(): GkeClusterOutputs {
  const settings = readSettings(configFile(), SETTINGS, stackConfig());
  const { project, region, zone, clusterName, mode, machineType, minNodes: min, maxNodes: max, spot, proxyRange } = settings;
  const { deletionProtection, releaseChannel, addressName } = settings;
  const { kubeconfig, network } = new GkeCluster(clusterName, {
    project, region, clusterName, deletionProtection, releaseChannel, addressName,
    nodes: mode === 'autopilot' ? 'autopilot' : { machineType, min, max, spot },
    ...(zone !== '' && { zone }),
    ...(proxyRange !== '' && { proxyRange }),
  }, { provider: new Provider('gcp', { project, region }) });
  return {
    kubeconfig, clusterName, autopilot: mode === 'autopilot',
    regionalAddress: network.regionalAddress.address, globalAddress: network.globalAddress.address,
  };
}
