import { Yaml } from 'cdk8s';
import fc from 'fast-check';
import { parse, parseAllDocuments } from 'yaml';
import { toYaml, toYamlStream } from '../../src/manifest/write';

const AWKWARD = [
  '', ' ', '~', 'null', 'Null', 'NULL', 'nullable', 'y', 'Y', 'n', 'yes', 'Yes', 'no', 'No', 'on', 'ON', 'off', 'Off', 'true', 'True', 'false', 'FALSE', 'truest',
  '0', '1', '-1', '+1', '00', '007', '0777', '0o17', '0x1F', '0b11', '0b12', '1_000', '1_', '_1', '1e3', '1e', 'e', 'e1', 'E1', 'e-1', 'e+10', 'ee1', '1.0', '1.', '.', '..', '...',
  '.5', '.e1', '.inf', '-.Inf', '.nan', '.NaN', 'inf', 'NaN', 'Infinity', '10m', '64Mi', '1Gi', '0.5', '1k', '1e6Ki', '25%', '%25', '30s', '1h30m', '1:30', '190:20:30', '1:30.5',
  '2026-11-01', '2026-11-01T10:00:00Z', '2026-11-01 10:00:00', '2026-1-1', '2026-11', '=', '<<', '<', '-', '--', '---', '--- a', '- a', '-a', '-1a', '?', '? a', '?a', ':', ':a', 'a:', 'a: b', 'a:b', 'a :b',
  'a : b', 'a::b', 'http://x:8080/y?z=1#top', 'a #b', 'a#b', '#a', 'a# b', '&a', '*a', '*', '*.example.com', '!a', '!!str', '|', '>', '|-', '@a', 'a@b', '`a`', '%a', '%', '"', "'", '"a"', "'a'", 'it\'s', 'say "hi"', '"it\'s"',
  '{}', '{', '}', '{"ingress":true}', '{a: b}', '[]', '[a', 'a]', 'a,b', ',a', ' a', 'a ', '\ta', 'a\t', 'a\tb', 'a  b', 'a b', '\n', '\n\n', 'a\n', 'a\n\n', '\na', ' \na', 'a\nb', 'a\nb\n', 'a\n\nb\n\n\n', 'a \nb', 'a\n b',
  '  a\nb', 'a\n \n', 'a\n\t', '#!/bin/sh\nset -e\n', 'a: b\nc: d\n', '---\na', 'a\n---\nb', 'a\r\nb', '\r', '%a\nb', '"a"\n', 'server {\n  listen 80;\n}\n', '\u0000', '\u0007', '\u001b[0m', '\u0085', '\u00a0', '\u2028', 'a\u2029---', '\ufeff', '\ud800',
  'é', 'naïve', '日本', '🙂', 'a🙂b', '\\', '\\n', 'a\\b', 'C:\\x', '/', '/healthz', '/a b', '/*', '//', '.hidden', './x', '../x', '_', '__a', 'a_b', 'A', '0a', '1a', '1.2.3', '1.2.3.4', '10.0.0.0/8', '::1', 'fe80::1', '[::1]:80',
  'nginx:1.27', 'registry.example.com:5000/a/b@sha256:0123', 'app.kubernetes.io/name', 'system:node', 'GET /a, POST /b', '$(VAR)', '${VAR}', '$a', 'x'.repeat(300), 'word '.repeat(60), `${'word '.repeat(60)}\n`.repeat(3), '1'.repeat(400),
  '__proto__', 'constructor', 'toString',
];

describe('toYaml writes what cdk8s writes', () => {
  test.each(AWKWARD.map((text) => [JSON.stringify(text).slice(0, 60), text]))('the string %s, as value, in lists, deep down and as key', (_, text) => {
    const object = {
      value: text, list: [text, [text], { inner: text, deep: { deeper: [text, text] } }], after: 1, keys: Object.fromEntries([[text, text]]), nested: [Object.fromEntries([['a', 1], [text, { b: text }]])],
    };
    expect(toYaml(object)).toBe(Yaml.stringify(object));
  });

  test.each(AWKWARD.map((text) => [JSON.stringify(text).slice(0, 60), text]))('the string %s as a key of the document', (_, text) => {
    const object = Object.fromEntries([[text, 'value'], ['plain', { [text]: [text] }]]);
    expect(toYaml(object)).toBe(Yaml.stringify(object));
  });

  test.each([0, -0, 1, -1, 1.5, 1e21, 1e-7, 0.1, Number.MAX_SAFE_INTEGER, 2 ** 60, Infinity, -Infinity, NaN, true, false, null])('the value %p', (value) => {
    const object = { value, list: [value, { value }] };
    expect(toYaml(object)).toBe(Yaml.stringify(object));
  });

  test('empty maps and lists, at every place', () => {
    const object = { a: {}, b: [], c: [{}, [], [[]], { d: {} }], e: { f: { g: [] } } };
    expect(toYaml(object)).toBe(Yaml.stringify(object));
    expect(toYaml({})).toBe(Yaml.stringify({}));
    expect(toYaml([])).toBe(Yaml.stringify([]));
  });

  test('keys of 1,024 characters and of one more, which are written differently', () => {
    for (const length of [1023, 1024, 1025]) {
      const object = { metadata: { ['k'.repeat(length)]: { a: 1 }, z: ['k'] } };
      expect(toYaml(object)).toBe(Yaml.stringify(object));
    }
  });

  test('any JSON at all', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom(...AWKWARD), fc.stringMatching(/^[-+.0-9a-fxoe_:]{0,8}$/), fc.stringMatching(/^[ \n\ta-b#:'"-]{0,12}$/));
    const json = fc.letrec<{ node: unknown }>((tie) => ({
      node: fc.oneof({ maxDepth: 5 }, text, text, fc.integer(), fc.double(), fc.boolean(), fc.constant(null), fc.array(tie('node'), { maxLength: 4 }), fc.dictionary(text, tie('node'), { maxKeys: 4 })),
    })).node;
    fc.assert(fc.property(fc.dictionary(text, json, { maxKeys: 4 }), (object) => {
      expect(toYaml(object)).toBe(Yaml.stringify(object));
    }), { numRuns: 1500 });
  });

  test('several objects, as one stream', () => {
    const objects = [{ a: 1 }, {}, { b: 'x\n' }];
    expect(toYamlStream(objects)).toBe(Yaml.stringify(...objects));
    expect(parseAllDocuments(toYamlStream(objects)).map((document) => document.toJSON() as unknown)).toEqual(objects);
  });
});

describe('what is written reads back the same', () => {
  // cdk8s quotes for YAML 1.1 and leaves `0o17` bare, which 1.2 reads as a number; the same bytes are worth more here.
  test.each([['1.1', []], ['1.2', ['0o17']]] as const)('under YAML %s', (version, lost: readonly string[]) => {
    const object = { values: AWKWARD.filter((text) => text !== '\ud800' && !lost.includes(text)) };
    expect(parse(toYaml(object), { version })).toEqual(object);
  });
});
