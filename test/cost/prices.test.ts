import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020';
import fc from 'fast-check';
import { publishedPriceList, publishedPrices, readPrices } from '../../src/cost';
import { ProblemError } from '../../src/model/problem';

const validate = new Ajv2020().compile(JSON.parse(readFileSync('schemas/prices.schema.json', 'utf8')) as object);

type Json = { [field: string]: Json } & unknown;

/** The published list with a change. */
function changed(change: (list: Json) => void): unknown {
  const list = structuredClone(publishedPrices) as Json;
  change(list);
  return list;
}

function problemsIn(list: unknown): readonly string[] {
  try {
    readPrices(list, 'own.json');
    return [];
  } catch (error) {
    if (error instanceof ProblemError) return error.problems.map(({ path }) => path);
    throw error;
  }
}

describe('the published list', () => {
  test('is one, by the reader and by the schema', () => {
    expect(problemsIn(publishedPrices)).toEqual([]);
    expect(validate(publishedPrices) || validate.errors).toBe(true);
  });

  test('names where each of its prices was read', () => {
    const { sources, regions } = publishedPriceList();
    expect(Object.keys(regions).length).toBeGreaterThan(30);
    for (const { page, read } of Object.values(sources)) {
      expect(page).toMatch(/^https:\/\/cloud\.google\.com\//);
      expect(new Date(read).toISOString().slice(0, 10)).toBe(read);
    }
  });

  test('has a further rule cheaper than the first in every region', () => {
    for (const { rules } of Object.values(publishedPriceList().regions)) expect(rules.additional.amount).toBeLessThan(rules.first.amount);
  });
});

const region = 'regions.us-central1';
const here = (list: Json): Json => list['regions']!['us-central1']!;
const set = (holder: Json | undefined, field: string, value: unknown): void => { (holder as Record<string, unknown>)[field] = value; };

describe('a list of one\'s own', () => {
  test.each<[string, (list: Json) => void]>([
    ['its own currency, provider and way of counting', (list) => { set(list, 'currency', 'EUR'); set(list, 'provider', 'Ours'); set(list, 'counts', 'services'); }],
    ['a name for the editor', (list) => set(list, '$schema', 'prices.schema.json')],
    ['no cluster fee and no proxies', (list) => { delete list['clusterFee']; delete here(list)['proxies']; }],
    ['a price of nothing', (list) => set(here(list)['dataProcessed'], 'amount', 0)],
    ['nodes', (list) => set(here(list), 'nodes', { vcpu: { amount: 0.02, unit: 'vCPU-hour', source: 'page' }, memory: { amount: 0.003, unit: 'GiB-hour', source: 'page' } })],
    ['a source without a note', (list) => set(list['sources'], 'deal', { page: 'our contract', read: '2026-11-01' })],
  ])('may have %s', (_, change) => {
    expect(problemsIn(changed(change))).toEqual([]);
    expect(validate(changed(change))).toBe(true);
  });

  test.each<[string, string, (list: Json) => void]>([
    ['own.json provider', 'an empty provider', (list) => set(list, 'provider', ' ')],
    ['own.json counts', 'another way of counting', (list) => set(list, 'counts', 'aws')],
    ['own.json currency', 'a currency sign', (list) => set(list, 'currency', '$')],
    ['own.json firstRules', 'another reading', (list) => set(list, 'firstRules', 'both')],
    ['own.json regoins', 'a field with a slip', (list) => set(list, 'regoins', {})],
    ['own.json constructor', 'a field that every object has', (list) => set(list, 'constructor', {})],
    ['own.json sources', 'no source', (list) => set(list, 'sources', [])],
    ['own.json sources.page.read', 'a date that is none', (list) => set(list['sources']!['page'], 'read', '20.9.2026')],
    ['own.json sources.page.page', 'a source without a page', (list) => { delete list['sources']!['page']!['page']; }],
    ['own.json global.rules', 'no global rules', (list) => set(list, 'global', {})],
    [`own.json ${region}.rules.included`, 'no first rule', (list) => set(here(list)['rules'], 'included', 0)],
    [`own.json ${region}.rules.included`, 'half a rule', (list) => set(here(list)['rules'], 'included', 2.5)],
    [`own.json ${region}.rules.first.amount`, 'a negative price', (list) => set(here(list)['rules']!['first'], 'amount', -1)],
    [`own.json ${region}.rules.first.amount`, 'a price as text', (list) => set(here(list)['rules']!['first'], 'amount', '0.025')],
    [`own.json ${region}.rules.first.unit`, 'a price a month', (list) => set(here(list)['rules']!['first'], 'unit', 'month')],
    [`own.json ${region}.dataProcessed.unit`, 'the unit of another price', (list) => set(here(list)['dataProcessed'], 'unit', 'hour')],
    [`own.json ${region}.proxies.least`, 'proxies without a number', (list) => { delete here(list)['proxies']!['least']; }],
    [`own.json ${region}.nodes.memory`, 'nodes with half a price', (list) => set(here(list), 'nodes', { vcpu: { amount: 1, unit: 'vCPU-hour', source: 'page' } })],
  ])('%s: %s is refused, by the reader and by the schema', (path, _, change) => {
    const list = changed(change);
    expect(problemsIn(list)).toEqual([path]);
    expect(validate(list)).toBe(false);
  });

  test.each<[string, string, (list: Json) => void]>([
    ['own.json defaultRegion', 'a region that it does not have', (list) => set(list, 'defaultRegion', 'europe-west99')],
    [`own.json ${region}.rules.first.source`, 'a source that it does not have', (list) => set(here(list)['rules']!['first'], 'source', 'hearsay')],
  ])('%s: %s is refused by the reader, which sees the whole list', (path, _, change) => expect(problemsIn(changed(change))).toEqual([path]));

  test('every mistake is said at once, with the value and what to write', () => {
    const list = changed((one) => { set(one, 'currency', 'usd'); set(here(one)['rules'], 'included', 0); set(one, 'regoins', 1); });
    expect(() => readPrices(list, 'own.json')).toThrow(`3 problems
  own.json regoins: PRICES_FIELD (1): There is no such field; there are $schema, provider, counts, currency, defaultRegion, firstRules, sources, clusterFee, global, regions.
    fix: Did you mean regions?
  own.json currency: PRICES_FIELD ("usd"): currency is a currency of three letters.
    fix: Write e.g. USD.
  own.json regions.us-central1.rules.included: PRICES_FIELD (0): regions.us-central1.rules.included is a whole number from 1.
    fix: Write e.g. 5.`);
  });

  test.each([[null], [[]], ['prices'], [7]])('%j is no list', (value) => expect(problemsIn(value)).toEqual(['own.json']));

  test('whatever JSON comes is refused in words, or is a list by the schema as well', () => {
    fc.assert(fc.property(fc.jsonValue(), fc.constantFrom('regions', 'sources', 'global', 'defaultRegion', 'clusterFee'), (value, field) => {
      for (const list of [value, changed((one) => set(one, field, value))]) if (problemsIn(list).length === 0) expect(validate(list)).toBe(true);
    }));
  });
});
