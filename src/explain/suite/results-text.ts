import type { Colors } from 'picocolors/types';
import { printable } from '../output/printable';
import { renderTraceText } from '../output/trace-text';
import { count, place } from '../output/words';
import type { Mismatch } from './compare';
import type { TestResult } from './run';

/** A line for each test, the trace beside each mismatch, and a summary. */
export function renderResultsText(results: readonly TestResult[], colors: Colors): string {
  const failed = results.filter(({ mismatches }) => mismatches.length > 0).length;
  const summary = `${count(results.length, 'test')}: ${results.length - failed} passed, ${failed} failed`;
  return `${printable(results).flatMap((result) => resultLines(result, colors)).join('\n')}\n\n${failed === 0 ? colors.green(summary) : colors.red(summary)}\n`;
}

export function mismatchText({ field, expected, actual }: Mismatch): string {
  return `${field}: expected ${expected}, got ${actual}`;
}

function resultLines({ test, trace, mismatches }: TestResult, colors: Colors): readonly string[] {
  if (mismatches.length === 0) return [`${colors.green('✓')} ${test.name}`];
  return [
    `${colors.red(`✗ ${test.name}`)}  ${colors.dim(place(test))}`,
    ...mismatches.map((mismatch) => `    ${mismatchText(mismatch)}`),
    '',
    ...renderTraceText(trace, { colors, verbose: true }).trimEnd().split('\n').map((line) => (line === '' ? '' : `    ${line}`)),
    '',
  ];
}
