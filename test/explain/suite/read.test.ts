import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020';
import fc from 'fast-check';
import { parse } from 'yaml';
import { type SuiteRules, readSuite } from '../../../src/explain/suite/read';
import type { RoutingTest } from '../../../src/explain/suite/routing-test';
import { checkRequest } from '../../../src/explain/suite/run';
import { type Problem, ProblemError } from '../../../src/model/problem';

const rules: SuiteRules = { checkRequest: (test) => checkRequest(test, {}), findingIds: ['SVC001', 'ING002'] };
const read = (text: string): readonly RoutingTest[] => readSuite(text, 'routes.yaml', rules);

function problemsOf(text: string): readonly Problem[] {
  try {
    read(text);
  } catch (error) {
    if (error instanceof ProblemError) return error.problems;
    throw error;
  }
  return [];
}

/** `line CODE`, which is what these tests are about; the words may change. */
const marks = (text: string): readonly string[] => problemsOf(text).map(({ path, code }) => `${path.replace('routes.yaml:', '')} ${code}`);

const validate = new Ajv2020().compile(JSON.parse(readFileSync('schemas/routing-test.schema.json', 'utf8')) as object);

test('every field is read, and each test knows its line', () => {
  expect(read(`\
# routes
- name: the cart
  request: https://shop.example.com/cart
  from: outside
  via: gateway/infra/public
  method: POST
  headers: {X-Version: 1.10, X-On: true}
  expect: {verdict: ok, symptom: null, backend: shop/cart:8080, status: 301, finding: SVC001}

- request: http://blue.shop
  from: pod:shop/orders
  expect: {backend: null}
`)).toEqual([
    {
      name: 'the cart', request: 'https://shop.example.com/cart', from: 'outside', via: 'gateway/infra/public', method: 'POST',
      headers: { 'X-Version': '1.10', 'X-On': 'true' }, file: 'routes.yaml', line: 2,
      expect: { verdict: 'ok', symptom: null, backends: ['shop/cart:8080'], status: 301, finding: 'SVC001' },
    },
    { name: 'http://blue.shop from pod:shop/orders', request: 'http://blue.shop', from: 'pod:shop/orders', file: 'routes.yaml', line: 10, expect: { backends: [] } },
  ]);
});

test('several backends are a list; headers may be lines; JSON and anchors are YAML', () => {
  expect(read('- {request: a:80, expect: {backend: [shop/a, "shop/b:80"]}}')[0]?.expect.backends).toEqual(['shop/a', 'shop/b:80']);
  expect(read('- {request: a:80, headers: ["Host: b", "X: 1"], expect: {verdict: ok}}')[0]?.headers).toEqual({ Host: 'b', X: '1' });
  expect(read('[{"request": "http://a", "expect": {"verdict": "ok"}}]')).toHaveLength(1);
  expect(read('- {request: http://a, expect: &good {verdict: ok}}\n- {request: http://b, expect: *good}').map((one) => one.expect)).toEqual([{ verdict: 'ok' }, { verdict: 'ok' }]);
});

describe.each<[string, string, readonly string[]]>([
  ['a misspelt key', '- request: http://a\n  form: outside\n  expect: {verdict: ok}', ['2 TEST_KEY']],
  ['a misspelt expectation', '- request: http://a\n  expect:\n    vedict: ok', ['3 TEST_KEY']],
  ['a misspelt expectation beside a wrong value', '- request: http://a\n  expect:\n    status: 1\n    vedict: ok', ['4 TEST_KEY', '3 TEST_STATUS']],
  ['no request', '- expect: {verdict: ok}', ['1 TEST_REQUEST']],
  ['no expectation', '- request: http://a', ['1 TEST_EXPECT']],
  ['an empty expectation', '- request: http://a\n  expect: {}', ['2 TEST_EXPECT']],
  ['an expectation without value', '- request: http://a\n  expect:', ['2 TEST_TYPE']],
  ['a wrong verdict', '- {request: http://a, expect: {verdict: okay}}', ['1 TEST_VERDICT']],
  ['a wrong symptom', '- {request: http://a, expect: {symptom: http-405}}', ['1 TEST_SYMPTOM']],
  ['a finding that is none', '- {request: http://a, expect: {finding: SVC999}}', ['1 TEST_FINDING']],
  ['a status as text', '- {request: http://a, expect: {status: "301"}}', ['1 TEST_STATUS']],
  ['a status out of range', '- {request: http://a, expect: {status: 99}}', ['1 TEST_STATUS']],
  ['a backend without namespace', '- {request: http://a, expect: {backend: blue}}', ['1 TEST_BACKEND']],
  ['a backend with a kind', '- {request: http://a, expect: {backend: Deployment/shop/blue}}', ['1 TEST_BACKEND']],
  ['headers that are a text', '- {request: http://a, headers: "X: 1", expect: {verdict: ok}}', ['1 TEST_HEADERS']],
  ['a request that is none', '- request: "ftp://a"\n  expect: {verdict: ok}', ['1 REQUEST']],
  ['a wrong origin', '- request: http://a\n  from: moon\n  expect: {verdict: ok}', ['1 REQUEST']],
  ['an empty name', '- {name: "", request: http://a, expect: {verdict: ok}}', ['1 TEST_TYPE']],
  ['a request that is a list', '- {request: [http://a], expect: {verdict: ok}}', ['1 TEST_TYPE']],
  ['a test that is a text', '- http://a', ['1 TEST_TYPE']],
  ['a mapping instead of a list', 'tests: []', ['1 TEST_TYPE']],
  ['a manifest, as a shell puts it there for -f *.yaml', 'apiVersion: v1\nkind: Service\n---\nkind: Pod', ['1 TEST_MANIFEST']],
  ['an empty list', '[]', ['1 TEST_EMPTY']],
  ['nothing', '', ['1 TEST_EMPTY']],
  ['only a comment', '# later', ['1 TEST_EMPTY']],
  ['a second document', '- {request: http://a, expect: {verdict: ok}}\n---\n- x', ['3 TEST_DOCUMENTS']],
  ['broken YAML', '- request: http://a\n  expect: {verdict: ok', ['2 YAML_SYNTAX']],
  ['a key twice', '- request: http://a\n  request: http://b\n  expect: {verdict: ok}', ['2 YAML_SYNTAX']],
])('%s', (_, text, expected) => {
  test('is a problem at its line', () => expect(marks(text)).toEqual(expected));
});

test('all problems of a file come at once, each with rule and fix', () => {
  const problems = problemsOf('- request: http://a\n  expct: {}\n- expect: {verdict: ok, status: 1}\n- request: ftp://x\n  expect: {backend: x}');
  expect(problems.map(({ path }) => path)).toEqual(['routes.yaml:2', 'routes.yaml:1', 'routes.yaml:3', 'routes.yaml:3', 'routes.yaml:5', 'routes.yaml:4']);
  for (const { rule, fix } of problems) expect([rule, fix]).toEqual([expect.stringMatching(/\w.*\.$/), expect.stringMatching(/\w.*[.?]$/)]);
  expect(problems[0]?.fix).toBe('Did you mean expect?');
});

test.each([
  '- {request: http://a, expect: {verdict: ok}}',
  '- {request: http://a, from: pod:a/b, via: service/a/b, method: GET, headers: {a: b}, name: x, expect: {symptom: null, backend: null, status: 404}}',
  '- {request: http://a, headers: ["a: b"], expect: {backend: [a/b, "c/d:1"], finding: SVC001}}',
  '- {request: http://a, expect: {}}',
  '- {request: http://a}',
  '- {request: http://a, expect: {verdict: okay}}',
  '- {request: http://a, expect: {backend: blue}}',
  '- {request: http://a, expect: {status: 99}}',
  '- {request: http://a, form: x, expect: {verdict: ok}}',
  '[]',
  'tests: []',
])('the published schema and the reader agree on %s', (text) => {
  expect(validate(parse(text))).toBe(problemsOf(text).length === 0);
});

test('whatever the text, there are tests or problems with a place, and no other error', () => {
  const fragment = fc.constantFrom('- ', '  ', 'request', 'expect', ': ', '{', '}', '[', ']', '\n', 'http://a', 'verdict', 'ok', 'null', '&a ', '*a', '---\n', '"', "'", '#', '|', '1', '<<', '?', '!!binary ', '\t');
  fc.assert(fc.property(fc.oneof(fc.array(fragment, { maxLength: 40 }).map((parts) => parts.join('')), fc.string({ unit: 'binary' })), (text) => {
    for (const { path } of problemsOf(text)) expect(path).toMatch(/^routes\.yaml:\d+$/);
  }), { numRuns: 1000 });
});
