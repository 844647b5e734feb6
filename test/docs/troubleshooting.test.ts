import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue, explain, parseRequest } from '../../src/explain';
import { tables, worldOf } from '../explain/table';
import { ROOT } from './pages';

/** What a heading of the page stands for, in a trace. */
const SYMPTOMS: Readonly<Record<string, readonly string[]>> = {
  NXDOMAIN: ['nxdomain'],
  'Connection refused': ['refused'],
  Timeout: ['timeout'],
  'Connection reset': ['reset'],
  404: ['http-404'],
  '500, 502, 503, 504': ['http-500', 'http-502', 'http-503'],
  Pending: ['pending'],
  'Works sometimes': ['sometimes'],
};
const NO_SYMPTOM = 'Works, and is not what was meant';

/** The finding column of the tables under each heading. */
const page = readFileSync(join(ROOT, 'docs/troubleshooting.md'), 'utf8');
const onPage = new Map(page.split(/^## /m).slice(1).map((section) => {
  const [heading = ''] = section.split('\n');
  return [heading, [...section.matchAll(/^\|.*$/gm)].flatMap(([row]) => [...row.matchAll(/`([A-Z]{2,4}\d{3})`/g)].map(([, id = '']) => id))] as const;
}));

interface Seen { readonly id: string; readonly severity: string; readonly symptom: string }

/** What explain says of every request of the case tables that does not simply work: which findings, with which symptom. */
const seen: readonly Seen[] = tables.flatMap(({ cases }) => cases).flatMap((entry) => (entry.requests ?? []).flatMap((row): readonly Seen[] => {
  const { verdict, symptom, findings } = explain(worldOf(entry), parseRequest(row.request, row));
  const sometimes = verdict === 'partial' || verdict === 'depends';
  return findings.flatMap(({ id, severity }) => [
    ...(symptom === null ? [] : [{ id, severity, symptom }]),
    ...(sometimes ? [{ id, severity, symptom: 'sometimes' }] : []),
  ]);
}));

describe('the page of symptoms', () => {
  test('has every finding of the catalogue, and no other', () => {
    expect([...new Set([...onPage.values()].flat())].sort()).toEqual(catalogue.map(({ id }) => id));
    const inText = [...page.matchAll(/\b[A-Z]{2,4}\d{3}\b/g)].map(([id]) => id);
    expect(inText.filter((id) => !catalogue.some((rule) => rule.id === id))).toEqual([]);
  });

  test('has the headings that this test knows', () => {
    expect([...onPage.keys()].sort()).toEqual([...Object.keys(SYMPTOMS), NO_SYMPTOM].sort());
  });

  test.each(Object.entries(SYMPTOMS))('lists under %s only what explain answers so', (heading, symptoms) => {
    const wrong = (onPage.get(heading) ?? []).filter((id) => !seen.some((each) => each.id === id && symptoms.includes(each.symptom)));
    expect(wrong).toEqual([]);
  });

  test.each(Object.entries(SYMPTOMS).filter(([heading]) => heading !== 'Works sometimes'))('lists under %s every error that explain answers so', (heading, symptoms) => {
    const found = new Set(seen.filter(({ severity, symptom }) => severity === 'error' && symptoms.includes(symptom)).map(({ id }) => id));
    expect([...found].filter((id) => !onPage.get(heading)?.includes(id))).toEqual([]);
  });

  test('lists as harmless only what no failing request of the tables blames', () => {
    const blamed = (onPage.get(NO_SYMPTOM) ?? []).filter((id) => seen.some((each) => each.id === id && each.severity === 'error'));
    expect(blamed).toEqual([]);
  });
});
