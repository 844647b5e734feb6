import type { Log } from 'sarif';
import { renderSarif } from '../../../src/explain/output/sarif';
import type { FindingRule } from '../../../src/explain/findings/rule';
import { awkward, awkwardTexts, noProbe, wrongSelector } from './traces';

const rule = (id: string, severity: FindingRule['severity']): FindingRule =>
  ({ id, severity, title: `${id} in short`, why: `${id} at length`, example: 'kind: Service', fix: 'Mend it.' });
const rules = [rule('POD001', 'warning'), rule('SVC001', 'error')];
const sarif = (...findings: Parameters<typeof renderSarif>[0]): Log => JSON.parse(renderSarif(findings, rules, '1.2.3')) as Log;

test('the log is SARIF 2.1.0 with one run of ladder and every rule of the catalogue', () => {
  const log = sarif();
  expect(log.version).toBe('2.1.0');
  expect(log.runs).toHaveLength(1);
  expect(log.runs[0]?.tool.driver).toMatchObject({ name: 'ladder', semanticVersion: '1.2.3' });
  expect(log.runs[0]?.tool.driver.rules?.map(({ id }) => id)).toEqual(['POD001', 'SVC001']);
  expect(log.runs[0]?.tool.driver.rules?.[1]).toMatchObject({ defaultConfiguration: { level: 'error' }, help: { text: expect.stringContaining('Fix: Mend it.') as string } });
  expect(log.runs[0]?.results).toEqual([]);
});

test('a result names its rule, its level, the object and a place relative to the repository', () => {
  expect(sarif(wrongSelector).runs[0]?.results).toEqual([{
    ruleId: 'SVC001', ruleIndex: 1, level: 'error',
    message: { text: `${wrongSelector.message}\nFix: ${wrongSelector.fix}` },
    locations: [{
      physicalLocation: { artifactLocation: { uri: 'deploy/blue.yaml', uriBaseId: '%SRCROOT%' }, region: { startLine: 21 } },
      logicalLocations: [{ fullyQualifiedName: 'Service shop/blue', kind: 'object' }],
    }],
    partialFingerprints: { 'ladderFinding/v1': expect.stringMatching(/^[0-9a-f]{64}$/) as string },
  }]);
});

const printOf = (log: Log, index: number): string | undefined => log.runs[0]?.results?.[index]?.partialFingerprints?.['ladderFinding/v1'];

test('a fingerprint survives another line, file and wording, and tells two findings of one object apart', () => {
  const before = printOf(sarif(wrongSelector), 0);
  expect(printOf(sarif({ ...wrongSelector, line: 99, file: 'moved.yaml', message: 'In other words.' }), 0)).toBe(before);
  expect(printOf(sarif({ ...wrongSelector, object: { ...wrongSelector.object, name: 'green' } }), 0)).not.toBe(before);
  expect(printOf(sarif({ ...noProbe, object: wrongSelector.object }), 0)).not.toBe(before);
  const twice = sarif(wrongSelector, { ...wrongSelector, line: 30 });
  expect(printOf(twice, 0)).toBe(before);
  expect(printOf(twice, 1)).not.toBe(before);
});

test.each([
  ['./deploy/a.yaml', 'deploy/a.yaml'],
  ['deploy\\a.yaml', 'deploy/a.yaml'],
  ['my files/ü #1.yaml', 'my%20files/%C3%BC%20%231.yaml'],
  ['<stdin>', '%3Cstdin%3E'],
])('%s becomes the URI %s', (file, uri) => {
  expect(sarif({ ...wrongSelector, file }).runs[0]?.results?.[0]?.locations?.[0]?.physicalLocation?.artifactLocation).toEqual({ uri, uriBaseId: '%SRCROOT%' });
});

test('a file outside of the repository keeps its full address', () => {
  expect(sarif({ ...wrongSelector, file: '/etc/a b.yaml' }).runs[0]?.results?.[0]?.locations?.[0]?.physicalLocation?.artifactLocation).toEqual({ uri: 'file:///etc/a%20b.yaml' });
});

test.each(awkwardTexts)('%j is a valid URI and JSON text', (text) => {
  const log = sarif(...awkward(text).findings);
  const uri = log.runs[0]?.results?.[0]?.locations?.[0]?.physicalLocation?.artifactLocation?.uri;
  expect(uri).toMatch(/^[\w.!~*'()%/-]+$/);
});
