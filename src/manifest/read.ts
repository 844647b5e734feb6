import { type Fields, isFields, list, strings, text } from './fields';
import { splitDocuments } from './documents';
import { type KubeObject, apiGroup } from './object';
import { type FieldPath, lineOfField, parseYaml } from './yaml';

/** One file's text, or standard input's. */
export interface Source {
  /** The name that findings show. */
  readonly file: string;
  /** YAML or JSON, of one document or several. */
  readonly text: string;
}

/** An object and the place it was read from. */
export interface Manifest {
  /** As it was written. */
  readonly object: KubeObject;
  /** The name of its source. */
  readonly file: string;
  /** 1-based line of the object's first field. */
  readonly line: number;
  /** 0-based number of its document in the file. */
  readonly document: number;
  /** 1-based line of a field of the object, or of the deepest part of the path that is there. Parses the document again: call it for findings. */
  lineOf(path: FieldPath): number;
}

/** Text that could not be read as an object. */
export interface ReadingProblem {
  /** The name of the source. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** What is wrong there. */
  readonly message: string;
}

/** Everything that was read, and what could not be. */
export interface Manifests {
  /** In the order of the sources. */
  readonly objects: readonly Manifest[];
  /** What could not be read. */
  readonly problems: readonly ReadingProblem[];
}

/** Options of {@link readManifests}. */
export interface ReadOptions {
  /**
   * The namespace of objects that name none, as `kubectl -n` gives it.
   *
   * @default default
   */
  readonly namespace?: string;
}

/** Reads manifests as kubectl would. What is broken becomes a problem with its place, and the rest is read all the same. */
export function readManifests(sources: readonly Source[], options: ReadOptions = {}): Manifests {
  const namespace = options.namespace ?? 'default';
  const objects: Manifest[] = [];
  const problems: ReadingProblem[] = [];
  for (const source of sources) {
    splitDocuments(source.text).forEach((document, index) => {
      const { file } = source;
      const problem = (line: number, message: string): void => void problems.push({ file, line: document.line + line + 1, message });
      let body = document.text;
      let result = parseYaml(body);
      if ('error' in result && (body = withoutNoise(body)) !== document.text) result = parseYaml(body);
      if ('error' in result) {
        return problem(result.error.line, body.includes('{{') ? `a template, not YAML (${result.error.reason}): render it first, e.g. with helm template` : `not YAML: ${result.error.reason}`);
      }
      collect(result.value, [], {
        lineOf: (path) => document.line + 1 + lineOfField(body, path),
        add: (object, path) => {
          let line: number | undefined;
          objects.push({
            object, file, document: index,
            get line() {
              return (line ??= document.line + 1 + (path.length === 0 ? firstLine(body) : lineOfField(body, path)));
            },
            lineOf: (field) => document.line + 1 + lineOfField(body, [...path, ...field]),
          });
        },
        problem: (path, message) => problem(lineOfField(body, path), message),
        namespace,
      });
    });
  }
  return { objects, problems };
}

interface Collector {
  add(object: KubeObject, path: FieldPath): void;
  problem(path: FieldPath, message: string): void;
  lineOf(path: FieldPath): number;
  readonly namespace: string;
}

/** Objects of a document: itself, the items of a `List` or `ServiceList`, or of a JSON array. */
function collect(value: unknown, path: FieldPath, into: Collector): void {
  if (Array.isArray(value)) {
    value.forEach((item, index) => collect(item, [...path, index], into));
    return;
  }
  if (!isFields(value)) return;
  const { kind, apiVersion } = value;
  if (typeof kind !== 'string' || kind === '' || typeof apiVersion !== 'string') {
    if (looksMeant(value)) into.problem(path, `not a Kubernetes object: ${typeof kind === 'string' && kind !== '' ? 'apiVersion' : 'kind'} is missing`);
    return;
  }
  if (Array.isArray(value['items']) && kind.endsWith('List')) {
    const itemKind = kind.slice(0, -'List'.length);
    list(value['items']).forEach((item, index) => {
      // Items of a typed list may leave out what the list says.
      const whole = isFields(item) && itemKind !== '' ? { apiVersion, kind: itemKind, ...item } : item;
      collect(whole, [...path, 'items', index], into);
    });
    return;
  }
  const metadata = isFields(value['metadata']) ? value['metadata'] : {};
  const name = metadata['name'] ?? metadata['generateName'];
  if (isBuiltIn(apiVersion) && (typeof name !== 'string' || name === '')) {
    const written = name === undefined || name === null ? 'is missing' : `is ${JSON.stringify(name)}, not a text`;
    into.problem([...path, 'metadata', 'name'], `${kind}: metadata.name ${written}`);
    return;
  }
  const ofKind = kind === 'Cluster' && apiVersion.startsWith('kind.x-k8s.io/');
  const cluster = clusterScoped.has(kind) || ofKind;
  into.add({
    ...value, apiVersion, kind,
    metadata: {
      ...metadata,
      // Whatever was written there, what is read is texts.
      ...('labels' in metadata && { labels: strings(metadata['labels']) }),
      ...('annotations' in metadata && { annotations: strings(metadata['annotations']) }),
      // kind's own config has its name at the top, and a default.
      name: ofKind ? text(value['name']) || 'kind' : (text(name) ?? ''),
      ...(cluster ? {} : { namespace: text(metadata['namespace']) || into.namespace }),
    },
  }, path);
}

/** Half an object, as opposed to a values file or a compose file that lies in the same folder. */
function looksMeant(value: Fields): boolean {
  return isFields(value['metadata']) || (typeof value['kind'] === 'string' && 'spec' in value) || (typeof value['apiVersion'] === 'string' && 'spec' in value);
}

/** Groups whose objects all have a name; tools' own configurations, written in the same form, need none. */
function isBuiltIn(apiVersion: string): boolean {
  const group = apiGroup(apiVersion);
  return group === '' || builtInGroups.has(group);
}

const builtInGroups: ReadonlySet<string> = new Set([
  'apps', 'batch', 'autoscaling', 'policy', 'extensions', 'networking.k8s.io', 'rbac.authorization.k8s.io', 'discovery.k8s.io', 'gateway.networking.k8s.io',
]);

/** Kinds of the API server and of Gateway API that live in no namespace. */
const clusterScoped: ReadonlySet<string> = new Set([
  'Namespace', 'Node', 'PersistentVolume', 'ClusterRole', 'ClusterRoleBinding', 'CustomResourceDefinition', 'IngressClass', 'GatewayClass',
  'StorageClass', 'PriorityClass', 'RuntimeClass', 'CSIDriver', 'CSINode', 'APIService', 'ValidatingWebhookConfiguration',
  'MutatingWebhookConfiguration', 'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding', 'VolumeAttachment', 'ClusterIssuer',
  'CertificateSigningRequest', 'FlowSchema', 'PriorityLevelConfiguration', 'ServiceCIDR', 'IPAddress', 'ClusterTrustBundle', 'ComponentStatus',
]);

/** What `helm install` prints around manifests: its notes after the last one, its log lines before the first. */
function withoutNoise(body: string): string {
  const kind = /^(kind|apiVersion):/m.exec(body);
  if (kind === null) return body;
  const notes = /^NOTES:[ \t]*$/m.exec(body);
  return notes !== null && notes.index > kind.index ? body.slice(0, notes.index) : body;
}

/** 0-based line of the first text that is neither blank nor a comment. */
function firstLine(body: string): number {
  let line = 0;
  for (const row of body.split('\n', 200)) {
    const content = row.trim();
    if (content !== '' && !content.startsWith('#')) return line;
    line++;
  }
  return 0;
}
