import fc from 'fast-check';
import { readBaseline, renderBaseline, withoutBaseline } from '../../../src/explain/output/baseline';
import type { Finding } from '../../../src/explain/trace';
import { noProbe, wrongSelector } from './traces';

const written = (...findings: readonly Finding[]) => readBaseline(renderBaseline(findings), 'baseline.json');

test('the file has one line a finding, sorted, in words that a review understands', () => {
  expect(renderBaseline([wrongSelector, noProbe, wrongSelector])).toBe(`\
{
  "version": 1,
  "findings": {
    "POD001 Deployment.apps shop/green": 1,
    "SVC001 Service shop/blue": 2
  }
}
`);
});

test('what the baseline has is left out, also on another line and in another file', () => {
  expect(withoutBaseline([{ ...wrongSelector, line: 400, file: 'moved.yaml', message: 'In other words.' }], written(wrongSelector))).toEqual([]);
});

test.each<[string, Finding]>([
  ['another finding', { ...wrongSelector, id: 'SVC003' }],
  ['another name', { ...wrongSelector, object: { ...wrongSelector.object, name: 'blue2' } }],
  ['another namespace', { ...wrongSelector, object: { ...wrongSelector.object, namespace: 'shop2' } }],
  ['a kind of the same name in another group', { ...wrongSelector, object: { ...wrongSelector.object, apiVersion: 'serving.knative.dev/v1' } }],
])('%s is new', (_, finding) => expect(withoutBaseline([finding], written(wrongSelector))).toEqual([finding]));

test('another API version of the same group is not new', () => {
  const beta = { ...noProbe, object: { ...noProbe.object, apiVersion: 'apps/v1beta2' } };
  expect(withoutBaseline([beta], written(noProbe))).toEqual([]);
});

test('one more of the same is new', () => {
  const second = { ...wrongSelector, line: 40 };
  expect(withoutBaseline([wrongSelector, second], written(wrongSelector))).toEqual([second]);
});

test('nothing is new right after writing, in any order', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom(wrongSelector, noProbe, { ...noProbe, id: 'POD002' })), (findings) => {
    expect(withoutBaseline([...findings].reverse(), written(...findings))).toEqual([]);
  }));
});

test.each(['', '[]', '{}', 'null', '{"version": 2, "findings": {}}', '{"version": 1, "findings": {"a": "1"}}', '{"version": 1, "findings": {"a": -1}}', '{"version":1', 'kind: Service'])(
  '%j is refused with the file and the fix', (text) => {
    expect(() => readBaseline(text, 'base.json')).toThrow(/base\.json: BASELINE.*\n.*--write-baseline/s);
  });
