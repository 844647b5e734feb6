import fc from 'fast-check';
import type { KubeObject } from '../../src/manifest/object';
import { diffObjects } from '../../src/render/diff';

const service = (spec: Record<string, unknown>, name = 'blue'): KubeObject => ({ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'shop' }, spec });
const fieldsOf = (from: Record<string, unknown>, to: Record<string, unknown>) => diffObjects([service(from)], [service(to)]).flatMap(({ fields }) => fields);

describe('diffObjects', () => {
  test('objects that come, go and stay', () => {
    expect(diffObjects([service({}, 'a'), service({}, 'b'), service({ x: 1 }, 'c')], [service({ x: 2 }, 'c'), service({}, 'b'), service({}, 'd')])).toEqual([
      { type: 'removed', apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'a', fields: [] },
      { type: 'changed', apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'c', fields: [{ path: 'spec.x', from: 1, to: 2 }] },
      { type: 'added', apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'd', fields: [] },
    ]);
  });

  test('another version of a group is a change, another group another object', () => {
    const ingress = (apiVersion: string): KubeObject => ({ apiVersion, kind: 'Ingress', metadata: { name: 'a' } });
    expect(diffObjects([ingress('networking.k8s.io/v1beta1')], [ingress('networking.k8s.io/v1')])).toMatchObject([{ type: 'changed', fields: [{ path: 'apiVersion' }] }]);
    expect(diffObjects([ingress('extensions/v1beta1')], [ingress('networking.k8s.io/v1')]).map(({ type }) => type)).toEqual(['removed', 'added']);
  });

  test.each<[string, Record<string, unknown>, Record<string, unknown>, object[]]>([
    ['a value', { type: 'ClusterIP' }, { type: 'NodePort' }, [{ path: 'spec.type', from: 'ClusterIP', to: 'NodePort' }]],
    ['a field that comes', {}, { nodePort: 30001 }, [{ path: 'spec.nodePort', to: 30001 }]],
    ['a field that goes', { a: null }, {}, [{ path: 'spec.a', from: null }]],
    ['items that have names go by them', { ports: [{ name: 'a', port: 1 }, { name: 'b', port: 2 }] }, { ports: [{ name: 'b', port: 3 }] }, [{ path: 'spec.ports[a]', from: { name: 'a', port: 1 } }, { path: 'spec.ports[b].port', from: 2, to: 3 }]],
    ['named items in another order', { ports: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] }, { ports: [{ name: 'b' }, { name: 'a' }, { name: 'd' }] }, [{ path: 'spec.ports', from: ['a', 'b'], to: ['b', 'a'] }, { path: 'spec.ports[c]', from: { name: 'c' } }, { path: 'spec.ports[d]', to: { name: 'd' } }]],
    ['items without names go by their place', { args: ['a', 'b'] }, { args: ['a', 'c', 'd'] }, [{ path: 'spec.args[1]', from: 'b', to: 'c' }, { path: 'spec.args[2]', to: 'd' }]],
    ['a name twice is no name', { ports: [{ name: 'a', port: 1 }, { name: 'a', port: 2 }] }, { ports: [{ name: 'a', port: 1 }, { name: 'a', port: 3 }] }, [{ path: 'spec.ports[1].port', from: 2, to: 3 }]],
    ['an empty list that fills', { ingress: [] }, { ingress: [{ from: 'x' }] }, [{ path: 'spec.ingress[0]', to: { from: 'x' } }]],
    ['a list that gets names', { ports: [{ port: 1 }] }, { ports: [{ name: 'a', port: 1 }] }, [{ path: 'spec.ports', from: [{ port: 1 }], to: [{ name: 'a', port: 1 }] }]],
    ['another type', { a: { b: 1 } }, { a: [1] }, [{ path: 'spec.a', from: { b: 1 }, to: [1] }]],
    ['a key with dots', { labels: { 'app.kubernetes.io/name': 'a' } }, { labels: { 'app.kubernetes.io/name': 'b' } }, [{ path: 'spec.labels["app.kubernetes.io/name"]', from: 'a', to: 'b' }]],
    ['the order of keys does not count', { a: 1, b: 2 }, { b: 2, a: 1 }, []],
  ])('%s', (_, from, to, expected) => {
    expect(fieldsOf(from, to)).toEqual(expected);
  });

  test('says nothing exactly when the objects are equal', () => {
    const value = fc.jsonValue({ maxDepth: 3 });
    fc.assert(fc.property(value, value, (one, other) => {
      expect(fieldsOf({ value: one }, { value: structuredClone(one) })).toEqual([]);
      const equal = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
      expect(fieldsOf({ value: one }, { value: other }).length === 0).toBe(equal);
    }));
  });
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : value;
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]);
}
