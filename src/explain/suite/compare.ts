import type { Backend, Symptom, Trace } from '../trace';
import type { Expectation } from './routing-test';

/** One thing that a test expected and the trace does not say. */
export interface Mismatch {
  readonly field: 'verdict' | 'symptom' | 'backend' | 'status' | 'finding';
  readonly expected: string;
  readonly actual: string;
}

/** Everything in which a trace is not what was expected. */
export function mismatches(expect: Expectation, trace: Trace): readonly Mismatch[] {
  const found: Mismatch[] = [];
  const differ = (field: Mismatch['field'], expected: string, actual: string): void => void found.push({ field, expected, actual });

  if (expect.verdict !== undefined && expect.verdict !== trace.verdict) differ('verdict', expect.verdict, trace.verdict);
  if (expect.symptom !== undefined && expect.symptom !== trace.symptom) differ('symptom', expect.symptom ?? 'none', trace.symptom ?? 'none');
  if (expect.backends !== undefined && !sameBackends(expect.backends, trace.backends)) {
    differ('backend', listed(expect.backends), listed(trace.backends.map(({ namespace, name, port }) => `${namespace}/${name}:${port}`)));
  }
  const status = trace.status ?? statusOf(trace.symptom);
  if (expect.status !== undefined && expect.status !== status) {
    differ('status', String(expect.status), status === undefined ? 'none: no front answers itself' : String(status));
  }
  if (expect.finding !== undefined && !trace.findings.some(({ id }) => id === expect.finding)) {
    differ('finding', expect.finding, listed([...new Set(trace.findings.map(({ id }) => id))]));
  }
  return found;
}

/** Every backend is expected, and every expected one is there: traffic that also goes elsewhere is what such a test is for. */
function sameBackends(expected: readonly string[], actual: readonly Backend[]): boolean {
  const matches = (text: string, { namespace, name, port }: Backend): boolean => text === `${namespace}/${name}` || text === `${namespace}/${name}:${port}`;
  return actual.every((backend) => expected.some((text) => matches(text, backend)))
    && expected.every((text) => actual.some((backend) => matches(text, backend)));
}

function statusOf(symptom: Symptom | null): number | undefined {
  const [, digits] = /^http-(\d{3})$/.exec(symptom ?? '') ?? [];
  return digits === undefined ? undefined : Number(digits);
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ');
}
