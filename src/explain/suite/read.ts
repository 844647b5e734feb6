import { type Document, LineCounter, type Node, type YAMLError, isMap, parseAllDocuments } from 'yaml';
import { nearest } from '../../model/names';
import { type Problem, ProblemError } from '../../model/problem';
import { symptomWords, verdictMark } from '../output/words';
import type { Symptom, Verdict } from '../trace';
import { type Expectation, type RoutingTest, expectationKeys, routingTestKeys } from './routing-test';
import {
  type Fields, type YamlSource, complain, fields, isNull, items, lineOf, numberOf, plain, scalarText, textPairs,
} from './yaml-fields';

/** What the reader asks of the rest of explain: which requests and findings there are. */
export interface SuiteRules {
  /** The problems of a request that cannot be followed; their paths are replaced by the test's place. */
  readonly checkRequest: (test: Omit<RoutingTest, 'expect' | 'file' | 'line'>) => readonly Problem[];
  readonly findingIds: readonly string[];
}

/**
 * Reads a routing test file: a YAML list, one test an item.
 *
 * @throws ProblemError with everything that is wrong in it, each with file and line
 */
export function readSuite(text: string, file: string, rules: SuiteRules): readonly RoutingTest[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, strict: true, uniqueKeys: true });
  const document = Array.isArray(documents) ? documents[0] as Document.Parsed | undefined : undefined;
  const problems: Problem[] = [];
  if (document === undefined || document.contents === null) {
    throw new ProblemError([{ code: 'TEST_EMPTY', severity: 'error', path: `${file}:1`, rule: 'A routing test file is a YAML list of tests; this one is empty.', fix: 'Write e.g. - {request: http://shop.example.com/, expect: {backend: shop/frontend}}.' }]);
  }
  problems.push(...syntaxProblems(file, document.errors, lines));
  if (problems.length > 0) throw new ProblemError(problems);

  const source: YamlSource = { file, document, lines, problems };
  const second = documents[1]?.contents as Node | null | undefined;
  if (second !== undefined && second !== null) {
    complain(source, second, { code: 'TEST_DOCUMENTS', rule: 'A routing test file is one YAML document.', fix: 'Put all tests into one list, without ---.' });
  }
  const root = document.contents as Node;
  const list = items(source, root);
  if (isMap(root) && root.has('kind')) {
    throw new ProblemError([{ code: 'TEST_MANIFEST', severity: 'error', path: `${file}:${lineOf(source, root)}`, rule: 'This is a manifest, not a routing test file.', fix: 'Give it with -f, and quote globs: -f \'deploy/*.yaml\'.' }]);
  }
  if (list === undefined) {
    complain(source, root, { code: 'TEST_TYPE', rule: 'A routing test file is a YAML list of tests.', fix: 'Begin each test with "- request: …".' });
  } else if (list.length === 0) {
    complain(source, root, { code: 'TEST_EMPTY', rule: 'The list has no test.', fix: 'Write e.g. - {request: http://shop.example.com/, expect: {backend: shop/frontend}}.' });
  }
  const tests = (list ?? []).map((node) => readTest(source, node, rules)).filter((test) => test !== undefined);
  if (problems.length > 0) throw new ProblemError(problems);
  return tests;
}

function syntaxProblems(file: string, errors: readonly YAMLError[], lines: LineCounter): Problem[] {
  return errors.map((error) => ({
    code: 'YAML_SYNTAX', severity: 'error', path: `${file}:${lines.linePos(error.pos[0]).line}`,
    rule: `This is not YAML: ${(error.message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '')}.`,
    fix: 'Mend the syntax here; quote texts that contain ": " or " #".',
  }));
}

function readTest(source: YamlSource, node: Node, rules: SuiteRules): RoutingTest | undefined {
  const before = source.problems.length;
  const found = fields(source, node, 'A test', routingTestKeys);
  if (found === undefined) return undefined;
  const request = requiredText(source, node, found, 'request', 'http://shop.example.com/cart');
  const from = optionalText(source, found, 'from', 'outside');
  const via = optionalText(source, found, 'via', 'gateway/infra/public');
  const method = optionalText(source, found, 'method', 'POST');
  const name = optionalText(source, found, 'name', 'the cart has its own service');
  const headers = found.headers === undefined ? undefined : readHeaders(source, found.headers);
  const expect = found.expect === undefined
    ? complain(source, node, { code: 'TEST_EXPECT', rule: 'The test expects nothing, so it could never fail.', fix: `Add expect: with one of ${expectationKeys.join(', ')}.` })
    : readExpectation(source, found.expect, rules.findingIds);
  if (request === undefined) return undefined;

  const asked = {
    name: name ?? (from === undefined ? request : `${request} from ${from}`), request,
    ...(from !== undefined && { from }), ...(via !== undefined && { via }), ...(method !== undefined && { method }), ...(headers !== undefined && { headers }),
  };
  for (const problem of rules.checkRequest(asked)) {
    source.problems.push({ ...problem, path: `${source.file}:${lineOf(source, found.request ?? node)}` });
  }
  if (source.problems.length > before || expect === undefined) return undefined;
  return { ...asked, expect, file: source.file, line: lineOf(source, node) };
}

type TestFields = Fields<(typeof routingTestKeys)[number]>;

function requiredText(source: YamlSource, node: Node, found: TestFields, key: 'request', example: string): string | undefined {
  if (found[key] !== undefined) return optionalText(source, found, key, example);
  return complain(source, node, { code: 'TEST_REQUEST', rule: `A test needs a ${key}.`, fix: `Add ${key}: ${example}.` });
}

function optionalText(source: YamlSource, found: TestFields, key: Exclude<keyof TestFields, 'headers' | 'expect'>, example: string): string | undefined {
  const node = found[key];
  if (node === undefined) return undefined;
  const text = scalarText(source, node);
  if (text !== undefined && text.trim() !== '') return text;
  return complain(source, node, { code: 'TEST_TYPE', value: plain(source, node), rule: `${key} is a text.`, fix: `Write e.g. ${key}: ${example}, or leave it out.` });
}

function readHeaders(source: YamlSource, node: Node): Readonly<Record<string, string>> | undefined {
  const pairs = textPairs(source, node) ?? items(source, node)?.map((item) => headerPair(scalarText(source, item) ?? ''));
  if (pairs?.every((pair) => pair !== undefined)) return Object.fromEntries(pairs);
  return complain(source, node, { code: 'TEST_HEADERS', value: plain(source, node), rule: 'headers is a mapping of texts, or a list of "Name: value".', fix: 'Write e.g. headers: {X-Version: beta}.' });
}

function headerPair(line: string): readonly [string, string] | undefined {
  const colon = line.indexOf(':');
  return colon < 1 ? undefined : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
}

function readExpectation(source: YamlSource, node: Node, findingIds: readonly string[]): Expectation | undefined {
  const before = source.problems.length;
  const found = fields(source, node, 'expect', expectationKeys);
  if (found === undefined) return undefined;
  if (Object.keys(found).length === 0 && source.problems.length === before) {
    return complain(source, node, { code: 'TEST_EXPECT', rule: 'expect is empty, so the test could never fail.', fix: `Add one of ${expectationKeys.join(', ')}.` });
  }
  const { verdict, symptom, backend, status, finding } = found;
  return {
    ...(verdict && { verdict: oneOf(source, verdict, 'verdict', Object.keys(verdictMark) as Verdict[]) }),
    ...(symptom && { symptom: isNull(source, symptom) ? null : oneOf(source, symptom, 'symptom', Object.keys(symptomWords) as Symptom[]) }),
    ...(backend && { backends: readBackends(source, backend) }),
    ...(status && { status: readStatus(source, status) }),
    ...(finding && { finding: oneOf(source, finding, 'finding', findingIds) }),
  };
}

function oneOf<Value extends string>(source: YamlSource, node: Node, key: string, known: readonly Value[]): Value | undefined {
  const text = scalarText(source, node);
  const match = known.find((one) => one === text);
  if (match !== undefined) return match;
  const meant = text === undefined ? undefined : nearest(text, known);
  return complain(source, node, {
    code: `TEST_${key.toUpperCase()}`, value: plain(source, node), rule: `${key} has no such value.`,
    fix: meant !== undefined ? `Did you mean ${meant}?` : key === 'finding' ? 'ladder explain --list-ids prints them all.' : `Use one of ${known.join(', ')}.`,
  });
}

const BACKEND = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?\/[a-z0-9]([-.a-z0-9]*[a-z0-9])?(:[1-9]\d{0,4})?$/;

function readBackends(source: YamlSource, node: Node): readonly string[] {
  if (isNull(source, node)) return [];
  return (items(source, node) ?? [node]).flatMap((item) => {
    const text = scalarText(source, item);
    if (text !== undefined && BACKEND.test(text)) return [text];
    complain(source, item, { code: 'TEST_BACKEND', value: plain(source, item), rule: 'backend is namespace/name or namespace/name:port of a workload or bare Pod, a list of them, or null for none.', fix: 'Write e.g. backend: shop/frontend:8080.' });
    return [];
  });
}

function readStatus(source: YamlSource, node: Node): number | undefined {
  const status = numberOf(source, node);
  if (status !== undefined && Number.isInteger(status) && status >= 100 && status <= 599) return status;
  return complain(source, node, { code: 'TEST_STATUS', value: plain(source, node), rule: 'status is an HTTP status, 100 to 599.', fix: 'Write e.g. status: 301, without quotes.' });
}
