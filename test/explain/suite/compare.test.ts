import { mismatches } from '../../../src/explain/suite/compare';
import type { Expectation } from '../../../src/explain/suite/routing-test';
import type { Trace } from '../../../src/explain/trace';
import { broken, partial, redirect, works } from '../output/traces';

const notFound: Trace = { ...redirect, verdict: 'broken', status: undefined, symptom: 'http-404' };

describe('what is expected and is so', () => {
  test.each<[Trace, Expectation]>([
    [works, { verdict: 'ok', symptom: null, backends: ['shop/blue:8080'] }],
    [works, { backends: ['shop/blue'] }],
    [broken, { verdict: 'broken', symptom: 'refused', backends: [], finding: 'SVC001' }],
    [redirect, { status: 301, backends: [] }],
    [notFound, { status: 404 }],
    [partial, { verdict: 'partial', backends: ['shop/green'] }],
    [{ ...works, backends: [...works.backends, ...partial.backends] }, { backends: ['shop/green:8080', 'shop/blue'] }],
  ])('%#', (trace, expected) => expect(mismatches(expected, trace)).toEqual([]));
});

describe('what is expected and is not so', () => {
  test.each<[Trace, Expectation, string, string, string]>([
    [works, { verdict: 'broken' }, 'verdict', 'broken', 'ok'],
    [works, { symptom: 'refused' }, 'symptom', 'refused', 'none'],
    [broken, { symptom: null }, 'symptom', 'none', 'refused'],
    [works, { backends: ['shop/blue:80'] }, 'backend', 'shop/blue:80', 'shop/blue:8080'],
    [works, { backends: ['shop/blu'] }, 'backend', 'shop/blu', 'shop/blue:8080'],
    [works, { backends: ['shop2/blue'] }, 'backend', 'shop2/blue', 'shop/blue:8080'],
    [works, { backends: [] }, 'backend', 'none', 'shop/blue:8080'],
    [broken, { backends: ['shop/blue'] }, 'backend', 'shop/blue', 'none'],
    [{ ...works, backends: [...works.backends, ...partial.backends] }, { backends: ['shop/blue'] }, 'backend', 'shop/blue', 'shop/blue:8080, shop/green:8080'],
    [works, { backends: ['shop/blue', 'shop/green'] }, 'backend', 'shop/blue, shop/green', 'shop/blue:8080'],
    [redirect, { status: 302 }, 'status', '302', '301'],
    [works, { status: 200 }, 'status', '200', 'none: no front answers itself'],
    [broken, { finding: 'SVC003' }, 'finding', 'SVC003', 'SVC001'],
    [works, { finding: 'SVC003' }, 'finding', 'SVC003', 'none'],
  ])('%#', (trace, expectation, field, expected, actual) => expect(mismatches(expectation, trace)).toEqual([{ field, expected, actual }]));

  test('everything that differs is said at once', () => {
    expect(mismatches({ verdict: 'ok', symptom: null, backends: ['shop/blue'], status: 301, finding: 'SVC003' }, broken).map(({ field }) => field))
      .toEqual(['verdict', 'symptom', 'backend', 'status', 'finding']);
  });
});
