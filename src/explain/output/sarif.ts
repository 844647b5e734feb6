import { createHash } from 'node:crypto';
import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Log, Location, ReportingDescriptor, Result } from 'sarif';
import type { FindingRule } from '../findings/rule';
import type { Finding, Severity } from '../trace';
import { withOrdinals } from './fingerprint';
import { ruleHelp } from './rule-text';
import { objectName } from './words';

const level: Readonly<Record<Severity, Result.level>> = { error: 'error', warning: 'warning', note: 'note' };

/** SARIF 2.1.0 for GitHub code scanning and others. `rules` are all rules of the catalogue, so that a rule without a result is known to have run. */
export function renderSarif(findings: readonly Finding[], rules: readonly FindingRule[], version: string): string {
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: 'ladder', semanticVersion: version, rules: rules.map(descriptor) } },
      columnKind: 'utf16CodeUnits',
      results: withOrdinals(findings).map(({ finding, key, ordinal }) => ({
        ruleId: finding.id,
        ruleIndex: rules.findIndex((rule) => rule.id === finding.id),
        level: level[finding.severity],
        message: { text: `${finding.message}\nFix: ${finding.fix}` },
        locations: [location(finding)],
        partialFingerprints: { 'ladderFinding/v1': createHash('sha256').update(`${key} ${ordinal}`).digest('hex') },
      })),
    }],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function descriptor(rule: FindingRule): ReportingDescriptor {
  return {
    id: rule.id,
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.why },
    help: { text: ruleHelp(rule) },
    defaultConfiguration: { level: level[rule.severity] },
  };
}

function location({ file, line, object }: Finding): Location {
  return {
    physicalLocation: { artifactLocation: artifact(file), region: { startLine: Math.max(1, line) } },
    logicalLocations: [{ fullyQualifiedName: objectName(object), kind: 'object' }],
  };
}

/** Code scanning finds a file by its path in the repository; what lies outside of it keeps its full address. A URI has no half characters. */
function artifact(file: string): { readonly uri: string; readonly uriBaseId?: string } {
  if (isAbsolute(file)) return { uri: pathToFileURL(file).href };
  const relative = Buffer.from(file).toString().replaceAll('\\', '/').replace(/^(\.\/)+/, '');
  return { uri: relative.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' };
}
