import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020';
import type { Log } from 'sarif';
import { catalogue } from '../../src/explain';
import type { Trace } from '../../src/explain/trace';
import { type Outcome, type Surroundings, folder, ladder } from './memory-terminal';

const validate = new Ajv2020().compile(JSON.parse(readFileSync('schemas/trace.schema.json', 'utf8')) as object);

const web = `\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx, ports: [{name: http, containerPort: 8080}]}]}
`;
const service = (selector: string): string => `\
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: ${selector}}
  ports: [{port: 80, targetPort: http}]
`;
const good = `${web}---\n${service('web')}`;
const bad = `${web}---\n${service('wbe')}`;

const explain = (args: readonly string[], surroundings?: Surroundings): Promise<Outcome> => ladder(['explain', ...args], surroundings);

describe('the exit code follows the verdict', () => {
  test('0: it works, and who answers is in the first line', async () => {
    const { code, out, err } = await explain(['http://web', '-f', '-'], { stdin: good });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.split('\n')[0]).toMatch(/^✓ http:\/\/web from .* works: answered by Deployment default\/web port 8080$/);
  });

  test('1: it is broken; the reason has its place and a fix', async () => {
    const cwd = folder({ 'a/web.yaml': web, 'a/service.yaml': service('wbe') });
    const { code, out } = await explain(['http://web', '-f', 'a'], { cwd });
    expect(code).toBe(1);
    expect(out).toMatch(/^✗ http:\/\/web from .* is broken: the client sees connection refused\n/);
    expect(out).toMatch(/^a\/service\.yaml:\d+ {2}error SVC001 {2}Service default\/web$/m);
    expect(out).toMatch(/^ {4}fix: \S/m);
    expect(out.match(/← breaks here/g)).toHaveLength(1);
  });

  test("a port that the laptop does not publish is told at kind's config, wherever that stands", async () => {
    const { out } = await ladder(['explain', 'http://localhost:8081', '-f', 'docs/examples/nodeport.yaml', '-f', 'docs/examples/kind.yaml'], { cwd: process.cwd() });
    expect(out).toContain('\ndocs/examples/kind.yaml:1  error REQ005  Cluster kind\n');
  });

  test('3: the way leads out of the input', async () => {
    expect((await explain(['http://elsewhere.other', '-f', '-'], { stdin: good })).code).toBe(3);
  });

  test('2: some of the input cannot be read, and the answer for the rest is printed all the same', async () => {
    const cwd = folder({ 'good.yaml': good, 'broken.yaml': 'kind: Service\nmetadata: {name: [' });
    const { code, out, err } = await explain(['http://web', '-f', '.'], { cwd });
    expect(code).toBe(2);
    expect(out).toContain('works: answered by Deployment default/web');
    expect(err).toMatch(/^broken\.yaml:\d+: .+\n$|^\S*broken\.yaml:\d+: .+\n$/);
  });
});

describe('input', () => {
  test('files, globs and what a shell makes of globs name the same manifests', async () => {
    const cwd = folder({ 'a.yaml': web, 'b.yaml': service('web') });
    for (const args of [['-f', 'a.yaml', '-f', 'b.yaml'], ['-f', '*.yaml'], ['-f', 'a.yaml', 'b.yaml'], ['-f', '.']]) {
      expect([args, (await explain(['http://web', ...args], { cwd })).code]).toEqual([args, 0]);
    }
  });

  test('-n names the namespace of objects that have none', async () => {
    const { out } = await explain(['http://web.shop', '-n', 'shop', '-f', '-', '--json'], { stdin: good });
    expect((JSON.parse(out) as Trace).backends).toEqual([{ kind: 'Deployment', namespace: 'shop', name: 'web', port: 8080 }]);
  });

  test('a profile and --platform say what manifests cannot; the flag wins', async () => {
    const cwd = folder({ 'web.yaml': good.replace('spec:\n  selector: {app: web}', 'spec:\n  type: LoadBalancer\n  selector: {app: web}'), 'gke.yaml': 'platform: gke' });
    const args = ['http://web.example.com', '--via', 'service/default/web', '-f', 'web.yaml', '--profile', 'gke.yaml'];
    expect((await explain(args, { cwd })).code).toBe(0);
    const kind = await explain([...args, '--platform', 'kind'], { cwd });
    expect([kind.code, kind.out]).toEqual([1, expect.stringContaining('KIND003')]);
  });

  test('port-forward may stand unquoted', async () => {
    const quoted = await explain(['port-forward service/web 9000:80', '-f', '-'], { stdin: good });
    const unquoted = await explain(['-f', '-', 'port-forward', 'service/web', '9000:80'], { stdin: good });
    expect(quoted.code).toBe(0);
    expect(unquoted).toEqual(quoted);
  });
});

describe('formats', () => {
  test.each([['http://web', good], ['http://web', bad], ['http://nobody.other', good]])('--json of %s fits the published schema', async (request, stdin) => {
    const { out } = await explain([request, '-f', '-', '--json'], { stdin });
    validate(JSON.parse(out));
    expect(validate.errors).toBeNull();
  });

  test('--sarif holds the findings of the trace', async () => {
    const { code, out } = await explain(['http://web', '-f', '-', '--sarif'], { stdin: bad });
    expect(code).toBe(1);
    expect((JSON.parse(out) as Log).runs[0]?.results?.map(({ ruleId }) => ruleId)).toContain('SVC001');
  });

  test('--mermaid draws the way', async () => {
    expect((await explain(['http://web', '-f', '-', '--mermaid'], { stdin: bad })).out).toMatch(/^flowchart LR\n.*-\.-> symptom\n/s);
  });

  test('--verbose says more than the short answer', async () => {
    const short = await explain(['http://web', '-f', '-'], { stdin: good });
    const long = await explain(['http://web', '-f', '-', '--verbose'], { stdin: good });
    expect(long.out).toMatch(/^assumed {2}\S/m);
    expect(long.out.length).toBeGreaterThan(short.out.length);
  });

  test('nothing but the answer is on standard output, without colour codes', async () => {
    const { out } = await explain(['http://web', '-f', '-', '--verbose'], { stdin: bad });
    expect(out).not.toContain('\u001b');
  });
});

describe('the catalogue', () => {
  test('--id prints why, an example and the fix; small letters do', async () => {
    const { code, out } = await explain(['--id', 'svc001']);
    expect(code).toBe(0);
    expect(out).toMatch(/^SVC001 {2}error {2}.+\n\n.+\n\nFor example:\n\n {4}.+\n\nFix: .+\n$/s);
  });

  test('--list-ids prints every finding on a line', async () => {
    const { out } = await explain(['--list-ids']);
    expect(out.trimEnd().split('\n').map((line) => line.split(' ')[0])).toEqual(catalogue.map(({ id }) => id));
  });

  test('an id that is none names the nearest', async () => {
    expect(await explain(['--id', 'SVC01'])).toEqual({ code: 2, out: '', err: expect.stringMatching(/^SVC01 is no finding\. Did you mean SVC0\d1\?\n$|^SVC01 is no finding\. Did you mean SVC\d+\?\n$/) as string });
    expect((await explain(['--id', 'WHATEVER9'])).err).toBe('WHATEVER9 is no finding. ladder explain --list-ids prints them all.\n');
  });
});

describe('wrong usage is one clear complaint on standard error, exit 2', () => {
  test.each<[string, readonly string[], RegExp]>([
    ['no request', ['-f', '-'], /^No request is given\. .*ladder explain http/],
    ['no manifests', ['http://web'], /^No manifests are given\. .*-f/],
    ['an empty path', ['http://web', '-f', ''], /^A path of manifests is empty/],
    ['an unknown flag', ['http://web', '-f', '-', '--jason'], /^error: unknown option '--jason'\n\(Did you mean --json\?\)\n$/],
    ['two formats', ['http://web', '-f', '-', '--json', '--sarif'], /^error: option '--json' cannot be used with option '--sarif'\n$/],
    ['an unknown platform', ['http://web', '-f', '-', '--platform', 'aws'], /^error: .*--platform.*'aws'.*kind, gke/],
    ['a file that is not there', ['http://web', '-f', 'nope.yaml'], /^nope\.yaml: no such file or folder\n/],
    ['a profile that is not there', ['http://web', '-f', '-', '--profile', 'nope.yaml'], /^nope\.yaml: cannot be read: /],
    ['files before the request', ['-f', 'a.yaml', 'b.yaml', 'http://web'], /^The request comes first: ladder explain http:\/\/web -f b\.yaml/],
    ['an empty standard input', ['http://web', '-f', '-'], /^There is no Kubernetes object in standard input\.\n$/],
  ])('%s', async (_, args, complaint) => {
    const { code, out, err } = await explain(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(complaint);
  });

  test('everything that is wrong with a request comes at once', async () => {
    const { code, err } = await explain(['http://web:99999', '--from', 'moon', '--via', 'x', '-H', 'nocolon', '-X', 'G T', '-f', '-'], { stdin: good });
    expect(code).toBe(2);
    for (const given of ['99999', 'moon', '"x"', 'nocolon', 'G T']) expect(err).toContain(given);
  });

  test('a mistake in the profile names the file and the field', async () => {
    const cwd = folder({ 'p.yaml': 'platfrom: kind', 'web.yaml': good });
    expect(await explain(['http://web', '-f', 'web.yaml', '--profile', 'p.yaml'], { cwd })).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/p\.yaml.*platfrom/s) as string });
  });
});

test('--help has examples and the exit codes', async () => {
  const { code, out } = await explain(['--help']);
  expect(code).toBe(0);
  expect(out).toMatch(/Examples:\n.*kubectl get .* \| ladder explain .* -f -.*Exit code: 0/s);
});
