import { nodePortClashes, type NodePortClaim } from '../model/node-ports';
import { locate, type Problem } from '../model/problem';
import { at, integer, list, text } from './fields';
import { apiGroup, type KubeObject } from './object';
import { isKeyOf } from './private-key';
import { fieldText, visitTexts } from './texts';

/** An object and where it comes from: a construct path, or file:line. */
export interface PlacedObject {
  readonly path: string;
  readonly object: KubeObject;
}

/**
 * What only the finished objects of one cluster show: two of one name, nodePorts asked for twice, values that were never resolved,
 * private keys.
 * `where` names the cluster or environment, for problems that belong to no single object.
 */
export function objectProblems(where: string, placed: readonly PlacedObject[]): Problem[] {
  return [
    ...placed.flatMap(({ path, object }) => [...unusableName(path, object), ...wrongTexts(path, object)]),
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

/** Texts that have no place in a manifest. This runs over every object: only what has a bracket is looked at for leftovers. */
function wrongTexts(path: string, object: KubeObject): Problem[] {
  const problems: Problem[] = [];
  visitTexts(object, (field, value) => {
    const leftover = value.includes('[') ? LEFTOVERS.find(({ mark }) => mark.test(value)) : undefined;
    if (leftover) problems.push({ code: leftover.code, severity: 'error', path: `${path} ${fieldText(field)}`, value, rule: leftover.rule, fix: leftover.fix });
    if (isKeyOf(object, field, value)) problems.push(privateKey(`${path} ${fieldText(field)}`));
  });
  return problems;
}

/** Its value is not told: messages end up in logs. */
function privateKey(path: string): Problem {
  return {
    code: 'PRIVATE_KEY', severity: 'error', path, rule: 'A private key is never part of manifests: they are committed, logged and read by many.',
    fix: 'Let cert-manager make it (issuer of a Site), bring it with External Secrets or Sealed Secrets, or create the Secret by hand, on a laptop with `ladder certificate`.',
  };
}
