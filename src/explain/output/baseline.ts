import { ProblemError } from '../../model/problem';
import type { Finding } from '../trace';
import { withOrdinals } from './fingerprint';

/** The findings that a repository already had, each by its fingerprint, and how often. */
export type Baseline = ReadonlyMap<string, number>;

/** One finding a line and sorted, so that a review sees what was added and merges seldom clash. */
export function renderBaseline(findings: readonly Finding[]): string {
  const counts = new Map<string, number>();
  for (const { key, ordinal } of withOrdinals(findings)) counts.set(key, ordinal + 1);
  const sorted = Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ version: 1, findings: sorted }, null, 2)}\n`;
}

/** @throws ProblemError when the text is no baseline */
export function readBaseline(text: string, file: string): Baseline {
  const document = parseJson(text);
  const findings = isRecord(document) && document['version'] === 1 ? document['findings'] : undefined;
  if (isRecord(findings)) {
    const counts = Object.entries(findings);
    if (counts.every((entry): entry is [string, number] => Number.isInteger(entry[1]) && Number(entry[1]) > 0)) return new Map(counts);
  }
  throw new ProblemError([{
    code: 'BASELINE', severity: 'error', path: file,
    rule: 'This is no baseline of ladder check: {"version": 1, "findings": {"ID Kind namespace/name": number}}.',
    fix: 'Write a new one with ladder check --write-baseline FILE.',
  }]);
}

/** The findings that are not in the baseline: of each fingerprint, those beyond the number it had. */
export function withoutBaseline(findings: readonly Finding[], baseline: Baseline): readonly Finding[] {
  return withOrdinals(findings).filter(({ key, ordinal }) => ordinal >= (baseline.get(key) ?? 0)).map(({ finding }) => finding);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
