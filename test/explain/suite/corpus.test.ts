import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import pc from 'picocolors';
import { buildWorld, catalogue, parseProfile } from '../../../src/explain';
import { readSuite } from '../../../src/explain/suite/read';
import { renderResultsText } from '../../../src/explain/suite/results-text';
import { checkRequest, runSuite } from '../../../src/explain/suite/run';
import { readManifests } from '../../../src/manifest/read';

// Requests whose answers are known from how Kubernetes works, written before the engine answered any of them.
const fixtures = join(__dirname, 'fixtures');

describe.each(readdirSync(fixtures))('%s', (name) => {
  const read = (file: string): string => readFileSync(join(fixtures, name, file), 'utf8');
  const profile = existsSync(join(fixtures, name, 'profile.yaml')) ? parseProfile(read('profile.yaml')) : {};
  const manifests = readManifests([{ file: 'manifests.yaml', text: read('manifests.yaml') }]);
  const world = buildWorld(manifests, profile);
  const tests = readSuite(read('routes.test.yaml'), 'routes.test.yaml', {
    checkRequest: (asked) => checkRequest(asked, {}),
    findingIds: catalogue.map(({ id }) => id),
  });

  test('the manifests are all read', () => expect(manifests.problems).toEqual([]));

  test.each(tests.map((one) => [one.name, one] as const))('%s', (_, one) => {
    const results = runSuite([one], world, {});
    expect(renderResultsText(results, pc.createColors(false))).toBe(`✓ ${one.name}\n\n1 test: 1 passed, 0 failed\n`);
  });
});
