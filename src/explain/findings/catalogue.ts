import { frontFindings } from './fronts';
import type { FindingRule } from './rule';
import { serviceFindings } from './services';
import { workloadFindings } from './workloads';

export type { FindingRule } from './rule';

/** Every finding there is, by id, in the order of `ladder explain --id` without an id. */
export const catalogue: readonly FindingRule[] = [...serviceFindings, ...frontFindings, ...workloadFindings].sort((a, b) => (a.id < b.id ? -1 : 1));

const byId: ReadonlyMap<string, FindingRule> = new Map(catalogue.map((rule) => [rule.id, rule]));

/** What is known of a finding by its id, whatever its case. */
export function findingRule(id: string): FindingRule | undefined {
  return byId.get(id.toUpperCase());
}
