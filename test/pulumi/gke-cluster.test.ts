import * as kubernetes from '@pulumi/kubernetes';
import { GkeCluster, type GkeClusterArgs } from '../../src/pulumi/gke-cluster';
import { LadderApp } from '../../src/pulumi/ladder-app';
import { gke } from '../../src/platforms/gke';
import { type Answer, record, type Registration } from './recorder';

const ARGS: GkeClusterArgs = {
  project: 'my-project', clusterName: 'ladder', region: 'europe-west1', nodes: { min: 1, max: 3 }, deletionProtection: true,
};

/** What Google would fill in. */
const google: Answer = (type, _name, inputs) => {
  if (type === 'gcp:container/cluster:Cluster') {
    return { ...inputs, controlPlaneEndpointsConfig: { dnsEndpointConfig: { allowExternalTraffic: true, endpoint: 'gke-abc.europe-west1.gke.goog' }, ipEndpointsConfig: { enabled: false } } };
  }
  return type === 'gcp:serviceaccount/account:Account' ? { ...inputs, email: `${String(inputs['accountId'])}@my-project.iam.gserviceaccount.com` } : inputs;
};

async function clusterOf(args: Partial<GkeClusterArgs> = {}) {
  const { registrations, result } = await record(() => new GkeCluster('ladder', { ...ARGS, ...args }), google);
  return { registrations, result, only: (type: string) => registrations.filter((each) => each.type === type) };
}

function first(found: readonly Registration[]): Registration {
  if (!found[0]) throw new Error('not registered');
  return found[0];
}

const CLUSTER = 'gcp:container/cluster:Cluster';
const POOL = 'gcp:container/nodePool:NodePool';

describe('a Standard cluster', () => {
  test('has every field, one by one', async () => {
    const { only } = await clusterOf();
    expect(first(only(CLUSTER)).inputs).toEqual({
      name: 'ladder',
      project: 'my-project',
      location: 'europe-west1',
      deletionProtection: true,
      network: 'ladder-id',
      subnetwork: 'ladder-id',
      networkingMode: 'VPC_NATIVE',
      ipAllocationPolicy: { clusterSecondaryRangeName: 'pods', servicesSecondaryRangeName: 'services', stackType: 'IPV4' },
      privateClusterConfig: { enablePrivateNodes: true },
      controlPlaneEndpointsConfig: { dnsEndpointConfig: { allowExternalTraffic: true }, ipEndpointsConfig: { enabled: false } },
      releaseChannel: { channel: 'REGULAR' },
      gatewayApiConfig: { channel: 'CHANNEL_STANDARD' },
      addonsConfig: { httpLoadBalancing: { disabled: false } },
      serviceExternalIpsConfig: { enabled: false },
      masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
      removeDefaultNodePool: true,
      initialNodeCount: 1,
      workloadIdentityConfig: { workloadPool: 'my-project.svc.id.goog' },
      datapathProvider: 'ADVANCED_DATAPATH',
      enableShieldedNodes: true,
      enableL4IlbSubsetting: true,
      nodePoolDefaults: { nodeConfigDefaults: { insecureKubeletReadonlyPortEnabled: 'FALSE' } },
    });
  });

  test('has a pool with every field, one by one, whose size the autoscaler decides', async () => {
    const { only } = await clusterOf();
    const pool = first(only(POOL));
    expect(pool.inputs).toEqual({
      cluster: 'ladder',
      location: 'europe-west1',
      initialNodeCount: 1,
      autoscaling: { minNodeCount: 1, maxNodeCount: 3, locationPolicy: 'BALANCED' },
      management: { autoRepair: true, autoUpgrade: true },
      upgradeSettings: { strategy: 'SURGE', maxSurge: 1, maxUnavailable: 0 },
      networkConfig: { enablePrivateNodes: true },
      nodeConfig: {
        machineType: 'e2-standard-2',
        spot: false,
        imageType: 'COS_CONTAINERD',
        serviceAccount: 'ladder-nodes@my-project.iam.gserviceaccount.com',
        oauthScopes: ['https://www.googleapis.com/auth/cloud-platform'],
        workloadMetadataConfig: { mode: 'GKE_METADATA' },
        shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
        metadata: { 'disable-legacy-endpoints': 'true' },
        tags: ['ladder'],
      },
    });
    expect(pool.ignoreChanges).toEqual(['initialNodeCount']);
  });

  test('for development: one zone, spot nodes, no protection', async () => {
    const { only } = await clusterOf({ zone: 'europe-west1-b', nodes: { min: 0, max: 2, spot: true, machineType: 'e2-medium' }, deletionProtection: false });
    expect(first(only(CLUSTER)).inputs).toMatchObject({ location: 'europe-west1-b', deletionProtection: false });
    expect(first(only(POOL)).inputs).toMatchObject({
      location: 'europe-west1-b', initialNodeCount: 1, autoscaling: { minNodeCount: 0, maxNodeCount: 2, locationPolicy: 'ANY' }, nodeConfig: { spot: true, machineType: 'e2-medium' },
    });
  });
});

describe('an Autopilot cluster', () => {
  test('has no pool, and none of the fields that Google refuses there', async () => {
    const { only } = await clusterOf({ nodes: 'autopilot' });
    const { inputs } = first(only(CLUSTER));
    expect(only(POOL)).toEqual([]);
    expect(inputs).toMatchObject({
      enableAutopilot: true, networkingMode: 'VPC_NATIVE', privateClusterConfig: { enablePrivateNodes: true }, releaseChannel: { channel: 'REGULAR' },
      clusterAutoscaling: { autoProvisioningDefaults: { serviceAccount: 'ladder-nodes@my-project.iam.gserviceaccount.com' } },
    });
    for (const field of ['enableShieldedNodes', 'removeDefaultNodePool', 'initialNodeCount', 'datapathProvider', 'nodePoolDefaults', 'networkPolicy']) {
      expect(inputs).not.toHaveProperty(field);
    }
  });
});

describe('the network', () => {
  test('is of its own: a subnet with ranges for Pods and Services, and NAT for private nodes', async () => {
    const { only } = await clusterOf();
    expect(first(only('gcp:compute/network:Network')).inputs).toEqual({ name: 'ladder', autoCreateSubnetworks: false, routingMode: 'REGIONAL' });
    expect(only('gcp:compute/subnetwork:Subnetwork').map(({ inputs }) => inputs)).toEqual([{
      name: 'ladder', region: 'europe-west1', network: 'ladder-id', ipCidrRange: '10.10.0.0/20', privateIpGoogleAccess: true,
      secondaryIpRanges: [{ rangeName: 'pods', ipCidrRange: '10.20.0.0/16' }, { rangeName: 'services', ipCidrRange: '10.30.0.0/20' }],
    }]);
    expect(first(only('gcp:compute/router:Router')).inputs).toEqual({ name: 'ladder', region: 'europe-west1', network: 'ladder-id' });
    expect(first(only('gcp:compute/routerNat:RouterNat')).inputs).toEqual({
      name: 'ladder', region: 'europe-west1', router: 'ladder', natIpAllocateOption: 'AUTO_ONLY', sourceSubnetworkIpRangesToNat: 'LIST_OF_SUBNETWORKS',
      subnetworks: [{ name: 'ladder-id', sourceIpRangesToNats: ['ALL_IP_RANGES'] }],
    });
  });

  test('has the addresses of the fronts: a regional one for a load balancer, a global one for GKE\'s Ingress', async () => {
    const { only } = await clusterOf({ addressName: 'front' });
    expect(first(only('gcp:compute/address:Address')).inputs).toEqual({ name: 'front', region: 'europe-west1', addressType: 'EXTERNAL' });
    expect(first(only('gcp:compute/globalAddress:GlobalAddress')).inputs).toEqual({ name: 'front', addressType: 'EXTERNAL' });
  });

  test('has a subnet for Google\'s proxies where one is asked for', async () => {
    const { only } = await clusterOf({ proxyRange: '10.40.0.0/23' });
    expect(only('gcp:compute/subnetwork:Subnetwork').map(({ inputs }) => inputs)).toContainEqual({
      name: 'ladder-proxies', region: 'europe-west1', network: 'ladder-id', ipCidrRange: '10.40.0.0/23', purpose: 'REGIONAL_MANAGED_PROXY', role: 'ACTIVE',
    });
  });
});

test('nodes have an account that may do two things', async () => {
  const { only } = await clusterOf();
  expect(first(only('gcp:serviceaccount/account:Account')).inputs).toMatchObject({ accountId: 'ladder-nodes' });
  expect(only('gcp:projects/iAMMember:IAMMember').map(({ inputs }) => inputs)).toEqual(['roles/container.defaultNodeServiceAccount', 'roles/artifactregistry.reader'].map((role) => ({
    project: 'my-project', role, member: 'serviceAccount:ladder-nodes@my-project.iam.gserviceaccount.com',
  })));
});

test('the kubeconfig dials the DNS endpoint, asks gcloud for a token, and holds no secret', async () => {
  const { result } = await clusterOf();
  const text = await new Promise<string>((resolve) => void result.kubeconfig.apply(resolve));
  expect(JSON.parse(text)).toMatchObject({
    'current-context': 'gke_my-project_europe-west1_ladder',
    clusters: [{ cluster: { server: 'https://gke-abc.europe-west1.gke.goog' } }],
    users: [{ user: { exec: { apiVersion: 'client.authentication.k8s.io/v1beta1', command: 'gke-gcloud-auth-plugin', provideClusterInfo: true } } }],
  });
});

/** What is registered is destroyed in the opposite order of dependencies: whoever depends, goes first. */
describe('on the way down', () => {
  async function stack() {
    const { registrations } = await record(() => {
      const { kubeconfig } = new GkeCluster('ladder', ARGS);
      const provider = new kubernetes.Provider('gke-ladder', { kubeconfig });
      const service = { layer: 'workloads', object: { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'shop' }, spec: { type: 'LoadBalancer' } } } as const;
      return new LadderApp('shop', { objects: [service], platform: gke() }, { provider });
    }, google);
    return registrations;
  }
  // Resources of one name are told apart by their type here.
  const dependsOn = (registrations: readonly Registration[], type: string): readonly string[] => first(registrations.filter((each) => each.type === type)).dependencyTypes;

  test('nodes go before the cluster, the cluster before NAT, subnet and network', async () => {
    const registrations = await stack();
    expect(dependsOn(registrations, POOL)).toContain(CLUSTER);
    expect(dependsOn(registrations, CLUSTER)).toEqual(expect.arrayContaining(['gcp:compute/routerNat:RouterNat', 'gcp:compute/subnetwork:Subnetwork', 'gcp:compute/network:Network', 'gcp:projects/iAMMember:IAMMember']));
    expect(dependsOn(registrations, 'gcp:compute/routerNat:RouterNat')).toEqual(expect.arrayContaining(['gcp:compute/router:Router', 'gcp:compute/subnetwork:Subnetwork']));
    expect(dependsOn(registrations, 'gcp:compute/subnetwork:Subnetwork')).toContain('gcp:compute/network:Network');
  });

  test('load balancers go before the provider, and that before nodes and cluster', async () => {
    const registrations = await stack();
    expect(first(registrations.filter(({ type }) => type === 'kubernetes:core/v1:Service')).provider).toMatch(/pulumi:providers:kubernetes::gke-ladder::/);
    expect(dependsOn(registrations, 'pulumi:providers:kubernetes')).toEqual(expect.arrayContaining([POOL, CLUSTER]));
  });
});
