import { at, type Fields, fields, list, strings, text } from '../manifest/fields';
import { apiGroup, type KubeObject } from '../manifest/object';
import { nameOf } from './logical-name';

/**
 * The logical names of the objects that this one names and that shall be there before it. Names of objects that nobody deploys
 * here come along; whoever asks drops them. The number is bounded by the object's own size.
 */
export function references(object: KubeObject): string[] {
  const { kind, apiVersion, metadata: { namespace } } = object;
  const found = namespace === undefined ? [] : [nameOf('', 'Namespace', undefined, namespace)];
  const beside = (group: string, of: string, name: unknown): void => {
    if (typeof name === 'string') found.push(nameOf(group, of, namespace, name));
  };
  switch (`${apiGroup(apiVersion)}/${kind}`) {
    case 'apps/Deployment': case 'apps/StatefulSet': case 'apps/DaemonSet': case 'batch/Job':
      podReferences(fields(at(object, 'spec', 'template', 'spec')), beside);
      break;
    case 'batch/CronJob':
      podReferences(fields(at(object, 'spec', 'jobTemplate', 'spec', 'template', 'spec')), beside);
      break;
    case '/Pod':
      podReferences(fields(object['spec']), beside);
      break;
    case '/Service':
      // GKE reads it when it makes the backends, so it comes before; on the way down it goes after.
      for (const name of namesInJson(annotation(object, 'cloud.google.com/backend-config'))) beside('cloud.google.com', 'BackendConfig', name);
      break;
    case 'autoscaling/HorizontalPodAutoscaler': {
      const target = fields(at(object, 'spec', 'scaleTargetRef'));
      beside(apiGroup(text(target['apiVersion']) ?? 'apps/v1'), text(target['kind']) ?? 'Deployment', target['name']);
      break;
    }
    case 'rbac.authorization.k8s.io/RoleBinding': case 'rbac.authorization.k8s.io/ClusterRoleBinding':
      found.push(...bindingReferences(object));
      break;
    case 'networking.k8s.io/Ingress':
      ingressReferences(object, beside, found);
      break;
    case 'cert-manager.io/Certificate': {
      const issuer = fields(at(object, 'spec', 'issuerRef'));
      const kind = text(issuer['kind']) ?? 'Issuer';
      found.push(nameOf(text(issuer['group']) ?? 'cert-manager.io', kind, kind === 'ClusterIssuer' ? undefined : namespace, text(issuer['name']) ?? ''));
      break;
    }
    case 'cert-manager.io/Issuer':
      for (const name of secretsOf(object['spec'])) beside('', 'Secret', name);
      break;
    default:
      if (apiGroup(apiVersion) === 'gateway.networking.k8s.io') found.push(...gatewayReferences(object));
      if (apiGroup(apiVersion) === 'networking.gke.io') found.push(...named(at(object, 'spec', 'targetRef'), '', 'Service', namespace));
  }
  return [...new Set(found)];
}

type Beside = (group: string, kind: string, name: unknown) => void;

function podReferences(pod: Fields, beside: Beside): void {
  beside('', 'ServiceAccount', pod['serviceAccountName']);
  beside('scheduling.k8s.io', 'PriorityClass', pod['priorityClassName']);
  for (const secret of list(pod['imagePullSecrets'])) beside('', 'Secret', at(secret, 'name'));
  for (const volume of list(pod['volumes'])) {
    for (const source of [volume, ...list(at(volume, 'projected', 'sources'))]) {
      beside('', 'ConfigMap', at(source, 'configMap', 'name'));
      beside('', 'Secret', at(source, 'secret', 'secretName') ?? at(source, 'secret', 'name'));
    }
    beside('', 'PersistentVolumeClaim', at(volume, 'persistentVolumeClaim', 'claimName'));
  }
  for (const container of [...list(pod['initContainers']), ...list(pod['containers'])]) {
    for (const source of list(at(container, 'envFrom'))) {
      beside('', 'ConfigMap', at(source, 'configMapRef', 'name'));
      beside('', 'Secret', at(source, 'secretRef', 'name'));
    }
    for (const variable of list(at(container, 'env'))) {
      beside('', 'ConfigMap', at(variable, 'valueFrom', 'configMapKeyRef', 'name'));
      beside('', 'Secret', at(variable, 'valueFrom', 'secretKeyRef', 'name'));
    }
  }
}

function bindingReferences(object: KubeObject): string[] {
  const role = fields(object['roleRef']);
  const kind = text(role['kind']) ?? 'Role';
  const namespace = kind === 'ClusterRole' ? undefined : object.metadata.namespace;
  const accounts = list(object['subjects']).filter((subject) => at(subject, 'kind') === 'ServiceAccount');
  return [
    nameOf('rbac.authorization.k8s.io', kind, namespace, text(role['name']) ?? ''),
    ...accounts.map((account) => nameOf('', 'ServiceAccount', text(at(account, 'namespace')) ?? object.metadata.namespace, text(at(account, 'name')) ?? '')),
  ];
}

function ingressReferences(object: KubeObject, beside: Beside, found: string[]): void {
  const spec = fields(object['spec']);
  const ingressClass = text(spec['ingressClassName']);
  if (ingressClass !== undefined) found.push(nameOf('networking.k8s.io', 'IngressClass', undefined, ingressClass));
  const paths = list(spec['rules']).flatMap((rule) => list(at(rule, 'http', 'paths')));
  for (const backend of [spec['defaultBackend'], ...paths.map((path) => at(path, 'backend'))]) beside('', 'Service', at(backend, 'service', 'name'));
  for (const tls of list(spec['tls'])) beside('', 'Secret', at(tls, 'secretName'));
  beside('networking.gke.io', 'FrontendConfig', annotation(object, 'networking.gke.io/v1beta1.FrontendConfig'));
  for (const name of annotation(object, 'networking.gke.io/managed-certificates')?.split(',') ?? []) beside('networking.gke.io', 'ManagedCertificate', name.trim());
}

/** A reference as the Gateway API and Google's policies write them. */
function named(ref: unknown, group: string, kind: string, here: string | undefined): string[] {
  const name = text(at(ref, 'name'));
  return name === undefined ? [] : [nameOf(text(at(ref, 'group')) ?? group, text(at(ref, 'kind')) ?? kind, text(at(ref, 'namespace')) ?? here, name)];
}

/** Gateway API: the class and certificates of a Gateway; the Gateways and Services of a route. */
function gatewayReferences(object: KubeObject): string[] {
  const spec = fields(object['spec']);
  const here = object.metadata.namespace;
  const gatewayClass = text(spec['gatewayClassName']);
  return [
    ...(gatewayClass === undefined ? [] : [nameOf('gateway.networking.k8s.io', 'GatewayClass', undefined, gatewayClass)]),
    ...list(spec['listeners']).flatMap((listener) => list(at(listener, 'tls', 'certificateRefs'))).flatMap((ref) => named(ref, '', 'Secret', here)),
    ...list(spec['parentRefs']).flatMap((ref) => named(ref, 'gateway.networking.k8s.io', 'Gateway', here)),
    ...list(spec['rules']).flatMap((rule) => list(at(rule, 'backendRefs'))).flatMap((ref) => named(ref, '', 'Service', here)),
  ];
}

/** The Secrets of an issuer: a CA's, and the credentials of its solvers. The account's is cert-manager's own to make. */
function secretsOf(spec: unknown): string[] {
  const refs = (value: unknown): string[] => (Array.isArray(value) ? value.flatMap(refs) : Object.entries(fields(value)).flatMap(([key, inner]) => {
    if (key === 'privateKeySecretRef') return [];
    return key.endsWith('SecretRef') ? text(at(inner, 'name')) ?? [] : refs(inner);
  }));
  return [...new Set([text(at(spec, 'ca', 'secretName')) ?? [], refs(spec)].flat())];
}

function annotation(object: KubeObject, key: string): string | undefined {
  return strings(object.metadata.annotations)[key];
}

/** `{"default":"a","ports":{"http":"b"}}`: every name in it. */
function namesInJson(json: string | undefined): string[] {
  if (json === undefined) return [];
  try {
    const value: unknown = JSON.parse(json);
    return [...Object.values(strings(value)), ...Object.values(strings(at(value, 'ports')))];
  } catch {
    return [];
  }
}
