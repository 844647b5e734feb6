import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { type Outcome, folder, ladder } from './memory-terminal';

// Whatever comes in: an exit code, no stack trace, and a place for everything that cannot be read.
const fixtures = 'test/explain/suite/fixtures';
const manifests = readdirSync(fixtures).map((name) => readFileSync(join(fixtures, name, 'manifests.yaml'), 'utf8'));
const requests = [
  'http://localhost:30001', 'http://blue-service.shop', 'https://shop.example.com/cart', '203.0.113.10:80', 'tcp://db-0.db.shop:5432', 'udp://dns:53',
  'port-forward service/web 8080:80', 'http://10.244.1.5:30001', 'http://[::1]:80', 'http://a..b', 'http://web:0', '://', '', ' ', '-', '%', 'http://%00/',
];

function expectDecent({ code, out, err }: Outcome): void {
  expect([0, 1, 2, 3]).toContain(code);
  expect(err).not.toMatch(/mistake in ladder itself|^ {4}at |TypeError|RangeError|undefined/m);
  expect(out).not.toMatch(/\bundefined\b|\bNaN\b|\[object Object\]/);
  for (const line of err.split('\n').filter((one) => one.startsWith('<stdin>'))) expect(line).toMatch(/^<stdin>:[1-9]\d*: \S/);
}

const junk = fc.constantFrom('null', '[]', '{}', '""', '-1', '99999', '1e9', 'true', '~', '[[[]]]', '{a: {b: [c]}}', '"\\u0000"', '1.5', '*', '&a', '<<', 'http', '0x10', 'NaN', "'': ''");

/** A manifest with a few of its lines cut, doubled, moved, or with another value. */
const mutated = fc.tuple(
  fc.constantFrom(...manifests),
  fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.constantFrom('cut', 'double', 'value', 'swap', 'indent', 'chop', 'flow'), junk), { minLength: 1, maxLength: 8 }),
).map(([text, edits]) => {
  let lines = text.split('\n');
  for (const [where, edit, value] of edits) {
    const index = Math.floor(where * lines.length);
    const line = lines[index] ?? '';
    switch (edit) {
      case 'cut': lines.splice(index, 1); break;
      case 'double': lines.splice(index, 0, line); break;
      case 'value': lines[index] = line.replace(/: .*$/, `: ${value}`); break;
      case 'swap': [lines[0], lines[index]] = [line, lines[0] ?? '']; break;
      case 'indent': lines[index] = `  ${line}`; break;
      case 'chop': lines = lines.slice(0, index); break;
      // One value of a flow mapping or list.
      case 'flow': lines[index] = line.replace(/: [^,{}[\]]+(?=[,}\]])/, `: ${value}`); break;
    }
  }
  return lines.join('\n');
});

type Parent = Record<string | number, unknown>;

/** Every place in a document where a value stands. */
function places(value: unknown): readonly (readonly [Parent, string])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).flatMap((key) => [[value as Parent, key] as const, ...places((value as Parent)[key])]);
}

/** Manifests in which a few values are of another type, which every reader of a field must bear. */
const confused = fc.tuple(
  fc.constantFrom(...manifests),
  fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.constantFrom<unknown>(null, [], {}, '', 'x', 0, -1, 65536, 1.5, true, [null], [[]], [{}], { a: null }, ['a'], 'http', '*', '10.0.0.0/8', '10.0.0.1')), { minLength: 1, maxLength: 6 }),
).map(([source, edits]) => {
  const documents = parseAllDocuments(source).map((document): unknown => document.toJS());
  for (const [where, value] of edits) {
    const all = places(documents);
    const [parent, key] = all[Math.floor(where * all.length)] ?? [];
    if (parent !== undefined && key !== undefined) parent[key] = structuredClone(value);
  }
  return documents.map((document) => JSON.stringify(document)).join('\n---\n');
});

const text = fc.oneof(
  { weight: 4, arbitrary: confused },
  { weight: 4, arbitrary: mutated },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 1, arbitrary: fc.json().map((json) => `{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a"}, "spec": ${json}}`) },
  { weight: 1, arbitrary: fc.array(fc.constantFrom('apiVersion: v1\n', 'kind: Service\n', 'metadata:\n', '  name: a\n', 'spec:\n', '---\n', '- ', '  ', '{', '}', ': ', '\t', '"', '&a ', '*a\n', '!!binary ', '|\n', '#\n', '\r\n')).map((parts) => parts.join('')) },
);
const request = fc.oneof(fc.constantFrom(...requests), fc.webUrl(), fc.string({ maxLength: 30 }).filter((one) => !one.startsWith('-')));

test('explain: any manifests, any request', async () => {
  await fc.assert(fc.asyncProperty(text, request, fc.constantFrom<readonly string[]>([], ['--json'], ['--sarif'], ['--mermaid'], ['--verbose']), async (stdin, asked, format) => {
    expectDecent(await ladder(['explain', asked, '-f', '-', ...format], { stdin }));
  }), { numRuns: 400 });
});

test('check: any manifests', async () => {
  await fc.assert(fc.asyncProperty(text, fc.constantFrom<readonly string[]>([], ['--json'], ['--sarif'], ['--verbose']), async (stdin, format) => {
    expectDecent(await ladder(['check', '-f', '-', ...format], { stdin }));
  }), { numRuns: 200 });
});

test('cost: any manifests', async () => {
  await fc.assert(fc.asyncProperty(text, fc.constantFrom<readonly string[]>([], ['--json'], ['--platform', 'gke']), async (stdin, flags) => {
    expectDecent(await ladder(['cost', '-f', '-', '--gib', '7', ...flags], { stdin }));
  }), { numRuns: 100 });
});

test('profiles: any text', async () => {
  await fc.assert(fc.asyncProperty(fc.oneof(text, fc.array(fc.tuple(fc.constantFrom('platform', 'nodes', 'loadBalancer', 'controllers', 'nodePortRange', 'wholeCluster', 'x'), junk)).map((pairs) => pairs.map(([key, value]) => `${key}: ${value}`).join('\n'))), async (profile) => {
    const cwd = folder({ 'profile.yaml': profile });
    expectDecent(await ladder(['explain', 'http://localhost:30001', '-f', '-', '--profile', 'profile.yaml'], { cwd, stdin: manifests[0] ?? '' }));
  }), { numRuns: 100 });
});

test('flags: any words in any order', async () => {
  const word = fc.constantFrom('explain', 'check', 'test', 'cost', 'help', 'http://web', '-f', '-', '--from', 'pod:a/b', 'pod:', 'node:', '--via', 'service/a/b', '-n', '', '--platform', 'kind', '--json', '--sarif', '--mermaid', '--verbose', '--id', 'SVC001', '--list-ids', '--ignore', ',', '--baseline', '/dev/null', '--fail-on', 'note', '--profile', '--gib', '--region', '--prices', '-H', 'a: b', '-X', '--help', '--version', '--', '-x', '--no-json', '=');
  const cwd = folder({});
  await fc.assert(fc.asyncProperty(fc.array(word, { maxLength: 8 }), async (args) => {
    expectDecent(await ladder(args, { cwd, stdin: manifests[0] ?? '' }));
  }), { numRuns: 400 });
});
