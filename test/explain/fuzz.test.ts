import fc from 'fast-check';
import { load } from 'js-yaml';
import { buildWorld, check, explain, parseRequest } from '../../src/explain';
import { readManifests } from '../../src/manifest/read';
import { tables } from './table';

const manifests = tables.flatMap(({ cases }) => cases.map(({ manifest }) => manifest));
const requests = tables.flatMap(({ cases }) => cases.flatMap((entry) => entry.requests ?? []));

/** Reads, checks and explains text of any kind: every problem and every finding has a place in it. */
function survives(text: string): void {
  const read = readManifests([{ file: 'fuzz.yaml', text }]);
  const lines = text.split('\n').length;
  for (const { line, message } of read.problems) {
    expect(line).toBeGreaterThanOrEqual(1);
    expect(line).toBeLessThanOrEqual(lines);
    expect(message).not.toMatch(/undefined|TypeError|at .*\.ts/);
  }
  const world = buildWorld(read);
  const traces = requests.slice(0, 3).map((row) => explain(world, parseRequest(row.request, row)));
  for (const { line, file } of [...check(world).findings, ...traces.flatMap(({ findings }) => findings)]) {
    expect(file).toBe('fuzz.yaml');
    expect(line).toBeGreaterThanOrEqual(1);
    expect(line).toBeLessThanOrEqual(lines);
  }
}

/** Replaces one value somewhere inside. */
function mutate(value: unknown, steps: readonly number[], replacement: unknown): unknown {
  if (typeof value !== 'object' || value === null || steps.length === 0) return replacement;
  const keys = Object.keys(value);
  const key = keys[(steps[0] ?? 0) % Math.max(keys.length, 1)];
  if (key === undefined) return replacement;
  const next = mutate((value as Record<string, unknown>)[key], steps.slice(1), replacement);
  if (Array.isArray(value)) return value.map((entry: unknown, index) => (String(index) === key ? next : entry));
  return { ...value, [key]: next };
}

describe('whatever the input', () => {
  it('random text never throws', () => {
    fc.assert(fc.property(fc.string({ maxLength: 300 }), survives), { numRuns: 150 });
  });

  it('text with characters added, removed and changed never throws', () => {
    fc.assert(fc.property(fc.constantFrom(...manifests), fc.nat(), fc.nat(30), fc.string({ maxLength: 6 }), (text, at, cut, put) => {
      const from = at % text.length;
      survives(text.slice(0, from) + put + text.slice(from + cut));
    }), { numRuns: 150 });
  });

  it('objects with any field of any type never throw', () => {
    fc.assert(fc.property(fc.constantFrom(...manifests), fc.nat(), fc.array(fc.nat(20), { maxLength: 9 }), fc.jsonValue({ maxDepth: 2 }), (text, at, steps, value) => {
      const documents = text.split(/^---\n/m);
      const index = at % documents.length;
      const mutated = documents.map((document, number) => JSON.stringify(number === index ? mutate(load(document), steps, value) : load(document)));
      survives(mutated.join('\n---\n'));
    }), { numRuns: 250 });
  });

  it('any request text is followed or refused as a problem', () => {
    const world = buildWorld(readManifests([{ file: 'm.yaml', text: manifests[0] ?? '' }]));
    fc.assert(fc.property(fc.oneof(fc.string(), fc.webUrl({ withQueryParameters: true }), fc.domain().map((host) => `tcp://${host}:80`), fc.ipV4().map((ip) => `http://${ip}`), fc.ipV6().map((ip) => `http://[${ip}]`)), (text) => {
      try {
        expect(explain(world, parseRequest(text)).hops.length).toBeGreaterThan(0);
      } catch (error) {
        expect(String(error)).toMatch(/^ProblemError: /);
      }
    }), { numRuns: 300 });
  });
});
