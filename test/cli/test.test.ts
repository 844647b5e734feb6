import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { folder, ladder } from './memory-terminal';

const validate = new Ajv2020().compile(JSON.parse(readFileSync('schemas/test-report.schema.json', 'utf8')) as object);

const web = `\
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: {containers: [{name: web, image: nginx, ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;
const passing = '- {name: the web, request: http://web.shop, expect: {verdict: ok, backend: shop/web:80}}\n';
const failing = '- name: the wrong port\n  request: http://web.shop\n  expect: {backend: shop/web:8080, symptom: refused}\n';

test('all pass: a line each, a summary, exit 0', async () => {
  const cwd = folder({ 'web.yaml': web, 'routes.yaml': passing });
  expect(await ladder(['test', 'routes.yaml', '-f', 'web.yaml'], { cwd })).toEqual({ code: 0, err: '', out: '✓ the web\n\n1 test: 1 passed, 0 failed\n' });
});

test('a mismatch exits 1 with its place, what was expected, what is so, and the trace', async () => {
  const cwd = folder({ 'routes.yaml': passing + failing });
  const { code, out } = await ladder(['test', 'routes.yaml', '-f', '-'], { cwd, stdin: web });
  expect(code).toBe(1);
  expect(out).toMatch(/^✓ the web\n✗ the wrong port {2}routes\.yaml:2\n {4}symptom: expected refused, got none\n {4}backend: expected shop\/web:8080, got shop\/web:80\n\n {4}✓ http:\/\/web\.shop from /);
  expect(out).toMatch(/\n\n2 tests: 1 passed, 1 failed\n$/);
});

test('several files are one run', async () => {
  const cwd = folder({ 'web.yaml': web, 'a.yaml': passing, 'b.yaml': failing });
  expect((await ladder(['test', 'a.yaml', 'b.yaml', '-f', 'web.yaml'], { cwd })).out).toContain('2 tests: 1 passed, 1 failed');
});

test('--json fits the published schema', async () => {
  const cwd = folder({ 'web.yaml': web, 'routes.yaml': passing + failing });
  const { code, out } = await ladder(['test', 'routes.yaml', '-f', 'web.yaml', '--json'], { cwd });
  const report = JSON.parse(out) as { readonly passed: number; readonly failed: number };
  validate(report);
  expect([code, validate.errors, report.passed, report.failed]).toEqual([1, null, 1, 1]);
});

test('--junit writes the results beside the lines', async () => {
  const cwd = folder({ 'web.yaml': web, 'routes.yaml': passing + failing });
  const { out } = await ladder(['test', 'routes.yaml', '-f', 'web.yaml', '--junit', 'reports/routes.xml'], { cwd });
  expect(out).toContain('1 failed');
  expect(readFileSync(join(cwd, 'reports/routes.xml'), 'utf8')).toMatch(/tests="2" failures="1".*<testcase [^>]*name="the web"[^>]*\/>.*<failure [^>]*message="symptom: expected refused, got none; backend: expected shop\/web:8080, got shop\/web:80">/s);
});

describe('exit 2', () => {
  test('a bad test file: every problem with file and line, and nothing is run or written', async () => {
    const cwd = folder({ 'web.yaml': web, 'a.yaml': '- request: http://a\n  expct: {}\n', 'b.yaml': '- {request: "ftp://b", expect: {verdict: fine}}\n' });
    const { code, out, err } = await ladder(['test', 'a.yaml', 'b.yaml', '-f', 'web.yaml', '--junit', 'out.xml'], { cwd });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect([...err.matchAll(/^ {2}([ab]\.yaml:\d+): ([A-Z_]+)/gm)].map(([, at, id]) => `${at ?? ''} ${id ?? ''}`))
      .toEqual(['a.yaml:2 TEST_KEY', 'a.yaml:1 TEST_EXPECT', 'b.yaml:1 TEST_VERDICT', 'b.yaml:1 REQUEST']);
    expect(existsSync(join(cwd, 'out.xml'))).toBe(false);
  });

  test.each<[string, readonly string[], RegExp]>([
    ['no test file', ['-f', 'web.yaml'], /^error: missing required argument 'files'\n$/],
    ['a test file that is not there', ['nope.yaml', '-f', 'web.yaml'], /^nope\.yaml: cannot be read: /],
    ['no manifests', ['routes.yaml'], /^No manifests are given\./],
    ['results that cannot be written', ['routes.yaml', '-f', 'web.yaml', '--junit', 'web.yaml/x.xml'], /^web\.yaml\/x\.xml: cannot be written: /],
  ])('%s', async (_, args, complaint) => {
    const { code, err } = await ladder(['test', ...args], { cwd: folder({ 'web.yaml': web, 'routes.yaml': passing }) });
    expect(code).toBe(2);
    expect(err).toMatch(complaint);
  });

  test('manifests that cannot be read, also when every test passes on the rest', async () => {
    const cwd = folder({ 'm/web.yaml': web, 'm/broken.yaml': 'a: [', 'routes.yaml': passing });
    const { code, out, err } = await ladder(['test', 'routes.yaml', '-f', 'm'], { cwd });
    expect([code, out]).toEqual([2, expect.stringContaining('1 passed, 0 failed')]);
    expect(err).toMatch(/broken\.yaml:\d+: /);
  });
});

test('the example of --help is a valid test file', async () => {
  const { out } = await ladder(['test', '--help']);
  const example = /A test file is a YAML list:\n((?: {2}.*\n)+)/.exec(out)?.[1] ?? '';
  const cwd = folder({ 'web.yaml': web, 'routes.yaml': example });
  expect((await ladder(['test', 'routes.yaml', '-f', 'web.yaml'], { cwd })).out).toContain('3 tests: ');
});
