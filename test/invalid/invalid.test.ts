import { App, Chart } from 'cdk8s';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Microservice } from '../../src/constructs/services/microservice';
import { ProblemError } from '../../src/model/problem';
import { kind } from '../../src/platforms/kind';
import { collect, warningsOf } from '../../src/render/collect';
import { built, builtAlone, told } from '../constructs/built';
import { cases } from './cases';

const SENTENCE = /^\S.*[.?]$/s;

describe.each(cases)('$code: $title', ({ code, severity = 'error', path, wrong, right, platform = kind({ cloudProviderKind: true }), rightPlatform = platform, with: others = [] }) => {
  test('is said, with its place, rule and fix', () => {
    const made = built(wrong, platform);
    const found = made.problems.filter((problem) => problem.code === code);
    expect(new Set(made.problems.map((problem) => problem.code))).toEqual(new Set([code, ...others]));
    expect(found[0]).toMatchObject({ code, severity, path: path === '' ? 'test' : `test${path.startsWith('platform') ? ' ' : '/'}${path}` });
    for (const { rule, fix } of found) {
      expect(rule).toMatch(SENTENCE);
      expect(fix).toMatch(SENTENCE);
      // The words of another library are its own.
      if (code !== 'OBJECT_UNWRITABLE') expect(rule + fix).not.toMatch(/undefined|\[object|NaN|\bnull\b/);
    }
  });

  test('and its near miss is not', () => {
    expect(built(right, rightPlatform).problems.filter((problem) => !others.includes(problem.code))).toEqual([]);
  });
});

test('every code of the model, the constructs and the rules over objects is in the table', () => {
  const sources = ['model', 'constructs'].flatMap((room) => filesIn(join(__dirname, '../../src', room))).concat(join(__dirname, '../../src/manifest/rules.ts'));
  const codes = sources.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/(?:code: |complaint\(\s*|warning\(\s*)'([A-Z][A-Z0-9_]+)'/g)].map(([, code]) => code));
  expect(codes.length).toBeGreaterThan(60);
  // A plain chart has no environment to say OBJECT_TWICE: its case is below.
  const tried = new Set([...cases.map(({ code }) => code), 'SERVICE_NAME_TWICE']);
  expect([...new Set(codes)].filter((code) => code === undefined || !tried.has(code))).toEqual([]);
});

describe('several problems', () => {
  test('are all raised in one error, which names each', () => {
    const app = new App();
    const chart = new Chart(app, 'chart');
    new Microservice(chart, 'my.web', { image: 'a b', port: 0, replicas: -1, calls: ['nobody'], drainSeconds: -1, tmpMebibytes: NaN });
    const { problems } = collect(app);
    let error: unknown;
    try {
      warningsOf(problems);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ProblemError);
    const { problems: raised, message } = error as ProblemError;
    expect(raised.map(({ code }) => code).sort()).toEqual(['DRAIN', 'IMAGE', 'NAME_RFC1035', 'PORT_RANGE', 'REPLICAS', 'SERVICE_UNKNOWN', 'TMP_SIZE']);
    for (const { code, path, rule, fix } of raised) for (const part of [code, path, rule, fix]) expect(message).toContain(part);
    expect(message).toContain('7 problems');
  });

  test('of several services and charts come together', () => {
    const app = new App();
    for (const id of ['a', 'b']) new Microservice(new Chart(app, id), id, { image: 'a:1', port: 70000 });
    expect(collect(app).problems.map(({ code, path }) => [code, path])).toEqual([['PORT_RANGE', 'a/a port.containerPort'], ['PORT_RANGE', 'b/b port.containerPort']]);
  });
});

describe('without an environment', () => {
  test('two services of one name in two charts are refused, and in two namespaces fine', () => {
    const twice = (namespaces: readonly string[]) => {
      const app = new App();
      for (const [index, namespace] of namespaces.entries()) new Microservice(new Chart(app, `chart${index}`, { namespace }), 'web', { image: 'a:1', port: 80 });
      return collect(app).problems.map(({ code, path }) => [code, path]);
    };
    expect(twice(['one', 'one'])).toContainEqual(['SERVICE_NAME_TWICE', 'chart0/web name']);
    expect(twice(['one', 'two'])).toEqual([]);
  });

  test('no platform is assumed: a load balancer is fine', () => {
    expect(told(builtAlone((chart) => new Microservice(chart, 'web', { image: 'a:1', port: 80 })))).toEqual([]);
  });
});

describe('"did you mean"', () => {
  test.each([['order', 'Did you mean orders?'], ['shop/ordres', 'Did you mean shop/orders?'], ['shpo/orders', 'Did you mean shop/orders?'], ['payments', 'Known here: orders, web.'], ['other/orders', 'Known here: orders, web.']])('%s: %s', (name, fix) => {
    const { problems } = built((shop) => {
      new Microservice(shop, 'orders', { image: 'a:1', port: 80 });
      new Microservice(shop, 'web', { image: 'a:1', port: 80, calls: [name] });
    });
    expect(problems).toMatchObject([{ code: 'SERVICE_UNKNOWN', value: name, fix }]);
  });
});

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')).map((file) => join(folder, file));
}
