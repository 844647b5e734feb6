import type { Colors } from 'picocolors/types';
import type { FindingRule } from '../findings/rule';
import { paintSeverity } from './words';

/** The long text of a finding, as `ladder explain --id` prints it. */
export function renderRuleText(rule: FindingRule, colors: Colors): string {
  return `${colors.bold(rule.id)}  ${paintSeverity(colors, rule.severity, rule.severity)}  ${rule.title}\n\n${ruleHelp(rule)}\n`;
}

/** Every finding on a line of its own, as `ladder explain --list-ids` prints them. */
export function renderRuleList(rules: readonly FindingRule[], colors: Colors): string {
  const width = Math.max(...rules.map((rule) => rule.id.length));
  return rules.map((rule) => `${rule.id.padEnd(width)}  ${paintSeverity(colors, rule.severity, rule.severity.padEnd(7))}  ${rule.title}\n`).join('');
}

/** Why, an example and the fix, without colours. */
export function ruleHelp({ why, example, fix }: FindingRule): string {
  const indented = example.trimEnd().split('\n').map((line) => (line === '' ? '' : `    ${line}`)).join('\n');
  return `${why}\n\nFor example:\n\n${indented}\n\nFix: ${fix}`;
}
