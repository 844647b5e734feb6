import { ApiObject, App, Chart, JsonPatch, Lazy, type IResolver } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import fc from 'fast-check';
import { objectJson } from '../../src/constructs/object-json';

const chart = (app = new App()) => new Chart(app, 'chart', { namespace: 'shop', labels: { team: 'a' } });
const configMap = (spec: unknown, scope = chart()) => new ApiObject(scope, 'object', {
  apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', annotations: { z: '1', a: '2' }, extra: null }, spec,
});

/** The same, key by key in the same order. */
function expectSame(construct: ApiObject): void {
  expect(JSON.stringify(objectJson(construct))).toBe(JSON.stringify(construct.toJson()));
  expect(objectJson(construct)).toStrictEqual(construct.toJson());
}

describe('objectJson is toJson', () => {
  class Union {
    constructor(readonly value: string | number) {}
  }
  test.each<[string, unknown]>([
    ['keys in any order', { b: 1, a: { d: [], c: {} } }],
    ['null and undefined', { a: null, b: undefined, c: [null, undefined, 1], d: { e: null } }],
    ['keys that look like numbers', { 10: 'a', 9: 'b', b: 1 }],
    ['a lazy value', { a: Lazy.any({ produce: () => ({ c: 1, b: Lazy.any({ produce: () => [undefined] }) }) }) }],
    ['a lazy value that is nothing', { a: Lazy.any({ produce: () => undefined }) }],
    ['a union', { a: new Union('x'), b: [new Union(1)] }],
    ['a token', { a: { resolve: () => ({ b: 1 }) } }],
    ['a number or text of cdk8s-plus', { port: kplus.k8s.IntOrString.fromNumber(80), cpu: kplus.k8s.Quantity.fromString('10m') }],
    ['a function', { a: () => 1 }],
    ['no spec', undefined],
  ])('%s', (_, spec) => {
    expectSame(configMap(spec));
  });

  test('patches', () => {
    const construct = configMap({ a: 1 });
    construct.addJsonPatch(JsonPatch.replace('/spec/a', 2), JsonPatch.add('/spec/b', { d: 1, c: null }));
    expectSame(construct);
    expect(objectJson(construct)['spec']).toMatchObject({ a: 2 });
  });

  test('metadata that was added later', () => {
    const construct = configMap({});
    construct.metadata.addLabel('b', 'c');
    construct.metadata.add('more', { z: 1, y: Lazy.any({ produce: () => 2 }), empty: {}, none: [], list: [{}, { a: [] }, [[]], null] });
    construct.metadata.addFinalizers('example.com/wait');
    construct.metadata.addOwnerReference({ apiVersion: 'v1', kind: 'ConfigMap', name: 'b', uid: 'c' });
    expectSame(construct);
  });

  test("classes with a toJson of their own, and an app's own resolvers", () => {
    const deployment = new kplus.Deployment(chart(), 'deployment', { containers: [{ image: 'nginx', portNumber: 80 }] });
    expectSame(ApiObject.of(deployment));
    const shouting: IResolver = { resolve: (context) => { if (context.value === 'quiet') context.replaceValue('LOUD'); } };
    const construct = configMap({ a: 'quiet' }, chart(new App({ resolvers: [shouting] })));
    expectSame(construct);
    expect(objectJson(construct)['spec']).toEqual({ a: 'LOUD' });
  });

  test('any plain values', () => {
    const value = fc.letrec<{ node: unknown }>((tie) => ({
      node: fc.oneof({ maxDepth: 4 }, fc.string(), fc.double({ noNaN: true }), fc.boolean(), fc.constantFrom(null, undefined), fc.array(tie('node'), { maxLength: 4 }), fc.dictionary(fc.string().filter((key) => key !== '__proto__'), tie('node'), { maxKeys: 4 }).map((map) => ({ ...map }))),
    })).node;
    fc.assert(fc.property(value, value, (spec, more) => {
      const construct = configMap(spec);
      construct.metadata.add('more', more);
      expectSame(construct);
    }));
  });

  test.each([['a date', new Date(0)], ['an error inside a lazy value', Lazy.any({ produce: () => { throw new Error('not yet'); } })]])('%s fails in both', (_, spec) => {
    expect(() => objectJson(configMap({ spec }))).toThrow();
    expect(() => configMap({ spec }).toJson()).toThrow();
  });

  test('the installed cdk8s is the one whose toJson it repeats', () => {
    const construct = configMap({ a: 1 });
    const toJson = jest.spyOn(ApiObject.prototype, 'toJson');
    objectJson(construct);
    expect(toJson).not.toHaveBeenCalled();
    objectJson(configMap({ a: new Union(1) }));
    expect(toJson).toHaveBeenCalledTimes(1);
  });
});
