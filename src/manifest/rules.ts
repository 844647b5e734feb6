import { nodePortClashes, type NodePortClaim } from '../model/node-ports';
import { locate, type Problem } from '../model/problem';
import { at, integer, list, text } from './fields';
import { apiGroup, type KubeObject } from './object';

/** An object and where it comes from: a construct path, or file:line. */
export interface PlacedObject {
  readonly path: string;
  readonly object: KubeObject;
}

/**
 * What only the finished objects of one cluster show: two of one name, nodePorts asked for twice, values that were never resolved.
 * `where` names the cluster or environment, for problems that belong to no single object.
 */
export function objectProblems(where: string, placed: readonly PlacedObject[]): Problem[] {
  return [
    ...placed.flatMap(({ path, object }) => [...unusableName(path, object), ...unresolvedValues(path, object)]),
    ...duplicates(placed),
    ...locate(where, nodePortClashes(placed.flatMap(nodePortClaims))),
  ];
}

/** What makes an object the same to the API server, whatever its version; capitals do not tell kinds apart. */
export function identityOf({ apiVersion, kind, metadata }: KubeObject): string {
  return `${apiGroup(apiVersion)}/${kind.toLowerCase()}/${metadata.namespace ?? ''}/${metadata.name}`;
}

/** Every object's name is a part of a URL (k8s.io/apimachinery/pkg/api/validation/path); most kinds allow much less. */
function unusableName(path: string, { kind, metadata }: KubeObject): Problem[] {
  const name: unknown = metadata.name;
  if (typeof name === 'string' && /^(?!\.{1,2}$)[^/%]+$/.test(name)) return [];
  return [{
    code: 'OBJECT_NAME', severity: 'error', path: `${path} metadata.name`, value: name,
    rule: 'The name of an object is a text, not empty, not . or .., and without / and %.', fix: `Give this ${kind} a name of a-z, 0-9, - and dots.`,
  }];
}

function duplicates(placed: readonly PlacedObject[]): Problem[] {
  const paths = new Map<string, PlacedObject[]>();
  for (const each of placed) {
    const identity = identityOf(each.object);
    const same = paths.get(identity);
    if (same) same.push(each);
    else paths.set(identity, [each]);
  }
  return [...paths.values()].filter((same) => same.length > 1).flatMap(([first, ...others]): Problem[] => first === undefined ? [] : [{
    code: 'OBJECT_TWICE', severity: 'error', path: first.path, value: displayName(first.object),
    rule: `An object of one kind, namespace and name exists once in a cluster; so do these write it: ${others.map(({ path }) => path).join(', ')}.`,
    fix: 'Rename or drop all but one, or put them in different namespaces.',
  }]);
}

function displayName({ kind, metadata }: KubeObject): string {
  return `${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`;
}

function nodePortClaims({ path, object }: PlacedObject): NodePortClaim[] {
  if (object.kind !== 'Service' || object.apiVersion !== 'v1') return [];
  const asked = list(at(object, 'spec', 'ports')).map((port, index) => (
    { field: `spec.ports[${index}]`, nodePort: integer(at(port, 'nodePort')), protocol: text(at(port, 'protocol')) ?? 'TCP' }
  ));
  const health = { field: 'spec.healthCheckNodePort', nodePort: integer(at(object, 'spec', 'healthCheckNodePort')), protocol: 'TCP' };
  return [...asked, health].flatMap(({ field, nodePort, protocol }) => (
    nodePort === undefined ? [] : [{ owner: `${path} ${field}`, nodePort, protocol }]
  ));
}

const LEFTOVERS = [
  {
    code: 'PULUMI_OUTPUT', mark: /\[to(?:String|JSON)\] on an \[Output<T>\]/,
    rule: 'A Pulumi Output has no value yet when manifests are rendered; as text it is only a message.',
    fix: 'Resolve it first: build the constructs inside output.apply(...), or pass a plain value, e.g. from the stack\'s config.',
  },
  {
    code: 'TOKEN_UNRESOLVED', mark: /[$#]\{(?:Tf)?Token\[/,
    rule: 'A token of another CDK means nothing to Kubernetes.', fix: 'Pass the value itself; cdk8s resolves Lazy.any(...) where it stands alone as a value.',
  },
  {
    // On one line only: a script in a ConfigMap may well speak of it.
    code: 'TOKEN_UNRESOLVED', mark: /^.*\[object \w+\].*$/,
    rule: 'An object or Lazy value put inside a text becomes this.', fix: 'Put the whole text inside Lazy.any(...), or the plain value into the text.',
  },
] as const;

function unresolvedValues(path: string, object: KubeObject): Problem[] {
  const problems: Problem[] = [];
  visitTexts(object, [], (field, value) => {
    const leftover = LEFTOVERS.find(({ mark }) => mark.test(value));
    if (leftover) problems.push({ code: leftover.code, severity: 'error', path: `${path} ${fieldText(field)}`, value, rule: leftover.rule, fix: leftover.fix });
  });
  return problems;
}

/** Keys are texts too. Only those with a bracket are worth a look: this runs over every object. `field` is one array that changes. */
function visitTexts(value: unknown, field: (string | number)[], visit: (field: readonly (string | number)[], text: string) => void): void {
  if (typeof value === 'string') {
    if (value.includes('[')) visit(field, value);
  } else if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      field.push(index);
      visitTexts(value[index], field, visit);
      field.pop();
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const key of Object.keys(value)) {
      field.push(key);
      if (key.includes('[')) visit(field, key);
      visitTexts((value as Record<string, unknown>)[key], field, visit);
      field.pop();
    }
  }
}

function fieldText(field: readonly (string | number)[]): string {
  return field.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('');
}
