import { at, text } from '../../manifest/fields';
import { apiGroup } from '../../manifest/object';
import type { Manifest, Manifests } from '../../manifest/read';
import { type Platform, type Profile, profileOfKindConfig } from '../profile';
import { type RunningController, controllersAmong } from './controllers';
import { type WrittenEndpoint, parseEndpoints } from './endpoints';
import { type Gateway, type ReferenceGrant, type Route, gatewayGroup, parseGateway, parseGrant, parseRoute, routeKinds } from './gateways';
import { type Ingress, type IngressClass, parseIngress, parseIngressClass } from './ingresses';
import { type Labels, LabelIndex, append } from './labels';
import { type Node, parseNodes } from './nodes';
import { type Pod, keyOf, parsePods } from './pods';
import { type PolicyIndex, parsePolicies } from './policies';
import { type Service, parseService } from './services';

/** Everything that explain looks up, indexed. Build it once for many requests. */
export interface World {
  readonly manifests: Manifests;
  readonly profile: Profile;
  readonly platform: Platform | undefined;
  /** Is what the input lacks absent from the cluster? */
  readonly whole: boolean;
  readonly pods: LabelIndex<Pod>;
  readonly allPods: readonly Pod[];
  readonly podsByAddress: ReadonlyMap<string, Pod>;
  /** By namespace/name, of the pod and of its workload. */
  readonly podsByName: ReadonlyMap<string, readonly Pod[]>;
  /** By namespace/name. */
  readonly services: ReadonlyMap<string, Service>;
  readonly servicesByName: ReadonlyMap<string, readonly Service[]>;
  readonly servicesByNodePort: ReadonlyMap<number, readonly Service[]>;
  readonly servicesByAddress: ReadonlyMap<string, readonly Service[]>;
  readonly endpoints: ReadonlyMap<string, readonly WrittenEndpoint[]>;
  readonly nodes: readonly Node[];
  /** Labels of the namespaces in the input. */
  readonly namespaces: ReadonlyMap<string, Labels>;
  /** Namespaces that any object lives in. */
  readonly namespacesSeen: ReadonlySet<string>;
  readonly policies: PolicyIndex;
  readonly ingresses: readonly Ingress[];
  readonly ingressClasses: ReadonlyMap<string, IngressClass>;
  readonly gateways: ReadonlyMap<string, Gateway>;
  readonly gatewayClasses: ReadonlyMap<string, string>;
  readonly routes: readonly Route[];
  readonly grants: readonly ReferenceGrant[];
  readonly controllers: readonly RunningController[];
  /** What gives load balancers an address: a name, false when surely nothing, undefined when not known. */
  readonly loadBalancer: string | false | undefined;
  /** By kind/namespace/name: whatever else rules ask for (Secrets, BackendConfigs, Middlewares). */
  readonly others: ReadonlyMap<string, Manifest>;
  readonly kinds: ReadonlySet<string>;
}

const keptKinds: ReadonlySet<string> = new Set([
  'Secret', 'BackendConfig', 'FrontendConfig', 'Middleware', 'HealthCheckPolicy', 'HorizontalPodAutoscaler', 'ManagedCertificate', 'Certificate',
]);

/** Reads the objects once; a request then only looks things up. */
export function buildWorld(manifests: Manifests, profile: Profile = {}): World {
  const byKind = new Map<string, Manifest[]>();
  const namespacesSeen = new Set<string>();
  const latest = withoutRepeats(manifests.objects);
  for (const manifest of latest) {
    append(byKind, kindKey(manifest), manifest);
    const { namespace } = manifest.object.metadata;
    if (namespace !== undefined) namespacesSeen.add(namespace);
    if (manifest.object.kind === 'Namespace') namespacesSeen.add(manifest.object.metadata.name);
  }
  const of = (...keys: readonly string[]): readonly Manifest[] => keys.flatMap((key) => byKind.get(key) ?? []);
  const fromKind = of('kind.x-k8s.io/Cluster')[0];
  const full: Profile = fromKind === undefined ? profile : { ...profileOfKindConfig(fromKind.object), ...profile };
  const nodeManifests = of('/Node');
  const pods = parsePods(latest, scaledWorkloads(of('autoscaling/HorizontalPodAutoscaler', 'keda.sh/ScaledObject')));
  const services = of('/Service').map(parseService);
  const platform = full.platform ?? platformOf(nodeManifests);
  const nodes = parseNodes(nodeManifests, full);
  const servicesByName = new Map<string, Service[]>();
  const servicesByNodePort = new Map<number, Service[]>();
  const servicesByAddress = new Map<string, Service[]>();
  for (const service of services) {
    append(servicesByName, service.name, service);
    for (const nodePort of new Set(service.ports.flatMap((port) => port.nodePort ?? []))) append(servicesByNodePort, nodePort, service);
    for (const address of new Set([...service.clusterIPs, ...service.externalIPs, ...service.balancerAddresses])) append(servicesByAddress, address, service);
  }
  const podsByAddress = new Map<string, Pod>();
  for (const pod of pods) if (!pod.hostNetwork) for (const address of pod.addresses) podsByAddress.set(address, pod);
  const podsByName = new Map<string, Pod[]>();
  for (const pod of pods) for (const name of new Set([pod.name, pod.workload.name])) append(podsByName, `${pod.namespace}/${name}`, pod);
  const others = new Map<string, Manifest>();
  for (const kind of keptKinds) {
    for (const manifest of latest.filter(({ object }) => object.kind === kind)) {
      others.set(keyOf(kind, manifest.object.metadata.namespace, manifest.object.metadata.name), manifest);
    }
  }
  return {
    manifests, profile: full, platform,
    whole: full.wholeCluster ?? (nodeManifests.length > 0 || (byKind.has('/Pod') && pods.some((pod) => pod.live && pod.namespace === 'kube-system'))),
    pods: new LabelIndex(pods), allPods: pods, podsByAddress, podsByName,
    services: new Map(services.map((service) => [`${service.namespace}/${service.name}`, service])),
    servicesByName, servicesByNodePort, servicesByAddress,
    endpoints: parseEndpoints(of('discovery.k8s.io/EndpointSlice', '/Endpoints')),
    nodes,
    namespaces: new Map(of('/Namespace').map(({ object }) => [object.metadata.name, { ...object.metadata.labels, 'kubernetes.io/metadata.name': object.metadata.name }])),
    namespacesSeen,
    policies: parsePolicies(of('networking.k8s.io/NetworkPolicy', 'extensions/NetworkPolicy')),
    ingresses: of('networking.k8s.io/Ingress', 'extensions/Ingress').map(parseIngress),
    ingressClasses: new Map(of('networking.k8s.io/IngressClass').map((manifest) => [manifest.object.metadata.name, parseIngressClass(manifest)])),
    gateways: new Map(of(`${gatewayGroup}/Gateway`).map((manifest) => [`${manifest.object.metadata.namespace}/${manifest.object.metadata.name}`, parseGateway(manifest)])),
    gatewayClasses: new Map(of(`${gatewayGroup}/GatewayClass`).map(({ object }) => [object.metadata.name, text(at(object, 'spec', 'controllerName')) ?? ''])),
    routes: [...routeKinds].flatMap((kind) => of(`${gatewayGroup}/${kind}`)).map(parseRoute),
    grants: of(`${gatewayGroup}/ReferenceGrant`).map(parseGrant),
    controllers: controllersAmong(pods),
    loadBalancer: full.loadBalancer ?? loadBalancerOf(platform, latest, services),
    others,
    kinds: new Set(byKind.keys()),
  };
}

/** An object given twice (overlapping files) is the later one, as the second apply would make it. */
function withoutRepeats(objects: readonly Manifest[]): readonly Manifest[] {
  const last = new Map<string, Manifest>();
  let repeated = false;
  for (const manifest of objects) {
    const { apiVersion, kind, metadata } = manifest.object;
    const key = metadata.name === '' ? `${kind}/${manifest.file}/${manifest.document}` : `${apiGroup(apiVersion)}/${keyOf(kind, metadata.namespace, metadata.name)}`;
    repeated ||= last.has(key);
    last.set(key, manifest);
  }
  return repeated ? [...last.values()] : objects;
}

function kindKey({ object }: Manifest): string {
  return `${apiGroup(object.apiVersion)}/${object.kind}`;
}

/** Workloads whose replicas something else decides. */
function scaledWorkloads(scalers: readonly Manifest[]): ReadonlySet<string> {
  return new Set(scalers.map(({ object }) =>
    keyOf(text(at(object, 'spec', 'scaleTargetRef', 'kind')) ?? 'Deployment', object.metadata.namespace, text(at(object, 'spec', 'scaleTargetRef', 'name')) ?? '')));
}

function platformOf(nodes: readonly Manifest[]): Platform | undefined {
  for (const { object } of nodes) {
    const provider = text(at(object, 'spec', 'providerID')) ?? '';
    if (provider.startsWith('kind://')) return 'kind';
    if (provider.startsWith('gce://')) return 'gke';
    if ('minikube.k8s.io/name' in (object.metadata.labels ?? {})) return 'minikube';
    if (object.metadata.name === 'docker-desktop') return 'docker-desktop';
  }
  return undefined;
}

/** Groups whose objects show that something hands out load balancer addresses. */
const balancerGroups: ReadonlyMap<string, string> = new Map([
  ['metallb.io', 'MetalLB'], ['cilium.io/CiliumLoadBalancerIPPool', 'Cilium LB IPAM'], ['kube-vip.io', 'kube-vip'], ['network.openelb.io', 'OpenELB'],
  ['purelb.io', 'PureLB'],
]);

function loadBalancerOf(platform: Platform | undefined, manifests: readonly Manifest[], services: readonly Service[]): string | false | undefined {
  for (const { object } of manifests) {
    const group = apiGroup(object.apiVersion);
    const name = balancerGroups.get(group) ?? balancerGroups.get(`${group}/${object.kind}`);
    if (name !== undefined) return name;
    const image = text(at(object, 'spec', 'template', 'spec', 'containers', 0, 'image')) ?? '';
    if (/metallb\/(controller|speaker)|cloud-provider-kind|kube-vip\/kube-vip|klipper-lb/.test(image)) return image;
  }
  if (services.some((service) => service.type === 'LoadBalancer' && service.balancerAddresses.length > 0)) return 'the one that gave the addresses in the input';
  switch (platform) {
    case 'gke': return 'Google Cloud';
    case 'docker-desktop': return 'Docker Desktop';
    case 'kind': case 'minikube': case 'bare': return false;
    case undefined: return undefined;
    default: { const never: never = platform; return never; }
  }
}
