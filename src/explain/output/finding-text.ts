import type { Colors } from 'picocolors/types';
import type { Finding } from '../trace';
import { objectName, paintSeverity, place } from './words';

/** One finding for people: where, what, how to mend it. The place comes first on its line, where terminals and editors look for it. */
export function findingLines(finding: Finding, colors: Colors): readonly string[] {
  return [
    `${mark(finding, colors)}  ${objectName(finding.object)}`,
    ...indent(finding.message),
    ...indent(`fix: ${finding.fix}`).map(colors.green),
  ];
}

/** A finding beside the point: on one line, without its fix. */
export function findingLine(finding: Finding, colors: Colors): string {
  return `${mark(finding, colors)}  ${finding.message}`;
}

function mark(finding: Finding, colors: Colors): string {
  return `${colors.bold(place(finding))}  ${paintSeverity(colors, finding.severity, finding.severity)} ${finding.id}`;
}

function indent(text: string): readonly string[] {
  return text.split('\n').map((line) => `    ${line}`);
}
