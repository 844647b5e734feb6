import pc from 'picocolors';
import { renderJUnit } from '../output/junit';
import { renderTraceText } from '../output/trace-text';
import { place } from '../output/words';
import { mismatchText } from './results-text';
import type { TestResult } from './run';

/** The results for a CI server, with the mismatches and the trace in each failure. */
export function renderResultsJUnit(results: readonly TestResult[]): string {
  return renderJUnit('ladder test', results.map(({ test, trace, mismatches, seconds }) => {
    const passed = { name: test.name, file: test.file, line: test.line, seconds };
    if (mismatches.length === 0) return passed;
    const texts = mismatches.map(mismatchText);
    const way = renderTraceText(trace, { colors: pc.createColors(false), verbose: true });
    return { ...passed, failure: { message: texts.join('; '), detail: `${place(test)}\n${texts.join('\n')}\n\n${way}` } };
  }));
}
