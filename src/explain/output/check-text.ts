import type { Colors } from 'picocolors/types';
import type { CheckReport, Severity, Verdict } from '../trace';
import { findingLines } from './finding-text';
import { printable } from './printable';
import { count, paintVerdict, symptomWords, verdictMark } from './words';

export interface CheckTextOptions {
  readonly colors: Colors;
  /**
   * Also the requests that work.
   *
   * @default false
   */
  readonly verbose?: boolean;
  /**
   * How many findings were left out, by `--ignore` and by the baseline.
   *
   * @default 0
   */
  readonly silenced?: number;
}

const verdictOrder: readonly Verdict[] = ['broken', 'partial', 'depends', 'unknown', 'ok'];
const severityOrder: readonly Severity[] = ['error', 'warning', 'note'];

/** A report for people: every finding, then the requests that fail, then the sums. */
export function renderCheckText(raw: CheckReport, { colors, verbose = false, silenced = 0 }: CheckTextOptions): string {
  const report = printable(raw);
  const findings = severityOrder.flatMap((severity) => report.findings.filter((finding) => finding.severity === severity));
  const shown = verdictOrder.flatMap((verdict) => report.requests.filter((request) => request.verdict === verdict && (verbose || verdict === 'broken' || verdict === 'partial')));
  const requests = shown.map(({ request, from, verdict, symptom }) =>
    `${paintVerdict(colors, verdict, verdictMark[verdict])} ${request} from ${from}: ${verdict}${symptom === null ? '' : `, ${symptomWords[symptom]}`}`);
  const blocks = [...findings.map((finding) => findingLines(finding, colors)), requests, sums(report, silenced)];
  return `${blocks.filter((block) => block.length > 0).map((block) => block.join('\n')).join('\n\n')}\n`;
}

function sums(report: CheckReport, silenced: number): readonly string[] {
  const bySeverity = severityOrder
    .map((severity) => ({ severity, number: report.findings.filter((finding) => finding.severity === severity).length }))
    .filter(({ number }) => number > 0)
    .map(({ severity, number }) => count(number, severity));
  const byVerdict = verdictOrder
    .map((verdict) => ({ verdict, number: report.requests.filter((request) => request.verdict === verdict).length }))
    .filter(({ number }) => number > 0)
    .map(({ verdict, number }) => `${number} ${verdict}`);
  const findings = bySeverity.length === 0 ? 'no findings' : bySeverity.join(', ');
  return [
    `${findings}${silenced === 0 ? '' : ` (${silenced} ignored or in the baseline)`}; ${count(report.requests.length, 'request')} followed${byVerdict.length === 0 ? '' : `: ${byVerdict.join(', ')}`}`,
  ];
}
