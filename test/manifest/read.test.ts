import { type Manifests, readManifests } from '../../src/manifest/read';

const read = (text: string, namespace?: string): Manifests => readManifests([{ file: 'm.yaml', text }], namespace === undefined ? {} : { namespace });
const names = ({ objects }: Manifests): string[] => objects.map(({ object }) => `${object.kind}/${object.metadata.namespace ?? ''}/${object.metadata.name}`);
const service = (name: string): string => `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\n`;

describe('the ways manifests come in', () => {
  it.each([
    ['one document', service('a'), ['Service/default/a']],
    ['several, with comments and empty ones between', `# head\n---\n${service('a')}---\n# nothing\n---\n--- # Source: chart/b.yaml\n${service('b')}...\n`, ['Service/default/a', 'Service/default/b']],
    ['a byte order mark and Windows line ends', `\ufeff${service('a')}---\n${service('b')}`.replaceAll('\n', '\r\n'), ['Service/default/a', 'Service/default/b']],
    ['JSON', '{"apiVersion":"v1","kind":"Service","metadata":{"name":"a","namespace":"x"}}', ['Service/x/a']],
    ['a stream of JSON', '{"apiVersion":"v1","kind":"Service","metadata":{"name":"a"}}\n{"apiVersion":"v1","kind":"Service","metadata":{"name":"b{"}}', ['Service/default/a', 'Service/default/b{']],
    ['JSON in YAML documents', '---\n{"apiVersion":"v1","kind":"Service","metadata":{"name":"a"}}\n---\n{"apiVersion":"v1","kind":"Service","metadata":{"name":"b"}}', ['Service/default/a', 'Service/default/b']],
    ['a List', 'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Service, metadata: {name: a}}\n- {apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: Service, metadata: {name: b}}]}\n', ['Service/default/a', 'Service/default/b']],
    ['a typed list, whose items need not say what they are', 'apiVersion: v1\nkind: ServiceList\nitems:\n- {metadata: {name: a}}\n', ['Service/default/a']],
    ['an empty List', 'apiVersion: v1\nkind: List\nitems: []\n', []],
    ['objects of no namespace', 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n', ['Namespace//shop']],
    ['custom resources of unknown kinds', 'apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\nspec: {x: 1}\n', ['Widget/default/w']],
    ['a kind cluster config, which has no name', 'kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\n', ['Cluster//kind']],
    ['files that are no manifests', 'replicaCount: 1\nimage: {tag: x}\n', []],
    ['nothing at all', '', []],
    ['the notes that helm install prints', `NAME: rel\nSTATUS: pending\nMANIFEST:\n---\n${service('a')}\nNOTES:\n1. Get the URL: run these commands:\n  export X=$(kubectl get)\n`, ['Service/default/a']],
  ])('%s', (_title, text, expected) => {
    const manifests = read(text);
    expect(names(manifests)).toEqual(expected);
    expect(manifests.problems).toEqual([]);
  });

  it('gives objects without a namespace the one of -n, and leaves others alone', () => {
    expect(names(read(`${service('a')}---\n${service('b')}  namespace: own\n`, 'shop'))).toEqual(['Service/shop/a', 'Service/own/b']);
  });
});

describe('YAML as Kubernetes reads it', () => {
  const value = (text: string): unknown => read(`apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\nx: ${text}\n`).objects[0]?.object['x'];
  it.each([
    ['yes', true], ['off', false], ['"yes"', 'yes'], ['0777', 511], ['0o17', 15], ['0x1F', 31], ['0b11', 3], ['1_000', 1000], ['08', 8], ['1e3', 1000],
    ['1:30', '1:30'], ['2001-01-01', '2001-01-01'], ['~', null], ['', null], ['null', null], ['1.5', 1.5], ['-7', -7], ['v1', 'v1'], ['!local tagged', 'tagged'],
    ['[a, b]', ['a', 'b']], ['{a: 1, a: 2}', { a: 2 }],
  ])('%s', (text, expected) => {
    expect(value(text)).toEqual(expected);
  });

  it('follows anchors and merge keys', () => {
    const [first] = read('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\nbase: &b {x: 1, z: 2}\nmore: {<<: *b, z: 3}\n').objects;
    expect(first?.object['more']).toEqual({ x: 1, z: 3 });
  });

  it('reads numbers among labels as the text they were meant as', () => {
    expect(read('apiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: {version: 1}}\n').problems).toEqual([]);
  });
});

describe('what is broken', () => {
  it.each([
    ['a tab', `${service('a')}---\n${service('b')}spec:\n\tports: []\n---\n${service('c')}`, 11],
    ['bad indentation', `${service('a')}---\napiVersion: v1\nkind: Service\n metadata: {name: b}\n---\n${service('c')}`, 8],
    ['an unknown alias', `${service('a')}---\nx: *nope\n---\n${service('c')}`, 6],
    ['an object without a name', `${service('a')}---\napiVersion: v1\nkind: Service\nmetadata:\n  labels: {}\n---\n${service('c')}`, 8],
    ['a name that is a number', `${service('a')}---\napiVersion: v1\nkind: Service\nmetadata:\n  name: 7\n---\n${service('c')}`, 9],
    ['an object without a kind', `${service('a')}---\napiVersion: v1\nmetadata: {name: b}\n---\n${service('c')}`, 6],
    ['a template that was not rendered', `${service('a')}---\nname: {{ .Values.name }}\n---\n${service('c')}`, 6],
  ])('%s is reported with its line, and the rest is read', (_title, text, line) => {
    const manifests = read(text);
    expect(names(manifests)).toEqual(['Service/default/a', 'Service/default/c']);
    expect(manifests.problems.map((problem) => [problem.file, problem.line])).toEqual([['m.yaml', line]]);
  });

  it('ends a bomb of aliases or of nesting in a problem', () => {
    const bomb = `a: &a [x]\n${Array.from({ length: 2000 }, () => '- *a').map((line, index) => `b${index}: ${line.slice(2)}`).join('\n')}`;
    expect(read(bomb).problems).toHaveLength(1);
    expect(read('['.repeat(5000)).problems).toHaveLength(1);
  });
});

describe('lines', () => {
  const text = `# top\n---\n# comment\n\napiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Service\n  metadata:\n    name: a\n  spec:\n    ports:\n      - name: http\n        port: 80\n      - {name: https, port: 443}\n`;
  const [object] = read(text).objects;

  it.each([
    [[], 8], [['metadata', 'name'], 11], [['spec', 'ports', 0], 14], [['spec', 'ports', 0, 'port'], 15], [['spec', 'ports', 1, 'port'], 16],
    [['spec', 'ports', 7, 'port'], 13], [['spec', 'selector', 'app'], 12],
  ])('%j is on line %d, or what is there of it', (path, line) => {
    expect(object?.lineOf(path)).toBe(line);
  });

  it('counts from the file, past the comments in front of a document', () => {
    expect(read(`${service('a')}---\n# Source: x\n\n${service('b')}`).objects.map(({ line }) => line)).toEqual([1, 8]);
  });
});
