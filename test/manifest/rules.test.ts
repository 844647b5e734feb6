import { generateKeyPairSync } from 'node:crypto';
import type { KubeObject } from '../../src/manifest/object';
import { identityOf, objectProblems } from '../../src/manifest/rules';

const object = (kind: string, name: string, rest: Record<string, unknown> = {}, apiVersion = 'v1', namespace: string | undefined = 'shop'): KubeObject => (
  { apiVersion, kind, metadata: { name, ...(namespace !== undefined && { namespace }) }, ...rest }
);
const service = (name: string, ...ports: Record<string, unknown>[]) => object('Service', name, { spec: { type: 'NodePort', ports } });
const problemsOf = (...objects: KubeObject[]) => objectProblems('env', objects.map((each, index) => ({ path: `env/${index}`, object: each })));
const codes = (...objects: KubeObject[]) => problemsOf(...objects).map(({ code }) => code);

describe('two objects of one identity', () => {
  test('are one problem, with every construct that writes it', () => {
    expect(problemsOf(service('blue'), service('other'), service('blue'), service('blue'))).toEqual([
      expect.objectContaining({ code: 'OBJECT_TWICE', path: 'env/0', value: 'Service shop/blue', rule: expect.stringContaining('env/2, env/3') as string }),
    ]);
  });

  test.each([
    ['another version of the same group', object('Deployment', 'a', {}, 'apps/v1'), object('Deployment', 'a', {}, 'apps/v1beta1'), true],
    ['another group', object('Ingress', 'a', {}, 'networking.k8s.io/v1'), object('Ingress', 'a', {}, 'extensions/v1beta1'), false],
    ['another namespace', object('Service', 'a'), object('Service', 'a', {}, 'v1', 'other'), false],
    ['no namespace', object('Service', 'a'), object('Service', 'a', {}, 'v1', ''), false],
    ['another kind', object('Service', 'a'), object('ConfigMap', 'a'), false],
    ['a name in other capitals, which roles may have', object('Role', 'a'), object('Role', 'A'), false],
  ])('%s', (_, one, other, same) => {
    expect(identityOf(one) === identityOf(other)).toBe(same);
    expect(codes(one, other)).toEqual(same ? ['OBJECT_TWICE'] : []);
  });
});

describe('nodePorts of all Services, however they were written', () => {
  test.each([
    ['one number in two Services', [service('a', { nodePort: 30001 }), service('b', { nodePort: 30001, protocol: 'TCP' })], ['NODE_PORT_TAKEN']],
    ['one number twice in a Service', [service('a', { nodePort: 30001 }, { nodePort: 30001 })], ['NODE_PORT_TAKEN']],
    ['a health check on a nodePort', [service('a', { nodePort: 30001 }), object('Service', 'b', { spec: { healthCheckNodePort: 30001 } })], ['NODE_PORT_TAKEN']],
    ['two numbers', [service('a', { nodePort: 30001 }), service('b', { nodePort: 30002 })], []],
    ['one number over TCP and over UDP', [service('a', { nodePort: 30001 }), service('b', { nodePort: 30001, protocol: 'UDP' })], []],
    ['ports that the cluster chooses', [service('a', { port: 80 }), service('b', { port: 80 })], []],
    ["Knative's own kind of Service", [service('a', { nodePort: 30001 }), object('Service', 'b', { spec: { ports: [{ nodePort: 30001 }] } }, 'serving.knative.dev/v1')], []],
    ['a Service whose ports are no list', [object('Service', 'a', { spec: { ports: 'http' } }), object('Service', 'b', { spec: null })], []],
  ])('%s', (_, objects, expected) => {
    expect(codes(...objects)).toEqual(expected);
  });
});

describe('values that were never resolved', () => {
  const output = 'Calling [toString] on an [Output<T>] is not supported.\n\nTo get the value of an Output<T> as an Output<string> consider either:';
  test.each([
    ['a Pulumi Output in a text', { data: { host: `db.${output}` } }, 'PULUMI_OUTPUT', 'env/0 data.host'],
    ['a Pulumi Output as JSON', { data: { config: 'Calling [toJSON] on an [Output<T>] is not supported.' } }, 'PULUMI_OUTPUT', 'env/0 data.config'],
    ['a Pulumi Output in a key', { data: { [output]: 'x' } }, 'PULUMI_OUTPUT', `env/0 data.${output}`],
    ['a token of the AWS CDK, deep in a list', { spec: { containers: [{ env: [{ value: 'a' }, { value: '${Token[AWS.AccountId.3]}' }] }] } }, 'TOKEN_UNRESOLVED', 'env/0 spec.containers[0].env[1].value'],
    ['a token of cdktf', { spec: { host: '${TfToken[TOKEN.0]}' } }, 'TOKEN_UNRESOLVED', 'env/0 spec.host'],
    ['a Lazy inside a text', { spec: { host: 'http://[object Object]/' } }, 'TOKEN_UNRESOLVED', 'env/0 spec.host'],
  ])('%s', (_, rest, code, path) => {
    expect(problemsOf(object('ConfigMap', 'a', rest))).toEqual([expect.objectContaining({ code, path, severity: 'error' })]);
  });

  test.each([
    ['a regular expression', '[a-z]+'], ['a shell variable', '${TOKEN}'], ['a list in a text', '["a"]'],
    ['a script that speaks of objects', "if (String(x) === '[object Object]') {\n  fail();\n}\n"],
    ['documentation of outputs', 'An Output<T> is a value that comes later.'],
  ])('%s is fine', (_, text) => {
    expect(codes(object('ConfigMap', 'a', { data: { text } }))).toEqual([]);
  });
});

describe('names', () => {
  test.each(['', '.', '..', 'a/b', 'a%b', undefined, 7, null])('%p is refused', (name) => {
    expect(codes({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: name as string } })).toEqual(['OBJECT_NAME']);
  });

  test.each(['a', 'a.b', 'system:node', 'Capital', '...a'])('%p is fine for some kind', (name) => {
    expect(codes(object('ClusterRole', name))).toEqual([]);
  });
});

describe('private keys', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const old = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
  const sealed = privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }).toString();
  const oldSealed = privateKey.export({ type: 'pkcs1', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'x' }).toString();
  const openPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const certificate = '-----BEGIN CERTIFICATE-----\nMIIBgTCCASegAwIBAgIUZ0b2lX7h0p5M1wq2r7h0p5M1wq0wCgYIKoZIzj0EAwIw\n-----END CERTIFICATE-----\n';
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const secret = (rest: Record<string, unknown>) => object('Secret', 'a', rest);
  const env = (value: string) => object('Pod', 'a', { spec: { containers: [{ name: 'a', env: [{ name: 'KEY', value }] }] } });

  test.each<[string, KubeObject, string]>([
    ['a ConfigMap', object('ConfigMap', 'a', { data: { 'server.pem': pem } }), 'data.server.pem'],
    ['a ConfigMap, after its certificate', object('ConfigMap', 'a', { data: { pem: `${certificate}${old}` } }), 'data.pem'],
    ['the binary data of a ConfigMap', object('ConfigMap', 'a', { binaryData: { key: base64(`# my key\n${pem}`) } }), 'binaryData.key'],
    ['the environment', env(ec.export({ type: 'sec1', format: 'pem' }).toString()), 'spec.containers[0].env[0].value'],
    ['the environment, in base64', env(base64(`${certificate}${pem}`)), 'spec.containers[0].env[0].value'],
    ["a cloud's JSON in the environment", env(JSON.stringify({ type: 'service_account', private_key: pem })), 'spec.containers[0].env[0].value'],
    ['an annotation', { ...object('Service', 'a'), metadata: { name: 'a', annotations: { 'example.com/key': pem } } }, 'metadata.annotations.example.com/key'],
    ['an argument', object('Pod', 'a', { spec: { containers: [{ args: ['--key', pem] }] } }), 'spec.containers[0].args[1]'],
    ['a Secret', secret({ data: { 'id_rsa': base64(pem) } }), 'data.id_rsa'],
    ['a Secret, not at its beginning', secret({ data: { 'all.pem': base64(`Bag Attributes\n${pem}`) } }), 'data.all.pem'],
    ['a Secret, as text', secret({ stringData: { key: sealed } }), 'stringData.key'],
    ['a Secret, encrypted the old way', secret({ stringData: { key: oldSealed } }), 'stringData.key'],
    ["a Secret's tls.key, whatever it is", secret({ data: { 'tls.key': 'AAAA' } }), 'data.tls.key'],
    ["a Secret's tls.key, as text", secret({ stringData: { 'tls.key': '{{ .Values.key }}' } }), 'stringData.tls.key'],
  ])('in %s are refused, and not told', (_, given, path) => {
    const problems = problemsOf(given);
    expect(problems).toEqual([{ code: 'PRIVATE_KEY', severity: 'error', path: `env/0 ${path}`, rule: expect.any(String) as string, fix: expect.any(String) as string }]);
    expect(JSON.stringify(problems)).not.toContain('BEGIN');
  });

  test.each<[string, KubeObject]>([
    ['a certificate', object('ConfigMap', 'a', { data: { 'ca.crt': certificate } })],
    ['a public key', object('ConfigMap', 'a', { data: { 'jwt.pub': openPem } })],
    ['a Secret with certificates only', secret({ data: { 'ca.crt': base64(certificate), 'tls.crt': base64(certificate) } })],
    ["a webhook's authority", object('MutatingWebhookConfiguration', 'a', { webhooks: [{ clientConfig: { caBundle: base64(certificate) } }] })],
    ['a script that looks for keys', object('ConfigMap', 'a', { data: { 'run.sh': "grep -q -- '-----BEGIN PRIVATE KEY-----' \"$1\" || exit 1\n# and some more text, so that it is long enough\n" } })],
    ['a Secret whose tls.key somebody fills in', secret({ data: { 'tls.crt': '', 'tls.key': '' } })],
    ['a Secret that SOPS encrypted', secret({ stringData: { 'tls.key': 'ENC[AES256_GCM,data:p673w==,iv:YY=,aad:UQ==,tag:A=]' } })],
    ['a SealedSecret', object('SealedSecret', 'a', { spec: { encryptedData: { 'tls.key': 'AgBy3i4OJSWK+PiTySYZZA9rO43cGDEq' } } }, 'bitnami.com/v1alpha1')],
    ['an ExternalSecret', object('ExternalSecret', 'a', { spec: { target: { template: { data: { 'tls.key': '{{ .key }}' } } } } }, 'external-secrets.io/v1')],
    ['a volume that mounts tls.key', object('Pod', 'a', { spec: { volumes: [{ secret: { secretName: 'a', items: [{ key: 'tls.key', path: 'tls.key' }] } }] } })],
    ['words about a private key', object('ConfigMap', 'a', { data: { text: 'The PRIVATE KEY is in the Secret that cert-manager writes, and nowhere else, ever.' } })],
  ])('are not %s', (_, given) => expect(codes(given)).toEqual([]));
});
