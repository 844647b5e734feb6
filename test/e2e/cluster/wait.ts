import type { Api, LiveObject } from './api';

/** Asks until the answer is there. */
export async function until<T>(what: string, question: () => Promise<T | undefined | false>, seconds = 120): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await question();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`Not within ${seconds} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

interface DeploymentFields {
  readonly spec: { readonly replicas: number };
  readonly status: { readonly observedGeneration?: number; readonly replicas?: number; readonly updatedReplicas?: number; readonly availableReplicas?: number };
}

/** Until every Deployment of a namespace runs what it says, and no pod of before is left. */
export async function rolledOut(api: Api, namespace: string): Promise<void> {
  await until(`the Deployments of ${namespace} are rolled out`, async () => {
    const deployments = await api.list('apps/v1', 'Deployment', namespace);
    const pods = await api.list('v1', 'Pod', namespace);
    return deployments.every(isRolledOut) && pods.every(({ metadata }) => metadata.deletionTimestamp === undefined);
  }, 180);
}

function isRolledOut(deployment: LiveObject): boolean {
  const { spec, status } = deployment as unknown as DeploymentFields;
  const { replicas } = spec;
  return status.observedGeneration === deployment.metadata.generation
    && (status.updatedReplicas ?? 0) === replicas && (status.availableReplicas ?? 0) === replicas && (status.replicas ?? 0) === replicas;
}

/** Until the namespaces are gone, if they were there. */
export async function namespacesGone(api: Api, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  for (const name of names) await api.remove({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  await until(`the namespaces ${names.join(', ')} are gone`, async () => {
    const left = await api.list('v1', 'Namespace');
    return !left.some(({ metadata }) => names.includes(metadata.name));
  }, 180);
}

export interface NodeFacts {
  readonly name: string;
  readonly address: string;
  readonly worker: boolean;
}

export async function nodesOf(api: Api): Promise<readonly NodeFacts[]> {
  const nodes = await api.list('v1', 'Node');
  return nodes.map(({ metadata, status }) => {
    const { addresses } = status as { readonly addresses: readonly { readonly type: string; readonly address: string }[] };
    return {
      name: metadata.name,
      address: addresses.find(({ type }) => type === 'InternalIP')?.address ?? '',
      worker: metadata.labels?.['node-role.kubernetes.io/control-plane'] === undefined,
    };
  });
}

export interface PodFacts {
  readonly name: string;
  readonly uid: string;
  readonly address: string;
  readonly node: string;
  readonly ready: boolean;
}

/** The pods of a service of ours, by its label, that are not on their way out. */
export async function podsOf(api: Api, namespace: string, service: string): Promise<readonly PodFacts[]> {
  const pods = await api.list('v1', 'Pod', namespace, `app.kubernetes.io/name=${service}`);
  return pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined).map(({ metadata, spec, status }) => {
    const { podIP, conditions } = status as { readonly podIP?: string; readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
    return {
      name: metadata.name,
      uid: metadata.uid ?? '',
      address: podIP ?? '',
      node: (spec as { readonly nodeName?: string }).nodeName ?? '',
      ready: conditions?.some(({ type, status: now }) => type === 'Ready' && now === 'True') ?? false,
    };
  });
}

/** The address that a Service of type LoadBalancer got; nothing while it has none. */
export async function addressOf(api: Api, namespace: string, service: string): Promise<string | undefined> {
  const found = (await api.list('v1', 'Service', namespace)).find(({ metadata }) => metadata.name === service);
  return (found?.status as { readonly loadBalancer?: { readonly ingress?: readonly { readonly ip: string }[] } } | undefined)?.loadBalancer?.ingress?.[0]?.ip;
}
