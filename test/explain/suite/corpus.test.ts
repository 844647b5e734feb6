import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import pc from 'picocolors';
import { buildWorld, catalogue, parseProfile } from '../../../src/explain';
import { firstBroken } from '../../../src/explain/output/way';
import { readSuite } from '../../../src/explain/suite/read';
import { renderResultsText } from '../../../src/explain/suite/results-text';
import { type TestResult, checkRequest, runSuite } from '../../../src/explain/suite/run';
import type { Hop } from '../../../src/explain/trace';
import { readManifests } from '../../../src/manifest/read';

// Requests whose answers are known from how Kubernetes works, written before the engine answered any of them.
const fixtures = join(__dirname, 'fixtures');
const validate = new Ajv2020().compile(JSON.parse(readFileSync('schemas/trace.schema.json', 'utf8')) as object);
const ids = catalogue.map(({ id }) => id);

const allHops = (hops: readonly Hop[]): readonly Hop[] => hops.flatMap((hop) => [hop, ...allHops(hop.next)]);

describe.each(readdirSync(fixtures))('%s', (name) => {
  const read = (file: string): string => readFileSync(join(fixtures, name, file), 'utf8');
  const profile = existsSync(join(fixtures, name, 'profile.yaml')) ? parseProfile(read('profile.yaml')) : {};
  const manifests = readManifests([{ file: 'manifests.yaml', text: read('manifests.yaml') }]);
  const lines = read('manifests.yaml').split('\n');
  const world = buildWorld(manifests, profile);
  const tests = readSuite(read('routes.test.yaml'), 'routes.test.yaml', { checkRequest: (asked) => checkRequest(asked, {}), findingIds: ids });
  const results = new Map(tests.map((one): [string, TestResult | undefined] => [one.name, runSuite([one], world, {})[0]]));

  test('the manifests are all read', () => expect(manifests.problems).toEqual([]));

  test.each(tests.map((one) => one.name))('%s', (title) => {
    const result = results.get(title);
    expect(result === undefined ? '' : renderResultsText([result], pc.createColors(false))).toBe(`✓ ${title}\n\n1 test: 1 passed, 0 failed\n`);
  });

  describe.each(tests.map((one) => [one.name, results.get(one.name)?.trace] as const))('the trace of "%s"', (_, trace) => {
    if (trace === undefined) throw new Error('no trace');
    const { verdict, symptom, findings, hops, backends, status } = trace;

    test('fits the published schema', () => {
      validate(trace);
      expect(validate.errors).toBeNull();
    });

    test('agrees with itself', () => {
      const broken = verdict === 'broken' || verdict === 'partial';
      expect({ symptom: symptom !== null, brokenHop: firstBroken(hops) !== undefined, explained: findings.some(({ severity }) => severity !== 'note') })
        .toEqual(broken ? { symptom: true, brokenHop: true, explained: true } : { symptom: symptom !== null && verdict !== 'ok', brokenHop: false, explained: expect.any(Boolean) as boolean });
      if (verdict === 'ok') expect(backends.length > 0 || status !== undefined || allHops(hops).some(({ kind }) => kind === 'external')).toBe(true);
    });

    test('names only what is there: finding ids, lines, and objects at these lines', () => {
      for (const { id, file, line, object } of findings) {
        expect(ids).toContain(id);
        expect(file).toBe('manifests.yaml');
        expect(lines.slice(0, line).concat(lines.slice(line, line + 80)).join('\n')).toContain(object.name);
      }
      for (const { file, line = 1 } of allHops(hops)) if (file !== undefined) expect(lines[line - 1]).toBeDefined();
      expect(JSON.stringify(trace)).not.toMatch(/undefined|\[object Object\]|NaN/);
    });

    test('says each finding once', () => {
      const marks = findings.map(({ id, object, line, message }) => `${id} ${object.kind} ${object.name} ${line} ${message}`);
      expect(marks).toEqual([...new Set(marks)]);
    });
  });
});
